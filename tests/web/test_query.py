"""Query parameters: what they mean, and one sentence for what cannot be used."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.domain.clock import rfc3339
from statuspage.web.problems import BadRequest
from statuspage.web.query import choice, moment_ms, whole_number

AT_MS = int(datetime(2026, 11, 20, 10, tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    ("text", "meant_ms"),
    [
        ("2026-11-20T10:00:00Z", AT_MS),
        ("2026-11-20T10:00:00.123Z", AT_MS + 123),
        ("2026-11-20T12:00:00+02:00", AT_MS),
        ("2026-11-20T12:00:00 02:00", AT_MS),
        ("2026-11-20T10:00:00", AT_MS),
        ("2026-11-20 10:00:00", AT_MS),
        ("2026-11-20", AT_MS - 10 * 3_600_000),
    ],
)
def test_a_time_is_read_in_the_spellings_that_people_use(text: str, meant_ms: int) -> None:
    assert moment_ms({"from": text}, "from", 0) == meant_ms


@given(st.integers(0, 4_102_444_800_000))
def test_a_time_that_we_wrote_is_read_to_the_millisecond(at_ms: int) -> None:
    assert moment_ms({"from": rfc3339(at_ms)}, "from", -1) == at_ms


@pytest.mark.parametrize("text", ["", "yesterday", "1763632800", "2026-13-01", "2026-11-20T25:00:00Z", "9" * 500, "\x00"])
def test_what_is_no_time_is_named_with_an_example(text: str) -> None:
    with pytest.raises(BadRequest) as caught:
        moment_ms({"from": text}, "from", 0)
    assert str(caught.value).startswith("from must be a time such as 2026-")
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_that_is_in_no_calendar_of_utc_is_refused(text: str) -> None:
    with pytest.raises(BadRequest, match="from is out of range"):
        moment_ms({"from": text}, "from", 0)


@pytest.mark.parametrize("text", ["0", "1001", "-1", "1.5", "1e2", "٣", "", " 1", "9" * 40])
def test_a_number_out_of_bounds_is_named_with_the_bounds(text: str) -> None:
    with pytest.raises(BadRequest, match="limit must be a whole number from 1 to 1000"):
        whole_number({"limit": text}, "limit", 5, 1, 1000)


def test_what_is_not_asked_for_has_its_default() -> None:
    assert whole_number({}, "limit", 5, 1, 1000) == 5
    assert moment_ms({}, "from", 7) == 7
    assert choice({}, "window", ("24h", "7d"), "7d") == "7d"


def test_a_choice_that_does_not_exist_is_named_with_those_that_do() -> None:
    assert choice({"window": "24h"}, "window", ("24h", "7d"), "7d") == "24h"
    with pytest.raises(BadRequest, match="'1y' is no window; choose one of 24h, 7d"):
        choice({"window": "1y"}, "window", ("24h", "7d"), "7d")
