"""Servers that misbehave byte by byte, for tests of whoever connects to them."""

import asyncio
import json
import socket
import ssl
import struct
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

SSE_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"


async def request_of(reader: asyncio.StreamReader) -> bytes:
    """Head and body of the request."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next((int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:")), 0)
    return head + await reader.readexactly(length)


@asynccontextmanager
async def serving(script: Script, context: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """A server on loopback that plays the script for each connection; yields its port."""

    async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await script(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(play, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def sending(*pieces: bytes) -> Script:
    """Reads the request, sends the pieces one by one, closes."""

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        for piece in pieces:
            writer.write(piece)
            await writer.drain()

    return script


def hanging(*pieces: bytes) -> Script:
    """Reads the request, sends the pieces, then says nothing more until the client goes."""

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        for piece in pieces:
            writer.write(piece)
        await writer.drain()
        await reader.read()

    return script


def resetting(*pieces: bytes) -> Script:
    """Reads the request, sends the pieces, then resets the connection."""

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        for piece in pieces:
            writer.write(piece)
        await writer.drain()
        await asyncio.sleep(0.05)  # lets the pieces arrive: a reset discards what is still on its way
        reset(writer)

    return script


def reset(writer: asyncio.StreamWriter) -> None:
    """Closes with RST instead of FIN."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def response(status: int, body: bytes | str | dict[str, Any] | list[Any], **headers: str) -> bytes:
    """A whole response; dicts are JSON, header names have `_` for `-`."""
    raw = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
    names = {"content-type": "application/json", "content-length": str(len(raw))}
    names.update({name.replace("_", "-"): value for name, value in headers.items()})
    head = "".join(f"{name}: {value}\r\n" for name, value in names.items())
    return f"HTTP/1.1 {status} X\r\n{head}\r\n".encode() + raw


def chunk(delta: dict[str, Any] | None = None, finish: str | None = None, **more: object) -> bytes:
    """One event of OpenAI's stream."""
    choice = {"index": 0, "delta": delta or {}, "finish_reason": finish}
    return event({"id": "chatcmpl-1", "object": "chat.completion.chunk", "model": "m", "choices": [choice], **more})


def event(data: object) -> bytes:
    """One event of JSON."""
    return b"data: " + json.dumps(data).encode() + b"\n\n"


DONE = b"data: [DONE]\n\n"
GOOD = (chunk({"role": "assistant", "content": ""}), chunk({"content": "pong"}), chunk({}, "stop"), DONE)


class Certificates:
    """Certificates made on the spot with the `openssl` program."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def make(self, name: str, *, host: str = "localhost", expired: bool = False) -> tuple[ssl.SSLContext, Path]:
        """A server's context with a self-signed certificate, and the file to trust it by."""
        key, request, cert, names = (self._folder / f"{name}.{end}" for end in ("key", "csr", "pem", "ext"))
        names.write_text(f"subjectAltName=DNS:{host}\n")
        curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")
        _openssl("req", "-new", *curve, "-nodes", "-keyout", key, "-out", request, "-subj", f"/CN={host}")
        days = "-1" if expired else "2"
        _openssl("x509", "-req", "-in", request, "-signkey", key, "-out", cert, "-days", days, "-extfile", names)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert, key)
        return context, cert


def _openssl(*arguments: str | Path) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)
