"""The `chat` probe: one short streamed question, judged by how the answer comes and ends."""

import asyncio
import secrets

import msgspec

from statuspage.domain.method import QUESTION
from statuspage.domain.sample import Sample
from statuspage.domain.words import Fault, Phase, ProbeKind
from statuspage.outbound.client import Call
from statuspage.outbound.failures import TransportFailure, failure_of
from statuspage.outbound.phases import Phases
from statuspage.probes.catalog import ask_catalog
from statuspage.probes.dialects.dialect import Ask as Question
from statuspage.probes.dialects.dialect import Outgoing
from statuspage.probes.dialects.registry import DIALECTS
from statuspage.probes.judge import finding, judge_answer, of_another, words_of
from statuspage.probes.outcome import Facts, sample_of
from statuspage.probes.reading import KEPT_EVIDENCE_BYTES, Intake
from statuspage.probes.siblings import settle_region
from statuspage.probes.target import NOTHING_LEARNT, ProbeContext, ProbeTarget
from statuspage.vendors.classify import classify
from statuspage.vendors.errorbody import ErrorWords, read_error
from statuspage.vendors.evidence import Ask, Classified, Evidence
from statuspage.vendors.missing import settle_missing

_CHARS_PER_TOKEN = 4
_TIMES_ASKED = 4


async def probe_chat(target: ProbeTarget, context: ProbeContext) -> Sample:
    """Build, ask, read, judge; a rejected parameter is left out and asked again once, within the one deadline."""
    at_ms = context.clock.now_ms()
    phases = Phases(context.clock.monotonic_s)
    run = _Run(target, context, at_ms, phases)
    try:
        async with asyncio.timeout(target.timeout_s):
            await run.ask()
            if run.leave_out_what_was_rejected():
                await run.ask()
                run.leave_out_what_was_rejected()  # the next probe profits
            await run.settle()
    except TimeoutError as error:
        run.stopped(failure_of(error, phases.reached))
    phases.stop()
    return sample_of(run.found, run.facts(), target)


