"""Tokens a second, from short answers."""

import msgspec
import pytest

from statuspage.domain.sample import Sample, Timings, Tokens
from statuspage.domain.speed import tokens_per_second
from statuspage.domain.words import Fault, ProbeKind


def answer(output: int | None, first_ms: float | None, total_ms: float | None, reasoning: int | None = None) -> Sample:
    return Sample(
        model="a/b", at_ms=0, probe=ProbeKind.CHAT, class_name="ok", fault=Fault.NONE,
        timings_ms=Timings(first_content=first_ms, total=total_ms), tokens=Tokens(output=output, reasoning=reasoning),
    )  # fmt: skip


def test_it_is_the_median_of_output_over_the_time_after_the_first_content() -> None:
    samples = [answer(10, 500, 1000), answer(10, 500, 600), answer(30, 500, 1500)]

    assert tokens_per_second(samples) == pytest.approx(30)


def test_reasoning_came_before_the_first_content() -> None:
    assert tokens_per_second([answer(20, 500, 1000, reasoning=10)] * 3) == pytest.approx(20)


@pytest.mark.parametrize(
    "useless",
    [
        answer(None, 500, 1000),
        answer(1, 500, 1000),
        answer(10, None, 1000),
        answer(10, 1000, 1000),
        answer(10, 500, 1000, reasoning=10),
        msgspec.structs.replace(answer(10, 500, 1000), class_name="server_error", fault=Fault.PROVIDER),
        msgspec.structs.replace(answer(10, 500, 1000), tainted=True),
    ],
)
def test_what_cannot_be_told_is_not_guessed(useless: Sample) -> None:
    good = answer(10, 500, 1000)

    assert tokens_per_second([useless] * 9) is None
    assert tokens_per_second([good, good, useless]) is None
    assert tokens_per_second([good, good, good, useless]) == pytest.approx(20)
