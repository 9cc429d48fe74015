"""How each way of breaking on the wire is named, against real servers on loopback."""

import asyncio
import gzip
import ssl
import time
import zlib
from pathlib import Path

import httpx
import pytest

from statuspage.domain.words import Phase
from statuspage.outbound.client import Call, Outbound
from statuspage.outbound.failures import TransportFailure, failure_of
from statuspage.outbound.phases import Phases
from statuspage.outbound.transport import FreshTransport
from tests.wire import Certificates, Script, hanging, request_of, reset, resetting, response, sending, serving


def _outbound(context: ssl.SSLContext | None = None) -> Outbound:
    trusted = context or ssl.create_default_context()
    return Outbound(monotonic_s=time.monotonic, context=lambda: trusted)


async def _body(
    outbound: Outbound, url: str, phases: Phases | None = None, *, deadline_s: float = 5.0, max_body_bytes: int = 1 << 20
) -> bytes:
    """The whole body, or the failure as a probe would name it."""
    phases = phases or Phases(time.monotonic)
    parts: list[bytes] = []
    try:
        async with asyncio.timeout(deadline_s):
            async with outbound.ask(
                Call(method="GET", url=url, allow_private=True, max_body_bytes=max_body_bytes), phases
            ) as reply:
                while (data := await reply.chunk()) is not None:
                    parts.append(data)
                if reply.ended_early:
                    parts.append(b"<cut>")
    except TimeoutError as error:
        raise failure_of(error, phases.reached) from error
    return b"".join(parts)


async def _failure(script: Script, *, deadline_s: float = 5.0) -> str:
    async with serving(script) as port:
        with pytest.raises(TransportFailure) as caught:
            await _body(_outbound(), f"http://127.0.0.1:{port}/", deadline_s=deadline_s)
        return caught.value.class_name


async def test_it_reads_a_body_with_a_length() -> None:
    async with serving(sending(response(200, "hello"))) as port:
        assert await _body(_outbound(), f"http://127.0.0.1:{port}/") == b"hello"


async def test_it_reads_a_chunked_body_that_comes_byte_by_byte() -> None:
    raw = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
    async with serving(sending(*(raw[at : at + 1] for at in range(len(raw))))) as port:
        assert await _body(_outbound(), f"http://127.0.0.1:{port}/") == b"hello"


async def test_it_reads_a_body_that_ends_with_the_connection() -> None:
    async with serving(sending(b"HTTP/1.0 200 OK\r\n\r\nhel", b"lo")) as port:
        assert await _body(_outbound(), f"http://127.0.0.1:{port}/") == b"hello"


async def test_it_skips_interim_answers() -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
    async with serving(sending(early + response(200, "hello"))) as port:
        assert await _body(_outbound(), f"http://127.0.0.1:{port}/") == b"hello"


