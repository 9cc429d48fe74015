"""Models come and go: what one listing of a vendor says against the one before, and when a 404 is a retirement. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Final

import msgspec

from statuspage.domain.catalog import CatalogEntry, spell_usd
from statuspage.domain.classes import CLASSES
from statuspage.domain.sample import Sample

REMINDERS: Final = (30, 7, 1)
"""Readers are reminded of a last day so many days before it."""
_UNFINISHED: Final = ("-preview", "-beta", "-exp", "-experimental")
_KEPT_GONE: Final = 2_000


class ChangeKind(StrEnum):
    """What can happen to a listed model."""

    NEW = "new"
    GONE = "gone"
    BACK = "back"
    RENAMED = "renamed"
    CAPABILITY_LOST = "capability_lost"
    CAPABILITY_GAINED = "capability_gained"
    CONTEXT_CHANGED = "context_changed"
    PRICE_CHANGED = "price_changed"
    RETIRES_ON = "retires_on"
    RETIRES_SOON = "retires_soon"
    RETIRED = "retired"
    WORKS_AGAIN = "works_again"
    IDENTITY_CHANGED = "identity_changed"


PUBLIC_KINDS: Final = frozenset(
    {
        ChangeKind.CONTEXT_CHANGED,
        ChangeKind.PRICE_CHANGED,
        ChangeKind.RETIRES_ON,
        ChangeKind.RETIRES_SOON,
        ChangeKind.RETIRED,
        ChangeKind.WORKS_AGAIN,
    }
)
"""What concerns readers; the rest is for the operator."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One change of one listed id; `old` and `new` are the values as text, None where there was or is none."""

    kind: ChangeKind
    model_id: str
    old: str | None = None
    new: str | None = None
    says: str
    """Completes «{model} …», without a full stop."""


