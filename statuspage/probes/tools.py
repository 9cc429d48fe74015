"""The `tools` probe: a suite of cases against one model, one request at a time under the account's pace."""

from typing import Final

import msgspec

from statuspage.domain.classes import CLASSES
from statuspage.domain.redact import redact
from statuspage.domain.sample import CaseResult, Sample
from statuspage.domain.toollight import TOOL_CLASSES
from statuspage.domain.words import Fault, Phase, ProbeKind
from statuspage.probes.dialects.toolask import Earlier, Said
from statuspage.probes.judge import finding
from statuspage.probes.outcome import Facts, sample_of
from statuspage.probes.target import ProbeContext, ProbeTarget
from statuspage.probes.toolasking import Refused, Talk
from statuspage.probes.toolcases.case import Case, GoOn, Wrong
from statuspage.probes.toolcases.registry import CASES
from statuspage.vendors.evidence import Classified

_MOST_TURNS: Final = 3
_MOST_FAILURES: Final = 2
"""So many cases that broke for another reason than tools end the suite: the vendor is down, and its chat probe says so.

So many budgets spent on nothing but thinking end it too: the rest would only cost.
"""
_LEFT_OUT: Final = "the case is left out; a client of this model must do without what it asks for"
_ABOUT_US: Final = frozenset({Fault.ACCOUNT, Fault.CLIENT, Fault.MONITOR})


class _Result(msgspec.Struct, frozen=True, kw_only=True):
    """One case with the facts of its last request."""

    case: CaseResult
    found: Classified
    facts: Facts


async def probe_tools(target: ProbeTarget, context: ProbeContext) -> Sample:
    """Runs the suite, or the cases that the target names; the sample's class is that of the first failed case."""
    at_ms = context.clock.now_ms()
    talk = Talk(target, context)
    results: list[_Result] = []
    for case in (case for name, case in CASES.items() if not target.cases or name in target.cases):
        results.append(await _run(case, talk, at_ms))
        if talk.spent >= _MOST_FAILURES or _is_over(results):
            break
    asked = {each.case.name for each in results}
    last = results[-1].found
    unasked = [
        CaseResult(name=name, passed=None, class_name=last.class_name, detail="not asked: the suite ended before")
        for name in CASES
        if name not in asked and (not target.cases or name in target.cases)
    ]
    decisive = _decisive(results)
    facts = msgspec.structs.replace(
        decisive.facts, tokens=talk.tokens, reported_cost_usd=talk.reported_cost_usd, attempts=max(1, talk.requests)
    )
    return msgspec.structs.replace(
        sample_of(decisive.found, facts, target), cases=(*(_redacted(each.case, target) for each in results), *unasked)
    )


def _redacted(case: CaseResult, target: ProbeTarget) -> CaseResult:
    """A vendor's address or name may stand in a detail; a secret may not."""
    key = target.revealed_key
    return msgspec.structs.replace(case, detail=redact(case.detail, (key,) if key else ())) if case.detail else case


async def _run(case: Case, talk: Talk, at_ms: int) -> _Result:
    """One case, with as many turns as it takes."""
    answers: list[Said] = []
    earlier: list[Earlier] = []
    for _ in range(_MOST_TURNS):
        heard = await talk.hear(case.turn, earlier)
        if isinstance(heard, Refused):
            return _refused(case, heard, talk, at_ms, answered_before=bool(earlier))
        answers.append(heard)
        verdict = case.check(answers, case.turn)
        if not isinstance(verdict, GoOn):
            return _judged(case, verdict, talk, at_ms)
        earlier.append(Earlier(said=heard, results=verdict.results))
    return _judged(case, Wrong("unexpected_call", "it called on and on"), talk, at_ms)


def _judged(case: Case, wrong: Wrong | None, talk: Talk, at_ms: int) -> _Result:
    if wrong is None:
        return _result(case, finding("ok"), talk, at_ms, passed=True, detail=None)
    found = finding(wrong.class_name, f"case {case.name}: {wrong.detail}")
    passed = None if case.ability or found.fault is Fault.NONE else False
    return _result(case, found, talk, at_ms, passed=passed, detail=wrong.detail)


def _refused(case: Case, refused: Refused, talk: Talk, at_ms: int, *, answered_before: bool) -> _Result:
    """A refusal is no failure of tools, unless the vendor does not know the id of a call that it made itself."""
    if refused.rejected and refused.about_ids and answered_before:
        return _judged(case, Wrong("tool_id_broken", "it does not know the id of its own call"), talk, at_ms)
    found = refused.found
    detail = found.detail or CLASSES[found.class_name].says
    excluded = refused.rejected or case.ability or found.fault in _ABOUT_US or found.fault is Fault.NONE
    if refused.rejected:
        detail = f"{detail}; {_LEFT_OUT}"
    named = msgspec.structs.replace(found, detail=f"case {case.name}: {detail}" if refused.rejected else found.detail)
    return _result(case, named, talk, at_ms, passed=None if excluded else False, detail=detail)


def _result(case: Case, found: Classified, talk: Talk, at_ms: int, *, passed: bool | None, detail: str | None) -> _Result:
    answer = talk.intake.answer()
    failed = passed is not True
    words = talk.words() if talk.intake.is_error else None
    facts = Facts(
        at_ms=at_ms,
        probe=ProbeKind.TOOLS,
        phase=Phase.HEADERS if talk.intake.is_error else talk.phases.reached,
        timings_ms=talk.phases.timings(),
        http_status=talk.intake.status,
        headers=talk.intake.headers,
        error_type=words.error_type if words else None,
        evidence=talk.evidence() if failed else None,
        served_model=answer.served_model,
        served_by=answer.served_by,
        answer_id=answer.answer_id,
        thinking=answer.reasoning_chars > 0,
    )
    return _Result(
        case=CaseResult(name=case.name, passed=passed, class_name=found.class_name, detail=detail), found=found, facts=facts
    )


def _is_over(results: list[_Result]) -> bool:
    """Whether going on would tell nothing: our account or monitor is in the way, or the vendor is down."""
    last = results[-1]
    if last.case.passed is None and last.found.fault in _ABOUT_US and last.found.class_name != "parameter_rejected":
        return True
    others = [each for each in results if each.case.passed is False and each.case.class_name not in TOOL_CLASSES]
    return len(others) >= _MOST_FAILURES


def _decisive(results: list[_Result]) -> _Result:
    """The first failed case; where none failed the last that passed, else the first that was excluded."""
    failed = next((each for each in results if each.case.passed is False), None)
    if failed is not None:
        return failed
    passed = [each for each in results if each.case.passed]
    return passed[-1] if passed else results[0]
