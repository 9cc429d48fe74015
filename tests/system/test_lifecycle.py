"""Models that come and go, seen from outside."""

from pathlib import Path

from tests.system.outside import Upstream, config, serving, until

KEY = "moonshot/kimi-k3"
SLUG = "moonshot-kimi-k3"


def test_a_model_that_its_vendor_takes_off_is_retired_on_every_surface(tmp_path: Path, upstream: Upstream) -> None:
    with serving(config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3", "kimi-k2.6"]}})) as site:
        site.until_status(KEY, "operational")
        upstream.do(lambda zoo: zoo.play(KEY, "model_retired"))
        model = site.until_status(KEY, "retired")
        assert (model["class"], model["fault"], model["level"]) == ("model_retired", "provider", "grey")
        assert set(site.levels(KEY).values()) == {"grey"}
        assert site.json("/api/v1/models")["page"]["status"] == "operational"
        told = until(lambda: site.json(f"/api/v1/models/{SLUG}")["events"])
        assert [(event["kind"], event["sentence"]) for event in told] == [("retired", "kimi-k3 has been retired by its vendor.")]
        assert "has been retired by its vendor" in site.ask(f"/models/{SLUG}").text


def test_a_model_that_is_listed_but_refused_stays_grey(tmp_path: Path, upstream: Upstream) -> None:
    with serving(config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3"]}})) as site:
        site.until_status(KEY, "operational")
        upstream.do(lambda zoo: zoo.play(KEY, "not_entitled"))
        assert site.until_status(KEY, "no_data")["class"] == "not_entitled"


def test_it_finds_its_models_by_itself(tmp_path: Path, upstream: Upstream) -> None:
    file = config(tmp_path, upstream, {"openrouter": {"discover": {"include": ["moonshotai/kimi-k3*"], "exclude": ["*-pro"]}}})
    with serving(file) as site:
        model = site.until_status("openrouter/moonshotai/kimi-k3", "operational") if until(site.models) else {}
        assert list(site.models()) == ["openrouter/moonshotai/kimi-k3"]
        assert model["price"] == {"input": 3.0, "output": 15.0, "currency": "USD", "per": 1_000_000, "source": "discovered"}
        document = site.json("/api/v1/models/openrouter-moonshotai-kimi-k3")
        assert document["lifecycle"]["context_length"] == 262_144
        assert site.stop()[0] == 0
    upstream.do(lambda zoo: zoo.cut("openrouter"))
    with serving(file) as again:
        assert list(again.models()) == ["openrouter/moonshotai/kimi-k3"]


def test_a_listed_last_day_is_shown(tmp_path: Path, upstream: Upstream) -> None:
    file = config(tmp_path, upstream, {"openrouter": {"models": ["deepseek/deepseek-v3.2"]}})
    with serving(file) as site:
        found = until(lambda: site.model("openrouter/deepseek/deepseek-v3.2")["retires_on"])
        assert found == "2027-03-31"
