"""The light of tool calling: what the suites of the last seven days prove, and when the next one is due."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from statuspage.domain.sample import CaseResult
from statuspage.domain.view import ToolCaseView, ToolsView
from statuspage.domain.wilson import wilson

WINDOW_MS: Final = 7 * 86_400_000
VERIFIED: Final = 0.90
LIKELY: Final = 0.75
ENOUGH: Final = 10
"""Fewer samples prove nothing."""
TOOL_CLASSES: Final = frozenset(
    {
        "tool_call_leaked",
        "tool_call_in_text",
        "arguments_not_json",
        "arguments_violate_schema",
        "unknown_tool",
        "missing_call",
        "unexpected_call",
        "calls_collapsed",
        "tool_id_broken",
        "finish_mismatch",
    }
)
"""Failures that speak about tools; whatever else goes wrong with a case is no evidence."""

_HOUR_S: Final = 3600.0
_YOUNG_MS: Final = 2 * 86_400_000
_OFTEN_S: Final = _HOUR_S
_SELDOM_S: Final = 6 * _HOUR_S
_AGAIN_S: Final = _HOUR_S / 2
BURST: Final = 5
_BURST_CASES: Final = 3
_BURST_AT_MOST_EVERY_MS: Final = 86_400_000


class Suite(msgspec.Struct, frozen=True, array_like=True):
    """What one run of cases proved: case name → class, `ok` when it passed; cases that prove nothing are left out.

    A burst repeats failed cases only, so its results count for those cases and not for the light.
    """

    at_ms: int
    results: dict[str, str]
    burst: bool = False


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of one model, oldest first; `began_ms` is the first suite ever, `last_ms` the newest scheduled one."""

    suites: tuple[Suite, ...] = ()
    began_ms: int | None = None
    last_ms: int | None = None


def evidence_of(cases: Iterable[CaseResult]) -> dict[str, str]:
    """The results that say something about tools: passed cases and failures of tool calling."""
    return {
        case.name: case.class_name if case.passed is False else "ok"
        for case in cases
        if case.passed or (case.passed is False and case.class_name in TOOL_CLASSES)
    }


def with_suite(record: Record, suite: Suite) -> Record:
    """The record with one more suite, without those older than seven days; a suite without evidence leaves it as it is."""
    if not suite.results:
        return record
    kept = tuple(each for each in record.suites if each.at_ms > suite.at_ms - WINDOW_MS)
    return Record(
        suites=(*kept, suite),
        began_ms=suite.at_ms if record.began_ms is None else record.began_ms,
        last_ms=record.last_ms if suite.burst else suite.at_ms,
    )


def light(record: Record, titles: Mapping[str, str], abilities: frozenset[str], now_ms: int) -> ToolsView:
    """What the last seven days prove; `titles` are the cases in order, `abilities` those that only tell what a model can do."""
    suites = [each for each in record.suites if now_ms - WINDOW_MS < each.at_ms]
    results = [
        class_name
        for each in suites
        if not each.burst
        for name, class_name in each.results.items()
        if name in titles and name not in abilities
    ]
    passed, samples = results.count("ok"), len(results)
    low, high = wilson(passed, samples)
    return ToolsView(
        state=_state(samples, low, high),
        passed=passed,
        samples=samples,
        low=_rounded(low),
        high=_rounded(high),
        checked_at_ms=max((each.at_ms for each in suites), default=None),
        cases=tuple(_case(name, title, suites, counts=name not in abilities) for name, title in titles.items()),
    )


def _case(name: str, title: str, suites: Sequence[Suite], *, counts: bool) -> ToolCaseView:
    found = Counter(each.results[name] for each in suites if name in each.results)
    passed, samples = found.pop("ok", 0), found.total()
    samples += passed
    low, high = wilson(passed, samples)
    worst = found.most_common(1)
    return ToolCaseView(
        name=name,
        title=title,
        passed=passed,
        samples=samples,
        low=_rounded(low),
        high=_rounded(high),
        class_name=worst[0][0] if worst else None,
        counts=counts,
    )


def _state(samples: int, low: float, high: float) -> str:
    if samples < ENOUGH:
        return "unproven"
    if low >= VERIFIED:
        return "verified"
    if low >= LIKELY:
        return "likely"
    return "failing" if high < LIKELY else "unproven"


def _rounded(share: float) -> float:
    return round(share, 3)


def due_ms(record: Record, tried_ms: int | None) -> int:
    """When the next scheduled suite is due (UTC milliseconds): hourly for two days, then every six hours.

    `tried_ms` is the last attempt of this process; one that proved nothing is repeated after half an hour. 0 is at once.
    """
    due = 0
    if record.last_ms is not None:
        began_ms = record.last_ms if record.began_ms is None else record.began_ms
        often = record.last_ms - began_ms < _YOUNG_MS
        due = record.last_ms + round((_OFTEN_S if often else _SELDOM_S) * 1000)
    if tried_ms is not None:
        due = max(due, tried_ms + round(_AGAIN_S * 1000))
    return due


def burst_of(record: Record, suite: Suite) -> tuple[str, ...]:
    """The failed cases that a burst shall repeat: at most three, and a case at most once a day."""
    lately = {
        name
        for each in record.suites
        if each.burst and each.at_ms > suite.at_ms - _BURST_AT_MOST_EVERY_MS
        for name in each.results
    }
    failed = (name for name, class_name in suite.results.items() if class_name != "ok" and name not in lately)
    return tuple(failed)[:_BURST_CASES]
