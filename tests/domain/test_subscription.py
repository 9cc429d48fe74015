"""Tokens of letters, and who hears what."""

import msgspec
import pytest

from statuspage.domain.notice import STATUS_CHANGED, Audience, Notice, Severity
from statuspage.domain.subscription import CONFIRM, MANAGE, Attempts, concerns, opened, token

KEY, OTHER = b"k" * 32, b"o" * 32


def test_a_token_opens_its_door_until_its_time() -> None:
    made = token(KEY, CONFIRM, "s1", 1_000)
    assert opened(KEY, CONFIRM, made, 999) == "s1"
    assert opened(KEY, CONFIRM, made, 1_000) is None
    assert opened(KEY, MANAGE, token(KEY, MANAGE, "s1"), 10**15) == "s1"


@pytest.mark.parametrize("forged", ["", "s1", "s1.", "s1.0.", "s1.0.x", "s1.x.y", "..", "s1.٣.y", "é.0.é"])
def test_a_forged_token_opens_nothing(forged: str) -> None:
    assert opened(KEY, CONFIRM, forged, 0) is None


def test_a_token_of_another_purpose_key_time_or_person_opens_nothing() -> None:
    made = token(KEY, CONFIRM, "s1", 1_000)
    assert opened(KEY, MANAGE, made, 0) is None
    assert opened(OTHER, CONFIRM, made, 0) is None
    assert opened(KEY, CONFIRM, made.replace("1000", "9000"), 0) is None
    assert opened(KEY, CONFIRM, made.replace("s1", "s2"), 0) is None


def test_attempts_are_counted_for_a_while() -> None:
    attempts = Attempts(2, 1_000)
    assert [attempts.allowed("a", at_ms) for at_ms in (0, 1, 2)] == [True, True, False]
    assert attempts.allowed("b", 2)
    assert attempts.allowed("a", 1_001)


def test_who_chose_models_hears_of_them_and_of_the_page() -> None:
    notice = Notice(
        id="n",
        kind=STATUS_CHANGED,
        at_ms=0,
        audience=Audience.PUBLIC,
        severity=Severity.INFO,
        subject="a/x",
        title="t",
        models=("a/x",),
    )
    assert concerns((), notice)
    assert concerns(("a/x", "b/y"), notice)
    assert not concerns(("b/y",), notice)
    assert concerns(("b/y",), msgspec.structs.replace(notice, models=()))