class _Run:
    """One probe on its way; whatever happens, `found` is the best judgement so far."""

    def __init__(self, target: ProbeTarget, context: ProbeContext, at_ms: int, phases: Phases) -> None:
        self._target = target
        self._context = context
        self._at_ms = at_ms
        self._phases = phases
        self._pace = context.asked_lately(target.provider)
        self._left_out = context.learnt.get(target.key, NOTHING_LEARNT)
        self._nonce = secrets.token_hex(3)
        """Against answers from a cache."""
        self._outgoing = self._build()
        self._intake = self._fresh_intake()
        self._attempts = 0
        self._judged: Classified | None = None

    @property
    def found(self) -> Classified:
        """The judgement."""
        return self._judged or finding("unclassified")

    async def ask(self) -> None:
        """Sends the question and reads the answer; a broken exchange is a judgement too."""
        self._attempts += 1
        if self._attempts > 1:
            self._phases.restart()
        self._intake = self._fresh_intake()
        self._judged = None
        call = Call(
            method=self._outgoing.method,
            url=self._outgoing.url,
            headers=self._outgoing.headers,
            body=self._outgoing.body,
            allow_private=self._target.allow_private,
        )
        try:
            async with self._context.outbound.ask(call, self._phases) as reply:
                await self._intake.read(reply, self._phases)
        except TransportFailure as failure:
            self.stopped(failure)
        else:
            if not self._intake.is_error and (self._intake.over or self._intake.ended):
                self._phases.done()
            self._judged = self._judge(None)

    def stopped(self, failure: TransportFailure) -> None:
        """The exchange broke or the time was up: judges what came until then, unless that is done already."""
        if self._judged is not None:
            self._judged = msgspec.structs.replace(self._judged, confident=False, ask=None)
        elif self._intake.status is None:
            self._judged = finding(failure.class_name, failure.detail)
            if failure.class_name == "unclassified":
                self._judged = msgspec.structs.replace(self._judged, fault=Fault.MONITOR, confident=False)
        else:
            self._judged = self._judge(failure)

    def leave_out_what_was_rejected(self) -> bool:
        """Learns the parameter that a 400 named; True when the question can be asked without it."""
        parameter = self._judged.parameter if self._judged else None
        if parameter is None:
            return False
        self._context.learn(self._target.key, parameter)
        before = self._outgoing.body
        self._left_out |= {parameter}
        self._outgoing = self._build()
        return self._attempts == 1 and self._outgoing.body != before

    async def settle(self) -> None:
        """Asks what one more free question can settle: a model not found, a key not accepted."""
        found = self._judged
        if found is None:
            return
        if found.ask is Ask.MODELS:
            target = self._target
            reply = await ask_catalog(
                self._context.outbound, target.vendor, target.base_url, target.revealed_key, allow_private=target.allow_private
            )
            self._judged = settle_missing(found, self._evidence(), reply.listing, target.model_id, target.vendor)
        elif found.ask is Ask.SIBLINGS:
            self._judged = await settle_region(found, self._target, self._context)

    def facts(self) -> Facts:
        """What was observed beside the class."""
        answer = self._intake.answer()
        failed = self.found.fault is not Fault.NONE
        words = self._words() if failed else None
        return Facts(
            at_ms=self._at_ms,
            probe=ProbeKind.CHAT,
            phase=Phase.HEADERS if self._intake.is_error else self._phases.reached,
            timings_ms=self._phases.timings(),
            http_status=self._intake.status,
            headers=self._intake.headers,
            error_type=words.error_type if words else None,
            evidence=self._intake.beginning[:KEPT_EVIDENCE_BYTES].decode("utf-8", "replace") if failed else None,
            tokens=answer.tokens,
            reported_cost_usd=answer.cost_usd,
            served_model=answer.served_model,
            served_by=answer.served_by or (words.upstream_name if words else None),
            answer_id=answer.answer_id,
            fingerprint=answer.fingerprint,
            attempts=max(1, self._attempts),
            thinking=answer.reasoning_chars > 0 or bool(answer.tokens.reasoning),
        )

    def _build(self) -> Outgoing:
        target = self._target
        if target.expect is None:
            prompt = f"{QUESTION} (Probe {self._nonce})"
        else:
            prompt = f"Reply with exactly this and nothing else: {target.expect}"
        return DIALECTS[target.vendor.dialect].chat(
            Question(
                vendor=target.vendor,
                base_url=target.base_url,
                model_id=target.model_id,
                key=target.revealed_key,
                prompt=prompt,
                max_output_tokens=target.max_output_tokens,
                left_out=self._left_out,
                route_only=target.route_only,
            )
        )

    def _fresh_intake(self) -> Intake:
        bound = self._target.max_output_tokens * _TIMES_ASKED * _CHARS_PER_TOKEN
        reader = DIALECTS[self._target.vendor.dialect].reader()
        return Intake(reader, max_output_chars=bound if self._outgoing.bounded else None)

    def _judge(self, failure: TransportFailure | None) -> Classified:
        if self._intake.is_error:
            return of_another(self._words(), self._target) or classify(self._evidence(), self._target.vendor)
        return judge_answer(
            self._intake,
            failure,
            self._target,
            max_gap_ms=self._phases.timings().max_gap,
            pace=self._pace,
            now_ms=self._at_ms,
        )

    def _evidence(self) -> Evidence:
        return Evidence(
            status=self._intake.status,
            words=self._words(),
            headers=self._intake.headers,
            pace=self._pace,
            sent=self._outgoing.optional,
            now_ms=self._at_ms,
        )

    def _words(self) -> ErrorWords:
        if self._intake.is_error:
            return read_error(self._intake.beginning, self._intake.headers.get("content-type", ""))
        return words_of(self._intake.answer().error)
