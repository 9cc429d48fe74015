"""A run of `statuspage simulate`: the check flow of `serve` over a virtual clock and scripted vendors."""

import asyncio
import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from statuspage.config.fleet import Config, Model, Provider
from statuspage.domain.policy import DEFAULT_POLICY, Policy
from statuspage.domain.ports import CheckRecord, Past
from statuspage.domain.reading import stale_at_ms
from statuspage.domain.rollup import Bucket
from statuspage.domain.sample import Sample
from statuspage.domain.scenario import Scenario, scripted_success
from statuspage.domain.scorecard import Scorecard, Turn, scorecard
from statuspage.domain.words import Kind, Status
from statuspage.scheduler.grid import first_due, next_due
from statuspage.service.board import Board
from statuspage.service.check import Checker
from statuspage.service.entry import Entry
from statuspage.service.scripted import TIMEOUT_S, ScriptedVendors
from statuspage.service.seats import AccountLimit, Seats
from statuspage.service.selfcheck import SelfCheck
from statuspage.service.virtual import VirtualClock, VirtualLoop
from statuspage.storage.memory import MemoryStore
from statuspage.vendors.registry import VENDORS

START: Final = datetime(2026, 1, 1, tzinfo=UTC)
_START_MS: Final = int(START.timestamp()) * 1000
_CANARIES: Final = ("https://one.example/", "https://two.example/", "https://three.example/")
_CONCURRENCY: Final = 50
_LONGEST_WINDOW: Final = "90d"
_PROVIDER: Final = "simulated"


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """What a run showed; `uptime_error_max` is None where nothing was judged."""

    scenario: Scenario
    policy: Policy
    scheduled: int
    confirm: int
    card: Scorecard
    timelines: tuple[tuple[Turn, ...], ...]
    uptime_error_max: float | None
    wall_s: float


def simulate(
    scenario: Scenario, overrides: dict[str, int | float] | None = None, tick: Callable[[float], None] | None = None
) -> Run:
    """Runs the scenario to its end; `overrides` replace numbers of the policy, `tick` hears the share done."""
    began_s = time.perf_counter()
    loop = VirtualLoop()
    with _uncollected(), asyncio.Runner(loop_factory=lambda: loop) as runner:
        simulation = _Simulation(scenario, overrides or {}, VirtualClock(loop, _START_MS), tick)
        runner.run(simulation.run())
    return simulation.result(time.perf_counter() - began_s)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Looks for cycles of garbage only now and then: a run keeps much and leaves few, and looking took a fifth of its time."""
    thresholds = gc.get_threshold()
    gc.set_threshold(200_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)


class _Simulation:
    def __init__(
        self,
        scenario: Scenario,
        overrides: dict[str, int | float],
        clock: VirtualClock,
        tick: Callable[[float], None] | None,
    ) -> None:
        self._scenario = scenario
        self._clock = clock
        self._tick = tick
        policy = msgspec.structs.replace(DEFAULT_POLICY, interval_s=scenario.interval_s)
        interval_s = overrides.get("interval_s", scenario.interval_s)
        self._policy = msgspec.structs.replace(policy, **{"max_stale_s": 2 * interval_s + 60, **overrides})
        config = _config(scenario.models, self._policy)
        self._keys = tuple(model.key for model in config.models)
        self._store = LedgerStore()
        self._board = Board(config, simulation=True, policy=self._policy)
        self._recorder = _Recorder(self._keys, clock)
        vendors = ScriptedVendors(scenario, {key: index for index, key in enumerate(self._keys)}, clock, _START_MS)
        self._checker = Checker(
            board=self._board,
            store=self._store,
            prober=vendors.probe,
            seats=Seats([AccountLimit(provider=_PROVIDER)], _CONCURRENCY, clock),
            selfcheck=SelfCheck(clock, _CANARIES, vendors.reach),
            shelf=_NoShelf(),
            clock=clock,
            stopping=asyncio.Event(),
            listeners=(self._recorder.saw,),
        )

    async def run(self) -> None:
        """Loads, checks every model on its grid, and stops everything when the time is over."""
        await self._board.load(self._store, _START_MS)
        self._recorder.begin([self._board.entry(key) for key in self._keys])
        rounds = [asyncio.ensure_future(self._rounds(key)) for key in self._keys]
        for day in range(1, int(self._scenario.days) + 1):
            await asyncio.wait(rounds, timeout=_START_MS / 1000 + day * 86_400 - self._clock.now_ms() / 1000)
            if self._tick is not None:
                self._tick(day / self._scenario.days)
        await asyncio.wait(rounds, timeout=max(0.0, self._end_ms - self._clock.now_ms()) / 1000)
        for each in rounds:
            if each.done():
                each.result()
            each.cancel()
        await asyncio.wait(rounds)
        self._recorder.end()

    @property
    def _end_ms(self) -> int:
        return _START_MS + self._scenario.end_ms

    async def _rounds(self, key: str) -> None:
        """One model's rounds as the scheduler runs them: a round that comes due while one is under way is skipped."""
        interval_s = self._policy.interval_s
        due = first_due(key, interval_s, START)
        while True:
            await self._clock.sleep(max(0.0, due.timestamp() - self._clock.now_ms() / 1000))
            await self._checker.check(key)
            due = next_due(key, interval_s, due, datetime.fromtimestamp(self._clock.now_ms() / 1000, tz=UTC))

    def result(self, wall_s: float) -> Run:
        timelines = self._recorder.timelines()
        return Run(
            scenario=self._scenario,
            policy=self._policy,
            scheduled=self._recorder.taken[Kind.SCHEDULED],
            confirm=self._recorder.taken[Kind.CONFIRM],
            card=scorecard(self._scenario, timelines),
            timelines=timelines,
            uptime_error_max=self._uptime_error_max(),
            wall_s=wall_s,
        )

    def _uptime_error_max(self) -> float | None:
        """The uptime that page, JSON and badge show at the end, against what the script lets pass in the same window."""
        errors = []
        for index, key in enumerate(self._keys):
            shown = self._board.model(key, self._end_ms).uptime[_LONGEST_WINDOW]
            from_ms = max(0, self._store.oldest_day_ms(key) - _START_MS)
            scripted = scripted_success(self._scenario, index, from_ms, self._scenario.end_ms)
            if shown.ratio is not None and scripted is not None:
                errors.append(abs(shown.ratio - scripted))
        return round(max(errors), 6) if errors else None


