"""`statuspage probe`: one round, its lines and its exit status."""

import json
from pathlib import Path
from typing import Any

from tests.system.outside import KEY, Upstream, command, config

FIELDS = [
    "model", "kind", "judgement", "class", "fault", "retry", "retry_after_s", "http_status", "error_type", "phase", "message",
    "advice", "timings_ms", "tokens", "cost_usd", "served_model", "served_by", "request_id", "attempts",
]  # fmt: skip
TIMINGS = ["resolve", "connect", "tls", "headers", "first_event", "first_content", "total", "max_gap"]


def lines(text: str) -> dict[str, dict[str, Any]]:
    return {line["model"]: line for line in map(json.loads, text.splitlines())}


def test_each_line_has_every_field_and_the_status_is_the_worst(tmp_path: Path, upstream: Upstream) -> None:
    models = [
        {"id": "kimi-k3", "price": {"input": 3, "output": 15}},
        {"id": "fault-engine_overloaded"},
        {"id": "fault-quota_exhausted"},
        {"id": "fault-server_error"},
    ]
    file = config(tmp_path, upstream, {"moonshot": {"models": models}})
    done = command("probe", "--config", file, "--json", "--no-confirm")
    assert done.returncode == 1
    found = lines(done.stdout)
    assert len(found) == 4
    for line in found.values():
        assert list(line) == FIELDS
        assert list(line["timings_ms"]) == TIMINGS
        assert list(line["tokens"]) == ["input", "output", "reasoning"]
        assert line["kind"] == "chat"
        assert line["timings_ms"]["total"] > 0
    good = found["moonshot/kimi-k3"]
    assert (good["judgement"], good["fault"], good["retry"], good["http_status"]) == ("ok", "none", None, 200)
    assert good["cost_usd"] > 0
    assert good["error_type"] is None
    overloaded = found["moonshot/fault-engine_overloaded"]
    assert (overloaded["judgement"], overloaded["class"], overloaded["fault"]) == ("failed", "engine_overloaded", "provider")
    assert (overloaded["http_status"], overloaded["error_type"]) == (429, "engine_overloaded_error")
    assert overloaded["timings_ms"]["first_content"] is None
    quota = found["moonshot/fault-quota_exhausted"]
    assert (quota["judgement"], quota["class"], quota["fault"]) == ("excluded", "quota_exhausted", "account")
    for secret in (KEY, "4f6a1c0d8e2b4f67", "fc2g5zoo9r1111"):
        assert secret not in done.stdout + done.stderr
    assert not (tmp_path / "history.db").exists()


def test_the_exit_status_tells_ok_failed_and_excluded_apart(tmp_path: Path, upstream: Upstream) -> None:
    models = ["kimi-k3", "fault-quota_exhausted", "fault-server_error"]
    file = config(tmp_path, upstream, {"moonshot": {"models": models}})

    def status(*keys: str) -> int:
        return command("probe", *(f"moonshot/{key}" for key in keys), "--config", file, "--json", "--no-confirm").returncode

    assert status("kimi-k3") == 0
    assert status("kimi-k3", "fault-quota_exhausted") == 3
    assert status("fault-quota_exhausted", "fault-server_error") == 1


def test_an_unknown_key_is_refused_with_the_nearest(tmp_path: Path, upstream: Upstream) -> None:
    file = config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3"]}})
    done = command("probe", "moonshot/kimi-k33", "--config", file, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "moonshot/kimi-k3" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_catalogue_is_asked_once_for_its_provider(tmp_path: Path, upstream: Upstream) -> None:
    file = config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3", "kimi-k2.6"]}})
    done = command("probe", "--config", file, "--json", "--kind", "catalog")
    assert done.returncode == 0
    assert {name: line["kind"] for name, line in lines(done.stdout).items()} == {"moonshot": "catalog"}
    assert upstream.do(lambda zoo: dict(zoo.asked)) == {"moonshot/@models": 1}


def test_a_failure_is_asked_again_unless_told_not_to(tmp_path: Path, upstream: Upstream) -> None:
    file = config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3"]}})
    upstream.do(lambda zoo: zoo.play("moonshot/*", "server_error;times=1"))
    assert command("probe", "--config", file, "--json").returncode == 0
    assert upstream.do(lambda zoo: zoo.asked["moonshot/kimi-k3"]) > 1


def test_a_table_names_what_is_wrong(tmp_path: Path, upstream: Upstream) -> None:
    file = config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3", "fault-server_error"]}})
    done = command("probe", "--config", file, "--no-confirm", env={"COLUMNS": "120"})
    assert done.returncode == 1
    assert "server_error" in done.stdout
    assert "moonshot/kimi-k3" in done.stdout
    assert "Traceback" not in done.stderr
