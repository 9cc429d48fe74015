"""Evaluation of flags: dealt by generation 2, with reasons that the protocol knows."""

import json
from pathlib import Path
from typing import Any

import mmh3
import msgspec
import pytest

from statuspage.domain.errors import WrongInputError
from statuspage.domain.flags import Evaluation, Failure
from statuspage.service.flagset import FlagSet, flag_set

VECTORS = json.loads((Path(__file__).parents[1] / "fixtures" / "bucketing_vectors.json").read_text(encoding="utf-8"))["vectors"]
YES_NO = {"state": "ENABLED", "variants": {"on": True, "off": False}, "defaultVariant": "off"}


def dealt(percent: int) -> dict[str, Any]:
    return {**YES_NO, "targeting": {"fractional": [["on", percent], ["off", 100 - percent]]}}


def of(**flags: object) -> FlagSet:
    return flag_set(msgspec.json.encode({"flags": flags}))


def value(flags: FlagSet, key: str, user: str | None) -> object:
    found = flags.evaluate(key, {} if user is None else {"targetingKey": user})
    assert isinstance(found, Evaluation), found
    return found.value


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"{vector['flagKey']}-{vector['targetingKey'][:20]}")
def test_users_are_dealt_by_the_second_generation(vector: dict[str, Any]) -> None:
    key, user = vector["flagKey"], vector["targetingKey"]
    weights = [[f"b{bucket}", 1] for bucket in range(100)]
    flag = {"state": "ENABLED", "variants": {name: name for name, _ in weights}, "targeting": {"fractional": weights}}
    assert value(of(**{key: flag}), key, user) == f"b{vector['v2']['bucket_of_100']}"
    fine = vector["v2"]["bucket_of_10000"]
    edge = {"fractional": [["off", fine], ["on", 1], ["off", 9_999 - fine]]}
    assert value(of(**{key: {**YES_NO, "targeting": edge}}), key, user) is True
    # The first generation hashes the same text and deals it differently; the third hashes another text.
    assert mmh3.hash(f"{key}{user}", signed=False) == vector["v2"]["hash_u32"]
    assert mmh3.hash(f"{key}{user}") == vector["v1"]["hash_i32"]
    assert vector["v3_cbor"]["hash_u32"] != vector["v2"]["hash_u32"]


def test_the_generations_deal_differently_so_that_the_choice_matters() -> None:
    for other in ("v1", "v3_cbor"):
        buckets = [vector[other].get("bucket_of_100", vector[other].get("bucket_0_100")) for vector in VECTORS]
        assert buckets != [vector["v2"]["bucket_of_100"] for vector in VECTORS]


def test_whoever_is_in_stays_in_as_the_percentage_rises() -> None:
    users = [f"user-{number}" for number in range(500)]
    before: set[str] = set()
    for percent in (0, 10, 25, 50, 100):
        flags = of(new=dealt(percent))
        inside = {user for user in users if value(flags, "new", user)}
        assert before <= inside
        assert abs(len(inside) - 5 * percent) <= 35
        before = inside
    assert before == set(users)


@pytest.mark.parametrize(
    ("flag", "context", "reason", "variant"),
    [
        (YES_NO, {}, "STATIC", "off"),
        (dealt(100), {"targetingKey": "ada"}, "SPLIT", "on"),
        (dealt(100), {}, "STATIC", "off"),
        (dealt(100), {"targetingKey": ""}, "STATIC", "off"),
        ({**YES_NO, "targeting": {"if": [{"==": [{"var": "tier"}, "gold"]}, "on"]}}, {"tier": "gold"}, "TARGETING_MATCH", "on"),
        ({**YES_NO, "targeting": {"if": [{"==": [{"var": "tier"}, "gold"]}, "on"]}}, {"tier": "tin"}, "STATIC", "off"),
        ({**YES_NO, "state": "DISABLED"}, {}, "DISABLED", ""),
        ({**YES_NO, "defaultVariant": None}, {}, "STATIC", ""),
    ],
)
def test_a_reason_is_one_that_the_protocol_knows(flag: object, context: dict[str, str], reason: str, variant: str) -> None:
    found = of(f=flag).evaluate("f", context)
    assert isinstance(found, Evaluation)
    assert (found.reason, found.variant) == (reason, variant)
    assert ("value" in msgspec.to_builtins(found)) == bool(variant)
    assert found.metadata["bucketing"] == "v2"


