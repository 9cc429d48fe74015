"""Whether the newest round is overdue."""

from statuspage.scheduler.scheduler import Rhythm, Round


class Clock:
    """A clock that is set by hand."""

    now_s = 1000.0

    def now_ms(self) -> int:
        return round(self.now_s * 1000)

    def monotonic_s(self) -> float:
        return self.now_s

    async def sleep(self, seconds: float) -> None:
        raise AssertionError(seconds)


def rhythm_after(seconds: float, *intervals_s: float) -> Rhythm:
    clock = Clock()
    rhythm = Rhythm([Round(key=str(number), interval_s=each) for number, each in enumerate(intervals_s)], clock)
    clock.now_s += seconds
    return rhythm


def test_a_round_that_is_a_little_late_is_not_overdue() -> None:
    assert not rhythm_after(120 + 4, 60.0, 300.0).overdue(in_flight=0)


def test_the_shortest_interval_says_when_it_is() -> None:
    assert rhythm_after(120 + 6, 60.0, 300.0).overdue(in_flight=0)
    assert not rhythm_after(120 + 6, 300.0).overdue(in_flight=0)


def test_nothing_is_overdue_while_a_check_is_under_way() -> None:
    assert not rhythm_after(10_000, 60.0).overdue(in_flight=1)


def test_nothing_is_overdue_where_nothing_is_watched() -> None:
    assert not rhythm_after(10_000).overdue(in_flight=0)


def test_a_start_ends_the_delay() -> None:
    rhythm = rhythm_after(500, 60.0)
    rhythm.last_started_s = 1490.0
    assert not rhythm.overdue(in_flight=0)
