"""Seats: how many probes at once, and how fast one account may be asked."""

import asyncio
from itertools import pairwise

import pytest

from statuspage.service.seats import AccountLimit, Seats


class Clock:
    """Sleepers wake in the order of their times, when everybody else waits."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self._sleepers: list[tuple[float, asyncio.Event]] = []

    def now_ms(self) -> int:
        return round(self.now_s * 1000)

    def monotonic_s(self) -> float:
        return self.now_s

    async def sleep(self, seconds: float) -> None:
        awake = asyncio.Event()
        self._sleepers.append((self.now_s + seconds, awake))
        await awake.wait()

    async def run(self, until_s: float) -> None:
        await settle()
        while self._sleepers and min(at_s for at_s, _ in self._sleepers) <= until_s:
            earliest = min(self._sleepers, key=lambda sleeper: sleeper[0])
            self._sleepers.remove(earliest)
            self.now_s = earliest[0]
            earliest[1].set()
            await settle()
        self.now_s = until_s


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


class Probes:
    """Probes that last so long, and when each of them began."""

    def __init__(self, seats: Seats, clock: Clock, lasts_s: float = 0.0) -> None:
        self._seats = seats
        self._clock = clock
        self._lasts_s = lasts_s
        self.began: list[tuple[float, str]] = []
        self.running = 0
        self.most = 0

    def start(self, provider: str, times: int = 1) -> list[asyncio.Task[None]]:
        return [asyncio.create_task(self._probe(provider)) for _ in range(times)]

    def times(self, provider: str) -> list[float]:
        return [at_s for at_s, who in self.began if who == provider]

    async def _probe(self, provider: str) -> None:
        async with self._seats.take(provider):
            self.began.append((self._clock.now_s, provider))
            self.running += 1
            self.most = max(self.most, self.running)
            if self._lasts_s:
                await self._clock.sleep(self._lasts_s)
            self.running -= 1


@pytest.fixture
def clock() -> Clock:
    return Clock()


def seats(clock: Clock, *limits: AccountLimit, concurrency: int = 50) -> Seats:
    return Seats(limits, concurrency, clock)


async def test_probes_of_a_paced_account_are_spaced_evenly(clock: Clock) -> None:
    probes = Probes(seats(clock, AccountLimit(provider="a", rpm=60)), clock)
    tasks = probes.start("a", 5)
    await clock.run(until_s=60.0)
    assert probes.times("a") == [0.0, 1.0, 2.0, 3.0, 4.0]
    await asyncio.gather(*tasks)


async def test_an_idle_account_saves_no_turns_up(clock: Clock) -> None:
    probes = Probes(seats(clock, AccountLimit(provider="a", rpm=60)), clock)
    tasks = probes.start("a")
    await clock.run(until_s=100.0)
    tasks += probes.start("a", 3)
    await clock.run(until_s=200.0)
    assert probes.times("a") == [0.0, 100.0, 101.0, 102.0]
    await asyncio.gather(*tasks)


async def test_an_account_without_a_ceiling_waits_for_nothing(clock: Clock) -> None:
    probes = Probes(seats(clock, AccountLimit(provider="a")), clock)
    await asyncio.gather(*probes.start("a", 20))
    assert probes.times("a") == [0.0] * 20


async def test_an_account_has_no_more_probes_at_once_than_its_concurrency(clock: Clock) -> None:
    probes = Probes(seats(clock, AccountLimit(provider="a", concurrency=2)), clock, lasts_s=10.0)
    tasks = probes.start("a", 5)
    await clock.run(until_s=100.0)
    assert (probes.most, probes.times("a")) == (2, [0.0, 0.0, 10.0, 10.0, 20.0])
    await asyncio.gather(*tasks)


async def test_all_accounts_together_stay_under_one_ceiling(clock: Clock) -> None:
    limits = [AccountLimit(provider=name) for name in "abc"]
    probes = Probes(seats(clock, *limits, concurrency=3), clock, lasts_s=10.0)
    tasks = [task for name in "abc" for task in probes.start(name, 2)]
    await clock.run(until_s=100.0)
    assert probes.most == 3
    await asyncio.gather(*tasks)


async def test_an_account_that_waits_for_its_turn_takes_nobody_s_seat(clock: Clock) -> None:
    subject = seats(clock, AccountLimit(provider="slow", rpm=1), AccountLimit(provider="quick"), concurrency=1)
    probes = Probes(subject, clock)
    tasks = probes.start("slow", 3) + probes.start("quick", 3)
    await clock.run(until_s=1.0)
    assert probes.times("quick") == [0.0, 0.0, 0.0]
    await clock.run(until_s=200.0)
    assert probes.times("slow") == [0.0, 60.0, 120.0]
    await asyncio.gather(*tasks)


async def test_a_full_house_does_not_let_an_account_hurry_afterwards(clock: Clock) -> None:
    subject = seats(clock, AccountLimit(provider="long"), AccountLimit(provider="paced", rpm=60), concurrency=2)
    long, paced = Probes(subject, clock, lasts_s=30.0), Probes(subject, clock)
    tasks = long.start("long", 2)
    await settle()
    tasks += paced.start("paced", 3)
    await clock.run(until_s=100.0)
    times = paced.times("paced")
    assert len(times) == 3
    assert min(later - earlier for earlier, later in pairwise(times)) >= 1.0
    await asyncio.gather(*tasks)


async def test_a_seat_is_given_back_when_its_probe_is_cancelled_or_fails(clock: Clock) -> None:
    subject = seats(clock, AccountLimit(provider="a", concurrency=1), concurrency=1)
    waiting = Probes(subject, clock, lasts_s=1000.0).start("a", 2)
    await settle()
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    with pytest.raises(ValueError, match="a probe broke"):
        async with subject.take("a"):
            raise ValueError("a probe broke")
    async with asyncio.timeout(1), subject.take("a"):
        assert subject.account("a").in_flight == 1
    assert subject.account("a").in_flight == 0


async def test_it_counts_what_was_asked_in_the_last_minute(clock: Clock) -> None:
    subject = seats(clock, AccountLimit(provider="a"), AccountLimit(provider="b"))
    probes = Probes(subject, clock)
    await asyncio.gather(*probes.start("a", 3))
    await clock.run(until_s=59.0)
    await asyncio.gather(*probes.start("a"))
    assert (subject.account("a").asked_lately(), subject.account("b").asked_lately()) == (4, 0)
    await clock.run(until_s=61.0)
    assert subject.account("a").asked_lately() == 1


async def test_an_account_that_is_configured_anew_keeps_its_pace(clock: Clock) -> None:
    limit = AccountLimit(provider="a", rpm=60)
    before, after = seats(clock, limit), seats(clock, limit, AccountLimit(provider="b"))
    tasks = Probes(before, clock).start("a", 2)
    await clock.run(until_s=1.2)
    after.follow(before)
    probes = Probes(after, clock)
    tasks += probes.start("a", 2)
    await clock.run(until_s=10.0)
    assert probes.times("a") == [2.0, 3.0]
    assert (after.account("a").asked_lately(), after.account("b").asked_lately()) == (4, 0)
    await asyncio.gather(*tasks)


async def test_a_new_pace_counts_from_the_last_probe_under_the_old_one(clock: Clock) -> None:
    before, after = seats(clock, AccountLimit(provider="a")), seats(clock, AccountLimit(provider="a", rpm=6))
    await asyncio.gather(*Probes(before, clock).start("a"))
    await clock.run(until_s=4.0)
    after.follow(before)
    probes = Probes(after, clock)
    tasks = probes.start("a")
    await clock.run(until_s=30.0)
    assert probes.times("a") == [10.0]
    await asyncio.gather(*tasks)