def test_who_is_not_named_is_given_the_default_and_told_so() -> None:
    found = of(f=dealt(100)).evaluate("f", {})
    assert isinstance(found, Evaluation)
    assert (found.value, found.metadata["note"]) == (False, "no targetingKey: the default variant")


@pytest.mark.parametrize(
    ("variants", "expected"),
    [({"a": 1}, "1"), ({"a": 1.0}, "1.0"), ({"a": 1.0, "b": 2}, "1.0"), ({"a": "x"}, '"x"'), ({"a": {"k": [1]}}, '{"k":[1]}')],
)
def test_a_value_keeps_its_kind(variants: object, expected: str) -> None:
    found = of(f={"state": "ENABLED", "variants": variants, "defaultVariant": "a"}).evaluate("f", {})
    assert isinstance(found, Evaluation)
    assert msgspec.json.encode(found.value).decode() == expected


def test_a_targeting_that_leads_nowhere_is_a_failure_of_that_flag_alone() -> None:
    flags = of(lost={**YES_NO, "targeting": {"if": [True, "nowhere"]}}, odd={**YES_NO, "targeting": {"no_op": []}}, good=YES_NO)
    lost, odd, good = flags.evaluate_all({"targetingKey": "ada"})
    assert isinstance(lost, Failure)
    assert isinstance(odd, Failure)
    assert (lost.error_code, lost.key) == ("GENERAL", "lost")
    assert isinstance(good, Evaluation)
    missing = flags.evaluate("nope", {})
    assert isinstance(missing, Failure)
    assert missing.error_code == "FLAG_NOT_FOUND"


def test_shared_rules_and_unknown_keys_are_taken() -> None:
    raw = {
        "$evaluators": {"staff": {"in": ["@example.com", {"var": "email"}]}},
        "flags": {"f": {**YES_NO, "owner": "ada", "targeting": {"if": [{"$ref": "staff"}, "on", "off"]}}},
    }
    found = flag_set(msgspec.json.encode(raw)).evaluate("f", {"email": "x@example.com"})
    assert isinstance(found, Evaluation)
    assert found.value is True


def test_what_speaks_to_this_program_is_not_told() -> None:
    found = of(f={**YES_NO, "metadata": {"route": "private/model", "owner": "ada"}}).evaluate("f", {})
    assert isinstance(found, Evaluation)
    assert found.metadata == {"bucketing": "v2", "owner": "ada"}


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b'{"flags": {"f": {"state": "ENABLED"}}}', b'{"flags": {"f": {"state": NaN}}}']
)
def test_a_file_that_cannot_be_used_is_refused_in_words(raw: bytes) -> None:
    with pytest.raises(WrongInputError):
        flag_set(raw)


def test_a_gate_lets_through_what_is_held_and_at_first_nothing() -> None:
    gate = {"gate_model": "a/b", "gate_tools_low": 0.9}
    raw = msgspec.json.encode({"flags": {"gated": {**dealt(60), "metadata": gate}, "open": dealt(100)}})
    users = [f"user-{number}" for number in range(200)]
    for held, most in (({}, 0), ({"gated": 10, "open": 0}, 10), ({"gated": 100}, 60)):
        flags = flag_set(raw, held)
        assert abs(sum(value(flags, "gated", user) is True for user in users) / 2 - most) <= 7
        assert all(value(flags, "open", user) for user in users)
    assert flag_set(raw, {"gated": 10}).tag != flag_set(raw).tag


def test_a_gate_on_a_flag_without_two_sides_is_refused() -> None:
    words = {"state": "ENABLED", "variants": {"a": "x"}, "metadata": {"gate_model": "a/b", "gate_tools_low": 0.9}}
    with pytest.raises(WrongInputError, match="one variant true and one false"):
        of(f=words)
