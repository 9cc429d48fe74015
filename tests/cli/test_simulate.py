"""`statuspage simulate` prints the contract's figures, and names every mistake of its scenario."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from statuspage.cli import main

SCENARIO = """
days: 0.5
models: 3
base_error_rate: 0
events:
  - {at: 2h, for: 45m, models: [0], class: engine_overloaded}
  - {at: 6h, for: 1h, provider_account: true, class: quota_exhausted}
"""


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    file = tmp_path / "scenario.yml"
    file.write_text(SCENARIO, encoding="utf-8")
    return file


def simulate(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["simulate", *map(str, arguments)])


def figures(*arguments: str | Path) -> dict[str, Any]:
    done = simulate(*arguments, "--json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_its_json_has_the_contract_s_shape(scenario: Path) -> None:
    document = figures(scenario)
    assert list(document) == ["probes", "events", "false", "transitions_total", "uptime_error_max", "wall_s"]
    assert list(document["probes"]) == ["scheduled", "confirm"]
    assert [list(event) for event in document["events"]] == [
        ["index", "detected_after_s", "worst_status", "recovered_after_s", "transitions"]
    ] * 2
    assert document["false"] == {"major_outage": 0, "partial_outage": 0, "degraded_performance": 0}
    assert [event["worst_status"] for event in document["events"]] == ["major_outage", "no_data"]


def test_the_same_file_gives_the_same_json_but_for_the_time_it_took(scenario: Path) -> None:
    first, second = figures(scenario), figures(scenario)
    assert first | {"wall_s": 0} == second | {"wall_s": 0}


def test_two_policies_stand_side_by_side(scenario: Path) -> None:
    document = figures(scenario, "--policy", "confirm_probes=0")
    assert document["policy"] == {"confirm_probes": 0}
    assert document["probes"]["confirm"] == 0
    assert document["default"]["probes"]["confirm"] > 0
    shown = simulate(scenario, "--policy", "confirm_probes=0").stdout
    assert "default" in shown
    assert "confirm_probes=0" in shown


def test_people_get_a_table_and_a_plot(scenario: Path, tmp_path: Path) -> None:
    plot = tmp_path / "plot.svg"
    done = simulate(scenario, "--svg", plot)
    assert done.exit_code == 0
    assert "100% engine_overloaded from 2h for 45m" in " ".join(done.stdout.split())
    assert "false major_outage" in done.stdout
    drawing = ET.fromstring(plot.read_text(encoding="utf-8"))
    bars = [title.text for title in drawing.iter("{http://www.w3.org/2000/svg}title")]
    assert bars.count("major_outage") == 1
    assert bars.count("no_data") == 2 * 3


def test_a_plot_that_cannot_be_written_is_told(scenario: Path, tmp_path: Path) -> None:
    done = simulate(scenario, "--svg", tmp_path / "nowhere" / "plot.svg")
    assert done.exit_code == 1
    assert "cannot be written" in done.stderr


def test_mistakes_end_it_with_status_2_and_a_sentence_each(tmp_path: Path) -> None:
    file = tmp_path / "scenario.yml"
    file.write_text("dayz: 3\nmodels: 0\n", encoding="utf-8")
    done = simulate(file, "--policy", "windoww=3")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["dayz", "models", "--policy windoww"]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    done = simulate(tmp_path / "none.yml")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.endswith("none.yml: the file does not exist: name another\n")
