"""Accounts at work: simulated vendors, a real database, a clock moved by hand."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from statuspage.app.asking import Asking
from statuspage.app.one_round import one_round
from statuspage.config.fleet import Config
from statuspage.config.load import load_text
from statuspage.domain.balance import Balance
from statuspage.domain.classes import CLASSES
from statuspage.domain.event import Event
from statuspage.domain.keyslots import SlotState
from statuspage.domain.sample import Sample
from statuspage.domain.words import ProbeKind
from statuspage.service.accounts import TOPIC, Accounts
from statuspage.service.clock import SystemClock
from statuspage.service.seats import AccountLimit, Seats
from statuspage.storage.migrate import migrate
from statuspage.storage.store import SqlStore
from statuspage.zoo.zoo import Zoo
from tests.zoo.conftest import HandClock

HOUR_S = 3600.0
MODELS = ("kimi-k2.6", "kimi-k3", "kimi-k3.1-pro")


class House:
    """Everything between the check flow and the vendors."""

    def __init__(self, config: Config, store: SqlStore, clock: HandClock) -> None:
        limits = [AccountLimit(provider=each.name) for each in config.providers]
        seats = Seats(limits, 50, clock)
        self.clock = clock
        self.store = store
        self.asking = Asking(config, clock, store, seats)
        self.accounts = Accounts(
            config=config, slots=self.asking.slots, ask_with=self.asking.with_slot, seats=seats, store=store, clock=clock
        )
        self.asking.settled = self.accounts.settled

    async def classes(self, *keys: str) -> list[str]:
        return [(await self.asking.probe(key, ProbeKind.CHAT)).class_name for key in keys]

    async def pass_time(self, seconds: float) -> None:
        self.clock.advance(seconds)
        await self.accounts.turn()

    def states(self, provider: str = "moonshot") -> list[SlotState]:
        return [slot.state for slot in self.asking.slots.slots(provider)]

    async def told(self) -> list[Event]:
        await self.accounts.turn()
        return list(reversed(await self.store.told(0, 100)))


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "statuspage.db"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
async def zoo() -> AsyncIterator[Zoo]:
    async with Zoo() as opened:
        yield opened


def config_of(zoo: Zoo, directory: Path, environ: dict[str, str], **providers: str) -> Config:
    """A provider of each name, whose `api_key` is that YAML."""
    lines = ["probing: {allow_private_networks: true, timeout: 5s}", "providers:"]
    for name, references in providers.items():
        vendor = name.split("_")[0]
        lines += [f"  {name}:", f"    vendor: {vendor}", f"    base_url: {zoo.url(vendor)}", f"    api_key: {references}"]
        lines += ["    models: [" + ", ".join(MODELS if vendor == "moonshot" else ("some-model",)) + "]"]
    loaded = load_text("\n".join(lines), directory / "statuspage.yml", environ)
    assert loaded.config is not None, loaded.problems
    return loaded.config


class Open:
    """Opens the house on one database, again and again."""

    def __init__(self, zoo: Zoo, directory: Path) -> None:
        self._zoo = zoo
        self._directory = directory

    @asynccontextmanager
    async def __call__(self, environ: dict[str, str], clock: HandClock | None = None, **providers: str) -> AsyncIterator[House]:
        store = SqlStore(f"sqlite+aiosqlite:///{self._directory / 'statuspage.db'}", gather_s=0)
        await store.open()
        try:
            opened = House(config_of(self._zoo, self._directory, environ, **providers), store, clock or HandClock())
            await opened.accounts.load()
            yield opened
        finally:
            await store.close()


@pytest.fixture
def house(zoo: Zoo, tmp_path: Path, migrated: Path) -> Open:
    shutil.copy(migrated, tmp_path)
    return Open(zoo, tmp_path)


KEYS = [f"moonshot/{model}" for model in MODELS]
ALIVE = ["ok", "reasoning_only", "reasoning_only"]
TWO = {"A": "sk-invalid-secret-aaaaaaaaaaaa", "B": "sk-good-secret-bbbbbbbbbbbbbb"}


async def test_an_invalid_key_is_named_disabled_and_not_asked_with_again(house: Open, zoo: Zoo) -> None:
    async with house(TWO, moonshot="[env:A, env:B]") as here:
        assert await here.classes(*KEYS) == ALIVE
        assert here.states() == [SlotState.INVALID, SlotState.ACTIVE]
        told = await here.told()
        assert here.states() == [SlotState.DISABLED, SlotState.ACTIVE]
        asked = zoo.asked.total()
        assert await here.classes(*KEYS) == ALIVE
        assert zoo.asked.total() == asked + 3
    (event,) = told
    assert (event.kind, event.subject, event.public, event.facts["key"]) == ("key", "moonshot", False, "env:A")
    assert "env:A is used no more" in event.sentence


async def test_no_key_reaches_a_note_or_an_event(house: Open) -> None:
    async with house(TWO, moonshot="[env:A, env:B]") as here:
        await here.classes(*KEYS)
        events = await here.told()
        await here.pass_time(HOUR_S)
        kept = b"".join((await here.store.noted(TOPIC)).values()) + "".join(map(str, events)).encode()
    assert b"env:A" in kept
    assert b"secret" not in kept


async def test_what_is_known_of_keys_and_money_survives_a_restart(house: Open, zoo: Zoo) -> None:
    clock = HandClock()
    async with house(TWO, clock, moonshot="[env:A, env:B]") as here:
        await here.classes(*KEYS)
        await here.pass_time(10)
    async with house(TWO, clock, moonshot="[env:A, env:B]") as here:
        assert here.states() == [SlotState.DISABLED, SlotState.ACTIVE]
        assert here.accounts.purse("moonshot", "env:B").balance.available == 48.63


async def test_a_replaced_key_comes_back_by_itself(house: Open) -> None:
    clock = HandClock()
    async with house(TWO, clock, moonshot="[env:A, env:B]") as here:
        await here.classes(*KEYS)
        await here.told()
    async with house({**TWO, "A": "sk-fresh-1"}, clock, moonshot="[env:A, env:B]") as here:
        assert here.states()[0] is SlotState.DISABLED
        await here.pass_time(10)
        assert here.states()[0] is SlotState.ACTIVE
        assert [event.facts["state"] for event in await here.told()] == ["disabled", "active"]


def _full_purse() -> Sample:
    fault, balance = CLASSES["ok"].fault, Balance(available=5.0)
    return Sample(model="moonshot", at_ms=0, probe=ProbeKind.BALANCE, class_name="ok", fault=fault, balance=balance)


async def test_an_exhausted_key_gives_way_and_returns_with_its_balance(house: Open) -> None:
    async with house({"A": "sk-broke-1", "B": "sk-2"}, moonshot="[env:A, env:B]") as here:
        assert await here.classes(KEYS[0]) == ["ok"]
        assert here.states() == [SlotState.EXHAUSTED, SlotState.ACTIVE]
        states = [(event.kind, event.facts["state"]) for event in await here.told()]
        assert states == [("key", "exhausted"), ("balance", "empty")]
        await here.pass_time(24 * HOUR_S + 1)
        assert here.asking.slots.choose("moonshot") == 1
        zoo_says = here.asking.slots.saw("moonshot", 0, _full_purse())
        assert zoo_says.class_name == "ok"
        assert here.asking.slots.choose("moonshot") == 0


async def test_a_whole_account_without_money_is_one_story(house: Open) -> None:
    async with house({"A": "sk-broke-1"}, moonshot="env:A") as here:
        assert await here.classes(*KEYS, *KEYS) == ["quota_exhausted"] * 6
        events = [event for event in await here.told() if event.kind == "account"]
        assert [(event.facts["state"], event.facts["class"], event.facts["key"]) for event in events] == [
            ("opened", "quota_exhausted", "env:A")
        ]
        assert len(here.accounts.causes("moonshot")["quota_exhausted"].models) == 3


async def test_a_refusal_for_money_is_checked_against_the_balance_at_once(house: Open, zoo: Zoo) -> None:
    async with house({"A": "sk-1"}, moonshot="env:A") as here:
        zoo.play("moonshot/kimi-k3", 22)
        before = zoo.asked["moonshot/@balance"]
        assert await here.classes(KEYS[1]) == ["quota_exhausted"]
        assert here.states() == [SlotState.EXHAUSTED]
        events = await here.told()
        assert zoo.asked["moonshot/@balance"] == before + 1
        assert here.states() == [SlotState.ACTIVE]
        assert [event.facts["state"] for event in events if event.kind == "key"] == ["contradicted"]
        again = await here.asking.probe(KEYS[1], ProbeKind.CHAT)
        assert (again.class_name, again.confident) == ("quota_exhausted", False)
        await here.accounts.turn()
        assert zoo.asked["moonshot/@balance"] == before + 1
        await here.pass_time(61)
        assert zoo.asked["moonshot/@balance"] == before + 2


async def test_a_429_whose_words_and_type_disagree_is_checked_too(house: Open, zoo: Zoo) -> None:
    async with house({"A": "sk-1"}, moonshot="env:A") as here:
        await here.pass_time(10)
        here.clock.advance(61)
        fault = CLASSES["rate_limited"].fault
        unclear = Sample(
            model=KEYS[0], at_ms=0, probe=ProbeKind.CHAT, class_name="rate_limited", fault=fault, http_status=429, confident=False
        )
        before = zoo.asked["moonshot/@balance"]
        here.asking.slots.saw("moonshot", 0, unclear)
        await here.accounts.turn()
        assert zoo.asked["moonshot/@balance"] == before + 1


async def test_balances_are_asked_each_hour(house: Open, zoo: Zoo) -> None:
    async with house({"A": "sk-1", "D": "sk-2"}, moonshot="env:A", deepseek="env:D") as here:
        await here.pass_time(10)
        await here.pass_time(HOUR_S / 2)
        assert (zoo.asked["moonshot/@balance"], zoo.asked["deepseek/@balance"]) == (1, 1)
        await here.pass_time(HOUR_S / 2 + 1)
        assert (zoo.asked["moonshot/@balance"], zoo.asked["deepseek/@balance"]) == (2, 2)


async def test_one_revoked_key_is_ours_and_two_at_once_the_vendors(house: Open, zoo: Zoo) -> None:
    async with house({"A": "sk-1", "B": "sk-2"}, moonshot="env:A", moonshot_b="env:B") as here:
        both = [KEYS[0], "moonshot_b/kimi-k2.6"]
        assert await here.classes(*both) == ["ok", "ok"]
        zoo.play("moonshot/kimi-k2.6", 39)
        here.clock.advance(60)
        assert await here.classes(*both) == ["invalid_key", "auth_outage"]
        assert await here.classes(*both) == ["auth_outage"] * 2
        zoo.calm()
        assert await here.classes(*both) == ["ok", "ok"]
        assert here.states() == [SlotState.ACTIVE]


async def test_keys_of_one_account_that_are_revoked_together_accuse_nobody(house: Open, zoo: Zoo) -> None:
    async with house({"A": "sk-1", "B": "sk-2"}, moonshot="[env:A, env:B]", moonshot_b="[env:B, env:A]") as here:
        both = [KEYS[0], "moonshot_b/kimi-k2.6"]
        await here.classes(*both)
        await here.pass_time(10)
        zoo.play("moonshot/*", 39)
        assert await here.classes(*both, *both) == ["invalid_key"] * 4


async def test_two_keys_that_never_worked_are_no_outage(house: Open) -> None:
    keys = {"A": "sk-invalid-1", "B": "sk-invalid-2"}
    async with house(keys, moonshot="[env:A, env:B]") as here:
        assert await here.classes(*KEYS, *KEYS) == ["invalid_key"] * 6


async def test_a_key_that_will_expire_is_told_once(house: Open, zoo: Zoo) -> None:
    zoo.play("openrouter/@balance", 88)
    async with house({"A": "sk-1"}, HandClock(SystemClock().now_ms()), openrouter="env:A") as here:
        for _ in range(3):
            await here.pass_time(HOUR_S + 1)
        (event,) = await here.told()
    assert (event.kind, event.facts["state"], event.public) == ("balance", "key_expires", False)
    assert "expires on" in event.sentence


async def test_a_balance_that_will_not_last_is_told_once(house: Open, zoo: Zoo) -> None:
    async with house({"A": "sk-1"}, moonshot="env:A") as here:
        for _ in range(8):
            await here.pass_time(HOUR_S + 1)
        zoo.play("moonshot/@balance", 87)
        for _ in range(3):
            await here.pass_time(HOUR_S + 1)
        (event,) = await here.told()
        assert event.facts["state"] == "low"
        days = here.accounts.purse("moonshot", "env:A").days_left
        assert days is not None
        assert days < 7


async def test_a_balance_that_cannot_be_read_stays_what_it_was(house: Open, zoo: Zoo) -> None:
    async with house({"A": "sk-1"}, moonshot="env:A") as here:
        await here.pass_time(10)
        zoo.cut("moonshot")
        await here.pass_time(HOUR_S + 1)
        assert here.accounts.purse("moonshot", "env:A").balance.available == 48.63
        assert here.states() == [SlotState.ACTIVE]
        assert await here.told() == []


async def test_a_note_that_cannot_be_read_is_left_behind(house: Open) -> None:
    clock = HandClock()
    async with house({"A": "sk-1"}, clock, moonshot="env:A") as here:
        await here.store.note(TOPIC, "moonshot", b"{oops")
    async with house({"A": "sk-1"}, clock, moonshot="env:A") as here:
        assert here.states() == [SlotState.ACTIVE]


async def test_a_server_without_a_key_has_no_slot_and_is_asked(house: Open, zoo: Zoo, tmp_path: Path) -> None:
    url = zoo.url("openai-compatible")
    own = f"own: {{vendor: openai-compatible, base_url: '{url}', models: [m]}}"
    text = f"probing: {{allow_private_networks: true}}\nproviders:\n  {own}\n"
    config = load_text(text, tmp_path / "statuspage.yml", {}).config
    assert config is not None
    async with house({"A": "sk-1"}, moonshot="env:A") as here:
        keyless = House(config, here.store, here.clock)
        await keyless.accounts.load()
        assert await keyless.classes("own/m") == ["ok"]
        assert keyless.states("own") == []
        await keyless.pass_time(HOUR_S)
        assert zoo.asked["openai-compatible/@models"] == 0


async def test_it_works_by_itself(house: Open) -> None:
    async with house(TWO, moonshot="[env:A, env:B]") as here:
        at_work = asyncio.ensure_future(here.accounts.run())
        try:
            await here.classes(*KEYS)
            async with asyncio.timeout(10):
                while here.states()[0] is not SlotState.DISABLED or not await here.store.told(0, 9):  # noqa: ASYNC110 - a database has no event
                    await asyncio.sleep(0.01)
        finally:
            at_work.cancel()
            await asyncio.gather(at_work, return_exceptions=True)


async def test_a_round_without_history_says_which_key_was_refused(zoo: Zoo, tmp_path: Path) -> None:
    config = config_of(zoo, tmp_path, TWO, moonshot="[env:A, env:B]")
    (sample,) = [each async for each in one_round(config, [(KEYS[0], ProbeKind.CHAT)], confirm=False)]
    assert (sample.class_name, sample.attempts) == ("ok", 2)
    assert sample.message == "env:A: our key is invalid; env:B was used instead."


async def test_another_key_is_not_tried_faster_than_the_accounts_pace(zoo: Zoo, tmp_path: Path) -> None:
    config = config_of(zoo, tmp_path, TWO, moonshot="[env:A, env:B]")
    clock = HandClock()
    seats = Seats([AccountLimit(provider="moonshot", rpm=3)], 50, clock)
    asking = Asking(config, clock, None, seats)
    async with seats.take("moonshot"):
        assert (await asking.probe(KEYS[0], ProbeKind.CHAT)).class_name == "invalid_key"
    assert zoo.asked[KEYS[0]] == 1
    async with seats.take("moonshot"):
        assert (await asking.probe(KEYS[0], ProbeKind.CHAT)).class_name == "ok"
