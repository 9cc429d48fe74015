"""A chain of models: one question, asked of the best that works, with whatever a good client does on the way."""

import random
from collections.abc import AsyncIterator, Mapping, Sequence
from copy import copy
from typing import Any, Final

from statuspage.client.attempt import Attempt, AttemptFailedError
from statuspage.client.backoff import Chance
from statuspage.client.call import OnCall
from statuspage.client.clock import SystemClock
from statuspage.client.decide import Move, Standing, Step, decide
from statuspage.client.errors import ChatError, Failure
from statuspage.client.events import Done, Event, Notice, Reply
from statuspage.client.hedge import first_piece
from statuspage.client.progress import Progress
from statuspage.client.provider import Provider, Route, routes_of
from statuspage.client.question import Message, Question, messages_of
from statuspage.client.switchboard import Prefer, Switchboard
from statuspage.domain.clock import Clock
from statuspage.domain.words import Fault, Retry
from statuspage.outbound.client import Outbound

DEADLINE_S: Final = 120.0
SILENCE_S: Final = 45.0


class Chain:
    """Models in the order in which they are wanted, `provider/model-id` each.

    A prefix that is no key of `providers` is a vendor of ours, with the key in its usual variable (`MOONSHOT_API_KEY`).
    Everything is checked at once: raises `ChainError`. `deadline_s` is over a whole call, `silence_s` is how long a request
    may bring nothing before another one is made. `prefer` gives the order of now where evidence is at hand, `on_call`
    hears of every request, `hedge_after_s` asks a second model when the first is silent for so long.
    """

    def __init__(  # noqa: PLR0913 - options, by name
        self,
        models: Sequence[str],
        *,
        providers: Mapping[str, Provider] | None = None,
        deadline_s: float = DEADLINE_S,
        silence_s: float = SILENCE_S,
        hedge_after_s: float | None = None,
        prefer: Prefer | None = None,
        on_call: OnCall | None = None,
        environ: Mapping[str, str] | None = None,
        clock: Clock | None = None,
        chance: Chance = random.random,
    ) -> None:
        self._clock = SystemClock() if clock is None else clock
        self._board = Switchboard(routes_of(tuple(models), providers or {}, environ), self._clock.monotonic_s, prefer)
        self._outbound = Outbound(monotonic_s=self._clock.monotonic_s)
        self._deadline_s = deadline_s
        self._silence_s = silence_s
        self._hedge_after_s = hedge_after_s
        self._on_call = on_call
        self._chance = chance

    @property
    def models(self) -> tuple[str, ...]:
        """The keys, in the order of the chain."""
        return tuple(route.key for route in self._board.routes)

    @property
    def routes(self) -> tuple[Route, ...]:
        """Where the models are asked, in the order of the chain."""
        return self._board.routes

    @property
    def outbound(self) -> Outbound:
        """The way out."""
        return self._outbound

    def over(self, outbound: Outbound, *, streamed: bool) -> "Chain":
        """The same chain, with the same breakers and budget, over another way out and without hedging.

        What is not `streamed` is silent until it is whole, and has all the time of the call.
        """
        other = copy(self)
        other._outbound = outbound
        other._hedge_after_s = None
        other._silence_s = self._silence_s if streamed else self._deadline_s
        return other

    async def chat(
        self,
        messages: str | Sequence[Message],
        *,
        tools: Sequence[Mapping[str, Any]] = (),
        max_output_tokens: int | None = None,
        deadline_s: float | None = None,
        **parameters: Any,  # noqa: ANN401 - what the vendor takes
    ) -> Reply:
        """A whole answer. Raises `ChatError`."""
        question = _question(messages, tools, max_output_tokens, parameters)
        progress = self._progress(question, deadline_s, streamed=False)
        async for event in self._events(progress, resume=True):
            if isinstance(event, Done):
                return event.reply
        raise AssertionError  # the events end with `Done` or raise

    async def stream(
        self,
        messages: str | Sequence[Message],
        *,
        tools: Sequence[Mapping[str, Any]] = (),
        max_output_tokens: int | None = None,
        deadline_s: float | None = None,
        resume: bool = False,
        **parameters: Any,  # noqa: ANN401 - what the vendor takes
    ) -> AsyncIterator[Event]:
        """The answer piece by piece, at the end `Done` with the whole. Raises `ChatError`.

        Once a piece was handed out no other model is asked, nor the same one anew, unless `resume` is set: then a broken
        stream begins again, after a `Notice` of kind `restart` that takes back what was shown.
        """
        question = _question(messages, tools, max_output_tokens, parameters)
        progress = self._progress(question, deadline_s, streamed=True)
        async for event in self._events(progress, resume=resume):
            yield event

    def _progress(self, question: Question, deadline_s: float | None, *, streamed: bool) -> Progress:
        whole_s = self._deadline_s if deadline_s is None else deadline_s
        self._board.budget = self._board.budget.called()
        return Progress(
            question,
            self._board,
            self._outbound,
            self._clock,
            deadline_s=whole_s,
            silence_s=self._silence_s,
            streamed=streamed,
        )

    async def _events(self, call: Progress, *, resume: bool) -> AsyncIterator[Event]:
        """The flow of a call: ask, hand out, and after a failure decide what follows."""
        route = self._first(call)
        for notice in call.notices:
            yield notice
        while True:
            attempt = call.attempt(route)
            try:
                attempt, piece = await self._begin(call, attempt)
                while piece is not None:
                    call.shown = call.streamed
                    yield piece
                    piece = await attempt.next()
                told = len(call.notices)
                reply = call.answered(attempt, self._on_call)
            except AttemptFailedError as error:
                attempt = error.attempt
                call.failed(attempt, error.failure, self._on_call)
                step = self._step(call, attempt.route, error.failure, resume=resume)
                if step.move is Move.STOP:
                    raise call.error(error.failure) from None
                self._board.budget = self._board.budget.spent()
                route, notice = self._follow(call, attempt.route, error.failure, step)
                yield notice
                await self._clock.sleep(step.wait_s)
                call.waited_s = step.wait_s
                continue
            finally:
                await attempt.close()
            for notice in call.notices[told:]:
                yield notice
            yield Done(reply)
            return

    def _first(self, call: Progress) -> Route:
        """The first open route; where it is not the one that was wanted, the caller is told."""
        wanted, route = self._board.first()
        failure = self._board.last_failure(wanted)
        if route is None:
            raise _all_left_alone(failure, self._board.closed_s())
        if route is not wanted:
            sentence = f"{wanted.name} is left alone for a while after failures; {route.name} is asked instead."
            call.tell("fallback", sentence, route, None if failure is None else failure.class_name)
        return route

    async def _begin(self, call: Progress, attempt: Attempt) -> tuple[Attempt, Any]:
        def other() -> Attempt | None:
            open_ = self._board.open({attempt.route.key, *call.given_up})
            if not open_ or not self._board.budget.allows:
                return None
            self._board.budget = self._board.budget.spent()
            call.tell("hedge", f"{attempt.route.name} is silent; {open_[0].name} is asked as well.", open_[0])
            return call.attempt(open_[0])

        def lost(loser: Attempt, failure: Failure | None) -> None:
            if failure is None:
                call.called_off(loser)
            else:
                call.failed(loser, failure, self._on_call)

        return await first_piece(attempt, self._hedge_after_s, other, lost)

    def _step(self, call: Progress, route: Route, failure: Failure, *, resume: bool) -> Step:
        standing = Standing(
            tries=call.tries(route),
            others=bool(self._board.open({route.key, *call.given_up})),
            left_s=call.left_s(),
            budget=self._board.budget.allows,
            shown=call.shown,
            resume=resume,
            dropped=failure.parameter in self._board.left_out(route),
            waited_s=call.waited_s,
        )
        return decide(failure, standing, self._chance)

    def _follow(self, call: Progress, route: Route, failure: Failure, step: Step) -> tuple[Route, Notice]:
        """The route of the next request, and what the caller is told."""
        kind = "restart" if call.shown else None
        call.shown = False
        why = failure.message
        if step.move is Move.WITHOUT and failure.parameter is not None:
            self._board.leave_out(route, failure.parameter)
            sentence = f"{route.name} rejects the parameter {failure.parameter}; it is asked without."
            return route, call.tell("parameter", sentence, route, failure.class_name)
        if step.move is Move.AGAIN:
            return route, call.tell(kind or "retry", f"{why}; it is asked again.", route, failure.class_name)
        call.given_up.add(route.key)
        other = self._board.open(call.given_up)[0]
        return other, call.tell(kind or "fallback", f"{why}; {other.name} is asked instead.", other, failure.class_name)


def _question(
    messages: str | Sequence[Message],
    tools: Sequence[Mapping[str, Any]],
    max_output_tokens: int | None,
    parameters: Mapping[str, Any],
) -> Question:
    return Question(
        messages=messages_of(messages), tools=tuple(tools), max_output_tokens=max_output_tokens, parameters=parameters
    )


def _all_left_alone(failure: Failure | None, wait_s: float) -> ChatError:
    why = "" if failure is None else f" Last: {failure.message}."
    sentence = f"Every model of the chain is left alone after failures; one is tried again in {max(1, round(wait_s))} s.{why}"
    last = failure or Failure(class_name="unclassified", fault=Fault.MONITOR, retry=Retry.AFTER)
    return ChatError(sentence, Failure(class_name=last.class_name, fault=last.fault, retry=Retry.AFTER, retry_after_s=wait_s))
