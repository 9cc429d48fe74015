"""Budget: what probing cost this month, of how much, and for whom."""

from collections.abc import Mapping, Sequence

from statuspage.domain.ledger import Spent
from statuspage.domain.report import CostReport
from statuspage.domain.thrift import Stage, Standing, stage_of
from statuspage.domain.words import Kind
from statuspage.render.language import mark, tr
from statuspage.render.report import usd
from statuspage.render.rooms.room import Cell, Room, Section, Table, cell

AT = "/admin/budget"
_STAGES = {
    Stage.WELL: mark("lasts"),
    Stage.TIGHT: mark("would not last: probing slows down"),
    Stage.MOST: mark("four fifths are used"),
    Stage.USED_UP: mark("used up: probes are refused"),
}


def budget_room(report: CostReport, standings: Sequence[Standing]) -> Room:
    """The month so far; `report` is of its days, the dearest model first."""
    caps = Table(
        caption=tr("Caps"),
        columns=(tr("Budget"), tr("A month"), tr("Counted"), tr("Set aside"), tr("By its end"), tr("State")),
        rows=tuple(map(_cap, standings)),
        empty=tr("No cap is configured; budget.monthly_usd sets one."),
    )
    subjects = Table(
        caption=tr("Who it was spent on"),
        columns=(tr("Model or account"), tr("Probes"), tr("Tokens in"), tr("Tokens out"), tr("Cost"), tr("Why")),
        rows=tuple((cell(cost.subject), *_figures(cost.spent), _why(cost.by_kind)) for cost in report.costs),
        empty=tr("Nothing was asked this month."),
    )
    programs = Table(
        caption=tr("What programs told of"),
        columns=(tr("Program"), tr("Calls"), tr("Tokens in"), tr("Tokens out"), tr("Cost")),
        rows=tuple((cell(who), *_figures(spent)) for who, spent in report.programs.items()),
        empty=tr("No program told of a call this month."),
    )
    pace = "" if report.projected_usd is None else tr("At this pace {sum} by its end.").format(sum=usd(report.projected_usd))
    unknown = tr("Probes without a known price: {count}.").format(count=report.total.unpriced) if report.total.unpriced else ""
    so_far = tr("This month so far: {sum}.").format(sum=usd(report.total.cost_usd))
    return Room(
        title=tr("Budget"),
        at=AT,
        lead=" ".join(part for part in (so_far, pace, unknown) if part),
        sections=(
            Section(title=tr("Caps"), table=caps),
            Section(
                title=tr("Who it was spent on"),
                note=tr("The command “statuspage report cost” tells the same of any week."),
                table=subjects,
            ),
            Section(
                title=tr("What programs told of"),
                note=tr("Their own calls, by the name of their token: no cost of probing, and in no sum above."),
                table=programs,
            ),
        ),
    )


def _cap(standing: Standing) -> tuple[Cell, ...]:
    return (
        cell(standing.name or tr("all")),
        cell(usd(standing.cap_usd)),
        cell(usd(standing.counted_usd)),
        cell(usd(standing.set_aside_usd)),
        cell(usd(standing.counted_usd + standing.planned_usd)),
        cell(tr(_STAGES[stage_of(standing)])),
    )


def _figures(spent: Spent) -> tuple[Cell, ...]:
    figures = (f"{spent.probes:,}", f"{spent.input_tokens:,}", f"{spent.output_tokens:,}", usd(spent.cost_usd))
    return tuple(map(cell, figures))


def _why(by_kind: Mapping[Kind, Spent]) -> Cell:
    return cell(", ".join(f"{kind.value} {each.probes:,}" for kind, each in by_kind.items()))
