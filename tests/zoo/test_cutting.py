import asyncio

import pytest

from statuspage.zoo.zoo import Zoo
from tests.zoo.asking import chat, client, get, raw

_CANARY = b"GET /canary HTTP/1.1\r\nHost: zoo\r\nConnection: close\r\n\r\n"


async def test_it_cuts_one_vendor_and_restores_it(zoo: Zoo) -> None:
    zoo.cut("moonshot")
    assert (await chat(zoo, "moonshot", "kimi-k3")).broken == "ReadError"
    assert (await get(zoo, "moonshot")).broken == "ReadError"
    assert (await get(zoo, "moonshot-cn")).status == 200
    zoo.restore("moonshot")
    assert (await get(zoo, "moonshot")).status == 200


async def test_it_cuts_everything_and_the_canary_with_it(zoo: Zoo) -> None:
    assert (await raw(zoo, _CANARY)).startswith(b"HTTP/1.1 204")
    zoo.cut()
    assert await raw(zoo, _CANARY) == b"!RESET"
    assert (await get(zoo, "openai")).broken == "ReadError"
    zoo.restore()
    assert (await raw(zoo, _CANARY)).startswith(b"HTTP/1.1 204")


async def test_it_cuts_the_canary_alone(zoo: Zoo) -> None:
    zoo.cut("canary")
    assert await raw(zoo, _CANARY) == b"!RESET"
    assert (await get(zoo, "openai")).status == 200


async def test_it_resets_answers_that_are_under_way(zoo: Zoo) -> None:
    asked = asyncio.create_task(chat(zoo, "moonshot", "fault-18"))
    while not zoo.asked:  # noqa: ASYNC110 - the zoo tells nobody when it begins to answer
        await asyncio.sleep(0)
    await asyncio.sleep(0.02)
    zoo.cut()
    assert (await asked).broken == "ReadError"


async def test_it_has_a_port_that_refuses_and_one_that_never_accepts(zoo: Zoo) -> None:
    refused = int(zoo.refused_url("openai").split(":")[2].split("/")[0])
    unreachable = int(zoo.unreachable_url("openai").split(":")[2].split("/")[0])
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", refused)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await asyncio.open_connection("127.0.0.1", unreachable)
    assert zoo.refused_url("groq").endswith("/groq/openai/v1")


async def test_it_takes_orders_over_http(zoo: Zoo) -> None:
    async with client() as asker:
        await asker.post(f"{zoo.origin}/_zoo", json={"models": "moonshot/*", "row": 21, "rate": 1.0})
        assert (await chat(zoo, "moonshot", "kimi-k3")).status == 429
        await asker.post(f"{zoo.origin}/_zoo", json={"calm": "all", "cut": "openai"})
        assert (await chat(zoo, "moonshot", "kimi-k3", max_tokens=16)).status == 200
        assert (await get(zoo, "openai")).broken == "ReadError"
        told = (await asker.post(f"{zoo.origin}/_zoo", json={"restore": "all"})).json()
        assert told["asked"]["moonshot/kimi-k3"] == 2
        assert told["urls"]["moonshot"] == zoo.url("moonshot")
        assert {"row": 21, "name": "engine_overloaded"}.items() <= told["rows"][
            [row["row"] for row in told["rows"]].index(21)
        ].items()
        for wrong in ({"row": "nonsense"}, {"rows": 1}, [1]):
            assert (await asker.post(f"{zoo.origin}/_zoo", json=wrong)).status_code == 400


async def test_it_frees_its_port_and_drops_clients_when_it_stops() -> None:
    async with Zoo() as zoo:
        port = zoo.port
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /canary HTTP/1.1\r\n\r\n")
        assert (await reader.readline()).startswith(b"HTTP/1.1 204")
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", port)
    async with asyncio.timeout(1):
        await reader.read()
    writer.close()
    async with Zoo(port=port) as again:
        assert again.port == port
