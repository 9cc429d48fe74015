"""Tools from outside: `probe --kind tools`, and the light that `serve` shows."""

import json
from pathlib import Path
from typing import Any

from tests.system.outside import Upstream, command, config

CASES = [
    "simple", "choose", "two_calls", "parallel", "nested", "no_call", "forced", "json_in_text", "leak_markers",
    "argument_schema", "id_round_trip", "streamed_arguments",
]  # fmt: skip


def _lines(text: str) -> dict[str, dict[str, Any]]:
    return {line["model"].rpartition("/")[2]: line for line in map(json.loads, text.splitlines())}


def test_each_line_has_the_cases_and_the_class_of_the_first_that_failed(tmp_path: Path, upstream: Upstream) -> None:
    ids = ["kimi-k3", "fault-calls_collapsed", "fault-quota_exhausted"]
    file = config(tmp_path, upstream, {"moonshot": {"concurrency": 1, "models": [{"id": each} for each in ids]}})
    done = command("probe", "--config", file, "--kind", "tools", "--json")
    assert done.returncode == 1, done.stderr
    found = _lines(done.stdout)
    assert {line["kind"] for line in found.values()} == {"tools"}
    for line in found.values():
        assert [case["name"] for case in line["cases"]] == CASES
        assert all(set(case) == {"name", "passed", "class", "detail"} for case in line["cases"])
    good, collapsed, excluded = (found[each] for each in ids)
    assert (good["judgement"], good["class"], {case["passed"] for case in good["cases"]}) == ("ok", "ok", {True})
    assert (collapsed["judgement"], collapsed["class"], collapsed["fault"]) == ("failed", "calls_collapsed", "provider")
    assert [case["name"] for case in collapsed["cases"] if case["passed"] is False] == ["two_calls", "parallel"]
    assert (excluded["judgement"], {case["passed"] for case in excluded["cases"]}) == ("excluded", {None})


def test_without_a_kind_every_probe_of_the_model_is_asked_and_chat_has_no_cases(tmp_path: Path, upstream: Upstream) -> None:
    file = config(tmp_path, upstream, {"moonshot": {"models": [{"id": "kimi-k2.6", "probes": ["chat", "tools"]}]}})
    done = command("probe", "--config", file, "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert {line["kind"]: "cases" in line for line in lines} == {"chat": False, "tools": True}
