"""What a key is worth after what was met with it, and which key asks next."""

import msgspec

from statuspage.domain.balance import Balance
from statuspage.domain.classes import CLASSES
from statuspage.domain.keyslots import (
    Slot,
    SlotState,
    after,
    as_outage,
    auth_outage,
    believes_in_balance,
    blameless,
    choose,
    rested,
)
from statuspage.domain.sample import Sample
from statuspage.domain.words import Judgement, ProbeKind, Retry

MODELS = frozenset({"acme/a", "acme/b"})
MINUTE = 60_000
DAY = 24 * 60 * MINUTE
FRESH = Slot(reference="env:ONE")


def _sample(class_name: str, model: str = "acme/a", probe: ProbeKind = ProbeKind.CHAT, balance: Balance | None = None) -> Sample:
    row = CLASSES[class_name]
    return Sample(model=model, at_ms=0, probe=probe, class_name=class_name, fault=row.fault, retry=row.retry, balance=balance)


def _after(slot: Slot, *samples: Sample, now_ms: int = 1000, open_list: bool = False) -> Slot:
    for sample in samples:
        slot = after(slot, sample, MODELS, open_list=open_list, now_ms=now_ms)
    return slot


def test_a_rejected_key_is_invalid_and_confirmed_by_the_list_of_models_disabled() -> None:
    invalid = _after(FRESH, _sample("invalid_key"))
    assert (invalid.state, invalid.reason, invalid.since_ms) == (SlotState.INVALID, "invalid_key", 1000)
    confirmed = _after(invalid, _sample("invalid_key", "acme", ProbeKind.CATALOG), now_ms=2000)
    assert (confirmed.state, confirmed.since_ms) == (SlotState.DISABLED, 2000)


def test_a_key_that_every_model_keeps_refusing_is_disabled_although_the_list_is_open() -> None:
    refused = [_sample("invalid_key", "acme/a"), _sample("invalid_key", "acme/b")]
    open_list = _sample("ok", "acme", ProbeKind.CATALOG)
    assert _after(FRESH, *refused, open_list, open_list=True).state is SlotState.INVALID
    assert _after(FRESH, *refused, open_list, refused[0], open_list=True).state is SlotState.DISABLED


def test_one_models_refusals_do_not_disable_a_key_that_serves_others() -> None:
    assert _after(FRESH, *[_sample("invalid_key")] * 9).state is SlotState.INVALID


def test_a_key_that_a_free_address_refused_comes_back_when_that_address_takes_it() -> None:
    disabled = _after(FRESH, _sample("invalid_key", "acme", ProbeKind.CATALOG))
    assert rested(disabled, 30 * DAY).state is SlotState.DISABLED
    assert _after(disabled, _sample("ok", "acme", ProbeKind.CATALOG)).state is SlotState.ACTIVE


def test_a_key_that_only_models_refused_is_tried_again_after_a_day() -> None:
    disabled = _after(FRESH, *[_sample("invalid_key", "acme/a"), _sample("invalid_key", "acme/b")] * 2)
    assert _after(disabled, _sample("ok", "acme", ProbeKind.CATALOG)).state is SlotState.DISABLED
    assert rested(disabled, 1000 + DAY - 1).state is SlotState.DISABLED
    assert rested(disabled, 1000 + DAY).state is SlotState.ACTIVE


def test_an_exhausted_key_comes_back_with_the_balance_or_after_a_day() -> None:
    exhausted = _after(FRESH, _sample("quota_exhausted"))
    assert exhausted.state is SlotState.EXHAUSTED
    assert _after(exhausted, _sample("ok", "acme", ProbeKind.CATALOG)).state is SlotState.EXHAUSTED
    empty = _sample("quota_exhausted", "acme", ProbeKind.BALANCE, Balance(available=-0.4))
    assert _after(exhausted, empty).state is SlotState.EXHAUSTED
    full = _sample("ok", "acme", ProbeKind.BALANCE, Balance(available=5.0))
    assert _after(exhausted, full).state is SlotState.ACTIVE
    unknown = _sample("ok", "acme", ProbeKind.BALANCE, Balance())
    assert _after(exhausted, unknown).state is SlotState.EXHAUSTED
    assert rested(exhausted, 1000 + DAY).state is SlotState.ACTIVE


def test_a_balance_outweighs_the_words_of_a_refusal_for_an_hour() -> None:
    solvent = _after(FRESH, _sample("quota_exhausted"), _sample("ok", "acme", ProbeKind.BALANCE, Balance(available=5.0)))
    assert believes_in_balance(solvent, 1000)
    assert _after(solvent, _sample("quota_exhausted")).state is SlotState.ACTIVE
    assert _after(solvent, _sample("quota_exhausted"), now_ms=1000 + 61 * MINUTE).state is SlotState.EXHAUSTED


def test_money_that_is_only_in_flight_exhausts_nothing() -> None:
    in_flight = msgspec.structs.replace(_sample("payment_required"), retry=Retry.AFTER)
    assert _after(FRESH, in_flight) == FRESH


def test_what_is_not_the_keys_fault_leaves_it_alone() -> None:
    for name in ("engine_overloaded", "rate_limited", "not_entitled", "offline", "model_unknown"):
        assert _after(FRESH, _sample(name)) == FRESH


def test_the_first_active_key_asks_and_else_the_one_likeliest_to_recover() -> None:
    disabled, invalid, exhausted, active = (
        Slot(reference="env:K", state=state)
        for state in (SlotState.DISABLED, SlotState.INVALID, SlotState.EXHAUSTED, SlotState.ACTIVE)
    )
    assert choose([disabled, invalid, exhausted, active, active]) == 3
    assert choose([disabled, active, active], without={1}) == 2
    assert choose([disabled, invalid, exhausted]) == 2
    assert choose([disabled]) == 0
    assert choose([]) is None


def _worked(name: str, at_ms: int) -> Slot:
    return _after(Slot(reference=name), _sample("ok"), now_ms=at_ms)


def test_keys_of_two_accounts_that_worked_and_are_refused_at_once_are_the_vendors_outage() -> None:
    refused = [_after(_worked(name, 0), _sample("invalid_key"), now_ms=5 * MINUTE) for name in ("env:A", "env:B")]
    one, two = refused
    assert auth_outage([[one], [two]], 5 * MINUTE)
    assert not auth_outage([[one], [two]], 16 * MINUTE)
    assert not auth_outage([[one, two]], 5 * MINUTE)
    assert [blameless(slot, 0).state for slot in refused] == [SlotState.ACTIVE] * 2


def test_one_key_or_keys_that_never_worked_are_no_outage() -> None:
    one = _after(_worked("env:A", 0), _sample("invalid_key"), now_ms=MINUTE)
    never = _after(Slot(reference="env:B"), _sample("invalid_key"), now_ms=MINUTE)
    assert not auth_outage([[one]], MINUTE)
    assert not auth_outage([[one], [never]], MINUTE)


def test_a_third_key_that_is_accepted_meanwhile_acquits_the_vendor() -> None:
    refused = [_after(_worked(name, 0), _sample("invalid_key"), now_ms=MINUTE) for name in ("env:A", "env:B")]
    one, two = refused
    assert not auth_outage([[one, _worked("env:C", 2 * MINUTE)], [two]], 2 * MINUTE)
    assert auth_outage([[one], [two], [_worked("env:C", 0)]], 2 * MINUTE)


def test_an_outage_counts_against_the_vendor() -> None:
    told = as_outage(_sample("invalid_key"))
    assert (told.class_name, told.fault, told.judgement) == ("auth_outage", "provider", Judgement.FAILED)