@pytest.mark.parametrize("start", [b"Content-Length: 10\r\n\r\nhello", b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"])
async def test_it_tells_a_cut_body_from_a_whole_one(start: bytes) -> None:
    async with serving(sending(b"HTTP/1.1 200 OK\r\n" + start)) as port:
        assert await _body(_outbound(), f"http://127.0.0.1:{port}/") == b"hello<cut>"


async def test_it_names_a_refused_connection(free_port: int) -> None:
    with pytest.raises(TransportFailure) as caught:
        await _body(_outbound(), f"http://127.0.0.1:{free_port}/")
    assert caught.value.class_name == "connection_refused"


async def test_it_names_a_name_that_does_not_resolve() -> None:
    with pytest.raises(TransportFailure) as caught:
        await _body(_outbound(), "http://no-such-host.invalid/")
    assert caught.value.class_name == "dns_failure"


async def test_it_names_a_reset_before_the_answer() -> None:
    assert await _failure(resetting()) == "connection_reset"


async def test_it_names_a_hang_up_before_the_answer() -> None:
    assert await _failure(sending()) == "connection_reset"


async def test_it_names_a_hang_up_in_mid_head() -> None:
    assert await _failure(sending(b"HTTP/1.1 200 OK\r\nContent-")) == "connection_reset"


async def test_it_names_a_reset_in_mid_body() -> None:
    assert await _failure(resetting(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")) == "stream_reset"


async def test_it_names_the_phase_that_was_late() -> None:
    assert await _failure(hanging(), deadline_s=0.2) == "header_timeout"
    assert await _failure(hanging(b"HTTP/1.1 200 OK\r\n\r\n"), deadline_s=0.2) == "first_event_timeout"


async def test_it_names_what_is_no_http() -> None:
    assert await _failure(sending(b"SSH-2.0-OpenSSH_9.6\r\n")) == "malformed_stream"


async def test_it_names_a_flood_of_headers() -> None:
    assert (
        await _failure(sending(b"HTTP/1.1 200 OK\r\n", *(b"X-%d: %s\r\n" % (n, b"y" * 1000) for n in range(100))))
        == "malformed_stream"
    )


async def test_it_names_one_endless_header() -> None:
    assert await _failure(sending(b"HTTP/1.1 200 OK\r\nX: ", *[b"y" * 10_000] * 10)) == "malformed_stream"


async def test_it_names_a_switch_of_protocols() -> None:
    assert (
        await _failure(sending(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nhi"))
        == "malformed_stream"
    )


async def test_it_bounds_the_body() -> None:
    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x" * 65536)
            await writer.drain()

    assert await _failure(endless) == "malformed_stream"


async def test_it_undoes_gzip_that_it_did_not_ask_for() -> None:
    async with serving(sending(response(200, gzip.compress(b"hello"), content_encoding="gzip"))) as port:
        assert await _body(_outbound(), f"http://127.0.0.1:{port}/") == b"hello"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_it_bounds_what_a_small_body_unfolds_to(encoding: str) -> None:
    bomb = (gzip.compress if encoding == "gzip" else zlib.compress)(b"\0" * 50_000_000)
    assert await _failure(sending(response(200, bomb, content_encoding=encoding))) == "malformed_stream"


async def test_it_names_a_compression_it_cannot_undo() -> None:
    assert await _failure(sending(response(200, b"\x0b\x02\x80hello\x03", content_encoding="br"))) == "malformed_stream"
    assert await _failure(sending(response(200, b"no gzip", content_encoding="gzip"))) == "malformed_stream"


async def test_it_refuses_private_addresses_unless_allowed() -> None:
    async with serving(sending(response(200, "hello"))) as port:
        for host in ("127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]"):
            with pytest.raises(TransportFailure) as caught:
                async with _outbound().ask(Call(method="GET", url=f"http://{host}:{port}/"), Phases(time.monotonic)):
                    pass
            assert caught.value.class_name == "not_configured"
            assert "loopback" in caught.value.detail


@pytest.mark.parametrize("url", ["ftp://example.com/", "http://", "nonsense", "http://[::1/", "http://a\nb/"])
async def test_it_names_an_address_that_is_none(url: str) -> None:
    with pytest.raises(TransportFailure) as caught:
        await _body(_outbound(), url)
    assert caught.value.class_name == "not_configured"


async def test_it_sends_no_line_break_of_a_key() -> None:
    call = Call(method="GET", url="http://127.0.0.1:9/", headers={"Authorization": "Bearer a\r\nX-Evil: 1"}, allow_private=True)
    with pytest.raises(TransportFailure) as caught:
        async with _outbound().ask(call, Phases(time.monotonic)):
            pass
    assert caught.value.class_name == "not_configured"


async def test_it_follows_no_redirect_and_no_proxy(monkeypatch: pytest.MonkeyPatch, free_port: int) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port}")
    async with (
        serving(sending(response(302, "", location="http://127.0.0.1:1/"))) as port,
        _outbound().ask(Call(method="GET", url=f"http://127.0.0.1:{port}/", allow_private=True), Phases(time.monotonic)) as reply,
    ):
        assert reply.status == 302


async def test_it_asks_on_a_fresh_connection_each_time() -> None:
    connections = 0

    async def counting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        while True:
            await request_of(reader)
            writer.write(response(200, "hello"))

    outbound = _outbound()
    async with serving(counting) as port:
        for _ in range(3):
            await _body(outbound, f"http://127.0.0.1:{port}/")
    assert connections == 3


async def test_it_leaves_no_connection_behind_when_it_is_cancelled() -> None:
    gone = asyncio.Event()

    async def waiting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        await reader.read()
        gone.set()

    async with serving(waiting) as port:
        with pytest.raises(TransportFailure):
            await _body(_outbound(), f"http://127.0.0.1:{port}/", deadline_s=0.1)
        async with asyncio.timeout(5):
            await gone.wait()


async def test_it_times_the_phases_in_order(tmp_path: Path) -> None:
    server, trust = Certificates(tmp_path).make("good")
    phases = Phases(time.monotonic)
    async with serving(sending(response(200, "hello")), server) as port:
        assert (
            await _body(_outbound(ssl.create_default_context(cafile=str(trust))), f"https://localhost:{port}/", phases)
            == b"hello"
        )
    timings = phases.timings()
    marks = [timings.resolve, timings.connect, timings.tls, timings.headers]
    known = [mark for mark in marks if mark is not None]
    assert len(known) == 4
    assert known == sorted(known)


@pytest.mark.parametrize(("host", "expired"), [("other.example", False), ("localhost", True)])
async def test_it_names_a_certificate_that_does_not_hold(tmp_path: Path, host: str, expired: bool) -> None:
    server, trust = Certificates(tmp_path).make("bad", host=host, expired=expired)
    async with serving(sending(response(200, "hello")), server) as port:
        with pytest.raises(TransportFailure) as caught:
            await _body(_outbound(ssl.create_default_context(cafile=str(trust))), f"https://localhost:{port}/")
    assert caught.value.class_name == "tls_invalid"
    assert "certificate" in caught.value.detail


async def test_it_names_an_unknown_authority(tmp_path: Path) -> None:
    server, _ = Certificates(tmp_path).make("own")
    async with serving(sending(response(200, "hello")), server) as port:
        with pytest.raises(TransportFailure) as caught:
            await _body(_outbound(), f"https://localhost:{port}/")
    assert caught.value.class_name == "tls_invalid"


@pytest.mark.parametrize("breaking", ["plain", "reset", "silence"])
async def test_it_names_a_handshake_that_fails(breaking: str) -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(10)
        if breaking == "plain":
            writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            await writer.drain()
        elif breaking == "reset":
            reset(writer)
        else:
            await reader.read()

    async with serving(script) as port:
        phases = Phases(time.monotonic)
        with pytest.raises(TransportFailure) as caught:
            await _body(_outbound(), f"https://localhost:{port}/", phases, deadline_s=0.3)
    assert (caught.value.class_name, phases.reached) == ("tls_failure", Phase.TLS)


async def test_it_says_so_when_the_trusted_certificates_cannot_be_loaded() -> None:
    def missing() -> ssl.SSLContext:
        raise FileNotFoundError("nowhere.pem")

    with pytest.raises(TransportFailure) as caught:
        await _body(Outbound(monotonic_s=time.monotonic, context=missing), "https://localhost:1/")
    assert caught.value.class_name == "not_configured"
    assert "SSL_CERT_FILE" in caught.value.detail


def test_it_names_failures_alike_on_the_loop_that_serves(free_port: int) -> None:
    uvloop = pytest.importorskip("uvloop")
    expected = {
        "connection_reset": resetting(),
        "stream_reset": resetting(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"),
        "header_timeout": hanging(),
        "malformed_stream": sending(b"SSH-2.0-OpenSSH_9.6\r\n"),
    }
    assert {name: uvloop.run(_failure(script, deadline_s=0.3)) for name, script in expected.items()} == {
        name: name for name in expected
    }
    with pytest.raises(TransportFailure) as caught:
        uvloop.run(_body(_outbound(), f"http://127.0.0.1:{free_port}/"))
    assert caught.value.class_name == "connection_refused"


async def test_it_serves_an_httpx_client_too() -> None:
    client = httpx.AsyncClient(transport=FreshTransport(monotonic_s=time.monotonic))
    async with serving(sending(response(200, "hello"))) as port, client:
        request = client.build_request("GET", f"http://127.0.0.1:{port}/", extensions={"allow_private": True})
        answer = await client.send(request)
    assert answer.text == "hello"
