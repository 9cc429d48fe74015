"""When a message is sent, and again."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest

from statuspage.domain.delivering import (
    RETRIES_S,
    Lane,
    Outcome,
    after_attempt,
    next_due_ms,
    next_up,
    quiet_hours,
    quiet_until_ms,
)
from statuspage.domain.notice import STATUS_CHANGED, Audience, Delivery, DeliveryState, Notice, Severity

SHANGHAI = ZoneInfo("Asia/Shanghai")


def delivery(number: int = 1, *, subject: str = "zoo/a", due_ms: int = 0, attempts: int = 0, group: str = "zoo") -> Delivery:
    made = Notice(
        id=f"msg_{number}",
        kind=STATUS_CHANGED,
        at_ms=0,
        audience=Audience.PUBLIC,
        severity=Severity.FAILURE,
        subject=subject,
        title="down",
        group=group,
    )
    return Delivery(number=number, channel="ops", notice=made, due_ms=due_ms, attempts=attempts)


def test_the_first_retry_comes_after_five_seconds() -> None:
    after = after_attempt(delivery(), Outcome(error="HTTP 500"), 1_000)
    assert (after.due_ms, after.attempts, after.state) == (6_000, 1, DeliveryState.WAITING)


@pytest.mark.parametrize("attempts", range(1, len(RETRIES_S)))
def test_later_retries_come_later_and_not_together(attempts: int) -> None:
    waits = [
        after_attempt(delivery(number, attempts=attempts), Outcome(error="HTTP 500"), 0).due_ms / 1000 for number in range(20)
    ]
    assert all(RETRIES_S[attempts] <= wait <= RETRIES_S[attempts] * 1.1 for wait in waits)
    assert len(set(waits)) > 1


def test_it_is_dead_after_the_last_retry_or_when_the_receiver_is_gone() -> None:
    last = after_attempt(delivery(attempts=len(RETRIES_S)), Outcome(error="HTTP 500"), 7)
    gone = after_attempt(delivery(), Outcome(error="HTTP 410", gone=True), 7)
    assert {(each.state, each.settled_ms) for each in (last, gone)} == {(DeliveryState.DEAD, 7)}


def test_a_receiver_may_ask_for_more_patience_within_a_day() -> None:
    assert after_attempt(delivery(), Outcome(error="HTTP 429", retry_after_s=60), 0).due_ms == 60_000
    assert after_attempt(delivery(), Outcome(error="HTTP 429", retry_after_s=1), 0).due_ms == 5_000
    assert after_attempt(delivery(), Outcome(error="HTTP 429", retry_after_s=1e9), 0).due_ms == 86_400_000


def test_what_was_delivered_keeps_its_name_at_the_channel() -> None:
    done = after_attempt(delivery(), Outcome(remote="m1"), 9)
    assert (done.state, done.remote, done.settled_ms, done.error) == (DeliveryState.DELIVERED, "m1", 9, None)


@pytest.mark.parametrize(
    ("at", "until"),
    [("2026-11-26T21:59", "21:59"), ("2026-11-26T22:00", "07:00"), ("2026-11-27T06:59", "07:00"), ("2026-11-27T07:00", "07:00")],
)
def test_quiet_hours_over_midnight(at: str, until: str) -> None:
    quiet = quiet_hours("22:00-07:00", SHANGHAI)
    now_ms = round(datetime.fromisoformat(at).replace(tzinfo=SHANGHAI).timestamp() * 1000)
    sent = datetime.fromtimestamp(quiet_until_ms(now_ms, quiet) / 1000, SHANGHAI)
    assert sent.strftime("%H:%M") == until
    assert quiet_until_ms(now_ms, quiet) >= now_ms


def test_quiet_hours_at_noon() -> None:
    quiet = quiet_hours("12:00-13:30")
    noon_ms = round(datetime(2026, 11, 26, 12, 10, tzinfo=UTC).timestamp() * 1000)
    assert quiet_until_ms(noon_ms, quiet) - noon_ms == 80 * 60_000


@pytest.mark.parametrize("text", ["", "22:00", "25:00-07:00", "22-7", "22:00-07:60"])
def test_it_takes_no_other_text_for_quiet_hours(text: str) -> None:
    assert quiet_hours(text) is None


def test_a_later_message_never_overtakes_an_earlier_one_of_its_subject() -> None:
    waiting = [delivery(1, due_ms=50), delivery(2, due_ms=0), delivery(3, subject="zoo/b")]
    assert next_up(waiting, 10, Lane.SUBJECT) == [(waiting[2],)]
    assert next_due_ms(waiting[:2], Lane.SUBJECT) == 50
    assert next_up(waiting, 50, Lane.SUBJECT) == [(waiting[0],), (waiting[2],)]


def test_one_message_gathers_a_provider() -> None:
    waiting = [delivery(1), delivery(2, subject="zoo/b"), delivery(3, subject="other/c", group="other")]
    assert next_up(waiting, 0, Lane.GROUP) == [(waiting[0], waiting[1]), (waiting[2],)]


def test_one_message_gathers_an_incident() -> None:
    first, second = (
        msgspec.structs.replace(each, notice=msgspec.structs.replace(each.notice, incident="i1"))
        for each in (delivery(1), delivery(2, subject="i1"))
    )
    assert next_up([first, second], 0, Lane.INCIDENT) == [(first, second)]
