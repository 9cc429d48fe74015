"""Two listings against each other, and when a 404 is a retirement."""

from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
import pytest

from statuspage.domain.catalog import CatalogEntry
from statuspage.domain.lifecycle import Change, ChangeKind, Snapshot, compare, reminder, with_history
from tests.domain.timeline import DAY, START_MS, sample

K3 = CatalogEntry(
    id="kimi-k3", context_length=1_000, capabilities=("tools", "vision"), input_usd=Decimal(3), output_usd=Decimal(15)
)
K2 = CatalogEntry(id="kimi-k2.6", context_length=500)


def _kept(*entries: CatalogEntry) -> Snapshot:
    snapshot, changes = compare(None, entries, START_MS)
    assert snapshot is not None
    assert changes == ()
    return snapshot


def _told(before: Snapshot, *entries: CatalogEntry) -> list[tuple[str, ChangeKind, str | None, str | None]]:
    return [(each.model_id, each.kind, each.old, each.new) for each in compare(before, entries, START_MS + DAY)[1]]


def test_a_first_listing_tells_nothing() -> None:
    assert set(_kept(K3, K2).entries) == {"kimi-k3", "kimi-k2.6"}


def test_an_equal_listing_tells_nothing() -> None:
    assert _told(_kept(K3, K2), K2, K3) == []


@pytest.mark.parametrize("listing", [None, ()])
def test_a_vendor_that_lists_nothing_says_nothing(listing: tuple[CatalogEntry, ...] | None) -> None:
    before = _kept(K3, K2)
    assert compare(before, listing, START_MS + DAY) == (before, ())


def test_it_tells_who_came_and_went_and_came_back() -> None:
    gone, changes = compare(_kept(K3, K2), [K3], START_MS + DAY)
    assert gone is not None
    assert [(each.model_id, each.kind) for each in changes] == [("kimi-k2.6", ChangeKind.GONE)]
    assert gone.gone == {"kimi-k2.6": START_MS + DAY}
    back, changes = compare(gone, [K3, K2, CatalogEntry(id="kimi-k4")], START_MS + 2 * DAY)
    assert back is not None
    assert [(each.model_id, each.kind) for each in changes] == [("kimi-k2.6", ChangeKind.BACK), ("kimi-k4", ChangeKind.NEW)]
    assert back.gone == {}


def test_an_alias_that_moves_is_renamed() -> None:
    latest = CatalogEntry(id="~kimi-latest", alias_target="kimi-k2.6")
    moved = msgspec.structs.replace(latest, alias_target="kimi-k3")
    assert _told(_kept(latest), moved) == [("~kimi-latest", ChangeKind.RENAMED, "kimi-k2.6", "kimi-k3")]


def test_a_preview_that_is_promoted_is_renamed() -> None:
    preview = CatalogEntry(id="kimi-k4-preview")
    assert _told(_kept(preview), CatalogEntry(id="kimi-k4")) == [
        ("kimi-k4-preview", ChangeKind.RENAMED, "kimi-k4-preview", "kimi-k4")
    ]


def test_it_tells_capabilities_context_price_and_last_day() -> None:
    changed = msgspec.structs.replace(
        K3, context_length=400, capabilities=("vision", "video"), input_usd=Decimal(6), expires_on=date(2030, 1, 1)
    )
    assert _told(_kept(K3), changed) == [
        ("kimi-k3", ChangeKind.CAPABILITY_GAINED, "tools, vision", "vision, video"),
        ("kimi-k3", ChangeKind.CAPABILITY_LOST, "tools, vision", "vision, video"),
        ("kimi-k3", ChangeKind.CONTEXT_CHANGED, "1000", "400"),
        ("kimi-k3", ChangeKind.PRICE_CHANGED, "$3 in, $15 out", "$6 in, $15 out"),
        ("kimi-k3", ChangeKind.RETIRES_ON, None, "2030-01-01"),
    ]


def test_what_a_list_no_longer_says_is_no_change() -> None:
    assert _told(_kept(K3), CatalogEntry(id="kimi-k3")) == []


def test_a_last_day_taken_back_is_told() -> None:
    doomed = msgspec.structs.replace(K2, expires_on=date(2030, 1, 1))
    assert _told(_kept(doomed), K2) == [("kimi-k2.6", ChangeKind.RETIRES_ON, "2030-01-01", None)]


@pytest.mark.parametrize(("left", "due"), [(31, None), (30, 30), (8, 30), (7, 7), (2, 7), (1, 1), (0, 1), (-1, None)])
def test_reminders_are_due_thirty_seven_and_one_days_before(left: int, due: int | None) -> None:
    today = date(2026, 11, 1)
    assert reminder(date.fromordinal(today.toordinal() + left), today) == due


def test_each_reminder_is_told_once() -> None:
    last_day = datetime.fromtimestamp((START_MS + 40 * DAY) / 1000, tz=UTC).date()
    doomed = msgspec.structs.replace(K2, expires_on=last_day)
    snapshot: Snapshot | None = None
    told: list[tuple[int, Change]] = []
    for day in range(45):
        snapshot, changes = compare(snapshot, [doomed], START_MS + day * DAY)
        told += [(day, change) for change in changes]
    assert [(day, change.kind) for day, change in told] == [
        (10, ChangeKind.RETIRES_SOON),
        (33, ChangeKind.RETIRES_SOON),
        (39, ChangeKind.RETIRES_SOON),
    ]
    assert "tomorrow" in told[-1][1].says


def test_a_snapshot_survives_json() -> None:
    kept = _kept(msgspec.structs.replace(K3, expires_on=date(2030, 1, 1)))
    assert msgspec.json.decode(msgspec.json.encode(kept), type=Snapshot) == kept


def test_a_404_of_what_once_worked_is_a_retirement() -> None:
    lost = sample("model_unknown")
    retired = with_history(lost, worked=True, listed_elsewhere=False)
    assert (retired.class_name, retired.fault.value, retired.judgement.value) == ("model_retired", "provider", "excluded")


def test_a_404_of_what_never_worked_is_an_unknown_id() -> None:
    lost = sample("model_unknown")
    assert with_history(lost, worked=False, listed_elsewhere=False) is lost


def test_a_404_without_a_good_listing_proves_nothing() -> None:
    lost = msgspec.structs.replace(sample("model_unknown"), confident=False)
    assert with_history(lost, worked=True, listed_elsewhere=False) is lost


def test_a_404_of_what_another_account_still_lists_is_our_accounts_fault() -> None:
    kept = with_history(sample("model_unknown"), worked=True, listed_elsewhere=True)
    assert (kept.class_name, kept.fault.value) == ("not_entitled", "account")


def test_other_classes_stay() -> None:
    failed = sample("server_error")
    assert with_history(failed, worked=True, listed_elsewhere=False) is failed
