"""Several keys of one provider: what each is worth, and which one asks next. Pure."""

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Final

import msgspec

from statuspage.domain.classes import CLASSES
from statuspage.domain.sample import Sample
from statuspage.domain.words import Fault, ProbeKind, Retry

MONEY: Final = frozenset({"quota_exhausted", "payment_required", "account_suspended"})
"""Classes of an account that has run dry."""
REJECTED: Final = frozenset({"invalid_key", "wrong_region"})
"""Classes of a key that this address does not take."""
_REFUSALS: Final = 3
"""So many refusals in a row, of every model asked, disable a key even if the vendor's free addresses accept it."""
_TRIED_AGAIN_MS: Final = 24 * 3_600_000
"""After a day an exhausted key, or one that only models refused, is tried again."""
_DOUBTED_MS: Final = 3_600_000
"""For how long a balance outweighs the words of a refusal."""
_AT_ONCE_MS: Final = 10 * 60_000
"""Refusals within this time happen at once."""
_FREE: Final = frozenset({ProbeKind.CATALOG, ProbeKind.BALANCE})


class SlotState(StrEnum):
    """What a key is worth: `invalid` is refused but not confirmed, `disabled` is confirmed and used no more."""

    ACTIVE = "active"
    INVALID = "invalid"
    EXHAUSTED = "exhausted"
    DISABLED = "disabled"


