import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from statuspage.cli.check_config import check_config
from statuspage.cli.options import config_option, load_or_exit

GOOD = "providers: {groq: {api_key: env:STATUSPAGE_TEST_KEY, models: [a, b]}}\n"
BAD = "site: {titel: x}\nproviders: {groq: {vendor: grok, models: [a, a]}}\n"


@click.group
def group() -> None:
    """Commands under test."""


@group.command
@config_option
def show(config: Path) -> None:
    """Loads as every command does."""
    click.echo(load_or_exit(config).models[0].key)


group.add_command(check_config)


def _run(*arguments: str, **environ: str) -> Result:
    return CliRunner(env={"STATUSPAGE_CONFIG": None, "STATUSPAGE_TEST_KEY": None, **environ}).invoke(group, arguments)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.yml"
    path.write_text(GOOD)
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.yml"
    path.write_text(BAD)
    return path


def test_a_good_file_ends_with_0(good: Path) -> None:
    result = _run("check-config", "--config", str(good), STATUSPAGE_TEST_KEY="k")
    assert result.exit_code == 0
    assert result.stdout == f"{good} is good: 2 models at 1 provider, 1 ready to be asked\n"


def test_a_bad_file_ends_with_2_and_one_line_a_problem(bad: Path) -> None:
    result = _run("check-config", "--config", str(bad))
    assert result.exit_code == 2
    assert result.stdout.splitlines() == [
        'site.titel: the key "titel" is unknown here; did you mean "title"?',
        'providers.groq.vendor: "grok" is not a vendor; did you mean "groq"?',
        'providers.groq.models[1]: "groq/a" is listed twice, first at providers.groq.models[0]: keep one',
    ]


def test_json_holds_problems_and_warnings_alone(bad: Path) -> None:
    result = _run("check-config", "--json", "--config", str(bad))
    assert result.exit_code == 2
    document = json.loads(result.stdout)
    assert list(document) == ["problems", "warnings"]
    assert document["warnings"] == []
    assert document["problems"][0] == {
        "path": "site.titel",
        "message": 'the key "titel" is unknown here; did you mean "title"?',
        "nearest": "title",
    }


def test_a_missing_secret_is_a_warning_and_ends_with_0(good: Path) -> None:
    result = _run("check-config", "--json", "--config", str(good))
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "problems": [],
        "warnings": [
            {
                "path": "providers.groq.api_key",
                "message": "env:STATUSPAGE_TEST_KEY is not set: export STATUSPAGE_TEST_KEY",
                "nearest": None,
            }
        ],
    }


def test_a_missing_file_is_a_problem_like_any_other(tmp_path: Path) -> None:
    result = _run("check-config", "--config", str(tmp_path / "none.yml"))
    assert result.exit_code == 2
    assert result.stdout.startswith(f"{tmp_path}/none.yml: the file does not exist")


def test_the_option_goes_before_the_environment_and_that_before_the_folder(
    tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "statuspage.yml").write_text("providers: {groq: {models: [from-folder]}}")
    by_environment = tmp_path / "environment.yml"
    by_environment.write_text("providers: {groq: {models: [from-environment]}}")
    assert _run("show").stdout == "groq/from-folder\n"
    assert _run("show", STATUSPAGE_CONFIG=str(by_environment)).stdout == "groq/from-environment\n"
    assert _run("show", "--config", str(good), STATUSPAGE_CONFIG=str(by_environment)).stdout == "groq/a\n"


def test_other_commands_end_with_2_and_every_problem_on_stderr(bad: Path) -> None:
    result = _run("show", "--config", str(bad))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 3


def test_other_commands_tell_warnings_and_go_on(good: Path) -> None:
    result = _run("show", "--config", str(good))
    assert result.exit_code == 0
    assert result.stdout == "groq/a\n"
    assert result.stderr == "warning: providers.groq.api_key: env:STATUSPAGE_TEST_KEY is not set: export STATUSPAGE_TEST_KEY\n"


def test_the_real_command_keeps_one_line_a_problem_however_narrow_the_terminal(bad: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from statuspage.cli import main; main()", "check-config", "--config", str(bad)],
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "20"},
        check=False,
    )
    assert done.returncode == 2
    assert len(done.stdout.splitlines()) == 3
    assert done.stderr == ""
