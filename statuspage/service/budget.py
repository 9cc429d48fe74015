"""The budget: what was spent this month, what is set aside for probes under way, and whether one more may be sent.

Money is set aside before a probe is sent and settled after it, without a pause in between, so that probes under way at once
cannot exceed a cap together. Months are those of UTC. Everything is whole nano-dollars.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Final

import msgspec

from statuspage.config.fleet import Config
from statuspage.domain.cadence import pressure, rung
from statuspage.domain.clock import Clock
from statuspage.domain.ledger import NANO, Line, line_of, month_end_ms, month_start_ms, nano, plus, provider_of
from statuspage.domain.ports import Store
from statuspage.domain.sample import Sample
from statuspage.domain.spending import Most, Rate, counted_usd
from statuspage.domain.thrift import Standing, note_of
from statuspage.domain.words import Fault, Kind, ProbeKind
from statuspage.service.lease import Lease

_ALL: Final = ""
"""The cap over all providers."""
_LOOK_S: Final = 30.0
"""So long the pace holds before it is worked out anew."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """One model's regular probes: their cadence, and the worst that one may cost."""

    key: str
    interval_s: float
    max_stale_s: float
    worst_usd: float


class Budget:
    """Caps of the configuration over the ledger of the store."""

    def __init__(self, config: Config, store: Store, clock: Clock, plans: Callable[[], Mapping[str, Plan]]) -> None:
        """`plans` are the models that are probed regularly, by key."""
        caps = {each.name: each.monthly_usd for each in config.providers if each.monthly_usd is not None}
        if config.monthly_usd is not None:
            caps[_ALL] = config.monthly_usd
        self._caps: Final = {name: nano(usd) for name, usd in caps.items()}
        self._lease: Final = Lease(store, self._caps)
        self._store = store
        self._clock = clock
        self._plans = plans
        self._month_ms = month_start_ms(clock.now_ms())
        self._counted: defaultdict[str, int] = defaultdict(int)
        self._aside: defaultdict[str, int] = defaultdict(int)
        self._lines: dict[str, Line] = {}
        self._most: dict[tuple[str, ProbeKind], Most] = {}
        # A pinned upstream may charge more than the router lists.
        self._dearest: defaultdict[tuple[str, ProbeKind], int] = defaultdict(int)
        self._pressures: dict[str, float] = {}
        self._looked_at_s = float("-inf")
        self._known: Mapping[str, Plan] = {}
        self._refused: set[str] = set()
        self._rounds: defaultdict[str, int] = defaultdict(int)

    async def load(self) -> None:
        """Takes over what was spent this month before a restart."""
        self._turn_month()
        for line in await self._store.spendings(self._month_ms, month_end_ms(self._month_ms)):
            if line.kind is not Kind.PASSIVE:
                self._count(line)
        for name, told in (await self._lease.load(self._month_ms)).items():
            self._counted[name] = max(self._counted[name], told)

    async def close(self) -> None:
        """Notes what was counted, at the end of a process that probed."""
        await self._lease.settle(self._month_ms, self._counted)

    async def spend(self, subject: str, probe: ProbeKind, most: Most, rate: Rate, ask: Callable[[], Awaitable[Sample]]) -> Sample:
        """The sample of a probe for which there is money; else one that says that there is none, and nothing is sent."""
        self._turn_month()
        most = self._most.get((subject, probe), most)
        worst = max(nano(rate.of(most.input_tokens, most.output_tokens)), self._dearest[subject, probe])
        provider, month_ms = provider_of(subject), self._month_ms
        short = next((name for name in (provider, _ALL) if name in self._caps and worst > self._left(name)), None)
        if short is not None:
            self._refused.add(short)
            return self._refusal(subject, probe, short)
        for name in (provider, _ALL):
            self._aside[name] += worst
        counted = worst / NANO
        try:
            await self._lease.cover(month_ms, {name: self._counted[name] + self._aside[name] for name in self._caps})
            sample = await ask()
            counted = counted_usd(sample, rate, worst / NANO)
            self._most[subject, probe] = most.at_least(sample)
            self._dearest[subject, probe] = max(self._dearest[subject, probe], nano(counted))
        finally:
            for name in (provider, _ALL):
                self._aside[name] -= worst
            if month_ms == self._month_ms:
                for name in (provider, _ALL):
                    self._counted[name] += nano(counted)
        return sample if sample.cost_usd is not None else msgspec.structs.replace(sample, assumed_usd=counted)

    def booked(self, sample: Sample) -> None:
        """Hears of every sample that entered the ledger, for what each model cost."""
        self._turn_month()
        line = line_of(sample)
        if line.kind is not Kind.PASSIVE and line.day_ms >= self._month_ms:
            self._keep(line)

    def rests(self, key: str) -> bool:
        """Whether this round of a model is left out so that the money lasts; asked once a round."""
        if not self._caps:
            return False
        self._look()
        plan = self._known.get(key)
        if plan is None:
            return False
        step = self._step(plan)
        self._rounds[key] += 1
        return step > 1 and self._rounds[key] % step != 1

    def every(self, key: str) -> int:
        """Every how many rounds a model is asked so that the money lasts; 1 where it is asked in each."""
        if not self._caps:
            return 1
        self._look()
        plan = self._known.get(key)
        return 1 if plan is None else self._step(plan)

    def _step(self, plan: Plan) -> int:
        pressed = max((self._pressures.get(name, 0.0) for name in (provider_of(plan.key), _ALL)), default=0.0)
        return rung(pressed, plan.interval_s, plan.max_stale_s)

    def of(self, subject: str) -> Line | None:
        """The sum of this month of one subject; None before its first probe."""
        self._turn_month()
        return self._lines.get(subject)

    def standings(self) -> tuple[Standing, ...]:
        """How each cap stands, that over all first."""
        self._turn_month()
        self._look()
        left_s = (month_end_ms(self._month_ms) - self._clock.now_ms()) / 1000
        return tuple(
            Standing(
                name=name,
                cap_usd=self._caps[name] / NANO,
                counted_usd=self._counted[name] / NANO,
                set_aside_usd=self._aside[name] / NANO,
                planned_usd=self._planned_usd_per_s(name) * left_s,
                refused=name in self._refused,
            )
            for name in sorted(self._caps)
        )

    def notes(self) -> list[str]:
        """A sentence for each cap."""
        return [note_of(each) for each in self.standings()]

    def _left(self, name: str) -> int:
        return self._caps[name] - self._counted[name] - self._aside[name]

    def _count(self, line: Line) -> None:
        for name in (provider_of(line.subject), _ALL):
            self._counted[name] += line.cost_nano_usd + line.assumed_nano_usd
        self._keep(line)

    def _keep(self, line: Line) -> None:
        known = self._lines.get(line.subject)
        self._lines[line.subject] = line if known is None else plus(known, line)

    def _turn_month(self) -> None:
        now_ms = month_start_ms(self._clock.now_ms())
        if now_ms > self._month_ms:
            self._month_ms = now_ms
            self._counted.clear()
            self._refused.clear()
            self._lines.clear()

    def _look(self) -> None:
        now_s = self._clock.monotonic_s()
        if now_s - self._looked_at_s < _LOOK_S:
            return
        self._looked_at_s = now_s
        self._turn_month()
        self._known = self._plans()
        left_s = (month_end_ms(self._month_ms) - self._clock.now_ms()) / 1000
        for name in self._caps:
            self._pressures[name] = pressure(self._planned_usd_per_s(name), self._left(name) / NANO, left_s)

    def _planned_usd_per_s(self, name: str) -> float:
        plans = self._known.values()
        return sum(self._usual_usd(plan) / plan.interval_s for plan in plans if name in (_ALL, provider_of(plan.key)))

    def _usual_usd(self, plan: Plan) -> float:
        """What a probe of the model costs as a rule: the mean of this month, before the first one the worst."""
        line = self._lines.get(plan.key)
        if line is None or not line.probes:
            return plan.worst_usd
        return (line.cost_nano_usd + line.assumed_nano_usd) / NANO / line.probes

    def _refusal(self, subject: str, probe: ProbeKind, short: str) -> Sample:
        whose = f"the budget of {short}" if short else "the budget"
        again = datetime.fromtimestamp(month_end_ms(self._month_ms) / 1000, tz=UTC).date()
        return Sample(
            model=subject,
            at_ms=self._clock.now_ms(),
            probe=probe,
            class_name="budget_exhausted",
            fault=Fault.MONITOR,
            message=f"{subject} was not asked: what is left of {whose} for this month would not pay for one more probe.",
            advice=f"Raise monthly_usd, probe less often, or wait: probing goes on by itself on {again}.",
        )
