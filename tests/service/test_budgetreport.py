"""The operator hears of money in time, and once."""

import pytest

from statuspage.domain.thrift import Stage, Standing, stage_of, told_of
from statuspage.service.budget import Plan
from statuspage.service.budgetreport import BudgetReport
from tests.service.test_budget import DAY_S, KEY, WORST_USD, Money, capped


def standing(**more: float | bool) -> Standing:
    known = {"cap_usd": 10.0, "counted_usd": 1.0, "set_aside_usd": 0.0, "planned_usd": 5.0, **more}
    return Standing(name="", **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(("more", "stage"), [
    ({}, Stage.WELL),
    ({"planned_usd": 9.1}, Stage.TIGHT),
    ({"counted_usd": 8.0, "planned_usd": 0.0}, Stage.MOST),
    ({"counted_usd": 9.99, "refused": True}, Stage.USED_UP),
])  # fmt: skip
def test_a_cap_has_a_stage(more: dict[str, float | bool], stage: Stage) -> None:
    assert stage_of(standing(**more)) is stage


@pytest.mark.parametrize("stage", [Stage.TIGHT, Stage.MOST, Stage.USED_UP])
def test_every_stage_says_the_remedy(stage: Stage) -> None:
    said = told_of(standing(), stage)
    assert said.startswith("The budget ")
    assert "monthly_usd" in said
    assert said.endswith(".")


async def test_each_stage_is_told_once_a_month_and_not_again_after_a_restart() -> None:
    money = Money(capped(20 * WORST_USD))
    money.plans = {KEY: Plan(key=KEY, interval_s=300, max_stale_s=660, worst_usd=WORST_USD)}
    report = BudgetReport(money.budget, money.store, money.clock)

    async def told() -> list[str]:
        await report.turn()
        return [event.facts["state"] for event in await money.store.told(0, 100)][::-1]

    assert await told() == ["tight"]
    assert await told() == ["tight"]
    while money.budget.standings()[0].counted_usd < 16 * WORST_USD:
        await money.ask()
    assert await told() == ["tight", "most"]
    while (await money.ask()).class_name == "ok":
        pass
    report = BudgetReport(money.budget, money.store, money.clock)
    assert await told() == ["tight", "most", "used_up"]
    report = BudgetReport(money.budget, money.store, money.clock)
    assert await told() == ["tight", "most", "used_up"]
    money.clock.elapsed_s = 31 * DAY_S
    assert await told() == ["tight", "most", "used_up", "tight"]


async def test_without_a_cap_nothing_is_told() -> None:
    money = Money(capped())
    await money.ask()
    await BudgetReport(money.budget, money.store, money.clock).turn()
    assert await money.store.told(0, 10) == ()
