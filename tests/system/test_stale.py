"""Nothing keeps its last colour: a status that nobody renews is grey on every surface."""

from pathlib import Path

from tests.system.outside import Upstream, config, serving

HANGS = "moonshot/kimi-k3"
WAITS = "moonshot/kimi-k2.6"


def test_a_model_that_hangs_and_one_that_waits_for_its_seat_go_grey_everywhere(tmp_path: Path, upstream: Upstream) -> None:
    providers = {"moonshot": {"models": ["kimi-k3", "kimi-k2.6"], "concurrency": 1}}
    with serving(config(tmp_path, upstream, providers, probing={"timeout": "60s", "max_stale": "3s"})) as site:
        for key in (HANGS, WAITS):
            site.until_status(key, "operational")
        upstream.do(lambda zoo: zoo.play("moonshot/kimi-k3", "header_timeout;wait=120s"))
        for key in (HANGS, WAITS):
            model = site.until_status(key, "no_data")
            assert (model["class"], model["stale"]) == ("stale", True)
            assert set(site.levels(key).values()) == {"grey"}
        assert site.json("/badge/all.json")["message"] == "no data"

        status, seconds = site.stop()
        assert (status, seconds <= 10) == (0, True)
        assert "Traceback" not in site.log
