"""A page beside the front page and the models' own, with what decides whether it must be made again."""

from collections.abc import Callable

import msgspec


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """One address; as long as `shows` stays equal the page stays the same and is not rendered."""

    path: str
    shows: object
    body: Callable[[], bytes]
    takes_query: bool = False
    """Whether a query string changes the answer."""
