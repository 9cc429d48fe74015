"""The product on PostgreSQL: it measures, outlives the server's absence, and goes on after a restart."""

import json
from pathlib import Path

import pytest

from tests.postgres import Server
from tests.system.outside import Upstream, command, config, serving, until

KEY = "moonshot/kimi-k3"
PROVIDERS = {"moonshot": {"models": ["kimi-k3"]}}


def test_it_measures_and_goes_on_after_a_restart(tmp_path: Path, upstream: Upstream, postgres: Server) -> None:
    file = config(tmp_path, upstream, PROVIDERS, database=postgres.empty())
    with serving(file) as site:
        site.until_status(KEY, "operational")
        upstream.do(lambda zoo: zoo.play(KEY, "overloaded"))
        red = site.until_status(KEY, "major_outage")
        (incident,) = site.json("/api/v1/incidents")["incidents"]
        assert site.stop()[0] == 0
    file = config(tmp_path, upstream, PROVIDERS, database=_address(file), probing={"interval": "10m", "max_stale": "30m"})
    with serving(file) as site:
        known = site.model(KEY)
        assert (known["status"], known["since"], known["class"]) == ("major_outage", red["since"], "engine_overloaded")
        assert site.json("/api/v1/incidents")["incidents"][0]["id"] == incident["id"]
        assert "Traceback" not in site.log


def test_its_history_moves_to_a_file(tmp_path: Path, upstream: Upstream, postgres: Server) -> None:
    file, copy = config(tmp_path, upstream, PROVIDERS, database=postgres.empty()), tmp_path / "history.ndjson"
    with serving(file) as site:
        site.until_status(KEY, "operational")
        known = [sample["id"] for sample in site.samples(KEY)]
        assert command("export", copy, "--config", file).returncode == 0
    file = config(tmp_path, upstream, PROVIDERS, probing={"interval": "10m", "max_stale": "30m"})
    done = command("import", copy, "--config", file)
    assert done.returncode == 0, done.stderr
    with serving(file) as site:
        assert [sample["id"] for sample in site.samples(KEY)][: len(known)] == known


def test_a_server_that_is_gone_is_said_and_waited_for(tmp_path: Path, upstream: Upstream, postgres: Server) -> None:
    file = config(tmp_path, upstream, PROVIDERS, database=postgres.empty())
    with serving(file) as site:
        site.until_status(KEY, "operational")
        postgres.stop()
        try:
            assert until(lambda: site.ask("/readyz").status_code == 503)
            assert site.ask("/").status_code == 200
        finally:
            postgres.start()
        assert until(lambda: site.ask("/readyz").status_code == 200), site.log[-2000:]
        kept = len(site.samples(KEY))
        assert until(lambda: len(site.samples(KEY)) > kept)
        assert "Traceback" not in site.log


@pytest.mark.parametrize("database", ["nowhere", "migrated"])
def test_an_unusable_database_is_one_sentence(tmp_path: Path, upstream: Upstream, postgres: Server, database: str) -> None:
    address = postgres.url(database) if database == "nowhere" else postgres.url(database).replace("postgres@", "nobody@")
    done = command("serve", "--config", config(tmp_path, upstream, PROVIDERS, database=address), "--port", 0)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert len([line for line in done.stderr.splitlines() if line.startswith("Error:")]) == 1


def _address(file: Path) -> str:
    address: str = json.loads(file.read_text(encoding="utf-8"))["database"]
    return address