class Snapshot(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The newest good listing of one account, and which ids it once had (`gone`: id → when it was first missed, UTC ms).

    `reminded` is the smallest number of days before its last day that was told of a model.
    """

    at_ms: int
    entries: dict[str, CatalogEntry] = {}
    gone: dict[str, int] = {}
    reminded: dict[str, int] = {}


def find(snapshot: Snapshot | None, model_id: str) -> CatalogEntry | None:
    """The listed entry of that id; case and a leading `models/` do not matter."""
    if snapshot is None:
        return None
    exact = snapshot.entries.get(model_id)
    if exact is not None:
        return exact
    wanted = _plain(model_id)
    return next((entry for listed, entry in snapshot.entries.items() if _plain(listed) == wanted), None)


def _plain(model_id: str) -> str:
    return model_id.removeprefix("models/").casefold()


def compare(
    before: Snapshot | None, listing: Sequence[CatalogEntry] | None, at_ms: int
) -> tuple[Snapshot | None, tuple[Change, ...]]:
    """The next snapshot and what changed.

    No listing, or one of no models, says nothing: the snapshot stays. The first listing makes no changes but reminders of
    last days.
    """
    if not listing:
        return before, ()
    entries = {entry.id: entry for entry in listing}
    if before is None:
        return _with_reminders(Snapshot(at_ms=at_ms, entries=entries), ())
    changes: list[Change] = []
    promoted = _promoted(before.entries, entries)
    for model_id, old in before.entries.items():
        new = entries.get(model_id)
        if new is not None:
            changes += _differences(old, new)
        elif model_id in promoted:
            changes.append(_renamed(model_id, model_id, promoted[model_id]))
        else:
            changes.append(Change(kind=ChangeKind.GONE, model_id=model_id, says="is gone from its vendor's list"))
    for model_id in entries.keys() - before.entries.keys() - set(promoted.values()):
        returned = model_id in before.gone
        kind, says = (
            (ChangeKind.BACK, "is back on its vendor's list") if returned else (ChangeKind.NEW, "appeared on its vendor's list")
        )
        changes.append(Change(kind=kind, model_id=model_id, says=says))
    gone = {model_id: since for model_id, since in before.gone.items() if model_id not in entries}
    gone |= dict.fromkeys(before.entries.keys() - entries.keys(), at_ms)
    newest_gone = dict(sorted(gone.items(), key=lambda item: item[1])[-_KEPT_GONE:])
    return _with_reminders(
        Snapshot(at_ms=at_ms, entries=entries, gone=newest_gone, reminded=before.reminded),
        sorted(changes, key=lambda change: (change.model_id, change.kind)),
    )


def _differences(old: CatalogEntry, new: CatalogEntry) -> Iterable[Change]:
    """What is said otherwise; what one side does not say is no difference, but for a last day that is taken back."""
    for change in (_alias(old, new), _context(old, new), _price(old, new), _last_day(old, new)):
        if change is not None:
            yield change
    if old.capabilities is None or new.capabilities is None:
        return
    had, has = set(old.capabilities), set(new.capabilities)
    for kind, words, says in (
        (ChangeKind.CAPABILITY_LOST, had - has, "no longer lists {}"),
        (ChangeKind.CAPABILITY_GAINED, has - had, "lists {} now"),
    ):
        if words:
            named = ", ".join(sorted(words))
            yield Change(
                kind=kind,
                model_id=new.id,
                old=", ".join(old.capabilities),
                new=", ".join(new.capabilities),
                says=says.format(named),
            )


def _alias(old: CatalogEntry, new: CatalogEntry) -> Change | None:
    for before, after in ((old.alias_target, new.alias_target), (old.canonical_slug, new.canonical_slug)):
        if before and after and before != after:
            return _renamed(new.id, before, after)
    return None


def _renamed(model_id: str, old: str, new: str) -> Change:
    says = f"is now called {new}" if model_id == old else f"now stands for {new}, before for {old}"
    return Change(kind=ChangeKind.RENAMED, model_id=model_id, old=old, new=new, says=says)


def _context(old: CatalogEntry, new: CatalogEntry) -> Change | None:
    before, after = old.context_length, new.context_length
    if before is None or after is None or before == after:
        return None
    says = f"has a {'smaller' if after < before else 'larger'} context: {after:,} tokens, before {before:,}"
    return Change(kind=ChangeKind.CONTEXT_CHANGED, model_id=new.id, old=str(before), new=str(after), says=says)


def _price(old: CatalogEntry, new: CatalogEntry) -> Change | None:
    before, after = _spelled(old), _spelled(new)
    if before is None or after is None or before == after:
        return None
    says = f"has another price per million tokens: {after}, before {before}"
    return Change(kind=ChangeKind.PRICE_CHANGED, model_id=new.id, old=before, new=after, says=says)


def _spelled(entry: CatalogEntry) -> str | None:
    if entry.input_usd is None or entry.output_usd is None:
        return None
    return f"{spell_usd(entry.input_usd)} in, {spell_usd(entry.output_usd)} out"


def _last_day(old: CatalogEntry, new: CatalogEntry) -> Change | None:
    before, after = old.expires_on, new.expires_on
    if before == after:
        return None
    says = "is no longer to be retired" if after is None else f"retires on {after}"
    return Change(
        kind=ChangeKind.RETIRES_ON,
        model_id=new.id,
        old=None if before is None else before.isoformat(),
        new=None if after is None else after.isoformat(),
        says=says,
    )


def _promoted(before: Mapping[str, CatalogEntry], after: Mapping[str, CatalogEntry]) -> dict[str, str]:
    """Previews that are gone while the same name without the word appeared."""
    found = {}
    for model_id in before.keys() - after.keys():
        ending = next((word for word in _UNFINISHED if model_id.endswith(word)), None)
        final = model_id.removesuffix(ending) if ending else None
        if final and final in after and final not in before:
            found[model_id] = final
    return found


def _with_reminders(snapshot: Snapshot, changes: Sequence[Change]) -> tuple[Snapshot, tuple[Change, ...]]:
    today = datetime.fromtimestamp(snapshot.at_ms / 1000, tz=UTC).date()
    told = list(changes)
    fresh = {change.model_id for change in changes if change.kind is ChangeKind.RETIRES_ON}
    reminded = {}
    for model_id, entry in snapshot.entries.items():
        if entry.expires_on is None:
            continue
        due = reminder(entry.expires_on, today)
        if due is None:
            continue
        before = None if model_id in fresh else snapshot.reminded.get(model_id)
        if before is None or due < before:
            left = (entry.expires_on - today).days
            when = "today" if left == 0 else "tomorrow" if left == 1 else f"in {left} days"
            says = f"retires {when}, on {entry.expires_on}"
            told.append(Change(kind=ChangeKind.RETIRES_SOON, model_id=model_id, new=entry.expires_on.isoformat(), says=says))
        reminded[model_id] = due if before is None else min(due, before)
    return msgspec.structs.replace(snapshot, reminded=reminded), tuple(told)


def reminder(last_day: date, today: date) -> int | None:
    """Which reminder is due: 30, 7 or 1 days before; None before the first and after the last day."""
    left = (last_day - today).days
    return min((days for days in REMINDERS if left <= days), default=None) if left >= 0 else None


def with_history(sample: Sample, *, worked: bool, listed_elsewhere: bool) -> Sample:
    """The sample, called `model_retired` where history proves it.

    A 404 whose id a good listing of the same round does not have is a retirement when the model once worked, unless another
    account at the same vendor still lists it: then it is our account that lost it.
    """
    if sample.class_name != "model_unknown" or not sample.confident or not worked:
        return sample
    name = "not_entitled" if listed_elsewhere else "model_retired"
    row = CLASSES[name]
    said = (
        "It once worked and another account still lists it: this account may not use it any more."
        if listed_elsewhere
        else "It once worked, answers 404 and is gone from its vendor's list."
    )
    advice = (
        "The account may not use this model any more: raise its plan, or remove the model."
        if listed_elsewhere
        else "Remove the model or name its successor; its history is kept."
    )
    near = (sample.advice or "").partition("Did you mean ")[2]
    return msgspec.structs.replace(
        sample,
        class_name=name,
        fault=row.fault,
        retry=row.retry,
        message=said,
        advice=f"{advice} Did you mean {near}" if near else advice,
    )
