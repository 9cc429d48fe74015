"""«Did you mean»: ids near one that a vendor does not list."""

import msgspec
import pytest

from statuspage.domain.model import nearest_ids
from statuspage.probes.judge import finding
from statuspage.vendors.advice import advice_for
from statuspage.vendors.errorbody import ErrorWords, Shape
from statuspage.vendors.evidence import Evidence
from statuspage.vendors.listing import Listing, read_models
from statuspage.vendors.missing import settle_missing
from statuspage.vendors.registry import VENDORS

LISTED = ("moonshotai/kimi-k3", "moonshotai/kimi-k2.6", "moonshotai/kimi-k2.7-code", "qwen/qwen3-max")


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("kimi-k3", ("moonshotai/kimi-k3", "moonshotai/kimi-k2.6")),
        ("moonshotai/kimi-k-3", ("moonshotai/kimi-k3", "moonshotai/kimi-k2.6")),
        ("QWEN3-MAX", ("qwen/qwen3-max",)),
        ("gpt-5", ()),
        ("", ()),
    ],
)
def test_it_finds_the_nearest_ids_also_without_their_makers(asked: str, near: tuple[str, ...]) -> None:
    assert nearest_ids(asked, LISTED)[: len(near) or 1] == near


def test_the_advice_for_an_unknown_id_names_the_nearest() -> None:
    evidence = Evidence(status=404, words=ErrorWords(shape=Shape.JSON))
    listing = Listing(status=200, models=read_models(msgspec.json.encode({"data": [{"id": each} for each in LISTED]})))
    found = settle_missing(finding("model_unknown"), evidence, listing, "kimi-k3", VENDORS["openrouter"])
    assert found.near[0] == "moonshotai/kimi-k3"
    advice = advice_for(found.class_name, VENDORS["openrouter"], found.near)
    assert advice is not None
    assert "Did you mean moonshotai/kimi-k3 or " in advice
    assert advice.endswith("?")


def test_other_advice_names_no_ids() -> None:
    assert advice_for("invalid_key", VENDORS["openrouter"], ("kimi-k3",)) == advice_for("invalid_key", VENDORS["openrouter"])
