"""A vendor dies and comes back, seen from outside."""

from datetime import timedelta
from pathlib import Path

from statuspage.domain.model import slug_of
from tests.system.outside import SLACK_S, Upstream, config, moment, serving, until

KEY = "moonshot/kimi-k3"
OTHER = "openrouter/moonshotai/kimi-k2.6"


def test_it_turns_red_on_every_surface_together_and_green_again(tmp_path: Path, upstream: Upstream) -> None:
    providers = {"moonshot": {"models": ["kimi-k3"]}, "openrouter": {"models": ["moonshotai/kimi-k2.6"]}}
    with serving(config(tmp_path, upstream, providers)) as site:
        site.until_status(KEY, "operational")
        assert set(site.levels(KEY).values()) == {"green"}

        upstream.do(lambda zoo: zoo.cut("moonshot"))
        model = site.until_status(KEY, "major_outage")
        assert set(site.levels(KEY).values()) == {"red"}
        assert (model["class"], model["fault"]) == ("connection_reset", "provider")
        assert site.model(OTHER)["status"] == "operational"
        document = site.json("/api/v1/models")
        assert document["page"]["status"] == "partial_outage"
        assert "kimi-k3" in site.ask("/").text.split("<h1", 1)[1].split("</h1>", 1)[0]

        scheduled = [sample for sample in site.samples(KEY) if sample["kind"] == "scheduled"]
        failed = [sample for sample in site.samples(KEY) if sample["judgement"] == "failed"]
        assert len([sample for sample in failed if sample["at"] <= model["checked_at"]]) <= 5, "red takes one burst"
        assert model["since"] == failed[0]["at"]

        upstream.do(lambda zoo: zoo.restore())
        model = site.until_status(KEY, "operational")
        assert set(site.levels(KEY).values()) == {"green"}
        scheduled = [sample for sample in site.samples(KEY) if sample["kind"] == "scheduled"]
        good = [each for each in scheduled if failed[-1]["at"] < each["at"] <= model["since"] and each["judgement"] == "ok"]
        assert 1 <= len(good) <= 5


def test_every_model_is_asked_soon_after_the_start_and_not_all_at_once(tmp_path: Path, upstream: Upstream) -> None:
    models = ["kimi-k3", "kimi-k2.6", "kimi-k2.7-code", "kimi-k3.1-pro"]
    file = config(tmp_path, upstream, {"moonshot": {"models": models}}, probing={"interval": "2s"})
    with serving(file) as site:
        keys = list(site.models())
        assert until(lambda: all(site.model(key)["checked_at"] for key in keys))
        registered = min(moment(site.json(f"/api/v1/models/{slug_of(key)}")["first_seen"]) for key in keys)
        firsts = [moment(site.samples(key)[0]["at"]) for key in keys]
        assert len(set(firsts)) > 1
        assert max(firsts) - registered <= timedelta(seconds=2 + SLACK_S)
