"""A figure beside its goal, and the plot of them all."""

from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest
from rich.console import Console

from benchmarks.report import plot, print_table, write_json
from benchmarks.row import Row

ROWS = [
    Row(name="badge <JSON>", value=20.0, unit="µs", goal=25.0, rounds=(19.0, 20.0, 21.0)),
    Row(name="badge, of nginx", value=0.2, unit="×", goal=0.25, better="at_least"),
    Row(name="third parties", value=0, unit=""),
]


@pytest.mark.parametrize(("row", "met", "share"), [(ROWS[0], True, 0.8), (ROWS[1], False, 1.25), (ROWS[2], None, None)])
def test_it_knows_whether_a_goal_is_reached_and_how_much_of_it_is_used(row: Row, met: bool | None, share: float | None) -> None:
    assert (row.met, row.share) == (met, share)


def test_the_plot_is_an_svg_with_a_bar_for_each_goal() -> None:
    root = ET.fromstring(plot(ROWS))
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "badge <JSON>" in texts
    assert "third parties" not in texts
    assert len([element for element in root.iter("{http://www.w3.org/2000/svg}rect") if element.get("rx")]) == 2


def test_the_table_names_every_figure(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(ROWS, Console(width=160))
    out = capsys.readouterr().out
    assert all(row.name in out for row in ROWS)
    assert "reached" in out
    assert "missed" in out


def test_the_document_says_which_goals_are_reached(tmp_path: Path) -> None:
    write_json(ROWS, tmp_path / "bench.json")
    document = msgspec.json.decode((tmp_path / "bench.json").read_bytes())
    assert [row["met"] for row in document["rows"]] == [True, False, None]
