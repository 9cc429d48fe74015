"""What vendors' lists say, in neutral words."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.domain.catalog import entry_of, spell_usd


def test_it_reads_openrouters_strings_per_token() -> None:
    entry = entry_of(
        "moonshotai/kimi-k2.6",
        {
            "name": "MoonshotAI: Kimi K2.6",
            "canonical_slug": "moonshotai/kimi-k2.6-20260420",
            "created": 1_776_000_000,
            "context_length": 262_144,
            "architecture": {"input_modalities": ["text", "image"], "output_modalities": ["text"]},
            "pricing": {"prompt": "0.00000055", "completion": "0.0000032"},
            "supported_parameters": ["tools", "reasoning", "max_tokens"],
            "expiration_date": "2026-12-31",
            "alias_target": None,
        },
    )
    assert (entry.input_usd, entry.output_usd) == (Decimal("0.55"), Decimal("3.2"))
    assert entry.capabilities == ("reasoning", "tools", "vision")
    assert entry.expires_on == date(2026, 12, 31)
    assert (entry.context_length, entry.alias_target, entry.chat) == (262_144, None, True)
    assert entry.canonical_slug == "moonshotai/kimi-k2.6-20260420"
    assert entry.created_ms == 1_776_000_000_000


def test_it_reads_moonshots_flags() -> None:
    entry = entry_of("kimi-k3", {"context_length": 1_048_576, "supports_image_in": True, "supports_reasoning": False})
    assert entry.capabilities == ("vision",)
    assert entry.input_usd is None


def test_it_reads_togethers_prices_per_million() -> None:
    entry = entry_of("moonshotai/Kimi-K3", {"type": "chat", "pricing": {"hourly": 0, "input": 3.0, "output": 15.0}})
    assert (entry.input_usd, entry.output_usd, entry.chat) == (Decimal(3), Decimal(15), True)


def test_it_tells_what_does_not_speak() -> None:
    assert entry_of("flux", {"type": "image"}).chat is False
    assert entry_of("flux", {"architecture": {"output_modalities": ["image"]}}).chat is False
    assert entry_of("m", {}).chat is None


@pytest.mark.parametrize("word", ["-1", "nan", "sNaN", "Infinity", "1e999999", "", "free", "2", "0" * 50, None, True, [], {}])
def test_a_price_that_is_none_is_unknown(word: object) -> None:
    assert entry_of("m", {"pricing": {"prompt": word, "completion": word}}).input_usd is None


def test_zero_is_a_price_only_where_it_is_meant() -> None:
    assert entry_of("m:free", {"pricing": {"prompt": "0", "completion": "0"}}).input_usd == 0
    assert entry_of("m", {"pricing": {"input": 0, "output": 0}}).input_usd is None
    assert entry_of("m-Free", {"pricing": {"input": 0, "output": 0}}).input_usd == 0


def test_it_spells_dollars_shortly() -> None:
    assert [spell_usd(Decimal(text)) for text in ("3", "0.550", "1E+1", "0")] == ["$3", "$0.55", "$10", "$0"]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)
_KEYS = (
    "name", "pricing", "context_length", "supported_parameters", "architecture", "expiration_date", "alias_target", "created",
    "created_at", "type", "supports_reasoning",
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(_KEYS), _JSON))
def test_it_survives_any_json(raw: dict[str, object]) -> None:
    assert entry_of("m", raw).id == "m"
