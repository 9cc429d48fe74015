"""What a room of the operator's is made of: tables, forms and facts that one template draws."""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from statuspage.domain.access import Scope
from statuspage.domain.words import Status


class Option(msgspec.Struct, frozen=True):
    """One choice of a field; `value` is a machine word, `text` what people read."""

    value: str
    text: str


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One input. `kind` is text, area, choice, choices, moment, number, user, password or hidden.

    `values` are those filled in or chosen.
    """

    name: str
    kind: str = "text"
    label: str = ""
    hint: str = ""
    values: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    required: bool = True
    most: int | None = None
    """How many characters, or how large a number, it takes at the most."""
    names: bool = False
    """Whether it is hidden and says which of several such forms this is."""

    @property
    def value(self) -> str:
        """What is filled in."""
        return self.values[0] if self.values else ""


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """What an operator may do: where it is sent, what is asked, which scope it needs; `wrong` says what was not taken."""

    action: str
    submit: str
    fields: tuple[Field, ...] = ()
    title: str = ""
    scope: Scope = Scope.OPERATE
    wrong: str | None = None
    about: str = ""
    """Completes the button's words for who cannot see what it stands beside."""


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One cell of a table: words, perhaps with a status, a link, a moment, a note below, or small forms."""

    text: str = ""
    status: Status | None = None
    href: str | None = None
    at_ms: int | None = None
    note: str = ""
    code: bool = False
    forms: tuple[Form, ...] = ()


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """Rows under their columns; `empty` is said where there are none."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = ""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a timeline; `body` is Markdown."""

    heading: str
    body: str
    at_ms: int
    author: str | None = None


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a room under its heading."""

    title: str
    note: str = ""
    notes: tuple[str, ...] = ()
    """Sentences that stand for themselves, a list."""
    table: Table | None = None
    entries: tuple[Said, ...] = ()
    forms: tuple[Form, ...] = ()
    secret: str | None = None
    """Something shown this once."""


class Room(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the operator's; `at` is the address of its entry in the navigation."""

    title: str
    at: str
    sections: tuple[Section, ...] = ()
    lead: str = ""
    status: Status | None = None
    wrong: str | None = None
    """Why what was asked was not done, where no form is there to say it."""
    links: tuple[Option, ...] = ()
    """Other places that belong here: address and words."""


def for_scope(room: Room, scope: Scope) -> Room:
    """The room without what somebody of this scope may not do."""
    return _with_forms(room, lambda forms: tuple(form for form in forms if scope.covers(form.scope)))


def refused(room: Room, action: str, typed: Mapping[str, Sequence[str]], wrong: str) -> Room:
    """The room with a form as it was sent and why it was not taken; nothing that was typed is lost, but for passwords.

    Where the form is not there any more, the room itself says why.
    """
    found = False

    def kept(field: Field) -> Field:
        if field.kind in ("password", "hidden"):
            return field
        return msgspec.structs.replace(field, values=tuple(typed.get(field.name, ())))

    def answered(form: Form) -> Form:
        nonlocal found
        if form.action != action or any(field.values != tuple(typed.get(field.name, ())) for field in form.fields if field.names):
            return form
        found = True
        return msgspec.structs.replace(form, wrong=wrong, fields=tuple(map(kept, form.fields)))

    after = _with_forms(room, lambda forms: tuple(map(answered, forms)))
    return after if found else msgspec.structs.replace(after, wrong=wrong)


def _with_forms(room: Room, change: Callable[[tuple[Form, ...]], tuple[Form, ...]]) -> Room:
    """The room with all its forms changed, those of sections and those within tables."""

    def of_table(table: Table | None) -> Table | None:
        if table is None:
            return None
        rows = tuple(tuple(msgspec.structs.replace(each, forms=change(each.forms)) for each in row) for row in table.rows)
        return msgspec.structs.replace(table, rows=rows)

    sections = tuple(
        msgspec.structs.replace(section, table=of_table(section.table), forms=change(section.forms)) for section in room.sections
    )
    return msgspec.structs.replace(room, sections=sections)


def named(name: str, value: str) -> Field:
    """What tells a form from others like it."""
    return Field(name=name, kind="hidden", values=(value,), names=True)


def cell(text: object) -> Cell:
    """Plain words; a dash for what is not known."""
    return Cell(text="–" if text is None or text == "" else str(text))


def moment(at_ms: int | None) -> Cell:
    """A moment, or a dash."""
    return Cell(text="–") if at_ms is None else Cell(at_ms=at_ms)


def options(values: Sequence[str], words: Mapping[str, str] | None = None) -> tuple[Option, ...]:
    """Choices by their values; `words` are what people read of them."""
    return tuple(Option(value, (words or {}).get(value, value)) for value in values)