class _Recorder:
    """Notes what readers were shown, staleness included, and how many probes were taken."""

    def __init__(self, keys: Sequence[str], clock: VirtualClock) -> None:
        self._clock = clock
        self._turns: dict[str, list[Turn]] = {key: [Turn(0, Status.NO_DATA)] for key in keys}
        self._entries: list[Entry] = []
        self._stale_ms: dict[str, int | None] = dict.fromkeys(keys)
        self.taken: dict[Kind, int] = dict.fromkeys(Kind, 0)

    def begin(self, entries: Sequence[Entry]) -> None:
        """Watches these models."""
        self._entries = list(entries)

    async def saw(self, entry: Entry, sample: Sample, _before: Status) -> None:
        """Hears of each booked sample."""
        self.taken[sample.kind] += 1
        now_ms = self._clock.now_ms()
        self._withdraw(entry.key, now_ms)
        self._turn(entry.key, now_ms, entry.state.status)
        self._stale_ms[entry.key] = stale_at_ms(entry.state, entry.model.max_stale_s)

    def end(self) -> None:
        """The run is over."""
        for entry in self._entries:
            self._withdraw(entry.key, self._clock.now_ms())

    def timelines(self) -> tuple[tuple[Turn, ...], ...]:
        """What was shown of each model, in the order of the models."""
        return tuple(tuple(turns) for turns in self._turns.values())

    def _withdraw(self, key: str, now_ms: int) -> None:
        stale_ms = self._stale_ms[key]
        if stale_ms is not None and now_ms > stale_ms:
            self._turn(key, stale_ms + 1, Status.NO_DATA)

    def _turn(self, key: str, at_ms: int, status: Status) -> None:
        turns = self._turns[key]
        if turns[-1].status is not status:
            turns.append(Turn(at_ms - _START_MS, status))


class LedgerStore(MemoryStore):
    """The store of a simulation: keeps states, days and incidents, but no single samples, hours or old latencies."""

    def __init__(self) -> None:
        super().__init__()
        self._ledger: dict[str, dict[int, Bucket]] = {}

    async def record(self, check: CheckRecord) -> int:
        """Stores one check; buckets are never changed in place, so none is copied."""
        days = self._ledger.setdefault(check.sample.model, {})
        days.update((day.start_ms, day) for day in check.days)
        self._revision += 1
        return self._revision

    async def past(self, keys: Sequence[str], _hours_from_ms: int, days_from_ms: int) -> dict[str, Past]:
        """The days, without their latencies; nobody reads single hours that are over."""
        return {key: Past(hours=(), days=self._days(key, days_from_ms)) for key in keys}

    def oldest_day_ms(self, key: str) -> int:
        """The start of the first day within the longest window."""
        days = self._days(key, 0)[-90:]
        return days[0].start_ms if days else _START_MS

    def _days(self, key: str, from_ms: int) -> tuple[Bucket, ...]:
        days = self._ledger.get(key, {})
        return tuple(_without_latencies(days[start]) for start in sorted(days) if start >= from_ms)


def _without_latencies(bucket: Bucket) -> Bucket:
    return Bucket(
        start_ms=bucket.start_ms,
        judged=bucket.judged,
        failed=bucket.failed,
        slow=bucket.slow,
        excluded=bucket.excluded,
        classes=bucket.classes,
        status_ms=bucket.status_ms,
        cost_usd=bucket.cost_usd,
    )


class _NoShelf:
    """Renders nothing."""

    def changed(self, key: str, *, at_once: bool) -> None:
        """Nobody reads."""


def _config(models: int, policy: Policy) -> Config:
    provider = Provider(
        name=_PROVIDER, title="Simulated", vendor=VENDORS["openai-compatible"], base_url="https://simulated.example/v1"
    )
    return Config(
        path=Path("scenario"),
        database_url="",
        concurrency=_CONCURRENCY,
        canaries=_CANARIES,
        providers=(provider,),
        models=tuple(
            Model(
                provider=_PROVIDER,
                id=f"model-{index:02}",
                name=f"Model {index}",
                interval_s=policy.interval_s,
                max_stale_s=policy.max_stale_s,
                timeout_s=TIMEOUT_S,
                confirm_probes=policy.confirm_probes,
                confirm_spacing_s=policy.confirm_spacing_s,
            )
            for index in range(models)
        ),
    )
