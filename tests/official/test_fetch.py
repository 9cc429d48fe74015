"""How pages are asked for: conditionally, bounded, once a minute per host, never at a private address unless allowed."""

import asyncio

import pytest

from statuspage.domain.official import Validators
from statuspage.official.fetch import MAX_BYTES, FetchError
from tests.official.servers import Asked, fetcher, page
from tests.wire import response
from tests.zoo.conftest import HandClock


async def test_it_names_itself_and_where_to_find_us(clock: HandClock) -> None:
    async with page(lambda _: response(200, "{}")) as server:
        await fetcher(clock).get(server.url)
    assert server.asked[0].headers["user-agent"].startswith("statuspage/")
    assert server.asked[0].headers["user-agent"].endswith("(+https://kimi.example)")


async def test_it_repeats_both_validators_and_takes_a_304(clock: HandClock) -> None:
    def answer(asked: Asked) -> bytes:
        known = asked.headers.get("if-none-match") == '"a"' and asked.headers.get("if-modified-since") == "yesterday"
        return response(304 if known else 200, b"" if known else b"{}", etag='"a"', last_modified="yesterday")

    async with page(answer) as server:
        ours = fetcher(clock)
        first = await ours.get(server.url)
        again = await ours.get(server.url, first.validators)
    assert (first.status, first.validators) == (200, Validators(etag='"a"', last_modified="yesterday"))
    assert (again.status, again.body) == (304, b"")


async def test_one_host_is_asked_at_most_once_a_minute(clock: HandClock) -> None:
    at = []
    async with page(lambda _: response(200, "{}")) as server, page(lambda _: response(200, "{}")) as other:
        ours = fetcher(clock)
        for url in (server.url, f"{server.url}/b", other.url, f"{server.url}/c"):
            await ours.get(url)
            at.append(clock.elapsed_s)
    assert at == [0, 60, 60, 120]


async def test_turns_are_kept_among_askers_that_come_together(clock: HandClock) -> None:
    at = []
    async with page(lambda _: response(200, "{}")) as server:
        ours = fetcher(clock)

        async def ask() -> None:
            await ours.get(server.url)
            at.append(clock.elapsed_s)

        await asyncio.gather(*(ask() for _ in range(3)))
    assert clock.elapsed_s >= 120
    assert len(server.asked) == 3


async def test_a_body_beyond_the_bound_is_refused(clock: HandClock) -> None:
    async with page(lambda _: response(200, b"x" * (MAX_BYTES + 1))) as server:
        with pytest.raises(FetchError, match="exceeds 2048 KiB"):
            await fetcher(clock).get(server.url)


async def test_a_body_that_is_cut_is_refused(clock: HandClock) -> None:
    async with page(lambda _: b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{}") as server:
        with pytest.raises(FetchError):
            await fetcher(clock).get(server.url)


async def test_it_follows_three_redirects_and_no_fourth(clock: HandClock) -> None:
    def answer(asked: Asked) -> bytes:
        hop = int(asked.path.strip("/") or 0)
        return response(200, "{}") if hop == end else response(302, "", location=f"/{hop + 1}")

    async with page(answer) as server:
        end = 3
        assert (await fetcher(clock).get(server.url)).url == f"{server.url}/3"
        end = 4
        with pytest.raises(FetchError, match="more than 3 times"):
            await fetcher(clock).get(server.url)


async def test_validators_do_not_follow_a_redirect(clock: HandClock) -> None:
    def answer(asked: Asked) -> bytes:
        return response(200, "{}") if asked.path == "/b" else response(301, "", location="/b")

    async with page(answer) as server:
        await fetcher(clock).get(server.url, Validators(etag='"a"'))
    assert ["if-none-match" in each.headers for each in server.asked] == [True, False]


async def test_a_private_address_is_refused_unless_allowed(clock: HandClock) -> None:
    async with page(lambda _: response(200, "{}")) as server:
        with pytest.raises(FetchError, match="loopback"):
            await fetcher(clock, allow_private=False).get(server.url)
    assert server.asked == []


@pytest.mark.parametrize("target", ["http://[::1", "file:///etc/passwd", "", "ftp://a.example/"])
async def test_a_redirect_to_where_nobody_may_go_is_refused(clock: HandClock, target: str) -> None:
    async with page(lambda _: response(302, "", location=target)) as server:
        with pytest.raises(FetchError):
            await asyncio.wait_for(fetcher(clock).get(server.url), 5)
    assert len(server.asked) <= 4


async def test_a_host_that_is_not_there_is_an_error_in_words(clock: HandClock, free_port: int) -> None:
    with pytest.raises(FetchError, match="refused"):
        await fetcher(clock).get(f"http://127.0.0.1:{free_port}/")


async def test_a_validator_that_cannot_be_sent_back_is_forgotten(clock: HandClock) -> None:
    async with page(lambda _: b'HTTP/1.1 200 OK\r\nETag: "\xe9"\r\nContent-Length: 2\r\n\r\n{}') as server:
        assert (await fetcher(clock).get(server.url)).validators == Validators()
