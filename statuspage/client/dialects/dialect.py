"""What the request handler needs of a dialect."""

from collections.abc import Mapping
from typing import Protocol

import msgspec

from statuspage.client.provider import Route
from statuspage.client.question import Question
from statuspage.vendors.wire.answer import Reader


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A request ready to be sent; `optional` are the parameters that could be left out."""

    url: str
    headers: Mapping[str, str]
    body: bytes
    optional: tuple[str, ...]

    def __repr__(self) -> str:
        return "Request(…)"


class Dialect(Protocol):
    """Puts questions and reads answers."""

    def request(self, route: Route, question: Question, left_out: frozenset[str]) -> Request:
        """The streamed request, without the parameters that this model rejects."""
        ...

    def reader(self) -> Reader:
        """A reader for one answer."""
        ...
