"""One talk with a model about tools: asks, reads, and tells an answer from a refusal."""

import asyncio
import random
import re
import string
from collections.abc import Sequence
from typing import Final

import msgspec

from statuspage.domain.sample import Timings, Tokens
from statuspage.domain.words import Fault
from statuspage.outbound.client import Call
from statuspage.outbound.failures import TransportFailure, failure_of
from statuspage.outbound.phases import Phases
from statuspage.probes.dialects.dialect import Outgoing
from statuspage.probes.dialects.registry import DIALECTS
from statuspage.probes.dialects.toolask import Earlier, Said, ToolAsk, Turn
from statuspage.probes.judge import finding, judge_form
from statuspage.probes.reading import KEPT_EVIDENCE_BYTES, Intake
from statuspage.probes.target import NOTHING_LEARNT, ProbeContext, ProbeTarget
from statuspage.vendors.classify import classify
from statuspage.vendors.errorbody import ErrorWords, read_error
from statuspage.vendors.evidence import Classified, Evidence

BUDGET: Final = 512
LARGE_BUDGET: Final = 4096
"""Output tokens; a model that thinks beyond the first is asked again with the second, once and for the whole suite."""
SHORTEST_TIMEOUT_S: Final = 60.0
_CHARS_PER_TOKEN: Final = 4
_TIMES_ASKED: Final = 4
_NOT_OURS_TO_DROP: Final = frozenset({"tools", "tool_choice"})
_REJECTED: Final = (400, 404, 422)
_ABOUT_IDS: Final = re.compile(r"tool[ _-]?(?:call|use)?[ _-]?ids?\b|tool_result|function[ _]call[ _]id", re.IGNORECASE)
_ABOUT_TOOLS: Final = re.compile(r"\btools?\b|tool_choice|tool[ _-]?(?:call|use)|function[ _-]?call", re.IGNORECASE)


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """No answer to judge. `rejected` says that the vendor does not accept this very question."""

    found: Classified
    rejected: bool = False
    about_ids: bool = False


