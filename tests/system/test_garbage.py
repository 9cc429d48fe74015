"""Whatever an upstream sends, it has a class, memory stays bounded, and nothing is raised."""

import asyncio
import gzip
import json
from pathlib import Path

from tests.system.outside import KEY, Upstream, config, serving, until
from tests.wire import GOOD, SSE_HEAD, Script, request_of, response, sending

MIB = 1024 * 1024
ORGANISATION = "org-9f8e7d6c5b4a39281706"

ROWS = {
    "garbage": None,
    "half-chunk": "truncated_stream",
    "huge-body": None,
    "endless-stream": "malformed_stream",
    "endless-line": "malformed_stream",
    "header-flood": None,
    "gzip-bomb": None,
    "broken-utf8": "malformed_stream",
    "nan": None,
    "html_in_200": "html_in_200",
    "empty_body": "empty_body",
    "stream_reset": "stream_reset",
}
"""Rows of the zoo, and the class where the contract leaves no choice."""


async def drips_for_ever(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await request_of(reader)
    writer.write(SSE_HEAD)
    while True:
        writer.write(b": still here\n")
        await writer.drain()
        await asyncio.sleep(0.05)


async def echoes(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """An error that repeats the key in several spellings, and an organisation's id."""
    request = await request_of(reader)
    said = {"message": f"{request.decode()} {KEY[::-1]} {KEY.encode().hex()} {ORGANISATION}", "type": KEY, "code": KEY}
    headers = {"x_request_id": f"req-{KEY}", "x_organization": ORGANISATION}
    writer.write(response(500, {"error": said, "model": KEY}, **headers))
    await writer.drain()


async def headers_for_ever(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await request_of(reader)
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-More: " + b"a" * 1000 + b"\r\n")
        await writer.drain()
        await asyncio.sleep(0.01)


def bomb_of_bombs() -> Script:
    once = gzip.compress(b"\0" * 20 * MIB)
    return sending(response(200, once, content_encoding="gzip, gzip"))


SCRIPTS: dict[str, tuple[Script, str | None]] = {
    "deep": (sending(response(200, "[" * 200_000)), None),
    "nulls": (sending(response(200, {"choices": [None], "usage": {"prompt_tokens": "many"}, "model": 7})), None),
    "numbers": (sending(response(200, "1e999999")), None),
    "surrogates": (sending(response(500, '{"error":{"message":"\\ud800 \\udfff"}}')), "server_error"),
    "drip": (drips_for_ever, "first_event_timeout"),
    "headers": (headers_for_ever, None),
    "bombs": (bomb_of_bombs(), None),
    "secrets": (echoes, "server_error"),
    "no-http": (sending(b"220 smtp.example ESMTP\r\n"), None),
    "silence": (sending(), "connection_reset"),
    "status-999": (sending(response(999, "{}")), None),
    "redirect-loop": (sending(response(302, "", location="/v1/chat/completions")), "moved"),
    "fine": (sending(SSE_HEAD, *GOOD), "ok"),
}


def test_every_kind_of_garbage_has_a_class_and_leaves_no_trace(tmp_path: Path, upstream: Upstream) -> None:
    providers: dict[str, dict[str, object]] = {
        "moonshot": {"models": [f"fault-{row}" for row in ROWS]},
        **{
            name: {"vendor": "openai-compatible", "base_url": upstream.misbehaving(script), "models": ["m"]}
            for name, (script, _) in SCRIPTS.items()
        },
    }
    expected: dict[str, str | None] = {f"moonshot/fault-{row}": class_name for row, class_name in ROWS.items()}
    expected |= {f"{name}/m": class_name for name, (_, class_name) in SCRIPTS.items()}
    file = config(tmp_path, upstream, providers, probing={"interval": "3s", "timeout": "1.5s", "max_stale": "2m"})
    with serving(file) as site:
        assert until(lambda: all(site.samples(key) for key in expected))
        for key, class_name in expected.items():
            first = site.samples(key)[0]
            assert class_name in {None, first["class"]}, (key, first)
            assert first["class"] != "unclassified" or first["fault"] == "provider", (key, first)
            assert first["fault"] in {"provider", "none"}, (key, first)
        assert site.ask("/readyz").status_code == 200
        shown = [site.ask("/").text, site.ask("/api/v1/models").text]
        for key in expected:
            slug = key.replace("/", "-")
            shown += [site.ask(f"/{path}/{slug}").text for path in ("models", "api/v1/models")]
            shown.append(json.dumps(site.samples(key)))
        assert highest_memory_mib(site.process.pid) < 250
        assert site.stop()[0] == 0
        kept = b"".join(path.read_bytes() for path in tmp_path.glob("history.db*"))
        for secret in (KEY, KEY[::-1], KEY.encode().hex(), ORGANISATION):
            assert secret not in "".join(shown)
            assert secret not in site.log
            assert secret.encode() not in kept
        assert "Traceback" not in site.log


def highest_memory_mib(pid: int) -> float:
    """The most memory that the process ever held."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024
