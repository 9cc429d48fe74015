from collections import Counter
from collections.abc import Iterable
from datetime import UTC
from zoneinfo import ZoneInfo

import pytest

from statuspage.domain.days import day_start_ms
from statuspage.domain.history import History
from statuspage.domain.rollup import Bucket
from statuspage.domain.words import Judgement, Kind, Status
from statuspage.zoo.fleet import Part, demo_models
from statuspage.zoo.history import DemoPast, Scope, demo_past
from statuspage.zoo.past import DAY_MS, HOUR_MS, YOUNG_DAYS

_NOW_MS = 1_795_524_091_123
_MODELS = demo_models()
_PARTS = {model.part: model.key for model in _MODELS}


@pytest.fixture(scope="module")
def past() -> DemoPast:
    return demo_past(_MODELS, _NOW_MS)


@pytest.fixture(scope="module")
def by_key(past: DemoPast) -> dict[str, History]:
    return {history.key: history for history in past.histories}


def _sums(buckets: Iterable[Bucket]) -> tuple[int, int, int, int, int, int, Counter[str]]:
    judged = failed = slow = excluded = first = total = 0
    classes: Counter[str] = Counter()
    for bucket in buckets:
        judged += bucket.judged
        failed += bucket.failed
        slow += bucket.slow
        excluded += bucket.excluded
        first += bucket.first_content_ms.count
        total += bucket.total_ms.count
        classes.update(bucket.classes)
    return judged, failed, slow, excluded, first, total, classes


def test_hours_and_days_agree(past: DemoPast) -> None:
    for history in past.histories:
        assert _sums(history.hours) == _sums(history.days)


def test_samples_agree_with_the_hours_of_their_time(past: DemoPast) -> None:
    for history in past.histories:
        samples = list(history.samples)
        since_ms = samples[0].at_ms // HOUR_MS * HOUR_MS
        scheduled = [sample for sample in samples if sample.kind is Kind.SCHEDULED]
        judged, failed, slow, excluded, *_ = _sums(hour for hour in history.hours if hour.start_ms >= since_ms)
        counted = Counter(sample.judgement for sample in scheduled)
        assert judged == len(scheduled) - counted[Judgement.EXCLUDED]
        assert (failed, slow, excluded) == (counted[Judgement.FAILED], counted[Judgement.SLOW], counted[Judgement.EXCLUDED])


def test_latencies_are_those_of_good_answers(past: DemoPast) -> None:
    for history in past.histories:
        for bucket in history.days:
            assert bucket.first_content_ms.count == bucket.judged - bucket.failed


def test_everything_is_in_order_and_in_the_past(past: DemoPast) -> None:
    for history in past.histories:
        for starts in ([each.start_ms for each in history.hours], [each.start_ms for each in history.days]):
            assert starts == sorted(set(starts))
        times = [sample.at_ms for sample in history.samples]
        assert times == sorted(times)
        assert history.first_seen_ms <= times[0] <= times[-1] <= _NOW_MS
        assert all(sample.model == history.key for sample in history.samples)


def test_the_time_of_a_day_adds_up_to_the_day(past: DemoPast) -> None:
    for history in past.histories:
        whole = [day for day in history.days if history.first_seen_ms <= day.start_ms < _NOW_MS - 2 * DAY_MS]
        assert {sum(day.status_ms.values()) for day in whole} <= {DAY_MS}


def test_it_is_ninety_days_long_and_twelve_for_the_young_one(by_key: dict[str, History]) -> None:
    lengths = {key: len(list(history.days)) for key, history in by_key.items()}
    assert lengths.pop(_PARTS[Part.YOUNG]) == YOUNG_DAYS + 1
    assert set(lengths.values()) == {91}