class Talk:
    """A suite's requests to one model; remembers what they cost and what the last one met."""

    def __init__(self, target: ProbeTarget, context: ProbeContext) -> None:
        self.requests = 0
        self.spent = 0
        """Answers that came to nothing within the large budget."""
        self.tokens = Tokens()
        self.reported_cost_usd: float | None = None
        self.timings = Timings()
        self.phases = Phases(context.clock.monotonic_s)
        self._target = target
        self._context = context
        self._budget = BUDGET
        self._nonce = "".join(random.choices(string.ascii_lowercase, k=8))  # noqa: S311 - against caches, not against guessing
        self.intake = self._fresh_intake(streamed=False)

    async def hear(self, turn: Turn, earlier: Sequence[Earlier]) -> Said | Refused:
        """The answer to a question; a rejected parameter is left out once, a budget spent on thinking is raised once."""
        heard = await self._heard(turn, earlier)
        if isinstance(heard, Said) and heard.cut and self._budget < LARGE_BUDGET:
            self._budget = LARGE_BUDGET
            heard = await self._heard(turn, earlier)
        if isinstance(heard, Said) and heard.cut and not heard.calls:
            self.spent += 1
        return heard

    async def _heard(self, turn: Turn, earlier: Sequence[Earlier]) -> Said | Refused:
        outgoing = self._build(turn, earlier)
        heard = await self._once(turn, outgoing)
        parameter = heard.found.parameter if isinstance(heard, Refused) else None
        if parameter is not None and parameter not in _NOT_OURS_TO_DROP:
            self._context.learn(self._target.key, parameter)
            again = self._build(turn, earlier, frozenset({parameter}))
            if again.body != outgoing.body:
                heard = await self._once(turn, again)
        return heard

    async def _once(self, turn: Turn, outgoing: Outgoing) -> Said | Refused:
        """One request under the account's pace and within its own deadline."""
        target, context = self._target, self._context
        call = Call(
            method=outgoing.method,
            url=outgoing.url,
            headers=outgoing.headers,
            body=outgoing.body,
            allow_private=target.allow_private,
        )
        timeout_s = max(target.timeout_s, SHORTEST_TIMEOUT_S)
        failure: TransportFailure | None = None
        async with context.turn(target.provider):
            self.requests += 1
            self.phases = phases = Phases(context.clock.monotonic_s)
            self.intake = intake = self._fresh_intake(streamed=turn.streamed)
            at_ms = context.clock.now_ms()
            pace = context.asked_lately(target.provider)
            try:
                async with (
                    asyncio.timeout(timeout_s),
                    context.outbound.ask(call, phases) as reply,
                ):
                    await intake.read(reply, phases)
            except TransportFailure as error:
                failure = error
            except TimeoutError as error:
                failure = failure_of(error, phases.reached)
            else:
                if not intake.is_error and (intake.over or intake.ended):
                    phases.done()
        phases.stop()
        self._count(intake)
        if intake.status is None and failure is not None:
            return Refused(found=_transport(failure))
        if intake.is_error:
            words = self.words()
            evidence = Evidence(
                status=intake.status, words=words, headers=intake.headers, pace=pace, sent=outgoing.optional, now_ms=at_ms
            )
            return _refusal(classify(evidence, target.vendor), intake.status, words)
        found = judge_form(intake, failure, target, pace=pace, now_ms=at_ms)
        return Refused(found=found) if found is not None else _said(intake)

    def words(self) -> ErrorWords:
        """What the last error said."""
        return read_error(self.intake.beginning, self.intake.headers.get("content-type", ""))

    def evidence(self) -> str:
        """The beginning of what came last."""
        return self.intake.beginning[:KEPT_EVIDENCE_BYTES].decode("utf-8", "replace")

    def _build(self, turn: Turn, earlier: Sequence[Earlier], also_left_out: frozenset[str] = NOTHING_LEARNT) -> Outgoing:
        target = self._target
        return DIALECTS[target.vendor.dialect].tools(
            ToolAsk(
                vendor=target.vendor,
                base_url=target.base_url,
                model_id=target.model_id,
                key=target.revealed_key,
                turn=msgspec.structs.replace(turn, prompt=f"{turn.prompt} (ref {self._nonce})"),
                earlier=tuple(earlier),
                max_output_tokens=self._budget,
                left_out=self._context.learnt.get(target.key, NOTHING_LEARNT) | also_left_out,
                route_only=target.route_only,
            )
        )

    def _fresh_intake(self, *, streamed: bool) -> Intake:
        bound = self._budget * _TIMES_ASKED * _CHARS_PER_TOKEN if streamed else None
        return Intake(DIALECTS[self._target.vendor.dialect].reader(), max_output_chars=bound)

    def _count(self, intake: Intake) -> None:
        answer = intake.answer()
        spent, total = answer.tokens, self.tokens
        self.tokens = Tokens(
            input=_sum(total.input, spent.input),
            output=_sum(total.output, spent.output),
            reasoning=_sum(total.reasoning, spent.reasoning),
        )
        if answer.cost_usd is not None:
            self.reported_cost_usd = (self.reported_cost_usd or 0.0) + answer.cost_usd


def _said(intake: Intake) -> Said:
    answer = intake.answer()
    return Said(
        content=answer.content,
        reasoning=answer.reasoning,
        calls=answer.calls,
        finish_reason=answer.finish_reason,
        reasoning_field=answer.reasoning_field,
        signature=answer.signature,
    )


def _transport(failure: TransportFailure) -> Classified:
    found = finding(failure.class_name, failure.detail)
    if failure.class_name == "unclassified":
        return msgspec.structs.replace(found, fault=Fault.MONITOR, confident=False)
    return found


def _refusal(found: Classified, status: int | None, words: ErrorWords) -> Refused:
    """A question that this vendor does not accept is left out; what concerns our account, settings or monitor stays that."""
    if status not in _REJECTED or (status == 404 and not _ABOUT_TOOLS.search(words.text)):
        return Refused(found=found)
    ours = found.fault in (Fault.ACCOUNT, Fault.CLIENT) and not _ABOUT_TOOLS.search(words.text)
    if ours:
        return Refused(found=found)
    named = f"`{found.parameter}`" if found.parameter else "this request"
    rejected = msgspec.structs.replace(finding("parameter_rejected", f"HTTP {status}: it does not accept {named}"))
    return Refused(
        found=msgspec.structs.replace(rejected, parameter=found.parameter),
        rejected=True,
        about_ids=_ABOUT_IDS.search(words.text) is not None,
    )


def _sum(total: int | None, more: int | None) -> int | None:
    return total if more is None else (total or 0) + more
