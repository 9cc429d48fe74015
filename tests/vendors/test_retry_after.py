"""How long a vendor asks us to wait."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.vendors.errorbody import ErrorWords, Shape
from statuspage.vendors.retry_after import retry_after_s, span_s

NOW_MS = 1_795_525_200_000  # Tue, 24 Nov 2026 13:00:00 GMT


def _wait(text: str = "", **headers: str) -> float | None:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return retry_after_s(named, ErrorWords(shape=Shape.JSON, text=text), NOW_MS)


@pytest.mark.parametrize(
    "text,seconds",
    [
        ("please try again after 1 seconds", 1),
        ("Please try again in 20s.", 20),
        ("Please try again in 7m12.5s. Need more tokens?", 432.5),
        ("try again in 250ms", 0.25),
        ("retry in 1h30m", 5400),
        ("Please wait 30 seconds", 30),
        ("请 3 秒后重试", 3),
        ("请 2 分钟后重试", 120),
        ("please try again later", None),
        ("available in 3 models", None),
        ("in 5 minutes or so", 300),
    ],
)
def test_it_reads_spans_out_of_words(text: str, seconds: float | None) -> None:
    assert span_s(text) == seconds


def test_it_reads_headers_before_words() -> None:
    assert _wait("try again in 20s", retry_after="7") == 7
    assert _wait("try again in 20s", retry_after_ms="1500", retry_after="7") == 1.5


def test_it_reads_a_date() -> None:
    assert _wait(retry_after="Tue, 24 Nov 2026 13:00:30 GMT") == 30
    assert _wait(retry_after="Tue, 24 Nov 2026 12:00:00 GMT") == 0


@pytest.mark.parametrize("value", ["soon", "-5", "inf", "nan", "1e300", "", "Tue, 99 Nov"])
def test_it_ignores_what_is_no_waiting_time(value: str) -> None:
    assert _wait(retry_after=value) is None


@given(st.text(max_size=60), st.text(max_size=200))
def test_it_takes_anything(value: str, text: str) -> None:
    wait = _wait(text, retry_after=value)
    assert wait is None or wait >= 0
