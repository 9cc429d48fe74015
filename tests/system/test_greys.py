"""What is our account's or our configuration's fault is grey on every surface, with the reason in words."""

import pytest

from tests.system.conftest import SETTLED
from tests.system.outside import LEVELS, Site

GREYS = {
    "moonshot/fault-quota_exhausted": ("quota_exhausted", "account"),
    "keyless/kimi-k3": ("not_configured", "monitor"),
    "inside/kimi-k3": ("not_configured", "monitor"),
}


@pytest.mark.parametrize("key", GREYS)
def test_it_is_grey_with_the_reason(gallery: Site, key: str) -> None:
    model = gallery.model(key)
    assert (model["class"], model["fault"]) == GREYS[key]
    assert (model["status"], model["stale"]) == ("no_data", False)
    assert model["reason"]
    assert {sample["judgement"] for sample in gallery.samples(key)} == {"excluded"}
    assert model["uptime"]["24h"]["ratio"] is None
    assert gallery.json(f"/badge/{model['slug']}.json")["message"] == "no data"


@pytest.mark.parametrize("key", SETTLED)
def test_every_surface_shows_the_same_colour(gallery: Site, key: str) -> None:
    assert set(gallery.levels(key).values()) == {LEVELS[SETTLED[key]]}


def test_the_page_is_as_bad_as_its_worst_model_but_red_only_when_all_are(gallery: Site) -> None:
    assert gallery.json("/api/v1/models")["page"]["status"] == "partial_outage"
    assert gallery.json("/badge/all.json")["message"] == "partial outage"


def test_a_missing_secret_is_named_at_the_start(gallery: Site) -> None:
    assert "A_KEY_THAT_IS_NOT_THERE" in gallery.log
    assert "A_KEY_THAT_IS_NOT_THERE" not in gallery.ask("/").text


def test_a_refused_address_is_never_asked(gallery: Site) -> None:
    samples = gallery.samples("inside/kimi-k3")
    assert all(sample["http_status"] is None for sample in samples)


def test_nothing_went_wrong_on_our_side(gallery: Site) -> None:
    assert gallery.ask("/readyz").text == "ok\n"
    assert "Traceback" not in gallery.log
    assert '"level": "error"' not in gallery.log
