"""What programs tell of their own calls: a call as it is told, and what it becomes here. Pure.

A program names the class of what it met; whose fault that was and how it counts follows from our own table.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import msgspec

from statuspage.domain.classes import CLASSES, judge
from statuspage.domain.days import hour_start_ms
from statuspage.domain.ledger import Line, day_start_ms, nano
from statuspage.domain.model import nearest
from statuspage.domain.sample import Sample, Timings, Tokens
from statuspage.domain.view import ProgramsView
from statuspage.domain.words import Fault, Judgement, Kind, ProbeKind

PROGRAMS: Final = "programs"
"""The name of the place that calls are seen from."""
MOST_CALLS: Final = 500
"""Of one batch."""
OLDEST_MS: Final = 24 * 3_600_000
"""How long ago a call may have begun: what is older is packed away."""
MOST_USD: Final = 1_000.0
_MOST_TOKENS: Final = 100_000_000
_MOST_ID_CHARS: Final = 100
MOST_MODEL_CHARS: Final = 300
_OURS: Final = frozenset(
    ("auth_outage", "slow", "stale", "paused", "budget_exhausted", "not_configured", "loop_stalled", "clock_jump")
)
"""Classes that only a monitor can know of: from history, from its baseline, or of itself."""
CLASS_NAMES: Final = tuple(name for name in CLASSES if name not in _OURS)
"""What a call may have met."""


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """One call of a program; `age_ms` is how long before the sending it began, so that no clock is compared with another."""

    id: str
    model: str
    age_ms: int
    class_name: str
    http_status: int | None = None
    first_content_ms: float | None = None
    total_ms: float | None = None
    tokens: Tokens = Tokens()
    cost_usd: float | None = None


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """A call as it is kept: `id` tells it from every other one, whoever told it."""

    id: str
    sample: Sample
    line: Line


Hours = dict[int, dict[str, int]]
"""How many calls were told of, by the hour (UTC milliseconds) in which they began and by class."""


def counted(hours: Hours, sample: Sample) -> None:
    """Adds one call."""
    classes = hours.setdefault(hour_start_ms(sample.at_ms), {})
    classes[sample.class_name] = classes.get(sample.class_name, 0) + 1


def programs_view(hours: Hours, as_of_ms: int) -> ProgramsView | None:
    """The hours that began within the 24 before, and later ones; None where nothing was told of."""
    since_ms = as_of_ms - OLDEST_MS
    classes: Counter[str] = Counter()
    for start_ms, told in hours.items():
        if start_ms >= since_ms:
            classes.update(told)
    if not classes:
        return None
    judgements = Counter(dict.fromkeys(Judgement, 0))
    for name, count in classes.items():
        judgements[judge(name, fault_of(name))] += count
    answered = judgements[Judgement.OK] + judgements[Judgement.SLOW]
    return ProgramsView(
        calls=classes.total(),
        judged=answered + judgements[Judgement.FAILED],
        answered=answered,
        classes=tuple(sorted(classes.items(), key=lambda each: (-each[1], each[0]))),
    )


def fault_of(class_name: str, http_status: int | None = None) -> Fault:
    """Whose fault a call of this class was; what nobody can place says nothing of a vendor, unless it came with a 5xx."""
    if class_name == "unclassified" and (http_status or 0) < 500:
        return Fault.MONITOR
    return CLASSES[class_name].fault


def forgotten(hours: Hours, before_ms: int) -> None:
    """Drops hours that began before."""
    for start_ms in [start_ms for start_ms in hours if start_ms < before_ms]:
        del hours[start_ms]


def wrong_with(call: Call) -> tuple[str, str] | None:
    """The first field that cannot be used and what is wrong with it; None where all is well."""
    return next(((name, wrong) for name, wrong in _looked_at(call) if wrong is not None), None)


def _looked_at(call: Call) -> Sequence[tuple[str, str | None]]:
    tokens = call.tokens
    return (
        ("id", None if 0 < len(call.id) <= _MOST_ID_CHARS else f"must have from 1 to {_MOST_ID_CHARS} characters"),
        ("model", None if 0 < len(call.model) <= MOST_MODEL_CHARS else f"must have from 1 to {MOST_MODEL_CHARS} characters"),
        ("age_ms", _within(call.age_ms, OLDEST_MS)),
        ("class", _wrong_class(call.class_name)),
        ("http_status", _wrong_status(call.class_name, call.http_status)),
        ("first_content_ms", _within(call.first_content_ms, OLDEST_MS)),
        ("total_ms", _within(call.total_ms, OLDEST_MS)),
        ("tokens.input", _within(tokens.input, _MOST_TOKENS)),
        ("tokens.output", _within(tokens.output, _MOST_TOKENS)),
        ("tokens.reasoning", _within(tokens.reasoning, _MOST_TOKENS)),
        ("cost_usd", _within(call.cost_usd, MOST_USD)),
    )


def _within(value: float | None, most: float) -> str | None:
    return None if value is None or 0 <= value <= most else f"must be from 0 to {most:g}, or null"


def _wrong_class(name: str) -> str | None:
    if name in CLASS_NAMES:
        return None
    near = nearest(name, CLASS_NAMES)
    return f"is no class that a call can meet{'' if near is None else f'; did you mean {near}?'}"


def _wrong_status(class_name: str, status: int | None) -> str | None:
    if status is None:
        return None
    if not 100 <= status <= 599:
        return "must be from 100 to 599, or null"
    known = CLASSES.get(class_name)
    good = known is not None and judge(known.name, known.fault) in (Judgement.OK, Judgement.SLOW)
    return f"{status} does not go with the class {class_name}" if good and status >= 300 else None


def received(call: Call, key: str, who: str, cost_usd: float | None, now_ms: int, receipt: str) -> Received:
    """The call as sample and as line of the ledger.

    What a program used is its own affair: its tokens and money stand in the ledger, under its name, and not in the sample,
    which readers see.
    """
    row = CLASSES[call.class_name]
    at_ms = now_ms - call.age_ms
    sample = Sample(
        model=key,
        at_ms=at_ms,
        probe=ProbeKind.CHAT,
        kind=Kind.PASSIVE,
        class_name=row.name,
        fault=fault_of(row.name, call.http_status),
        retry=row.retry,
        http_status=call.http_status,
        timings_ms=Timings(first_content=call.first_content_ms, total=call.total_ms),
    )
    tokens = call.tokens
    line = Line(
        day_ms=day_start_ms(at_ms),
        subject=key,
        probe=ProbeKind.CHAT,
        kind=Kind.PASSIVE,
        who=who,
        probes=1,
        unpriced=int(cost_usd is None and bool(tokens.input or tokens.output)),
        input_tokens=tokens.input or 0,
        output_tokens=tokens.output or 0,
        cost_nano_usd=nano(cost_usd or 0.0),
    )
    return Received(id=receipt, sample=sample, line=line)
