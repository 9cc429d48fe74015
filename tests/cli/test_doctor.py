"""`doctor` at the terminal: exit status, JSON, words."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from statuspage.cli import main
from statuspage.cli.doctor import show
from statuspage.service.doctor.finding import Finding, State, Step


def _doctor(directory: Path, *arguments: str, port: int = 1) -> Result:
    path = directory / "statuspage.yml"
    path.write_text(
        "probing: {allow_private_networks: true}\n"
        f"providers:\n  own: {{vendor: openai-compatible, base_url: 'http://127.0.0.1:{port}/v1', models: [m]}}\n"
    )
    return CliRunner().invoke(main, ["doctor", *arguments, "--config", str(path)])


def test_it_exits_with_one_for_a_problem_and_says_the_fix(tmp_path: Path, free_port: int) -> None:
    result = _doctor(tmp_path, port=free_port)
    assert result.exit_code == 1
    assert "✕ surface" in result.stdout
    assert "→ Check `base_url`" in result.stdout


def test_its_json_is_one_object_of_findings(tmp_path: Path, free_port: int) -> None:
    result = _doctor(tmp_path, "own", "--json", port=free_port)
    findings = json.loads(result.stdout)["findings"]
    assert {"provider", "step", "state", "message", "fix"} == set(findings[0])
    assert {finding["state"] for finding in findings} <= {"ok", "warning", "problem", "unknown"}
    assert findings[-1]["provider"] is None


@pytest.mark.parametrize("name,hint", [("onw", "did you mean own?"), ("zzzzzz", "there are own")])
def test_an_unknown_provider_is_named_with_what_there_is(tmp_path: Path, name: str, hint: str) -> None:
    result = _doctor(tmp_path, name)
    assert result.exit_code == 2
    assert f"no provider {name} is configured; {hint}" in result.stderr


def test_ids_from_outside_cannot_move_the_terminals_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    finding = Finding(
        provider="own", step=Step.ENTITLEMENT, state=State.PROBLEM, message="m\x1b[2J", fix="Did you mean \x1b]0;x\x07?"
    )
    show((finding,))
    assert "\x1b" not in capsys.readouterr().out
