"""Reading balances: figures that are known, and None for whatever is not a figure."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.domain.balance import Balance, amount, merged, moment_ms, spell
from statuspage.vendors.deepseek_balance import read_balance
from statuspage.vendors.kimi_balance import kimi_balance
from statuspage.vendors.openrouter_balance import read_credits, read_key
from statuspage.vendors.registry import VENDORS


@pytest.mark.parametrize("value", [None, True, "", "n/a", "NaN", "inf", float("nan"), float("-inf"), 10**400, [], {}, "9" * 60])
def test_what_is_no_amount_is_unknown(value: object) -> None:
    assert amount(value) is None


@pytest.mark.parametrize("value,read", [(0, 0.0), ("21.37", 21.37), (" -0.42 ", -0.42), (12, 12.0)])
def test_an_amount_is_read_from_numbers_and_strings(value: object, read: float) -> None:
    assert amount(value) == read


def test_moonshots_balance_is_read_in_the_surfaces_currency() -> None:
    body = {"code": 0, "data": {"available_balance": 48.63, "voucher_balance": 3, "cash_balance": 45.63}, "status": True}
    assert [source.read(body) for source in VENDORS["moonshot"].balance] == [
        Balance(currency="USD", available=48.63, granted=3.0)
    ]
    (read,) = (source.read for source in VENDORS["moonshot-cn"].balance)
    told = read(body)
    assert told is not None
    assert told.currency == "CNY"


@pytest.mark.parametrize("body", [{}, {"data": []}, {"code": 5, "data": {}}, {"data": {"available_balance": 1}, "status": False}])
def test_another_shape_is_no_balance(body: dict[str, object]) -> None:
    assert kimi_balance("USD")[0].read(body) is None


def test_a_broken_number_is_unknown_and_never_empty() -> None:
    told = kimi_balance("USD")[0].read({"data": {"available_balance": "???", "voucher_balance": None}})
    assert told is not None
    assert (told.available, told.exhausted, told.known) == (None, None, False)


def test_openrouters_key_and_credits_make_one_balance() -> None:
    key = read_key({"data": {"limit_remaining": 57.4, "is_free_tier": False, "expires_at": "2026-12-01T00:00:00Z"}})
    account = read_credits({"data": {"total_credits": "100", "total_usage": 42.6}})
    assert key is not None
    assert account is not None
    both = merged([key, account])
    assert (both.available, both.limit_remaining, both.spendable, both.exhausted) == (57.4, 57.4, 57.4, False)
    assert both.expires_at_ms == moment_ms("2026-12-01") == 1_796_083_200_000


def test_a_key_at_its_limit_is_exhausted_although_the_account_has_money() -> None:
    assert Balance(available=50.0, limit_remaining=0.0).exhausted is True
    assert Balance(available=50.0).exhausted is False


def test_a_free_account_without_credits_is_not_called_exhausted_unless_it_owes() -> None:
    assert Balance(available=0.0, is_free_tier=True).exhausted is None
    assert Balance(available=-0.1, is_free_tier=True).exhausted is True


def test_deepseeks_own_word_decides_and_the_currency_with_money_is_shown() -> None:
    infos = [
        {"currency": "CNY", "total_balance": "0.00", "granted_balance": "0.00"},
        {"currency": "USD", "total_balance": "21.37", "granted_balance": "1.00"},
    ]
    told = read_balance({"is_available": True, "balance_infos": infos})
    assert told == Balance(currency="USD", available=21.37, granted=1.0, is_available=True)
    refused = read_balance({"is_available": False, "balance_infos": infos})
    assert refused is not None
    assert refused.exhausted is True


_NAMES = [
    *sorted(Balance.__struct_fields__),
    "data",
    "available_balance",
    "voucher_balance",
    "total_credits",
    "total_usage",
    "status",
]
_NAMES += ["balance_infos", "total_balance", "granted_balance", "expires_at", "free_model_daily_requests", "remaining", "code"]
_LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.datetimes().map(str)
_ANYTHING = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_NAMES), inner), max_leaves=20
)


@given(st.dictionaries(st.sampled_from(_NAMES), _ANYTHING))
def test_any_body_is_read_without_an_error_and_told_in_words(body: dict[str, object]) -> None:
    for vendor in VENDORS.values():
        for source in vendor.balance:
            told = source.read(body)
            if told is not None:
                assert spell(told).isprintable()
                assert told.exhausted in (True, False, None)
                assert msgspec.json.decode(msgspec.json.encode(told), type=Balance) == told
