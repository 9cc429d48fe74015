"""One request of a call, from its first piece to the record that is kept of it."""

from statuspage.client.call import CallRecord
from statuspage.client.errors import Failure, RouteFailedError
from statuspage.client.events import Text
from statuspage.client.exchange import Exchange, Piece
from statuspage.client.provider import Route
from statuspage.domain.sample import Tokens
from statuspage.domain.words import Fault
from statuspage.vendors.wire.answer import Answer


class AttemptFailedError(Exception):
    """One request of a call brought no answer."""

    def __init__(self, attempt: "Attempt", failure: Failure) -> None:
        super().__init__(failure.message)
        self.attempt = attempt
        self.failure = failure


class Attempt:
    """Take `next` until it answers None; `text` and `reasoning` then hold the whole."""

    def __init__(self, route: Route, exchange: Exchange, number: int, at_ms: int) -> None:
        self.route = route
        self.number = number
        self.text: list[str] = []
        self.reasoning: list[str] = []
        self._exchange = exchange
        self._pieces = exchange.pieces()
        self._at_ms = at_ms

    async def next(self) -> Piece | None:
        """The next piece, None at the end. Raises `AttemptFailedError`."""
        try:
            piece = await anext(self._pieces, None)
        except RouteFailedError as error:
            raise AttemptFailedError(self, error.failure) from None
        if piece is not None:
            (self.text if isinstance(piece, Text) else self.reasoning).append(piece.text)
        return piece

    async def close(self) -> None:
        """Hangs up."""
        await self._pieces.aclose()  # type: ignore[attr-defined]  # an async generator

    @property
    def heard(self) -> Answer:
        """What was said so far, the text but in part."""
        return self._exchange.heard()

    @property
    def request_id(self) -> str | None:
        """What the vendor calls this request."""
        return self._exchange.request_id

    @property
    def first_content_ms(self) -> float | None:
        """Milliseconds from the request's start to its first content, else its first reasoning."""
        return self._exchange.phases.timings().first_content

    @property
    def cost_usd(self) -> float | None:
        """What the vendor says it charged, else tokens times price; None where that cannot be said.

        What was refused, or never reached its vendor, is not charged by any that we know.
        """
        heard, status = self.heard, self._exchange.status
        if heard.cost_usd is not None:
            return heard.cost_usd
        if status is None or status >= 300:
            return 0.0
        return None if self.route.rate is None else self.route.rate.of_tokens(heard.tokens)

    def record(self, call: str, failure: Failure | None, *, streamed: bool) -> CallRecord:
        """What is kept of it."""
        timings = self._exchange.phases.timings()
        return CallRecord(
            id=f"{call}-{self.number}",
            call=call,
            attempt=self.number,
            model=self.route.key,
            at_ms=self._at_ms,
            class_name="ok" if failure is None else failure.class_name,
            fault=Fault.NONE if failure is None else failure.fault,
            http_status=self._exchange.status,
            first_content_ms=timings.first_content,
            total_ms=timings.total,
            tokens=self.heard.tokens if failure is None else Tokens(),
            cost_usd=self.cost_usd,
            streamed=streamed,
            request_id=self.request_id,
        )
