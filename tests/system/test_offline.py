"""Our own network is cut: nobody else is blamed."""

from pathlib import Path

from tests.system.outside import Upstream, config, serving, until

PROVIDERS = {"moonshot": {"models": ["kimi-k3"]}, "openrouter": {"models": ["moonshotai/kimi-k2.6"]}}
KEYS = ("moonshot/kimi-k3", "openrouter/moonshotai/kimi-k2.6")


def test_it_turns_grey_everywhere_and_nobody_is_blamed(tmp_path: Path, upstream: Upstream) -> None:
    with serving(config(tmp_path, upstream, PROVIDERS)) as site:
        for key in KEYS:
            site.until_status(key, "operational")
        upstream.do(lambda zoo: zoo.cut())
        for key in KEYS:
            model = site.until_status(key, "no_data")
            assert (model["class"], model["fault"]) == ("offline", "monitor")
            assert set(site.levels(key).values()) == {"grey"}
            assert {sample["class"] for sample in site.samples(key)} <= {"ok", "reasoning_only", "offline"}
        assert site.json("/api/v1/models")["page"]["status"] == "no_data"
        assert site.json("/badge/all.json")["color"] == "lightgrey"

        upstream.do(lambda zoo: zoo.restore())
        for key in KEYS:
            site.until_status(key, "operational")


def test_without_canaries_it_blames_the_vendors_and_says_that_it_cannot_tell(tmp_path: Path, upstream: Upstream) -> None:
    with serving(config(tmp_path, upstream, PROVIDERS, probing={"canaries": []})) as site:
        assert "No neutral hosts are configured" in site.ask("/").text
        assert until(lambda: all(model["status"] == "operational" for model in site.models().values()))
        upstream.do(lambda zoo: zoo.cut())
        for key in KEYS:
            site.until_status(key, "major_outage")
            assert "offline" not in {sample["class"] for sample in site.samples(key)}
