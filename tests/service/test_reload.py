"""A running service follows its configuration: real files, looked at when a test says so."""

from collections.abc import Sequence
from pathlib import Path

from structlog.testing import capture_logs

from statuspage.config.fleet import Config
from statuspage.config.load import Loaded, load
from statuspage.domain.errors import StorageError
from statuspage.domain.event import Event
from statuspage.service.reload import Reload
from tests.service.world import HandClock

KEY = "sk-zoo-0123456789abcdefPLANTED"
SPOKEN = "the configuration changed and cannot be used"


def text(*models: str, **more: str) -> str:
    lines = [f"{key}: {value}" for key, value in more.items()]
    return "\n".join([*lines, "providers:", f"  moonshot: {{api_key: file:key, models: [{', '.join(models)}]}}", ""])


class World:
    """A folder with a configuration and a key, and what has taken effect."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "statuspage.yml"
        self.key = folder / "key"
        self.key.write_text(KEY)
        if not self.path.is_symlink():
            self.path.write_text(text("kimi-k3"))
        self.writes: list[str] = []
        """What somebody else writes when the file has just been read."""
        self.took: list[Config] = []
        self.told: list[Event] = []
        self.fails: list[Exception] = []
        config = self._read().config
        assert config is not None
        self.reload = Reload(config, self._read, HandClock())

    def _read(self) -> Loaded:
        found = load(self.path, {})
        if self.writes:
            self.path.write_text(self.writes.pop())
        return found

    async def put(self, config: Config) -> None:
        if self.fails:
            raise self.fails.pop()
        self.took.append(config)

    async def tell(self, happened: Sequence[Event]) -> None:
        self.told += happened

    async def looks(self, times: int = 2) -> list[list[str]]:
        """The models of each configuration that has taken effect so far."""
        for _ in range(times):
            await self.reload.look(self)
        return [[model.id for model in config.models] for config in self.took]


async def test_what_does_not_change_has_no_effect(tmp_path: Path) -> None:
    world = World(tmp_path)
    assert await world.looks(5) == []
    world.path.write_text("# a comment\n" + text("kimi-k3"))
    assert await world.looks(5) == []


async def test_a_file_that_is_written_in_place_takes_effect_once(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.path.write_text(text("kimi-k3", "kimi-k2.6"))
    assert await world.looks(5) == [["kimi-k3", "kimi-k2.6"]]


async def test_a_file_that_is_replaced_takes_effect(tmp_path: Path) -> None:
    world = World(tmp_path)
    other = tmp_path / "statuspage.yml.tmp"
    other.write_text(text("kimi-k2.6"))
    other.replace(world.path)
    assert await world.looks() == [["kimi-k2.6"]]


async def test_a_link_that_is_turned_elsewhere_takes_effect(tmp_path: Path) -> None:
    for version, model in (("..1", "kimi-k3"), ("..2", "kimi-k2.6")):
        (tmp_path / version).mkdir()
        (tmp_path / version / "statuspage.yml").write_text(text(model))
    (tmp_path / "..data").symlink_to("..1")
    (tmp_path / "statuspage.yml").symlink_to("..data/statuspage.yml")
    world = World(tmp_path)
    assert await world.looks() == []
    (tmp_path / "..data_tmp").symlink_to("..2")
    (tmp_path / "..data_tmp").replace(tmp_path / "..data")
    assert await world.looks() == [["kimi-k2.6"]]


async def test_a_file_that_is_still_being_written_is_left_alone(tmp_path: Path) -> None:
    world = World(tmp_path)
    await world.looks()
    whole = text("kimi-k2.6")
    for end in range(0, len(whole), 20):
        world.path.write_text(whole[:end])
        await world.reload.look(world)
    assert (world.took, world.reload.problems) == ([], ())
    world.path.write_text(whole)
    assert await world.looks() == [["kimi-k2.6"]]


async def test_a_file_that_is_written_while_it_is_read_is_read_again(tmp_path: Path) -> None:
    world = World(tmp_path)
    await world.looks()
    world.path.write_text(text("kimi-k2.6"))
    await world.reload.look(world)

    world.writes = [text("kimi-k2.7-code")]
    assert await world.looks(1) == []
    assert await world.looks() == [["kimi-k2.7-code"]]


async def test_a_file_with_mistakes_has_no_effect_and_every_mistake_is_said_once(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.path.write_text(text("kimi-k3", "kimi-k2.6", retention="{samples: 5x}", sites="{}"))
    with capture_logs() as said:
        assert await world.looks(5) == []
    assert [line["path"] for line in said if "problem" in line] == ["retention.samples", "sites"]
    assert "2 problems" in world.reload.notes()[0]
    assert world.reload.notes()[0].startswith(SPOKEN)
    assert [detail.partition(":")[0] for detail in world.reload.details()] == ["retention.samples", "sites"]


async def test_what_is_mended_is_not_said_any_more(tmp_path: Path) -> None:
    world = World(tmp_path)
    for mended, effect in ((text("kimi-k3"), 0), (text("kimi-k2.6"), 1)):
        world.path.write_text("providers: [")
        await world.looks()
        assert world.reload.notes()
        world.path.write_text(mended)
        assert len(await world.looks()) == effect
        assert (world.reload.notes(), world.reload.details()) == ([], [])


async def test_the_operator_is_told_once_that_it_waits_and_once_that_it_does_not(tmp_path: Path) -> None:
    world = World(tmp_path)
    for content in (text("kimi-k3", sites="{}"), "providers: [", text("kimi-k2.6"), text("kimi-k3")):
        world.path.write_text(content)
        await world.looks()
    refused, accepted = world.told
    assert (refused.kind, refused.public, refused.facts["state"]) == ("configuration_refused", False, "wrong")
    assert "sites: " in refused.sentence
    assert (accepted.kind, accepted.public, accepted.facts["state"]) == ("configuration_accepted", False, "ok")


async def test_a_file_that_is_gone_leaves_everything_as_it_is(tmp_path: Path) -> None:
    world = World(tmp_path)
    await world.looks()
    world.path.unlink()
    assert await world.looks() == []
    assert "does not exist" in world.reload.details()[0]


async def test_another_database_is_refused_with_all_that_came_with_it(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.path.write_text(text("kimi-k2.6", database="sqlite+aiosqlite:///other.db"))
    assert await world.looks() == []
    assert "restart to change `database`" in world.reload.details()[0]


async def test_a_changed_key_takes_effect_and_is_never_said(tmp_path: Path) -> None:
    world = World(tmp_path)
    await world.looks()
    with capture_logs() as said:
        world.key.write_text(KEY + "2")
        await world.looks()
        world.key.unlink()
        await world.looks()
        world.key.write_text(KEY + "3")
        await world.looks()
    first, gone, last = (config.providers[0] for config in world.took)
    assert (first.api_key is not None and first.api_key.reveal()) == KEY + "2"
    assert gone.not_configured is not None
    assert (last.api_key is not None and last.api_key.reveal()) == KEY + "3"
    assert "PLANTED" not in repr(said)
    assert [line["path"] for line in said if "warning" in line] == ["providers.moonshot.api_key"]


async def test_who_asks_need_not_wait_for_a_second_look(tmp_path: Path) -> None:
    world = World(tmp_path)
    await world.looks()
    world.path.write_text(text("kimi-k2.6"))
    world.reload.ask()
    assert await world.looks(1) == [["kimi-k2.6"]]


async def test_a_database_that_is_away_is_waited_for(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.fails = [StorageError("The database is away.")]
    world.path.write_text(text("kimi-k2.6"))
    assert await world.looks(5) == [["kimi-k2.6"]]
    assert world.reload.notes() == []


async def test_what_breaks_on_our_side_is_said_and_not_tried_for_ever(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.fails = [RuntimeError("a bug")]
    world.path.write_text(text("kimi-k2.6"))
    with capture_logs() as said:
        assert await world.looks(9) == []
    assert "on our side" in world.reload.details()[0]
    assert [line["log_level"] for line in said if line.get("exc_info")] == ["error"]
    world.reload.ask()
    assert await world.looks(1) == [["kimi-k2.6"]]
