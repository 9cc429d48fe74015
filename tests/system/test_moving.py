"""A history that is saved, put back and carried elsewhere, beside a running service."""

import json
from pathlib import Path

from tests.system.outside import Upstream, command, config, serving

KEY = "moonshot/kimi-k3"


def test_a_history_survives_the_way_through_files(tmp_path: Path, upstream: Upstream) -> None:
    providers = {"moonshot": {"models": ["kimi-k3"]}}
    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()
    here = config(tmp_path / "here", upstream, providers, probing={"max_stale": "1h"})
    there = config(tmp_path / "there", upstream, providers, probing={"max_stale": "1h"})
    copy, exported = tmp_path / "copy.db", tmp_path / "history.jsonl"

    with serving(here) as site:
        site.until_status(KEY, "operational")
        made = command("backup", copy, "--config", here, "--json")
        assert (made.returncode, json.loads(made.stdout)["file"]) == (0, str(copy))
        refused = command("restore", copy, "--config", here)
        assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
        assert "is in use: stop statuspage first" in refused.stderr
        assert site.ask("/readyz").status_code == 200
        assert site.stop()[0] == 0
        assert "Traceback" not in site.log

    put_back = json.loads(command("restore", copy, "--config", here, "--json").stdout)
    assert put_back["kept"] == f"{put_back['database']}.before-restore"
    written = json.loads(command("export", exported, "--config", here, "--json").stdout)
    assert written["rows"]["models"] == 1
    taken_in = command("import", exported, "--config", there, "--json")
    assert json.loads(taken_in.stdout)["rows"] == written["rows"]
    again = command("import", exported, "--config", there)
    assert (again.returncode, "holds a history already" in again.stderr) == (1, True)

    shown = [json.loads(command("status", "--json", "--config", each).stdout)["models"][KEY] for each in (here, there)]
    for name in ("status", "since", "checked_at", "latency_ms"):
        assert shown[0][name] == shown[1][name], name
    assert shown[0]["uptime"]["90d"]["samples"] == shown[1]["uptime"]["90d"]["samples"] > 0
    assert shown[0]["status"] == "operational"


def test_each_has_words_for_people_and_knows_a_bad_configuration(tmp_path: Path, upstream: Upstream) -> None:
    here = config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3"]}})
    assert command("migrate", "--config", here).returncode == 0
    said = [command(name, tmp_path / file, "--config", here) for name, file in (("backup", "b.db"), ("export", "e.jsonl"))]
    said.append(command("restore", tmp_path / "b.db", "--config", here))
    said.append(command("import", tmp_path / "e.jsonl", "--config", here))
    assert [each.returncode for each in said] == [0, 0, 0, 0], [each.stderr for each in said]
    assert all(each.stdout.count("\n") == 1 for each in said)
    for name in ("backup", "restore", "export", "import"):
        assert command(name, tmp_path / "b.db", "--config", tmp_path / "none.yml").returncode == 2
