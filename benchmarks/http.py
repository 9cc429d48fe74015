"""One plain request at a time, with exactly the headers given, and waiting for a server to be there."""

import http.client
import socket
import subprocess
import time
from collections.abc import Mapping
from urllib.parse import urlsplit

import msgspec


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What came back; header names in lower case, the body as sent (still compressed)."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def get(url: str, headers: Mapping[str, str] | None = None, timeout_s: float = 10) -> Answer:
    """Asks once over a fresh connection."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout_s)
    try:
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", target or "/", headers=dict(headers or {}))
        response = connection.getresponse()
        body = response.read()
        return Answer(status=response.status, headers={k.lower(): v for k, v in response.getheaders()}, body=body)
    finally:
        connection.close()


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_for(url: str, process: subprocess.Popen[bytes], within_s: float = 60) -> float:
    """Asks until the answer is 200; returns how many seconds that took."""
    started = time.monotonic()
    while time.monotonic() - started < within_s:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with status {process.returncode} before it answered {url}")
        try:
            if get(url, timeout_s=2).status == http.client.OK:
                return time.monotonic() - started
        except OSError:
            pass
        time.sleep(0.005)
    raise RuntimeError(f"{url} did not answer within {within_s:g} s")
