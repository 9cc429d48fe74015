"""Models and keys: how everything is watched, what every key is worth, and the button that has a model checked now."""

from collections.abc import Sequence

from statuspage.domain.classes import CLASSES
from statuspage.domain.keyslots import SlotState
from statuspage.domain.override import Override
from statuspage.domain.watched import AccountView, KeyView, WatchedView
from statuspage.render.figures import DASH, duration
from statuspage.render.language import mark, tr
from statuspage.render.localised import in_words
from statuspage.render.model_page import ProbeRow, probe_rows
from statuspage.render.rooms.room import Cell, Form, Option, Room, Section, Table, cell, moment

AT = "/admin/models"
_STATES = {
    SlotState.ACTIVE: mark("in use"),
    SlotState.INVALID: mark("refused, being proven"),
    SlotState.EXHAUSTED: mark("out of money"),
    SlotState.DISABLED: mark("invalid, used no more"),
}


def models_room(watched: Sequence[WatchedView], accounts: Sequence[AccountView]) -> Room:
    """Every model and every account, in the order of the configuration."""
    columns = (tr("Model"), tr("Why"), tr("Checked"), tr("Next"), tr("Every"), "")
    models = Table(caption=tr("Models"), columns=columns, rows=tuple(map(_model, watched)), empty=tr("No model is watched."))
    keys = Table(
        caption=tr("Accounts and keys"),
        columns=(tr("Account"), tr("Key"), tr("State"), tr("Money"), tr("Pace"), tr("What is wrong")),
        rows=tuple(row for account in accounts for row in _account(account)),
        empty=tr("No account is configured."),
    )
    note = tr("A key is named by its reference; its value is shown to nobody.")
    return Room(
        title=tr("Models and keys"),
        at=AT,
        sections=(
            Section(title=tr("Models"), table=models),
            Section(title=tr("Accounts and keys"), note=note, table=keys),
        ),
    )


def model_room(watched: WatchedView, override: Override | None) -> Room:
    """One model: why it is shown as it is, and its newest probes with what came back."""
    model = in_words(watched.model)
    facts = (
        (tr("Key"), cell(model.key)),
        (tr("Rule"), cell(model.decided_by)),
        (tr("Since"), moment(model.since_ms)),
        (tr("Checked"), moment(model.checked_at_ms)),
        (tr("Next"), moment(watched.next_ms)),
        (tr("Every"), cell(_every(watched))),
        (tr("Override"), cell(None) if override is None else Cell(text=override.reason, at_ms=override.until_ms)),
        (tr("Readers"), cell(tr("may see it") if watched.public else tr("may not see it"))),
    )
    rows = tuple((Cell(text=name), value) for name, value in facts)
    columns = (tr("When"), tr("Result"), "HTTP", tr("What came back"), tr("Request"))
    probes = Table(
        caption=tr("The newest probes"),
        columns=columns,
        rows=tuple(map(_probe, probe_rows(model.evidence))),
        empty=tr("No probe yet."),
    )
    links = [Option(AT, tr("All models"))]
    if watched.public:
        links.insert(0, Option(f"/models/{model.slug}", tr("As readers see it")))
    return Room(
        title=model.name,
        at=AT,
        lead=f"{model.reason}.",
        status=model.status,
        links=tuple(links),
        sections=(
            Section(
                title=tr("How it is watched"),
                table=Table(caption=tr("How it is watched"), columns=(tr("What"), tr("State")), rows=rows),
                forms=(_checking(watched),),
            ),
            Section(title=tr("The newest probes"), table=probes),
        ),
    )


def _model(watched: WatchedView) -> tuple[Cell, ...]:
    model = in_words(watched.model)
    note = model.key if watched.public else tr("{key}, private").format(key=model.key)
    return (
        Cell(text=model.name, status=model.status, href=f"{AT}/{model.slug}", note=note),
        cell(model.reason),
        moment(model.checked_at_ms),
        moment(watched.next_ms),
        cell(_every(watched)),
        Cell(forms=(_checking(watched),)),
    )


def _checking(watched: WatchedView) -> Form:
    """The button; a check that is under way is the one that is wanted."""
    model = watched.model
    submit = tr("Is being checked") if watched.checking else tr("Check now")
    return Form(action=f"{AT}/{model.slug}/check", submit=submit, about=model.name)


def _every(watched: WatchedView) -> str:
    usual = duration(watched.model.interval_seconds)
    if watched.every == 1:
        return usual
    slowed = duration(watched.model.interval_seconds * watched.every)
    return tr("{slowed}, not {usual}: the money must last").format(slowed=slowed, usual=usual)


def _account(account: AccountView) -> Sequence[tuple[Cell, ...]]:
    limits = [tr("{count} a minute").format(count=account.rpm)] if account.rpm else []
    if account.concurrency:
        limits.append(tr("{count} at once").format(count=account.concurrency))
    asked = tr("{count} in the last minute").format(count=account.asked_lately)
    pace = Cell(text=", ".join(limits) or tr("no limit"), note=asked)
    hides = [tr("hides models: {why}").format(why=tr(CLASSES[name].label)) for name in account.hides]
    wrong = cell(" ".join((*account.wrong, *hides)))
    name = Cell(text=account.name, note=f"{account.vendor} · {account.host}")
    rows = [(name, *_key(key), pace, wrong) for key in account.keys]
    return rows or [(name, cell(None), cell(tr("no key")), cell(None), pace, wrong)]


def _key(key: KeyView) -> tuple[Cell, Cell, Cell]:
    slot = key.slot
    why = CLASSES[slot.reason].label if slot.reason in CLASSES else ""
    state = Cell(text=tr(_STATES[slot.state]), at_ms=slot.since_ms, note=tr(why) if why else "")
    days = "" if key.days_left is None else tr("{count} days at this pace").format(count=int(key.days_left))
    return Cell(text=slot.reference, code=True), state, Cell(text=key.money or DASH, note=days)


def _probe(probe: ProbeRow) -> tuple[Cell, ...]:
    return (
        moment(probe.at_ms),
        Cell(text=tr(probe.label), note=tr(probe.blame) if probe.blame else ""),
        cell(probe.http),
        Cell(text=probe.message or DASH, note=probe.evidence or ""),
        Cell(text=probe.request_id or DASH, code=probe.request_id is not None),
    )
