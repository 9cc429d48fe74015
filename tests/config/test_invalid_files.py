"""Each file in `invalid/` gets exactly the problems that stand beside it."""

import json
from pathlib import Path

import msgspec
import pytest

from statuspage.config.load import load

FOLDER = Path(__file__).parent / "invalid"
FILES = sorted(FOLDER.glob("*.yml"))
ENVIRON = {"KEY": "sk-hunter2"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_wrong_file_gets_exactly_its_problems(path: Path) -> None:
    loaded = load(path, ENVIRON)
    assert loaded.config is None
    assert msgspec.to_builtins(loaded.problems) == tuple(json.loads(path.with_suffix(".json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_problem_repeats_a_secret_or_spans_lines(path: Path) -> None:
    loaded = load(path, ENVIRON)
    for problem in (*loaded.problems, *loaded.warnings):
        assert "hunter2" not in problem.message
        assert "\n" not in problem.message
        assert problem.message[-1] not in ".!"


def test_there_are_files() -> None:
    assert len(FILES) >= 12
    assert {path.stem for path in FOLDER.glob("*.json")} == {path.stem for path in FILES}
