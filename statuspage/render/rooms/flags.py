"""Flags: who is given what, where a rollout stands and why, and the switch that ends it for everybody."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from statuspage.domain.rollout import Climb
from statuspage.render.language import mark, tr
from statuspage.render.rooms.room import Cell, Field, Form, Option, Room, Section, Table, cell, named

AT = "/admin/flags"
ONE = f"{AT}/one"
"""Where the small forms beside a flag are sent."""
_FINDINGS = {
    "met": mark("the bar is met"),
    "broken": mark("the bar is missed"),
    "unknown": mark("nothing is known yet"),
    "off": mark("switched off"),
}


class Line(Protocol):
    """What is shown of a flag."""

    @property
    def key(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def percent(self) -> float | None: ...
    @property
    def variants(self) -> Mapping[str, Any]: ...
    @property
    def default_variant(self) -> str | None: ...
    @property
    def metadata(self) -> Mapping[str, Any]: ...
    @property
    def rollout(self) -> Climb | None: ...


def flags_room(lines: Sequence[Line], error: str | None) -> Room:
    """Every flag in force; while an `error` says why the file cannot be used, they are only to be looked at."""
    adding = Form(
        action=AT,
        title=tr("Set a flag"),
        submit=tr("Set the flag"),
        fields=(Field(name="key", label=tr("Flag"), hint=tr("one that there is not is added"), most=200), *_fields("on", None)),
    )
    columns = (tr("Flag"), tr("State"), tr("Users"), tr("Variants"), tr("By evidence"), "")
    table = Table(
        caption=tr("Flags"),
        columns=columns,
        rows=tuple(_row(line, settable=error is None) for line in lines),
        empty=tr("There is no flag yet."),
    )
    section = Section(title=tr("Flags"), notes=() if error is None else (error,), forms=() if error else (adding,), table=table)
    return Room(title=tr("Flags"), at=AT, sections=(section,))


def _row(line: Line, *, settable: bool) -> tuple[Cell, ...]:
    climb = line.rollout
    evidence = cell(None)
    if climb is not None:
        finding = tr(_FINDINGS.get(climb.finding, climb.finding))
        evidence = Cell(text=f"{climb.percent} %, {finding}", note=climb.why, at_ms=climb.since_ms or None)
    variants = ", ".join(line.variants)
    default = "" if line.default_variant is None else tr("default: {name}").format(name=line.default_variant)
    return (
        Cell(text=line.key, note=_bar(line.metadata)),
        cell(tr("on") if line.state == "on" else tr("off")),
        cell(None if line.percent is None else f"{line.percent:g} %"),
        Cell(text=variants or "–", note=default),
        evidence,
        Cell(forms=(_switching(line), _dealing(line)) if settable else ()),
    )


def _bar(metadata: Mapping[str, Any]) -> str:
    """What the flag's gate asks, in its own words."""
    return ", ".join(f"{name} {value}" for name, value in metadata.items() if name.startswith("gate_"))


def _switching(line: Line) -> Form:
    other = "off" if line.state == "on" else "on"
    submit = tr("Switch off") if other == "off" else tr("Switch on")
    return Form(action=ONE, submit=submit, fields=(named("key", line.key), named("state", other)), about=line.key)


def _dealing(line: Line) -> Form:
    share = "" if line.percent is None else f"{line.percent:g}"
    field = Field(name="percent", kind="number", label=tr("Percent of users"), values=(share,), most=100)
    return Form(action=ONE, submit=tr("Set %"), fields=(named("key", line.key), field), about=line.key)


def _fields(state: str, percent: float | None) -> tuple[Field, ...]:
    choices = (Option("on", tr("on")), Option("off", tr("off")))
    return (
        Field(name="state", kind="choice", label=tr("State"), options=choices, values=(state,)),
        Field(
            name="percent",
            kind="number",
            label=tr("Percent of users"),
            hint=tr("empty leaves it"),
            values=("" if percent is None else f"{percent:g}",),
            most=100,
            required=False,
        ),
    )
