"""What outlives the process: status, history, an outage in progress, what was learnt; and a model's new name."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.system.outside import Site, Upstream, command, config, serving, until

DOWN = "openrouter/moonshotai/kimi-k2.6"
PICKY = "moonshot/kimi-k3"
OLD, NEW = "moonshot/kimi-k2.6", "moonshot/kimi-k2.7-code"


def providers(*, renamed: bool) -> dict[str, dict[str, object]]:
    other = {"id": "kimi-k2.7-code", "aliases": ["kimi-k2.6"]} if renamed else {"id": "kimi-k2.6"}
    picky = {"id": "kimi-k3", "interval": "1s"}
    return {"moonshot": {"models": [picky, other]}, "openrouter": {"models": ["moonshotai/kimi-k2.6"]}}


def incidents_of(site: Site) -> list[str]:
    found: list[str] = site.json("/api/v1/models/openrouter-moonshotai-kimi-k2.6/uptime")["days"][-1]["incidents"]
    return found


def test_a_restart_continues_where_the_last_run_ended(tmp_path: Path, upstream: Upstream) -> None:
    upstream.do(lambda zoo: zoo.play(PICKY, "parameter_rejected"))
    slow = {"max_stale": "5m", "confirm": {"probes": 4, "spacing": "0.5s"}}
    with serving(config(tmp_path, upstream, providers(renamed=False), probing=slow)) as site:
        for key in (DOWN, PICKY, OLD):
            site.until_status(key, "operational")
        upstream.do(lambda zoo: zoo.cut("openrouter"))
        red = site.until_status(DOWN, "major_outage")
        opened = incidents_of(site)
        assert len(opened) == 1
        upstream.do(lambda zoo: zoo.play("moonshot/kimi-k2.6", "server_error"))
        assert until(lambda: any(sample["kind"] == "confirm" for sample in site.samples(OLD)))
        status, seconds = site.stop()
        assert (status, seconds <= 10) == (0, True)
        assert "Traceback" not in site.log
    kept = stored(tmp_path, PICKY)
    asked = upstream.do(lambda zoo: zoo.asked[PICKY])

    # A slow second run: what it shows at first it must have read.
    file = config(tmp_path, upstream, providers(renamed=True), probing={**slow, "interval": "10m"})
    with serving(file, host="::1") as site:
        model = site.model(DOWN)
        assert (model["status"], model["since"], model["reason"]) == ("major_outage", red["since"], model["reason"])
        assert incidents_of(site) == opened
        assert set(site.levels(DOWN).values()) == {"red"}
        assert [sample["class"] for sample in site.samples(NEW)][-1] == "server_error"
        assert site.ask("/api/v1/models/moonshot-kimi-k2.6").status_code == 404
        assert len(site.samples(PICKY)) >= kept
        told = command("status", "--config", file, "--url", site.url, "--json")
        assert told.returncode == 0
        assert told.stdout.strip() == site.ask("/api/v1/models").text
        assert until(lambda: len(site.samples(PICKY)) > kept + 1)
        assert site.stop()[0] == 0
    assert asked == kept + 1, "the first probe of all had to ask again without the parameter"
    assert upstream.do(lambda zoo: zoo.asked[PICKY]) - asked == stored(tmp_path, PICKY) - kept

    table = command("status", "--config", file, env={"COLUMNS": "140"})
    assert table.returncode == 0
    assert DOWN in table.stdout


def stored(folder: Path, key: str) -> int:
    question = "SELECT count(*) FROM samples JOIN models ON samples.model = models.number WHERE key = ?"
    with closing(sqlite3.connect(folder / "history.db")) as database:
        count: int = database.execute(question, (key,)).fetchone()[0]
        return count
