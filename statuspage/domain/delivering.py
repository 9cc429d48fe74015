"""When a notice is sent, and again: pure functions of the time handed in."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum
from hashlib import blake2b
from typing import Final

import msgspec

from statuspage.domain.notice import Delivery, DeliveryState, Notice

_SPAN: Final = re.compile(r"\s*(\d{2}:\d{2})\s*-\s*(\d{2}:\d{2})\s*")
RETRIES_S: Final = (5.0, 300.0, 1800.0, 7200.0, 18_000.0, 36_000.0, 50_400.0, 72_000.0, 86_400.0)
"""Waits between attempts, after which a delivery is dead (Standard Webhooks 1.0.0, "Recommended retry schedule")."""
LONGEST_WAIT_S: Final = 86_400.0
_JITTER: Final = 0.1
_EXACT_ATTEMPTS: Final = 1
"""The first retry comes exactly when it is promised."""


class Lane(StrEnum):
    """What a channel gets in order, and gathers into one message where it is more than a subject."""

    SUBJECT = "subject"
    GROUP = "group"
    INCIDENT = "incident"


class QuietHours(msgspec.Struct, frozen=True, kw_only=True):
    """The time of day, in a zone, in which a channel is left alone; it may go over midnight."""

    begins: time
    ends: time
    zone: tzinfo = UTC


def quiet_hours(text: str, zone: tzinfo = UTC) -> QuietHours | None:
    """The span of `22:00-07:00`; None for any other text."""
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    try:
        begins, ends = time.fromisoformat(found[1]), time.fromisoformat(found[2])
    except ValueError:
        return None
    return QuietHours(begins=begins, ends=ends, zone=zone)


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one attempt; `gone` says that no further one makes sense."""

    error: str | None = None
    retry_after_s: float | None = None
    gone: bool = False
    remote: str | None = None


DELIVERED: Final = Outcome()


def quiet_until_ms(now_ms: int, quiet: QuietHours | None) -> int:
    """When a notice of now may be sent: now, or at the end of the quiet hours."""
    if quiet is None or quiet.begins == quiet.ends:
        return now_ms
    local = datetime.fromtimestamp(now_ms / 1000, quiet.zone)
    clock = local.time()
    over_midnight = quiet.begins > quiet.ends
    within = clock >= quiet.begins or clock < quiet.ends if over_midnight else quiet.begins <= clock < quiet.ends
    if not within:
        return now_ms
    day = local.date() + timedelta(days=1) if over_midnight and clock >= quiet.begins else local.date()
    return round(datetime.combine(day, quiet.ends, quiet.zone).timestamp() * 1000)


def after_attempt(delivery: Delivery, outcome: Outcome, now_ms: int) -> Delivery:
    """The delivery after one attempt: done, waiting for the next one, or dead."""
    attempts = delivery.attempts + 1
    tried = msgspec.structs.replace(delivery, attempts=attempts, error=outcome.error, remote=outcome.remote or delivery.remote)
    if outcome.error is None:
        return msgspec.structs.replace(tried, state=DeliveryState.DELIVERED, settled_ms=now_ms)
    if outcome.gone or attempts > len(RETRIES_S):
        return msgspec.structs.replace(tried, state=DeliveryState.DEAD, settled_ms=now_ms)
    wait_s = _spread(RETRIES_S[attempts - 1], f"{delivery.notice.id} {delivery.channel} {attempts}", attempts)
    if outcome.retry_after_s is not None:
        wait_s = max(wait_s, min(outcome.retry_after_s, LONGEST_WAIT_S))
    return msgspec.structs.replace(tried, due_ms=now_ms + round(wait_s * 1000))


def _spread(wait_s: float, seed: str, attempts: int) -> float:
    """The wait, up to a tenth longer, so that many that failed together do not come back together."""
    if attempts <= _EXACT_ATTEMPTS:
        return wait_s
    share = int.from_bytes(blake2b(seed.encode(), digest_size=4).digest()) / 2**32
    return wait_s * (1 + _JITTER * share)


def lane(notice: Notice, by: Lane) -> str:
    """What must arrive in order: the notices of one subject, of one provider, or of one incident."""
    match by:
        case Lane.SUBJECT:
            return notice.subject
        case Lane.GROUP:
            return notice.group or notice.subject
        case Lane.INCIDENT:
            return notice.incident or notice.group or notice.subject


def next_up(waiting: Sequence[Delivery], now_ms: int, by: Lane) -> list[tuple[Delivery, ...]]:
    """What to send now, a message each: the oldest of every lane once it is due; where one message gathers, with all behind it.

    A later notice never overtakes an earlier one of its lane. `waiting` is one channel's, in the order of their numbers.
    """
    lanes: dict[str, list[Delivery]] = {}
    for delivery in waiting:
        lanes.setdefault(lane(delivery.notice, by), []).append(delivery)
    due = [queue for queue in lanes.values() if queue[0].due_ms <= now_ms]
    return [(queue[0],) if by is Lane.SUBJECT else tuple(queue) for queue in due]


def next_due_ms(waiting: Sequence[Delivery], by: Lane) -> int | None:
    """When the next message is due, None where nothing waits."""
    first: dict[str, int] = {}
    for delivery in waiting:
        first.setdefault(lane(delivery.notice, by), delivery.due_ms)
    return min(first.values(), default=None)
