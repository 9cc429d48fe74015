"""Whether who answered is who was asked."""

import pytest

from statuspage.probes.identity import from_cache, routed_elsewhere, same_model
from statuspage.vendors.registry import VENDORS

SAME = [
    ("kimi-k3", "kimi-k3"),
    ("kimi-k3", "Kimi-K3"),
    ("gpt-4o", "gpt-4o-2024-08-06"),
    ("gpt-4", "gpt-4-0613"),
    ("claude-sonnet-4-5", "claude-sonnet-4-5-20250929"),
    ("claude-sonnet-4-5-20250929", "claude-sonnet-4-5"),
    ("claude-3.5-haiku", "claude-3-5-haiku-20241022"),
    ("moonshotai/kimi-k3", "kimi-k3"),
    ("moonshotai/kimi-k3:free", "moonshotai/kimi-k3-20260715"),
    ("accounts/fireworks/models/kimi-k3", "kimi-k3"),
    ("moonshotai/Kimi-K2-Instruct", "kimi-k2-instruct-0905"),
    ("tiny", "/models/tiny.gguf"),
    ("llama-3", "llama-3-Q4_K_M.gguf"),
    ("~moonshotai/kimi-latest", "moonshotai/kimi-k3"),
    ("openrouter/auto", "anything/at-all"),
    ("kimi-k2-0905-preview", "kimi-k2"),
]
OTHER = [
    ("kimi-k3", "kimi-k2.6"),
    ("kimi-k3", "kimi-k3.1-pro"),
    ("kimi-k3", "kimi-k3-mini"),
    ("gpt-4o", "gpt-4o-mini"),
    ("kimi-k2-turbo", "kimi-k2"),
    ("claude-opus-4", "claude-opus-4-1-20250805"),
    ("moonshotai/kimi-k3", "qwen/qwen3-8b"),
    ("m", "other"),
]


@pytest.mark.parametrize("requested,served", SAME)
def test_it_is_generous_with_names_of_one_model(requested: str, served: str) -> None:
    assert same_model(requested, served, VENDORS["openai-compatible"])


@pytest.mark.parametrize("requested,served", OTHER)
def test_it_tells_another_model(requested: str, served: str) -> None:
    assert not same_model(requested, served, VENDORS["openai-compatible"])


def test_it_knows_ids_that_a_vendor_resolves_over_time() -> None:
    assert same_model("deepseek-chat", "deepseek-v4-flash", VENDORS["deepseek"])
    assert not same_model("deepseek-chat", "deepseek-v4-flash", VENDORS["openai-compatible"])


def test_it_compares_upstreams_by_their_letters() -> None:
    assert not routed_elsewhere(("novita",), "NovitaAI")
    assert not routed_elsewhere(("moonshotai",), "Moonshot AI")
    assert not routed_elsewhere(("novita/fp8",), "Novita")
    assert not routed_elsewhere((), "Chutes")
    assert not routed_elsewhere(("novita",), None)
    assert routed_elsewhere(("novita",), "Chutes")


def test_it_knows_a_cache_by_its_header() -> None:
    assert from_cache({"x-openrouter-cache": "HIT"})
    assert from_cache({"x-litellm-cache-hit": "true"})
    assert not from_cache({"x-cache": "Miss from cloudfront", "cache-control": "no-cache", "cf-cache-status": "DYNAMIC"})
