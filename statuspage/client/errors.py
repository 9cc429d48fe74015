"""How a call fails: with the class, who is to blame, and what was tried."""

import msgspec

from statuspage.client.events import Tried
from statuspage.domain.words import Fault, Retry


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """Why one request brought no answer; `message` is ours or redacted."""

    class_name: str
    fault: Fault
    retry: Retry | None
    retry_after_s: float | None = None
    http_status: int | None = None
    parameter: str | None = None
    """The parameter that was rejected, where it is known."""
    message: str = ""


class RouteFailedError(Exception):
    """One request brought no answer."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure


class ChatError(Exception):
    """A call that brought no answer, after everything that could help was tried.

    `class_name` and `fault` are those of the last request (contract §6), `retry_after_s` is when it is worth another call,
    `tried` every request in order.
    """

    def __init__(self, sentence: str, failure: Failure, tried: tuple[Tried, ...] = ()) -> None:
        super().__init__(sentence)
        self.class_name = failure.class_name
        self.fault = failure.fault
        self.retry = failure.retry
        self.retry_after_s = failure.retry_after_s
        self.http_status = failure.http_status
        self.tried = tried