class Slot(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One key, named by its reference and never by its value; times are UTC milliseconds.

    `refused` are the models that refused it since one accepted it, `refusals` how often; `accepted_at_ms` is when it was
    last proven good, `refused_since_ms` and `refused_at_ms` are the first and the newest refusal after that.
    """

    reference: str
    state: SlotState = SlotState.ACTIVE
    since_ms: int | None = None
    reason: str | None = None
    """The class that took it out of use."""
    proven_bad: bool = False
    """A free address says so too, so it must be a free address, or an answer, that lifts it again."""
    refused: tuple[str, ...] = ()
    refusals: int = 0
    accepted_at_ms: int | None = None
    refused_since_ms: int | None = None
    refused_at_ms: int | None = None
    solvent_at_ms: int | None = None
    """When a balance contradicted a refusal for want of money."""


def after(slot: Slot, sample: Sample, models: Collection[str], *, open_list: bool, now_ms: int) -> Slot:
    """The slot after one sample that was taken with it.

    `models` are the keys of the account's models; `open_list` says that `/models` answers whatever the key.
    """
    if sample.class_name in REJECTED:
        return _rejected(slot, sample, models, now_ms)
    if sample.class_name in MONEY and sample.retry is not Retry.AFTER:
        if believes_in_balance(slot, now_ms) and sample.probe is not ProbeKind.BALANCE:
            return slot
        proven = slot.proven_bad or sample.probe is ProbeKind.BALANCE
        return _moved(msgspec.structs.replace(slot, proven_bad=proven), SlotState.EXHAUSTED, sample.class_name, now_ms)
    if sample.fault is not Fault.NONE:
        return slot
    if sample.probe not in _FREE:
        return _accepted(msgspec.structs.replace(slot, solvent_at_ms=None, proven_bad=False, refused=(), refusals=0), now_ms)
    if open_list and sample.probe is ProbeKind.CATALOG:
        return slot
    return _free_proof(slot, sample, now_ms)


def rested(slot: Slot, now_ms: int) -> Slot:
    """The slot after time alone: a day later it deserves another try, unless it is proven bad."""
    if slot.state is SlotState.ACTIVE or slot.proven_bad or slot.since_ms is None or now_ms - slot.since_ms < _TRIED_AGAIN_MS:
        return slot
    return _moved(msgspec.structs.replace(slot, refused=(), refusals=0), SlotState.ACTIVE, None, now_ms)


def choose(slots: Sequence[Slot], without: Collection[int] = ()) -> int | None:
    """The index of the key to ask with: the first active one, else the one likeliest to recover, so that it is noticed."""
    left = [index for index in range(len(slots)) if index not in without]
    return min(left, key=lambda index: (_BEST_FIRST.index(slots[index].state), index), default=None)


def believes_in_balance(slot: Slot, now_ms: int) -> bool:
    """Whether the balance lately contradicted a refusal for want of money."""
    return slot.solvent_at_ms is not None and now_ms - slot.solvent_at_ms < _DOUBTED_MS


def auth_outage(accounts: Sequence[Sequence[Slot]], now_ms: int) -> bool:
    """Whether keys that once worked, of at least two accounts of one surface, are refused at once while none is accepted."""
    failing = [slot for account in accounts for slot in account if _refused_lately(slot, now_ms)]
    if sum(any(slot in failing for slot in account) for account in accounts) < 2:
        return False
    began_ms = min(slot.refused_since_ms or now_ms for slot in failing)
    slots = [slot for account in accounts for slot in account]
    return all(slot in failing or (slot.accepted_at_ms or 0) < began_ms for slot in slots)


def _refused_lately(slot: Slot, now_ms: int) -> bool:
    return slot.accepted_at_ms is not None and slot.refused_at_ms is not None and now_ms - slot.refused_at_ms <= _AT_ONCE_MS


def blameless(slot: Slot, now_ms: int) -> Slot:
    """A slot whose refusal was the vendor's fault: back in use, its refusals still remembered."""
    if slot.state not in (SlotState.INVALID, SlotState.DISABLED) or slot.refused_at_ms is None:
        return slot
    kept = msgspec.structs.replace(slot, proven_bad=False, refused=(), refusals=0)
    return _moved(kept, SlotState.ACTIVE, None, now_ms)


def as_outage(sample: Sample) -> Sample:
    """A rejected key as the vendor's outage that it is."""
    row = CLASSES["auth_outage"]
    return msgspec.structs.replace(
        sample,
        class_name=row.name,
        fault=row.fault,
        retry=row.retry,
        message="Several keys that worked before are rejected at once.",
        advice=None,
    )


_BEST_FIRST: Final = (SlotState.ACTIVE, SlotState.EXHAUSTED, SlotState.INVALID, SlotState.DISABLED)


def _moved(slot: Slot, state: SlotState, reason: str | None, now_ms: int) -> Slot:
    if slot.state is state:
        return slot
    return msgspec.structs.replace(slot, state=state, reason=reason, since_ms=now_ms)


def _rejected(slot: Slot, sample: Sample, models: Collection[str], now_ms: int) -> Slot:
    free = sample.probe in _FREE
    known = free or slot.state is SlotState.DISABLED or sample.model in slot.refused
    refused = slot.refused if known else (*slot.refused, sample.model)
    refusals = slot.refusals + (0 if free else 1)
    proven = free or (slot.proven_bad and slot.state is SlotState.DISABLED)
    hopeless = slot.state is SlotState.DISABLED or (refusals >= _REFUSALS and set(models) <= set(refused))
    state = SlotState.DISABLED if proven or hopeless else SlotState.INVALID
    noted = msgspec.structs.replace(
        slot,
        refused=refused,
        refusals=refusals,
        proven_bad=proven,
        refused_since_ms=slot.refused_since_ms or now_ms,
        refused_at_ms=now_ms,
    )
    return _moved(noted, state, sample.class_name, now_ms)


def _accepted(slot: Slot, now_ms: int) -> Slot:
    good = msgspec.structs.replace(slot, accepted_at_ms=now_ms, refused_since_ms=None, refused_at_ms=None)
    return _moved(good, SlotState.ACTIVE, None, now_ms)


def _free_proof(slot: Slot, sample: Sample, now_ms: int) -> Slot:
    """What a free address says: the key is good, and a balance also whether there is money."""
    if slot.state is SlotState.DISABLED and not slot.proven_bad:
        return slot
    exhausted = None if sample.balance is None else sample.balance.exhausted
    if slot.state is SlotState.EXHAUSTED and exhausted is not False:
        return msgspec.structs.replace(slot, accepted_at_ms=now_ms)
    solvent_at_ms = now_ms if slot.state is SlotState.EXHAUSTED else slot.solvent_at_ms
    return _accepted(msgspec.structs.replace(slot, proven_bad=False, solvent_at_ms=solvent_at_ms), now_ms)
