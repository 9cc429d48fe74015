"""Gated flags at work: steps are taken, told, and known after a restart."""

from pathlib import Path

import msgspec
import pytest

from statuspage.domain.uptime import uptime
from statuspage.domain.view import ModelView, PageView
from statuspage.domain.words import Status
from statuspage.service.flag_desk import FlagDesk
from statuspage.service.flags import Flags
from statuspage.service.rollouts import KIND, TOPIC, Rollouts
from statuspage.storage.flag_file import FlagFile
from statuspage.storage.memory import MemoryStore
from tests.render import world
from tests.service.world import HandClock

PAGE = world.page(3)
KEY = PAGE.models[1].key
GATE = {"gate_model": KEY, "gate_success_low": 0.99, "gate_hold": "1m"}
FLAG = {"state": "ENABLED", "variants": {"on": True, "off": False}, "defaultVariant": "off", "metadata": GATE}
USERS = [f"user-{number}" for number in range(200)]


class World:
    """A model, a flag that is gated on it, and what survives a restart."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock = HandClock()
        self.store = MemoryStore()
        self.page: PageView = PAGE
        self.book: list[tuple[str, str, str]] = []
        self.proven(2000, 0)
        self.start()

    def start(self) -> None:
        self.flags = Flags(FlagFile(self.path), self.clock)
        self.rollouts = Rollouts(self.flags, lambda: self.page, self.store, self.clock, self._audit)

    async def _audit(self, who: str, what: str, subject: str) -> None:
        self.book.append((who, what, subject))

    def proven(self, judged: int, failed: int, status: Status = Status.OPERATIONAL) -> None:
        model = PAGE.models[1]
        changed: ModelView = msgspec.structs.replace(
            model, status=status, uptime={**model.uptime, "7d": uptime(judged, failed, judged)}
        )
        self.page = msgspec.structs.replace(PAGE, models=(PAGE.models[0], changed, PAGE.models[2]))

    def write(self, **flags: object) -> None:
        self.path.write_bytes(msgspec.json.encode({"flags": flags}))
        self.flags.look()

    async def minutes(self, count: int) -> list[int]:
        """The share of users who are in, after each minute, in percent."""
        seen = []
        for _ in range(count):
            await self.rollouts.look()
            inside = sum(self.flags.steered(user).values["new"] is True for user in USERS)
            seen.append(round(inside * 100 / len(USERS)))
            await self.clock.sleep(60)
        return seen


@pytest.fixture
async def made(tmp_path: Path) -> World:
    found = World(tmp_path / "flags.json")
    found.write(new=FLAG)
    await found.rollouts.load()
    return found


def near(seen: list[int], *expected: int) -> bool:
    return len(seen) == len(expected) and all(abs(one - other) <= 6 for one, other in zip(seen, expected, strict=True))


async def test_users_are_let_in_by_steps_and_each_is_told(made: World) -> None:
    assert near(seen := await made.minutes(5), 0, 10, 50, 100, 100), seen
    told = [event for event in await made.store.told(0, 10) if event.kind == KIND]
    assert [(event.facts["from"], event.facts["to"]) for event in reversed(told)] == [("0", "10"), ("10", "50"), ("50", "100")]
    assert told[-1].sentence.startswith("The flag new goes from 0 % to 10 % of users: success 0.99")
    assert (told[0].subject, told[0].public) == (KEY, False)
    assert [subject for _, _, subject in made.book] == ["new"] * 3


async def test_nobody_is_let_in_before_the_gate_was_asked(made: World) -> None:
    dealt = {**FLAG, "targeting": {"fractional": [["on", 100], ["off", 0]]}}
    made.write(new=dealt)
    assert not any(made.flags.steered(user).values["new"] for user in USERS)


async def test_the_file_says_how_far_it_may_go(made: World) -> None:
    made.write(new={**FLAG, "targeting": {"fractional": [["on", 30], ["off", 70]]}})
    assert near(seen := await made.minutes(5), 0, 10, 30, 30, 30), seen


async def test_it_falls_when_the_bar_is_missed_and_holds_while_nothing_is_known(made: World) -> None:
    await made.minutes(3)
    made.proven(2000, 0, Status.NO_DATA)
    assert near(seen := await made.minutes(3), 50, 50, 50), seen
    made.proven(2000, 100)
    assert near(seen := await made.minutes(3), 10, 0, 0), seen


async def test_a_restart_goes_on_where_it_was(made: World) -> None:
    await made.minutes(3)
    made.start()
    made.flags.look()
    await made.rollouts.load()
    inside = sum(made.flags.steered(user).values["new"] is True for user in USERS)
    assert near([round(inside / 2)], 50)
    await made.store.note(TOPIC, "new", b"nonsense")
    made.start()
    made.flags.look()
    await made.rollouts.load()
    assert near(await made.minutes(1), 0)


async def test_the_kill_switch_lets_nobody_in_at_once(made: World) -> None:
    await made.minutes(3)
    desk = FlagDesk(made.flags.file, made.flags.look, made.rollouts.of)
    climb = desk.one("new").rollout
    assert climb is not None
    assert (climb.percent, climb.finding) == (50, "met")
    desk.set("new", state="off")
    assert made.flags.steered("user-1").values["new"] is None
    await made.minutes(1)
    assert (await made.store.told(0, 1))[0].sentence == "The flag new goes from 50 % to 0 % of users: switched off."
    desk.set("new", state="on")
    assert near(seen := await made.minutes(2), 0, 10), seen
    assert desk.one("new").told()["rollout"]["percent"] == 10


async def test_a_flag_that_is_gone_begins_anew_but_a_broken_file_takes_nothing_away(made: World) -> None:
    await made.minutes(3)
    made.path.write_bytes(b"{")
    made.flags.look()
    assert near(seen := await made.minutes(1), 100), seen
    made.write(other=FLAG)
    await made.rollouts.look()
    made.write(new=FLAG)
    assert near(seen := await made.minutes(1), 0), seen
