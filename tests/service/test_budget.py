"""A cap is never exceeded: not by probes at once, not over a month, not over a restart; and it slows before it stops."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec
import pytest

from statuspage.config.fleet import Config
from statuspage.domain.ledger import line_of, spent
from statuspage.domain.sample import Sample, Tokens
from statuspage.domain.spending import UNKNOWN_RATE, Most, Rate
from statuspage.domain.words import Fault, Kind, ProbeKind
from statuspage.service.budget import Budget, Plan
from statuspage.storage.memory import MemoryStore
from tests.service.world import HandClock, config, model, provider

KEY, OTHER = "moonshot/kimi-k3", "openrouter/kimi-k3"
NOVEMBER_MS = round(datetime(2026, 11, 1, tzinfo=UTC).timestamp() * 1000)
DAY_S = 86_400.0
RATE = Rate(input_usd=3.0, output_usd=15.0)
MOST = Most(input_tokens=64, output_tokens=16)
WORST_USD = RATE.of(64, 16)
USUAL = Tokens(input=15, output=16)
USUAL_USD = RATE.of(15, 16)


class Money:
    """A budget over a store, and a vendor that bills."""

    def __init__(self, settings: Config, store: MemoryStore | None = None, clock: HandClock | None = None) -> None:
        self.clock = clock or HandClock(NOVEMBER_MS)
        self.store = store or MemoryStore()
        self.plans: dict[str, Plan] = {}
        self.budget = Budget(settings, self.store, self.clock, self._plans)
        self.sent = 0
        self.most_under_way = 0
        self._under_way = 0

    def _plans(self) -> Mapping[str, Plan]:
        return self.plans

    async def ask(self, key: str = KEY, tokens: Tokens = USUAL, rate: Rate = RATE) -> Sample:
        """One probe, booked as the check flow does."""

        async def vendor() -> Sample:
            self.sent += 1
            self._under_way += 1
            self.most_under_way = max(self.most_under_way, self._under_way)
            await asyncio.sleep(0)
            self._under_way -= 1
            cost_usd = rate.of(tokens.input or 0, tokens.output or 0) if rate.known and tokens.input is not None else None
            return Sample(model=key, at_ms=self.clock.now_ms(), probe=ProbeKind.CHAT, class_name="ok", fault=Fault.NONE,
                          http_status=200, tokens=tokens, cost_usd=cost_usd)  # fmt: skip

        sample = await self.budget.spend(key, ProbeKind.CHAT, MOST, rate, vendor)
        await self.store.spend([line_of(sample)])
        self.budget.booked(sample)
        return sample

    async def counted_usd(self) -> float:
        return spent(await self.store.spendings(0, NOVEMBER_MS * 2)).counted_usd


def capped(monthly_usd: float | None = None, of_provider: float | None = None) -> Config:
    its_own = msgspec.structs.replace(provider(), monthly_usd=of_provider)
    models = (model(), model(provider="openrouter"))
    return config(models, (its_own, provider("openrouter", "openrouter")), monthly_usd=monthly_usd)


async def test_probes_at_once_cannot_exceed_the_cap_together() -> None:
    money = Money(capped(10.5 * WORST_USD))
    asked = await asyncio.gather(*(money.ask() for _ in range(50)))
    assert money.most_under_way == 10
    assert sum(sample.class_name == "ok" for sample in asked) == 10
    assert await money.counted_usd() <= 10.5 * WORST_USD


async def test_what_was_set_aside_and_not_used_is_free_again() -> None:
    money = Money(capped(10.5 * WORST_USD))
    while (await money.ask()).class_name == "ok":
        pass
    left = 10.5 * WORST_USD - await money.counted_usd()
    assert 0 <= left < WORST_USD
    assert money.sent > 10


async def test_a_refusal_is_ours_names_the_remedy_and_sends_nothing() -> None:
    money = Money(capped(WORST_USD / 2))
    sample = await money.ask()
    assert (sample.class_name, sample.fault, sample.cost_usd, money.sent) == ("budget_exhausted", Fault.MONITOR, None, 0)
    assert "2026-12-01" in (sample.advice or "")
    assert spent(await money.store.spendings(0, NOVEMBER_MS * 2)).probes == 0


async def test_a_month_of_probing_never_costs_more_than_a_dollar_and_slows_before_it_stops() -> None:
    """K3 at 5 minutes costs $2.46 a month: the cap is a dollar."""
    money = Money(capped(1.0))
    money.plans = {KEY: Plan(key=KEY, interval_s=300, max_stale_s=1000, worst_usd=WORST_USD)}
    asked_by_day: dict[int, int] = {}
    for round_number in range(30 * 288):
        money.clock.elapsed_s = round_number * 300.0
        if not money.budget.rests(KEY) and (await money.ask()).class_name == "ok":
            day = round_number // 288
            asked_by_day[day] = asked_by_day.get(day, 0) + 1
    counted = await money.counted_usd()
    assert 0.9 < counted <= 1.0
    assert len(asked_by_day) == 30, "it was watched to the month's end"
    assert max(asked_by_day.values()) < 288
    money.clock.elapsed_s = 30 * DAY_S
    assert (await money.ask()).class_name == "ok", "a new month begins by itself"


async def test_enough_money_slows_nothing() -> None:
    money = Money(capped(10.0))
    money.plans = {KEY: Plan(key=KEY, interval_s=300, max_stale_s=660, worst_usd=WORST_USD)}
    assert not any(money.budget.rests(KEY) for _ in range(50))
    assert not any(Money(capped()).budget.rests(KEY) for _ in range(50))


async def test_a_provider_has_a_cap_of_its_own() -> None:
    money = Money(capped(10.0, of_provider=1.5 * WORST_USD))
    while (await money.ask()).class_name == "ok":
        pass
    assert (await money.ask(OTHER)).class_name == "ok"
    whole, its_own = money.budget.standings()
    assert (whole.name, its_own.name) == ("", "moonshot")
    assert its_own.cap_usd == pytest.approx(1.5 * WORST_USD)
    assert whole.counted_usd > its_own.counted_usd


async def test_a_restart_remembers_what_was_spent() -> None:
    money = Money(capped(3.5 * WORST_USD))
    for _ in range(3):
        await money.ask()
    await money.budget.close()
    again = Money(capped(3.5 * WORST_USD), money.store, money.clock)
    await again.budget.load()
    assert again.budget.standings()[0].counted_usd == pytest.approx(3 * USUAL_USD)
    while (await again.ask()).class_name == "ok":
        pass
    assert await again.counted_usd() <= 3.5 * WORST_USD


async def test_a_kill_forgets_nothing_of_what_was_under_way() -> None:
    cap_usd = 300 * WORST_USD
    money = Money(capped(cap_usd))

    async def killed() -> Sample:
        raise KeyboardInterrupt

    for _ in range(5):
        with pytest.raises(KeyboardInterrupt):
            await money.budget.spend(KEY, ProbeKind.CHAT, MOST, RATE, killed)
    again = Money(capped(cap_usd), money.store, money.clock)
    await again.budget.load()
    counted = again.budget.standings()[0].counted_usd
    assert 5 * WORST_USD <= counted <= 5 * WORST_USD + cap_usd / 100 + 1e-9


async def test_an_end_in_order_gives_back_what_was_not_used() -> None:
    money = Money(capped(10.0))
    await money.ask()
    await money.budget.close()
    again = Money(capped(10.0), money.store, money.clock)
    await again.budget.load()
    assert again.budget.standings()[0].counted_usd == pytest.approx(USUAL_USD)


async def test_what_another_month_noted_is_over() -> None:
    money = Money(capped(10.0))
    await money.ask()
    money.clock.elapsed_s = 31 * DAY_S
    again = Money(capped(10.0), money.store, money.clock)
    await again.budget.load()
    assert again.budget.standings()[0].counted_usd == 0.0


async def test_a_model_without_a_price_is_never_free() -> None:
    worst_usd = UNKNOWN_RATE.of(64, 16)
    money = Money(capped(2.5 * worst_usd))
    sample = await money.ask(rate=UNKNOWN_RATE)
    assert sample.cost_usd is None
    assert sample.assumed_usd == pytest.approx(UNKNOWN_RATE.of(15, 16))
    assert (await money.ask(rate=UNKNOWN_RATE, tokens=Tokens())).assumed_usd == pytest.approx(worst_usd)
    assert money.budget.standings()[0].counted_usd == pytest.approx(UNKNOWN_RATE.of(15, 16) + worst_usd)


async def test_a_probe_that_used_more_than_expected_is_expected_to_do_so_again() -> None:
    money = Money(capped(1.0))
    await money.ask(tokens=Tokens(input=64, output=50_000))
    assert (await money.ask()).class_name == "budget_exhausted"


async def test_a_probe_that_cost_more_than_the_list_says_is_expected_to_do_so_again() -> None:
    money = Money(capped(1.0))

    async def dear() -> Sample:
        return Sample(model=KEY, at_ms=NOVEMBER_MS, probe=ProbeKind.CHAT, class_name="ok", fault=Fault.NONE, cost_usd=0.6)

    await money.budget.spend(KEY, ProbeKind.CHAT, MOST, RATE, dear)
    assert (await money.ask()).class_name == "budget_exhausted"


async def test_a_probe_that_was_given_up_counts_at_its_worst() -> None:
    money = Money(capped(10.0))

    async def for_ever() -> Sample:
        await asyncio.Event().wait()
        raise AssertionError

    task = asyncio.ensure_future(money.budget.spend(KEY, ProbeKind.CHAT, MOST, RATE, for_ever))
    await asyncio.sleep(0)
    assert money.budget.standings()[0].set_aside_usd == pytest.approx(WORST_USD)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    standing = money.budget.standings()[0]
    assert standing.set_aside_usd == 0.0
    assert standing.counted_usd == pytest.approx(WORST_USD)


async def test_what_clients_report_is_not_the_monitors_money() -> None:
    money = Money(capped(1.0))
    reported = Sample(model=KEY, at_ms=NOVEMBER_MS, probe=ProbeKind.CHAT, class_name="ok", fault=Fault.NONE, kind=Kind.PASSIVE,
                      tokens=USUAL, cost_usd=USUAL_USD)  # fmt: skip
    await money.store.spend([line_of(reported)])
    money.budget.booked(reported)
    await money.budget.load()
    assert money.budget.standings()[0].counted_usd == 0.0
    assert money.budget.of(KEY) is None


async def test_it_says_where_it_stands() -> None:
    money = Money(capped(25.0))
    money.plans = {KEY: Plan(key=KEY, interval_s=300, max_stale_s=660, worst_usd=WORST_USD)}
    await money.ask()
    assert money.budget.notes() == [
        "the budget: $0.0003 of $25.00 counted this month; $2.46 by its end at the configured cadence"
    ]
    assert Money(capped()).budget.notes() == []
