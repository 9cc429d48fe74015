"""A server without rich: structlog and httpx load it for consoles that a server never opens, 8 MiB and a tenth of a second."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_FOR_CONSOLES = ("rich", "pygments")


@contextmanager
def without_rich() -> Iterator[None]:
    """Has rich and what it colours with count as not installed in the block, which both libraries are prepared for."""
    left_out = [name for name in _FOR_CONSOLES if name not in sys.modules]
    for name in left_out:
        sys.modules[name] = None  # type: ignore[assignment]  # what an import finds as None is not there
    try:
        yield
    finally:
        for name in left_out:
            del sys.modules[name]
