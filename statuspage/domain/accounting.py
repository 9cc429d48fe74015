"""How samples and time enter the hours and days of a model. Buckets are never changed in place: each call answers whole ones."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo

import msgspec

from statuspage.domain.days import day_of, day_start_ms, hour_start_ms
from statuspage.domain.pins import Pin, spans
from statuspage.domain.rollup import Bucket
from statuspage.domain.sample import Sample
from statuspage.domain.words import Judgement, Kind, Status


def account(hour: Bucket | None, day: Bucket | None, sample: Sample, zone: tzinfo) -> tuple[Bucket, Bucket]:
    """The hour and the day of this sample, with it counted in; the newest ones so far are handed in, None for none.

    A sample from before the newest bucket (the wall clock went back) counts in that bucket.
    """
    return (
        _counted(_bucket(hour, hour_start_ms(sample.at_ms)), sample),
        _counted(_bucket(day, day_start_ms(sample.at_ms, zone)), sample),
    )


def spend(
    days: Mapping[int, Bucket], from_ms: int, to_ms: int, status: Status, stale_at_ms: int | None, zone: tzinfo
) -> dict[int, Bucket]:
    """The days touched, by start, with the time from `from_ms` to `to_ms` added to their status.

    Time is split where local days end; from `stale_at_ms` on it is `no_data`. Days not handed in begin empty.
    """
    touched: dict[int, Bucket] = {}
    turns_ms = to_ms if stale_at_ms is None else min(max(stale_at_ms, from_ms), to_ms)
    for shown, begin_ms, end_ms in ((status, from_ms, turns_ms), (Status.NO_DATA, turns_ms, to_ms)):
        at_ms = begin_ms
        while at_ms < end_ms:
            today = day_of(at_ms, zone)
            until_ms = min(today.end_ms, end_ms)
            bucket = touched.get(today.start_ms) or days.get(today.start_ms) or Bucket(start_ms=today.start_ms)
            spent = dict(bucket.status_ms)
            spent[shown] = spent.get(shown, 0) + until_ms - at_ms
            touched[today.start_ms] = msgspec.structs.replace(bucket, status_ms=spent)
            at_ms = until_ms
    return touched


def spend_under(
    days: Mapping[int, Bucket],
    from_ms: int,
    to_ms: int,
    status: Status,
    stale_at_ms: int | None,
    zone: tzinfo,
    pins: Sequence[Pin],
) -> dict[int, Bucket]:
    """As `spend`, but time under a pin is spent in the pin's status."""
    touched: dict[int, Bucket] = {}
    for span in spans(pins, from_ms, to_ms):
        shown, ends_ms = (status, stale_at_ms) if span.pin is None else (span.pin.status, None)
        touched |= spend({**days, **touched}, span.from_ms, span.to_ms, shown, ends_ms, zone)
    return touched


def _bucket(newest: Bucket | None, start_ms: int) -> Bucket:
    return newest if newest is not None and newest.start_ms >= start_ms else Bucket(start_ms=start_ms)


def _counted(bucket: Bucket, sample: Sample) -> Bucket:
    judgement = sample.judgement
    classes = bucket.classes
    if sample.class_name != "ok":
        classes = {**classes, sample.class_name: classes.get(sample.class_name, 0) + 1}
    cost_usd = bucket.cost_usd + (sample.cost_usd or 0.0)
    if sample.kind is not Kind.SCHEDULED:
        return msgspec.structs.replace(bucket, classes=classes, cost_usd=cost_usd)
    first_content_ms, total_ms = bucket.first_content_ms, bucket.total_ms
    if judgement in (Judgement.OK, Judgement.SLOW) and not sample.tainted:
        if sample.timings_ms.first_content is not None:
            first_content_ms = first_content_ms.plus(sample.timings_ms.first_content)
        if sample.timings_ms.total is not None:
            total_ms = total_ms.plus(sample.timings_ms.total)
    excluded = judgement is Judgement.EXCLUDED
    return msgspec.structs.replace(
        bucket,
        judged=bucket.judged + (not excluded),
        failed=bucket.failed + (judgement is Judgement.FAILED),
        slow=bucket.slow + (judgement is Judgement.SLOW),
        excluded=bucket.excluded + excluded,
        first_content_ms=first_content_ms,
        total_ms=total_ms,
        classes=classes,
        cost_usd=cost_usd,
    )
