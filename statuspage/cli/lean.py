"""A server without rich: structlog and httpx load it for consoles that a server never opens, 8 MiB and a tenth of a second."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_RICH = "rich"


@contextmanager
def without_rich() -> Iterator[None]:
    """Has rich count as not installed for what is imported in the block, which both libraries are prepared for."""
    if _RICH in sys.modules:
        yield
        return
    sys.modules[_RICH] = None  # type: ignore[assignment]  # what an import finds as None is not there
    try:
        yield
    finally:
        del sys.modules[_RICH]
