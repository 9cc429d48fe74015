"""The ledger: what was used and cost, one exact sum for each day, subject, kind of probe, reason and asker. Pure.

Money is whole nano-dollars, so that sums stay exact however many there are.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

import msgspec

from statuspage.domain.sample import Sample
from statuspage.domain.spending import NEVER_SENT
from statuspage.domain.words import Kind, ProbeKind

NANO: Final = 1_000_000_000
_DAY_MS: Final = 86_400_000
Place = tuple[int, str, ProbeKind, Kind, str]
"""The day, subject, kind of probe, reason and asker of a line."""
_PAID: Final = (ProbeKind.CHAT, ProbeKind.TOOLS)
"""Lists and balances are free."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What one subject's probes of one kind and reason used on one UTC day.

    `subject` is a model's key, or the provider's name where a probe asks the account. `who` is empty for the monitor's own
    probes, else the name of the token whose program told of its calls, which are counted as `probes`. `unpriced` are the
    probes that cost something unknown; `assumed_nano_usd` is what the budget counts for them, which is no part of
    `cost_nano_usd`.
    """

    day_ms: int
    subject: str
    probe: ProbeKind
    kind: Kind
    who: str = ""
    probes: int = 0
    unpriced: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_nano_usd: int = 0
    assumed_nano_usd: int = 0

    @property
    def place(self) -> "Place":
        """What tells it apart from other lines."""
        return self.day_ms, self.subject, self.probe, self.kind, self.who


class Spent(msgspec.Struct, frozen=True, kw_only=True):
    """A sum of lines; `cost_usd` is None where something was paid for and no price is known."""

    probes: int = 0
    unpriced: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = 0.0
    counted_usd: float = 0.0
    """What counts against a budget: known cost, and what is assumed where it is not known."""


def day_start_ms(at_ms: int) -> int:
    """The UTC midnight before."""
    return at_ms - at_ms % _DAY_MS


def month_start_ms(at_ms: int) -> int:
    """The beginning of the UTC month."""
    moment = datetime.fromtimestamp(at_ms / 1000, tz=UTC)
    return round(datetime(moment.year, moment.month, 1, tzinfo=UTC).timestamp()) * 1000


def month_end_ms(at_ms: int) -> int:
    """The beginning of the UTC month after."""
    moment = datetime.fromtimestamp(at_ms / 1000, tz=UTC)
    year, month = (moment.year + 1, 1) if moment.month == 12 else (moment.year, moment.month + 1)
    return round(datetime(year, month, 1, tzinfo=UTC).timestamp()) * 1000


def nano(usd: float) -> int:
    """Whole nano-dollars."""
    return round(usd * NANO)


def line_of(sample: Sample) -> Line:
    """The line of one probe."""
    assumed = 0 if sample.cost_usd is not None else nano(sample.assumed_usd or 0.0)
    tokens = sample.tokens
    paid = sample.probe in _PAID and sample.cost_usd is None and (assumed > 0 or bool(tokens.input or tokens.output))
    return Line(
        day_ms=day_start_ms(sample.at_ms),
        subject=sample.model,
        probe=sample.probe,
        kind=sample.kind,
        probes=int(sample.class_name not in NEVER_SENT),
        unpriced=int(paid),
        input_tokens=tokens.input or 0,
        output_tokens=tokens.output or 0,
        cost_nano_usd=nano(sample.cost_usd or 0.0),
        assumed_nano_usd=assumed,
    )


def added(lines: Iterable[Line]) -> list[Line]:
    """One line for each place, in the order of first appearance."""
    sums: dict[Place, Line] = {}
    for line in lines:
        known = sums.get(line.place)
        sums[line.place] = line if known is None else plus(known, line)
    return list(sums.values())


def spent(lines: Iterable[Line]) -> Spent:
    """The sum of lines; nothing spent is nothing, not unknown."""
    every = list(lines)
    cost = sum(line.cost_nano_usd for line in every)
    assumed = sum(line.assumed_nano_usd for line in every)
    unpriced = sum(line.unpriced for line in every)
    return Spent(
        probes=sum(line.probes for line in every),
        unpriced=unpriced,
        input_tokens=sum(line.input_tokens for line in every),
        output_tokens=sum(line.output_tokens for line in every),
        cost_usd=None if unpriced and not cost else cost / NANO,
        counted_usd=(cost + assumed) / NANO,
    )


def projected_usd(spent_usd: float, from_ms: int, now_ms: int, end_ms: int) -> float | None:
    """What it will be at the end if it goes on as since `from_ms`; None in the first hour, which tells nothing yet."""
    passed_ms = now_ms - from_ms
    if passed_ms < 3_600_000:
        return None
    return spent_usd * (end_ms - from_ms) / passed_ms


def provider_of(subject: str) -> str:
    """The provider of a key, or the name itself."""
    return subject.partition("/")[0]


def plus(one: Line, other: Line) -> Line:
    """The first line with the figures of the other."""
    return msgspec.structs.replace(
        one,
        probes=one.probes + other.probes,
        unpriced=one.unpriced + other.unpriced,
        input_tokens=one.input_tokens + other.input_tokens,
        output_tokens=one.output_tokens + other.output_tokens,
        cost_nano_usd=one.cost_nano_usd + other.cost_nano_usd,
        assumed_nano_usd=one.assumed_nano_usd + other.assumed_nano_usd,
    )
