import json

from statuspage.zoo.zoo import Zoo
from tests.zoo.asking import raw

_CANARY = b"GET /canary HTTP/1.1\r\nHost: zoo\r\n\r\n"


def _chat(body: bytes, headers: bytes) -> bytes:
    return b"POST /openai-compatible/v1/chat/completions HTTP/1.1\r\nHost: zoo\r\n" + headers + b"\r\n\r\n" + body


async def test_it_serves_pipelined_requests_of_one_connection_in_order(zoo: Zoo) -> None:
    closing = b"GET /nobody HTTP/1.1\r\nHost: zoo\r\nConnection: close\r\n\r\n"
    answer = await raw(zoo, _CANARY * 2 + closing)
    assert answer.count(b"HTTP/1.1 204") == 2
    assert answer.index(b"204") < answer.index(b"404")


async def test_it_keeps_the_connection_until_the_client_asks_to_close(zoo: Zoo) -> None:
    kept = await raw(zoo, _CANARY, until_s=0.15)
    assert kept.startswith(b"HTTP/1.1 204")
    assert zoo.requests["canary"] == 1


async def test_it_reads_a_chunked_request_body(zoo: Zoo) -> None:
    body = json.dumps({"model": "local-model", "messages": [{"role": "user", "content": "hi"}]}).encode()
    chunked = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (10, body[:10], len(body) - 10, body[10:])
    answer = await raw(zoo, _chat(chunked, b"Transfer-Encoding: chunked\r\nConnection: close"))
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"chat.completion" in answer


async def test_it_waits_for_a_body_that_comes_in_pieces(zoo: Zoo) -> None:
    answer = await raw(zoo, _chat(b'{"mod', b"Content-Length: 50"), until_s=0.1)
    assert answer == b""


async def test_it_refuses_what_is_not_http(zoo: Zoo) -> None:
    assert (await raw(zoo, b"hello there\r\n\r\n")).startswith(b"HTTP/1.1 400")
    assert (await raw(zoo, b"GET / HTTP/1.1\r\nno colon\r\n\r\n")).startswith(b"HTTP/1.1 400")
    assert (await raw(zoo, _chat(b"", b"Content-Length: -1"))).startswith(b"HTTP/1.1 400")
    assert (await raw(zoo, _chat(b"zz\r\n", b"Transfer-Encoding: chunked"))).startswith(b"HTTP/1.1 400")


async def test_it_bounds_headers_and_bodies(zoo: Zoo) -> None:
    assert (await raw(zoo, b"GET / HTTP/1.1\r\nX: " + b"a" * 70_000)).startswith(b"HTTP/1.1 431")
    assert (await raw(zoo, _chat(b"", b"Content-Length: 99999999"))).startswith(b"HTTP/1.1 413")


async def test_it_names_its_vendors_for_an_unknown_prefix(zoo: Zoo) -> None:
    answer = await raw(zoo, b"GET /nobody/v1/models HTTP/1.1\r\nConnection: close\r\n\r\n")
    assert b"moonshot-cn" in answer
