"""Garbage without a row number: what a client must survive with bounded memory."""

import gzip
from collections.abc import Generator
from functools import cache
from itertools import repeat
from typing import Final

import msgspec

from statuspage.zoo.dialects.written import sse
from statuspage.zoo.reply import JSON, LAST_CHUNK, SSE, Ending, Pause, Reply, Step, chunk, head, whole
from statuspage.zoo.rows.row import Play, Row
from statuspage.zoo.scene import Scene, healthy

_MIB: Final = 1024 * 1024


def garbage(scene: Scene) -> Reply:  # noqa: ARG001 - a play takes the scene
    """Bytes that are not HTTP."""
    return (b"\x00\xff\x13\x37 this is no HTTP \r\n\r\n" * 8, Ending.CLOSE)


def half_chunk(scene: Scene) -> Reply:
    """A chunk that announces more than it holds, then an orderly end of the connection."""
    stream = scene.stream
    sent = stream.opening[0] if stream else scene.body[:20]
    return (head(200, SSE if stream else JSON, scene.headers), b"%x\r\n%s" % (len(sent) + 500, sent), Ending.CLOSE)


def huge_body(scene: Scene) -> Generator[Step, None, None]:
    """Ten megabytes of JSON."""
    size = 10 * _MIB
    yield head(200, JSON, scene.headers, length=size + 2)
    yield b'"'
    for _ in range(10):
        yield b"a" * _MIB
        yield Pause(0)
    yield b'"'


def endless_stream(scene: Scene) -> Generator[Step, None, None]:
    """Well-formed content events for ever."""
    stream = scene.stream
    yield head(200, SSE, scene.headers)
    yield from map(chunk, stream.opening if stream else ())
    event = stream.body[0] if stream and stream.body else sse({"choices": [{"index": 0, "delta": {"content": "la "}}]})
    block = chunk(event * 20)
    for _ in repeat(None):
        yield block
        yield Pause(0.001)


def endless_line(scene: Scene) -> Generator[Step, None, None]:
    """One event whose line never ends."""
    yield head(200, SSE, scene.headers)
    yield chunk(b"data: ")
    for _ in repeat(None):
        yield chunk(b"a" * 65_536)
        yield Pause(0.001)


def header_flood(scene: Scene) -> Reply:
    """Two hundred kilobytes of headers."""
    return whole(200, scene.body, JSON, tuple((f"X-Flood-{at}", "a" * 1000) for at in range(200)))


@cache
def _bomb() -> bytes:
    return gzip.compress(b" " * (50 * _MIB), 9)


def gzip_bomb(scene: Scene) -> Reply:
    """Fifty megabytes in fifty kilobytes."""
    return whole(200, _bomb(), JSON, (("Content-Encoding", "gzip"), *scene.headers))


def broken_utf8(scene: Scene) -> Reply:
    """Bytes that are no UTF-8 inside the events."""
    stream = scene.stream
    if stream is None:
        return whole(200, scene.body.replace(b'"role"', b'"\xff\xfe"'), JSON, scene.headers)
    return (scene.stream_head, *(chunk(each.replace(b'"delta"', b'"\xc3\x28\xff"')) for each in stream.events), LAST_CHUNK)


def nan(scene: Scene) -> Reply:
    """Numbers that JSON does not have."""
    return whole(200, scene.body[:-1] + b',"score":NaN,"usage":{"prompt_tokens":-Infinity}}', JSON, scene.headers)


def drip(scene: Scene) -> Generator[Step, None, None]:
    """A whole answer, seven bytes at a time."""
    stream = scene.stream
    body = b"".join(stream.events) if stream else scene.body
    message = head(200, SSE if stream else JSON, scene.headers, length=len(body)) + body
    for at in range(0, len(message), 7):
        yield message[at : at + 7]
        yield Pause(scene.directions.wait(0.0005))


def clock_skewed(scene: Scene) -> Reply:
    """A good answer whose Date header is years in the past."""
    past = tuple((name, value) for name, value in scene.headers if name != "Date")
    headers = (("Date", "Sat, 01 Jan 2000 00:00:00 GMT"), *past)
    return healthy(msgspec.structs.replace(scene, headers=headers))


def _row(name: str, title: str, class_name: str | None, play: Play) -> Row:
    return Row(name=name, title=title, class_name=class_name, play=play)


HOSTILE: Final = (
    _row("garbage", "bytes that are not HTTP", None, garbage),
    _row("half-chunk", "a chunk cut short, then the end", "truncated_stream", half_chunk),
    _row("huge-body", "ten megabytes of JSON", None, huge_body),
    _row("endless-stream", "content for ever", "malformed_stream", endless_stream),
    _row("endless-line", "an event that never ends", "malformed_stream", endless_line),
    _row("header-flood", "200 kB of headers", None, header_flood),
    _row("gzip-bomb", "50 MB in 50 kB", None, gzip_bomb),
    _row("broken-utf8", "bytes that are no UTF-8", "malformed_stream", broken_utf8),
    _row("nan", "numbers that JSON does not have", None, nan),
    _row("drip", "a good answer, seven bytes at a time", "ok", drip),
    _row("clock-skew", "a good answer with an old Date header", "ok", clock_skewed),
)
