import pytest

from statuspage.zoo.fault import FaultError, fault_of_model, read_fault
from statuspage.zoo.rows.registry import ALL, NICKNAMES
from statuspage.zoo.zoo import Zoo
from tests.zoo.asking import chat, get


async def _statuses(zoo: Zoo, count: int, model: str = "kimi-k2.6", fault: str | None = None) -> list[int]:
    return [(await chat(zoo, "moonshot", model, fault=fault)).status for _ in range(count)]


async def test_it_plays_the_row_of_a_header(zoo: Zoo) -> None:
    assert await _statuses(zoo, 2, fault="21") == [429, 429]
    assert await _statuses(zoo, 1) == [200]


async def test_it_fails_the_first_requests_that_carry_a_header_with_times(zoo: Zoo) -> None:
    assert await _statuses(zoo, 4, fault="55;times=2") == [500, 500, 200, 200]
    assert await _statuses(zoo, 1, model="kimi-k3", fault="55;times=2") == [500]
    assert await _statuses(zoo, 1, fault="55;times=1") == [500]


async def test_it_counts_times_for_a_model_id_too(zoo: Zoo) -> None:
    assert await _statuses(zoo, 3, model="fault-55;times=1") == [500, 200, 200]


@pytest.mark.parametrize("name", ["21", "engine_overloaded", "overloaded", "fault"])
async def test_it_knows_rows_by_number_class_and_nickname(zoo: Zoo, name: str) -> None:
    answered = await chat(zoo, "moonshot", f"fault-{name}")
    assert answered.status == (501 if name == "fault" else 429)


async def test_it_finds_the_fault_behind_a_vendors_path(zoo: Zoo) -> None:
    assert (await chat(zoo, "openrouter", "moonshotai/fault-36")).status == 429
    assert fault_of_model("accounts/fireworks/models/fault-21") == "21"
    assert fault_of_model("kimi-k3") is None


async def test_it_says_what_it_cannot_play(zoo: Zoo) -> None:
    for name, word in (
        ("1", "does not exist"),
        ("7", "--tls"),
        ("99", "official_status"),
        ("111", "no failure row"),
        ("engine_overload", "engine_overloaded"),
    ):
        answered = await chat(zoo, "moonshot", f"fault-{name}")
        assert answered.status == 501
        assert word in answered.error["message"]


@pytest.mark.parametrize("text", ["21;times=x", "21;wait=5", "21;often=2", "", "21;times=²"])
def test_it_refuses_a_fault_that_is_none(text: str) -> None:
    with pytest.raises(FaultError):
        read_fault(text)


def test_every_nickname_leads_to_a_row() -> None:
    assert all(read_fault(name).row in ALL for name in NICKNAMES)
    assert len({row.name for row in ALL}) == len(ALL)
    assert not set(NICKNAMES) & {row.label for row in ALL}


def test_it_plays_or_explains_every_row_that_a_server_can_meet() -> None:
    numbers = {row.number for row in ALL if row.number}
    assert set(range(1, 87)) <= numbers
    assert all((row.play is None) is (row.instead is not None) for row in ALL)


async def test_it_plays_and_calms(zoo: Zoo) -> None:
    zoo.play("moonshot/kimi-k2.*", "engine_overloaded")
    assert await _statuses(zoo, 2) == [429, 429]
    assert await _statuses(zoo, 1, model="kimi-k3") == [200]
    zoo.calm("moonshot/kimi-k3")
    assert await _statuses(zoo, 1) == [429]
    zoo.calm("moonshot/kimi-k2.*")
    assert await _statuses(zoo, 1) == [200]


async def test_the_latest_play_counts_and_a_header_counts_more(zoo: Zoo) -> None:
    zoo.play("all", 55)
    zoo.play("moonshot/*", 56)
    assert await _statuses(zoo, 1) == [502]
    assert await _statuses(zoo, 1, fault="21") == [429]
    zoo.calm()
    assert await _statuses(zoo, 1) == [200]


async def test_it_plays_times_for_a_played_row_and_begins_anew_with_the_next_play(zoo: Zoo) -> None:
    for _ in range(2):
        zoo.play("moonshot/*", "55;times=1")
        assert await _statuses(zoo, 2) == [500, 200]
        zoo.calm()


async def test_it_strikes_a_share_of_requests_the_same_for_the_same_seed() -> None:
    async def story(seed: int) -> list[int]:
        async with Zoo(seed=seed) as zoo:
            zoo.play("moonshot/*", 55, rate=0.4)
            return await _statuses(zoo, 40)

    first, again, other = await story(7), await story(7), await story(8)
    assert first == again
    assert first != other
    assert 6 <= first.count(500) <= 26


async def test_a_row_reaches_the_list_where_the_whole_vendor_is_concerned(zoo: Zoo) -> None:
    zoo.play("moonshot/*", 21)
    assert (await get(zoo, "moonshot")).status == 200
    zoo.play("moonshot/*", 39)
    assert (await get(zoo, "moonshot")).status == 401
    zoo.calm()
    zoo.play("moonshot/*", 97)
    assert ((await get(zoo, "moonshot")).status, await _statuses(zoo, 1)) == (500, [200])


async def test_a_row_reaches_the_list_alone_where_it_is_named(zoo: Zoo) -> None:
    zoo.play("moonshot/@models", 21)
    assert ((await get(zoo, "moonshot")).status, await _statuses(zoo, 1)) == (429, [200])
    assert (await get(zoo, "openai", fault="63")).text.startswith("<!doctype html>")


async def test_it_counts_requests_by_prefix_and_by_model(zoo: Zoo) -> None:
    await _statuses(zoo, 2)
    await get(zoo, "openai")
    assert zoo.requests == {"moonshot": 2, "openai": 1}
    assert zoo.asked == {"moonshot/kimi-k2.6": 2, "openai/@models": 1}
