"""The vendors the contract names, and what each record holds."""

import json
import re

from statuspage.domain.classes import CLASSES
from statuspage.domain.words import Fault
from statuspage.vendors.advice import advice_for
from statuspage.vendors.classify import classify
from statuspage.vendors.errorbody import read_error
from statuspage.vendors.evidence import Evidence
from statuspage.vendors.generic import GENERIC
from statuspage.vendors.registry import VENDORS


def test_it_has_the_contracts_vendors() -> None:
    assert list(VENDORS) == [
        "moonshot", "moonshot-cn", "kimi-code", "openrouter", "together", "groq", "deepseek", "openai", "anthropic", "fireworks",
        "openai-compatible", "anthropic-compatible",
    ]  # fmt: skip
    assert all(name == vendor.name for name, vendor in VENDORS.items())


def test_only_the_compatible_ones_have_no_address() -> None:
    assert [name for name, vendor in VENDORS.items() if vendor.base_url is None] == ["openai-compatible", "anthropic-compatible"]
    assert all(vendor.base_url is None or vendor.base_url.startswith("https://") for vendor in VENDORS.values())


def test_the_surfaces_of_moonshot_belong_together() -> None:
    assert [name for name, vendor in VENDORS.items() if vendor.surfaces_of == "moonshot"] == [
        "moonshot",
        "moonshot-cn",
        "kimi-code",
    ]


def test_every_rule_names_a_class_of_the_contract() -> None:
    for rule in (*GENERIC, *(rule for vendor in VENDORS.values() for rule in vendor.errors)):
        assert rule.class_name in CLASSES
        assert rule.text or rule.types or rule.statuses
        assert all(word == word.lower() for word in rule.types)


def test_it_gets_through_hostile_texts() -> None:
    for piece in ("1", "model is ", "api key ", "quota ", "not ", "(", "额度", "after 1s1s", "requires a tier plan "):
        words = read_error(json.dumps({"error": {"message": piece * 5000}}).encode())
        assert classify(Evidence(status=400, words=words, sent=("stream",)), VENDORS["openrouter"]).class_name in CLASSES


def test_the_operator_gets_advice_on_every_account_fault() -> None:
    for row in CLASSES.values():
        if row.fault in (Fault.ACCOUNT, Fault.CLIENT):
            advice = advice_for(row.name, VENDORS["moonshot"])
            assert advice is not None
            assert not re.search(r"[{}]", advice)


def test_profiles_switch_thinking_off_or_down() -> None:
    profile = VENDORS["moonshot"].profile_for("kimi-k2.6")
    assert profile is not None
    assert profile.extra == {"thinking": {"type": "disabled"}}
    pro = VENDORS["moonshot-cn"].profile_for("kimi-k3.1-pro-highspeed")
    assert pro is not None
    assert pro.extra == {"reasoning_effort": "low"}
    assert VENDORS["moonshot"].profile_for("kimi-k2.7-code") is None
