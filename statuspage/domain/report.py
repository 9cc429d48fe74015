"""What probing cost and how models did over a span of time, ready to be told. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from statuspage.domain.ledger import Line, Spent, provider_of, spent
from statuspage.domain.view import UptimeView
from statuspage.domain.words import Kind


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """What one subject cost: a model, or a provider's account whose lists and balance are read."""

    subject: str
    provider: str
    spent: Spent
    by_kind: Mapping[Kind, Spent]
    """Why it was asked: `scheduled`, `confirm`."""

    @property
    def per_thousand_usd(self) -> float | None:
        """US dollars for a thousand probes; None where the cost is not known."""
        cost = self.spent.cost_usd
        return None if cost is None or self.spent.unpriced or not self.spent.probes else 1000 * cost / self.spent.probes


class CostReport(msgspec.Struct, frozen=True, kw_only=True):
    """What probing cost in `[from_ms, to_ms)`; the month is that of the report's making.

    `month` holds what was spent in the month so far by provider, `caps` what may be spent in it; the cap of all is under "".
    """

    from_ms: int
    to_ms: int
    total: Spent
    providers: Mapping[str, Spent]
    costs: tuple[Cost, ...]
    """The dearest first."""
    programs: Mapping[str, Spent] = {}
    """What programs told of their own calls, by the name of their token; no part of the rest."""
    month: Mapping[str, Spent] = {}
    projected_usd: float | None = None
    """What the month will have cost, if it goes on as it went."""
    caps: Mapping[str, float] = {}


class Uptime(msgspec.Struct, frozen=True, kw_only=True):
    """How one model did."""

    key: str
    uptime: UptimeView
    failed: int
    worst_classes: tuple[tuple[str, int], ...]
    """What went wrong most often, and how often."""
    cost_usd: float | None = None


class UptimeReport(msgspec.Struct, frozen=True, kw_only=True):
    """How models did in `[from_ms, to_ms)`, in the order of the configuration."""

    from_ms: int
    to_ms: int
    models: tuple[Uptime, ...]


def cost_report(lines: Sequence[Line], from_ms: int, to_ms: int) -> CostReport:
    """The report of these lines, without the month."""
    own = [line for line in lines if line.kind is not Kind.PASSIVE]
    told = [line for line in lines if line.kind is Kind.PASSIVE]
    costs = [_cost(subject, some) for subject, some in _by(own, lambda line: line.subject).items()]
    costs.sort(key=lambda cost: (-cost.spent.counted_usd, cost.subject))
    return CostReport(
        from_ms=from_ms,
        to_ms=to_ms,
        total=spent(own),
        providers=by_provider(own),
        costs=tuple(costs),
        programs={who: spent(some) for who, some in sorted(_by(told, lambda line: line.who).items())},
    )


def by_provider(lines: Iterable[Line]) -> dict[str, Spent]:
    """The sum of each provider, by name."""
    return {name: spent(some) for name, some in sorted(_by(lines, lambda line: provider_of(line.subject)).items())}


def _cost(subject: str, lines: Sequence[Line]) -> Cost:
    by_kind = {kind: spent(some) for kind in Kind if (some := [line for line in lines if line.kind is kind])}
    return Cost(subject=subject, provider=provider_of(subject), spent=spent(lines), by_kind=by_kind)


def _by(lines: Iterable[Line], name_of: Callable[[Line], str]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(name_of(line), []).append(line)
    return found
