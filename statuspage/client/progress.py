"""One call on its way: what was asked, what failed, what the caller was told, what is left of its time."""

import secrets

from statuspage.client.attempt import Attempt
from statuspage.client.call import OnCall
from statuspage.client.dialects.registry import DIALECTS
from statuspage.client.errors import ChatError, Failure
from statuspage.client.events import Notice, Reply, Tried
from statuspage.client.exchange import Exchange
from statuspage.client.provider import Route
from statuspage.client.question import Question
from statuspage.client.repair import mend
from statuspage.client.switchboard import Switchboard
from statuspage.domain.clock import Clock
from statuspage.outbound.client import Outbound


class Progress:
    """The state of one call; `shown` says whether its caller has seen a part of an answer."""

    def __init__(
        self,
        question: Question,
        board: Switchboard,
        outbound: Outbound,
        clock: Clock,
        *,
        deadline_s: float,
        silence_s: float,
        streamed: bool,
    ) -> None:
        self.shown = False
        self.given_up: set[str] = set()
        """Routes that are not asked again in this call."""
        self.waited_s = 0.0
        self.notices: list[Notice] = []
        self._question = question
        self._board = board
        self._outbound = outbound
        self._clock = clock
        self.streamed = streamed
        self._id = secrets.token_hex(8)
        self._began_s = clock.monotonic_s()
        self._deadline_s = deadline_s
        self._silence_s = silence_s
        self._number = 0
        self._tries: dict[str, int] = {}
        self._tried: list[Tried] = []
        self._costs: list[float | None] = []

    def left_s(self) -> float:
        """Seconds until the deadline."""
        return self._deadline_s - (self._clock.monotonic_s() - self._began_s)

    def tries(self, route: Route) -> int:
        """Requests to this route so far."""
        return self._tries.get(route.key, 0)

    def attempt(self, route: Route) -> Attempt:
        """One more request."""
        self._number += 1
        self._tries[route.key] = self.tries(route) + 1
        self._board.sent(route)
        dialect = DIALECTS[route.vendor.dialect]
        exchange = Exchange(
            route,
            dialect.request(route, self._question, self._board.left_out(route)),
            dialect.reader(),
            self._outbound,
            now_ms=self._clock.now_ms(),
            left_s=self.left_s,
            silence_s=self._silence_s,
        )
        return Attempt(route, exchange, self._number, self._clock.now_ms())

    def answered(self, attempt: Attempt, on_call: OnCall | None) -> Reply:
        """The reply that this request brought."""
        self._board.answered(attempt.route)
        self._keep(attempt, None, on_call)
        heard = attempt.heard
        text, reasoning = "".join(attempt.text), "".join(attempt.reasoning)
        mended = mend(text, reasoning, heard.calls, self._question.offered)
        for word in mended.mended:
            self.tell("repair", f"{attempt.route.name} sent a tool call {word}; it was read all the same.", attempt.route)
        known = None if None in self._costs else sum(cost for cost in self._costs if cost is not None)
        return Reply(
            text=mended.text,
            model=attempt.route.key,
            vendor=attempt.route.vendor.name,
            finish_reason="tool_calls" if mended.calls else heard.finish_reason,
            reasoning=reasoning,
            tool_calls=mended.calls,
            tokens=heard.tokens,
            cost_usd=known,
            attempts=self._number,
            tried=tuple(self._tried),
            notices=tuple(self.notices),
            first_content_ms=attempt.first_content_ms,
            total_ms=(self._clock.monotonic_s() - self._began_s) * 1000,
            served_model=heard.served_model,
            request_id=attempt.request_id,
        )

    def failed(self, attempt: Attempt, failure: Failure, on_call: OnCall | None) -> None:
        """This request brought no answer."""
        self._board.failed(attempt.route, failure)
        self._keep(attempt, failure, on_call)
        self._tried.append(
            Tried(
                model=attempt.route.key,
                class_name=failure.class_name,
                fault=failure.fault,
                http_status=failure.http_status,
                message=failure.message,
            )
        )

    def called_off(self, attempt: Attempt) -> None:
        """Nobody waits for this request any more; what it cost is not known."""
        self._board.called_off(attempt.route)
        self._costs.append(None)

    def tell(self, kind: str, sentence: str, route: Route, class_name: str | None = None) -> Notice:
        """Something that the caller may want to tell."""
        notice = Notice(kind=kind, sentence=sentence, model=route.key, class_name=class_name)
        self.notices.append(notice)
        return notice

    def error(self, failure: Failure) -> ChatError:
        """How this call fails."""
        more = f" {len(self._tried)} requests were made." if len(self._tried) > 1 else ""
        return ChatError(f"{failure.message}.{more}", failure, tuple(self._tried))

    def _keep(self, attempt: Attempt, failure: Failure | None, on_call: OnCall | None) -> None:
        record = attempt.record(self._id, failure, streamed=self.streamed)
        self._costs.append(record.cost_usd)
        if on_call is not None:
            on_call(record)
