"""Reports as JSON, as Markdown, and as rows that a terminal draws."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from statuspage.domain.clock import rfc3339
from statuspage.domain.ledger import Spent
from statuspage.domain.report import CostReport, UptimeReport

_UNKNOWN: Final = "–"
_MOST_LINES: Final = 20


class Drawn(NamedTuple):
    """A report as a table: its title, headings, rows, and the sentences below it."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str]
    words: Sequence[str] = ("Model",)
    """Headings of columns whose cells may fold."""


def cost_json(report: CostReport) -> dict[str, Any]:
    """`{from, to, total, providers, models, programs, month}`; an amount that is not known is null, never 0."""
    return {
        "from": rfc3339(report.from_ms),
        "to": rfc3339(report.to_ms),
        "total": _spent(report.total),
        "providers": {name: _spent(each) for name, each in report.providers.items()},
        "models": {
            cost.subject: _spent(cost.spent)
            | {
                "provider": cost.provider,
                "per_1000_probes_usd": cost.per_thousand_usd,
                "kinds": {kind: _spent(each) for kind, each in cost.by_kind.items()},
            }
            for cost in report.costs
        },
        "programs": {
            who: {
                "calls": each.probes,
                "unpriced_calls": each.unpriced,
                "tokens": {"input": each.input_tokens, "output": each.output_tokens},
                "cost_usd": each.cost_usd,
            }
            for who, each in report.programs.items()
        },
        "month": {
            "spent_usd": _month_usd(report),
            "projected_usd": report.projected_usd,
            "cap_usd": report.caps.get(""),
            "providers": {
                name: {"spent_usd": each.cost_usd, "counted_usd": each.counted_usd, "cap_usd": report.caps.get(name)}
                for name, each in report.month.items()
            },
        },
    }


def uptime_json(report: UptimeReport) -> dict[str, Any]:
    """`{from, to, models}`, each model with its interval and what went wrong most often."""
    return {
        "from": rfc3339(report.from_ms),
        "to": rfc3339(report.to_ms),
        "models": {
            each.key: {
                "ratio": each.uptime.ratio,
                "low": each.uptime.low,
                "high": each.uptime.high,
                "samples": each.uptime.samples,
                "failed": each.failed,
                "coverage": each.uptime.coverage,
                "classes": dict(each.worst_classes),
                "cost_usd": each.cost_usd,
            }
            for each in report.models
        },
    }


def drawn_cost(report: CostReport) -> Drawn:
    """The costs as a table, the dearest first, the sum last."""
    rows = [
        [cost.subject, *_figures(cost.spent), usd(cost.per_thousand_usd)]
        for cost in report.costs
        if cost.spent.counted_usd or cost.spent.unpriced or cost.spent.input_tokens
    ]
    rows.append(["all", *_figures(report.total), _UNKNOWN])
    month = f"This month so far: {usd(_month_usd(report))}"
    month += "." if report.projected_usd is None else f", at this pace {usd(report.projected_usd)} by its end."
    caps = [
        f"The budget of {name or 'all'} is {usd(cap)} a month; {usd(_counted(report, name))} of it is counted."
        for name, cap in report.caps.items()
    ]
    unknown = [
        f"Probes without a known price: {report.total.unpriced}. Their cost is in no sum; a budget counts them as dear models."
    ] if report.total.unpriced else []  # fmt: skip
    told = [
        f"The program {who} told of {each.probes:,} calls of its own, which are no cost of probing: {_figures(each)[-1]}."
        for who, each in report.programs.items()
    ]
    headings = ("Model", "Probes", "Tokens in", "Tokens out", "Cost", "Per 1,000")
    return Drawn(f"Cost of probing, {_span(report.from_ms, report.to_ms)}", headings, rows, [month, *caps, *unknown, *told])


def drawn_uptime(report: UptimeReport) -> Drawn:
    """Uptimes as a table, in the order of the configuration."""
    rows = [
        [
            each.key,
            _percent(each.uptime.ratio),
            _UNKNOWN if each.uptime.low is None else f"{_percent(each.uptime.low)[:-2]}–{_percent(each.uptime.high)}",
            f"{each.uptime.samples:,}",
            f"{each.failed:,}",
            _percent(each.uptime.coverage),
            ", ".join(f"{name} {count}" for name, count in each.worst_classes),
        ]
        for each in report.models
    ]
    headings = ("Model", "Uptime", "95 % interval", "Judged", "Failed", "Coverage", "What went wrong")
    return Drawn(f"Uptime, {_span(report.from_ms, report.to_ms)}", headings, rows, (), ("Model", "What went wrong"))


def plain(drawn: Drawn) -> str:
    """The table as lines of text for a message: the first rows and the last, then the notes."""
    rows = [*drawn.rows[:_MOST_LINES], *drawn.rows[_MOST_LINES:][-1:]]
    lines = [
        f"{row[0]}: {', '.join(_cell(*each) for each in zip(drawn.headings[1:], row[1:], strict=True) if each[1])}"
        for row in rows
    ]
    return "\n".join([*lines, *drawn.notes])


def markdown(drawn: Drawn) -> str:
    """The table in Markdown; a name that holds a bar stays in its cell."""
    lines = [f"## {drawn.title}", "", _row(drawn.headings), _row(["---", *["---:"] * (len(drawn.headings) - 1)])]
    lines += [_row(row) for row in drawn.rows]
    for note in drawn.notes:
        lines += ["", note]
    return "\n".join(lines) + "\n"


def usd(amount: float | None) -> str:
    """Dollars as people read them: cents, or as many digits as a small amount needs."""
    if amount is None:
        return _UNKNOWN
    return f"${amount:,.2f}" if amount >= 0.1 or amount == 0 else f"${amount:.6f}".rstrip("0")


def _figures(spent: Spent) -> list[str]:
    unsure = " +?" if spent.unpriced and spent.cost_usd is not None else ""
    return [f"{spent.probes:,}", f"{spent.input_tokens:,}", f"{spent.output_tokens:,}", f"{usd(spent.cost_usd)}{unsure}"]


def _spent(spent: Spent) -> dict[str, Any]:
    return {
        "probes": spent.probes,
        "unpriced_probes": spent.unpriced,
        "tokens": {"input": spent.input_tokens, "output": spent.output_tokens},
        "cost_usd": spent.cost_usd,
        "counted_usd": spent.counted_usd,
    }


def _month_usd(report: CostReport) -> float | None:
    known = [each.cost_usd for each in report.month.values() if each.cost_usd is not None]
    return sum(known) if known or not report.month else None


def _counted(report: CostReport, name: str) -> float:
    month: Mapping[str, Spent] = report.month
    return sum(each.counted_usd for provider, each in month.items() if name in ("", provider))


def _cell(heading: str, cell: str) -> str:
    return f"{heading.lower()} {cell}"


def _percent(ratio: float | None) -> str:
    return _UNKNOWN if ratio is None else f"{ratio * 100:.2f} %"


def _span(from_ms: int, to_ms: int) -> str:
    return f"{rfc3339(from_ms)[:10]} to {rfc3339(to_ms - 1)[:10]} (UTC)"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
