"""One window, step by step."""

import pytest

from statuspage.domain.rollup import Bucket
from statuspage.domain.sample import Sample, Timings, Tokens
from statuspage.domain.series import DAY_MS, HOUR_MS, series, step_of
from statuspage.domain.words import Fault, ProbeKind


def answer(at_ms: int, rate: int) -> Sample:
    return Sample(
        model="a/b", at_ms=at_ms, probe=ProbeKind.CHAT, class_name="ok", fault=Fault.NONE,
        timings_ms=Timings(first_content=500.0, total=1500.0), tokens=Tokens(output=rate),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("window", "step", "steps"), [("24h", HOUR_MS, 24), ("7d", HOUR_MS, 168), ("30d", DAY_MS, 30), ("90d", DAY_MS, 90)]
)
def test_a_step_is_an_hour_up_to_seven_days_and_a_day_beyond(window: str, step: int, steps: int) -> None:
    told = series(window, [], [])

    assert (step_of(window), told.step_ms, told.steps) == (step, step, steps)


def test_speed_is_told_for_the_step_its_answers_fell_into() -> None:
    buckets = [Bucket(start_ms=HOUR_MS), Bucket(start_ms=2 * HOUR_MS)]
    before = [answer(10, 99)] * 3
    first = [answer(HOUR_MS + 1, 20)] * 3
    second = [answer(3 * HOUR_MS - 1, 40)] * 2
    told = series("24h", buckets, [*before, *first, *second])

    assert [(speed.at_ms, speed.tokens_s) for speed in told.speeds] == [(HOUR_MS, 20.0), (2 * HOUR_MS, None)]


def test_a_good_answer_of_a_named_class_is_no_outcome_and_an_unknown_class_is_one() -> None:
    classes = {"reasoning_only": 4, "not_streamed": 3, "quota_exhausted": 2, "of_a_later_version": 1}
    told = series("24h", [Bucket(start_ms=0, judged=12, classes=classes)], [])

    assert told.outcomes[0].classes == {"quota_exhausted": 2, "of_a_later_version": 1}


def test_outcomes_are_the_classes_of_each_bucket() -> None:
    told = series("24h", [Bucket(start_ms=0, judged=12, classes={"slow": 2})], [])

    assert [(point.at_ms, point.judged, point.classes) for point in told.outcomes] == [(0, 12, {"slow": 2})]
