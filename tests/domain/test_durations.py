"""Durations that programs read from files."""

import pytest

from statuspage.domain.durations import seconds_of


def test_it_reads_joined_units() -> None:
    assert seconds_of("1h30m0.5s") == 5400.5


@pytest.mark.parametrize("text", ["5", "", "m", "5 m", "-1s", "1.s"])
def test_it_refuses_the_rest_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="not a duration"):
        seconds_of(text)