def test_the_parts_end_as_they_should(by_key: dict[str, History]) -> None:
    ends = {part: by_key[key].state for part, key in _PARTS.items()}
    statuses = {part: state.status for part, state in ends.items() if state is not None}
    assert statuses == {
        Part.HEALTHY: Status.OPERATIONAL,
        Part.DOWN: Status.MAJOR_OUTAGE,
        Part.BROKE: Status.NO_DATA,
        Part.RETIRED: Status.RETIRED,
        Part.MAINTENANCE: Status.UNDER_MAINTENANCE,
        Part.YOUNG: Status.OPERATIONAL,
    }


def test_one_incident_is_open_and_many_are_resolved(past: DemoPast) -> None:
    open_ones = [incident for incident in past.incidents if incident.resolved_at_ms is None]
    assert [incident.models for incident in open_ones] == [(_PARTS[Part.DOWN],)]
    assert len(past.incidents) > 20
    for incident in past.incidents:
        assert incident.started_at_ms <= incident.detected_at_ms
        assert [update.at_ms for update in incident.updates] == sorted(
            (update.at_ms for update in incident.updates), reverse=True
        )
        if incident.resolved_at_ms is not None:
            assert incident.detected_at_ms <= incident.resolved_at_ms <= _NOW_MS
            assert (incident.status, incident.updates[0].status) == ("resolved", "resolved")
    assert len({incident.id for incident in past.incidents}) == len(past.incidents)
    assert any(len(incident.models) > 1 for incident in past.incidents)


def test_the_monitor_was_once_down(by_key: dict[str, History]) -> None:
    history = by_key[_PARTS[Part.HEALTHY]]
    hours = {hour.start_ms for hour in history.hours}
    every = set(range(min(hours), max(hours), HOUR_MS))
    assert 3 <= len(every - hours) <= 6
    assert any(day.status_ms.get(Status.NO_DATA, 0) > 5 * HOUR_MS for day in history.days)


def test_vendors_are_busier_on_weekdays(by_key: dict[str, History]) -> None:
    medians: dict[bool, list[int]] = {True: [], False: []}
    for day in by_key["openai/gpt-5-mini"].days:
        median = day.first_content_ms.quantile(0.5)
        if median is not None and day.judged > 200:
            medians[(day.start_ms // DAY_MS + 3) % 7 >= 5].append(median)
    average = {weekend: sum(values) / len(values) for weekend, values in medians.items()}
    assert average[False] > average[True] * 1.03


def test_uptimes_are_believable(past: DemoPast) -> None:
    for history in past.histories:
        judged, failed, *_ = _sums(history.days)
        assert 0.98 < (judged - failed) / judged < 1


def test_it_is_the_same_for_the_same_seed_and_time() -> None:
    scope = Scope(days=6, hour_days=6, sample_days=0.2)
    first, again, other = (demo_past(_MODELS[:6], _NOW_MS, seed=seed, scope=scope) for seed in (4, 4, 5))
    assert first == again
    assert first != other


def test_days_are_those_of_the_sites_time_zone() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    history = demo_past(_MODELS[:1], _NOW_MS, scope=Scope(days=3, hour_days=3, sample_days=0.5), zone=zone).histories[0]
    assert all(day.start_ms == day_start_ms(day.start_ms, zone) != day_start_ms(day.start_ms, UTC) for day in history.days)


def test_a_large_fleet_borrows_histories_under_its_own_keys() -> None:
    models = demo_models(120)
    past = demo_past(models, _NOW_MS, scope=Scope(days=4, hour_days=4, sample_days=0.05))
    assert [history.key for history in past.histories] == [model.key for model in models]
    assert all(sample.model == history.key for history in past.histories for sample in history.samples)


def test_its_retired_model_is_retired_since_its_retirement_and_told(past: DemoPast, by_key: dict[str, History]) -> None:
    key = _PARTS[Part.RETIRED]
    state = by_key[key].state
    assert state is not None
    since_ms = state.since_ms or _NOW_MS
    assert [(event.subject, event.at_ms) for event in past.events if event.kind == "retired"] == [(key, since_ms)]
    assert _NOW_MS - since_ms > 20 * DAY_MS
