import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.config.durations import check_duration
from statuspage.domain.durations import seconds, spell


@pytest.mark.parametrize(
    "text, expected",
    [
        ("5m", 300.0),
        ("1h30m", 5400.0),
        ("0.2s", 0.2),
        ("250ms", 0.25),
        ("1d", 86400.0),
        ("1.5h", 5400.0),
        ("1m500ms", 60.5),
        ("0s", 0.0),
    ],
)
def test_it_reads_numbers_with_units(text: str, expected: float) -> None:
    assert seconds(text) == expected


@pytest.mark.parametrize(
    "text", ["", "5", "5 m", "-5m", "5M", "m", "1e3s", "5min", ".5s", "5.s", "1:30", "٥m", "5m ", "1h30", "inf"]
)
def test_it_reads_nothing_else(text: str) -> None:
    assert seconds(text) is None


def test_a_bare_number_is_told_that_it_lacks_a_unit() -> None:
    complaint = check_duration("30", "30")
    assert complaint is not None
    assert complaint.message == '"30" lacks a unit: write ms, s, m, h or d after the number, such as 30s'


def test_a_duration_beyond_a_century_is_refused() -> None:
    complaint = check_duration("99999999d", "99999999d")
    assert complaint is not None
    assert "longer than a hundred years" in complaint.message


@given(st.text(max_size=20))
def test_it_never_raises(text: str) -> None:
    value = seconds(text)
    assert value is None or value >= 0


@given(st.integers(min_value=0, max_value=10**10))
def test_what_it_spells_it_reads_back(milliseconds: int) -> None:
    assert seconds(spell(milliseconds / 1000)) == milliseconds / 1000


@given(st.lists(st.tuples(st.integers(0, 999), st.sampled_from(["ms", "s", "m", "h", "d"])), min_size=1, max_size=5))
def test_joined_parts_add_up(parts: list[tuple[int, str]]) -> None:
    joined = seconds("".join(f"{number}{unit}" for number, unit in parts))
    assert joined is not None
    assert joined == pytest.approx(sum(seconds(f"{number}{unit}") or 0.0 for number, unit in parts))
