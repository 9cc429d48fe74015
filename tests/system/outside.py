"""The product seen from outside: real processes, a zoo they ask, and questions repeated until they are answered."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeVar

import httpx
import msgspec

from statuspage.domain.model import slug_of
from statuspage.zoo.zoo import Zoo
from tests.ports import free_port
from tests.wire import Script

STATUSPAGE: Final = [sys.executable, "-m", "statuspage"]
PATIENCE_S: Final = 20.0
SLACK_S: Final = 3.0
"""What a busy machine may add to a promised time."""
KEY: Final = "sk-zoo-0123456789abcdefPLANTED"
SECRETS: Final = {"ZOO_KEY": KEY}

LEVELS: Final = {
    "operational": "green",
    "degraded_performance": "yellow",
    "partial_outage": "yellow",
    "major_outage": "red",
    "under_maintenance": "blue",
    "no_data": "grey",
    "retired": "grey",
}
LEVEL_OF_BADGE: Final = {
    "brightgreen": "green",
    "yellow": "yellow",
    "orange": "yellow",
    "red": "red",
    "blue": "blue",
    "lightgrey": "grey",
}

T = TypeVar("T")


def until(answer: Callable[[], T], within_s: float = PATIENCE_S, every_s: float = 0.05) -> T:
    """Asks again and again until the answer is truthy; the last answer when time is up."""
    deadline = time.monotonic() + within_s
    while not (last := answer()) and time.monotonic() < deadline:
        time.sleep(every_s)
    return last


def moment(text: str) -> datetime:
    """A time of a document."""
    return datetime.fromisoformat(text)


class Upstream:
    """A zoo, and servers that misbehave, on an event loop of their own thread."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="upstream", daemon=True)
        self._servers: list[asyncio.Server] = []
        self.zoo = Zoo()

    def __enter__(self) -> Self:
        self._thread.start()
        self._run(self.zoo.start())
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def do(self, order: Callable[[Zoo], T]) -> T:
        """Tells the zoo something, on its own thread."""

        async def obey() -> T:
            return order(self.zoo)

        return self._run(obey())

    def url(self, prefix: str) -> str:
        return self.zoo.url(prefix)

    def misbehaving(self, script: Script) -> str:
        """The base URL of a server that plays the script for each connection."""
        return f"http://127.0.0.1:{self._run(self._serve(script))}/v1"

    async def _serve(self, script: Script) -> int:
        async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await script(reader, writer)
            except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                pass
            finally:
                writer.close()

        server = await asyncio.start_server(play, "127.0.0.1", 0)
        self._servers.append(server)
        port: int = server.sockets[0].getsockname()[1]
        return port

    async def _stop(self) -> None:
        for server in self._servers:
            server.close()
        await self.zoo.stop()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE_S)


def config(
    folder: Path,
    upstream: Upstream,
    providers: Mapping[str, Mapping[str, Any]],
    /,
    *,
    name: str = "statuspage.yml",
    **more: Any,  # noqa: ANN401 - sections of the file
) -> Path:
    """Writes a configuration at compressed cadences; a provider is at its vendor's zoo unless it says where it is."""
    probing = {
        "interval": "1s",
        "max_stale": "5s",
        "timeout": "2s",
        "confirm": {"probes": 4, "spacing": "0.1s"},
        "canaries": [upstream.url("canary")],
        "allow_private_networks": True,
        **more.pop("probing", {}),
    }
    file = {
        "site": {"title": "Zoo", **more.pop("site", {})},
        "database": f"sqlite+aiosqlite:///{folder}/history.db",
        "probing": probing,
        "providers": {name: provider(upstream, name, section) for name, section in providers.items()},
        **more,
    }
    path = folder / name
    path.write_text(json.dumps(file), encoding="utf-8")
    return path


def provider(upstream: Upstream, name: str, section: Mapping[str, Any]) -> dict[str, Any]:
    vendor = section.get("vendor", name)
    given = {"vendor": vendor, "api_key": "env:ZOO_KEY", **section}
    if "base_url" not in given:
        given["base_url"] = upstream.url(vendor)
    return {key: value for key, value in given.items() if value is not None}


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    return {**os.environ, **SECRETS, **(more or {})}


def command(
    *arguments: object, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs a command of ours to its end."""
    return subprocess.run(
        [*STATUSPAGE, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=environment(env),
        cwd=cwd,
    )


class Site:
    """A running `statuspage serve`."""

    def __init__(self, process: subprocess.Popen[bytes], url: str, log: Path, folder: Path) -> None:
        self.process = process
        self.url = url
        self.folder = folder
        self._log = log
        self._client = httpx.Client(base_url=url, trust_env=False, timeout=15)

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def ask(self, path: str, method: str = "GET", **headers: str) -> httpx.Response:
        """One request; header names have `_` for `-`, and nothing is accepted compressed unless asked for."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._client.request(method, path, headers={"accept-encoding": "identity", **named})

    def ask_raw(self, path: str, method: str = "GET", **headers: str) -> tuple[httpx.Response, bytes]:
        """The same, with the body as it came over the wire."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with self._client.stream(method, path, headers={"accept-encoding": "identity", **named}) as answer:
            return answer, b"".join(answer.iter_raw())

    def json(self, path: str) -> Any:  # noqa: ANN401 - any document
        return msgspec.json.decode(self.ask(path).content)

    def models(self) -> dict[str, Any]:
        found: dict[str, Any] = self.json("/api/v1/models")["models"]
        return found

    def model(self, key: str) -> dict[str, Any]:
        found: dict[str, Any] = self.models()[key]
        return found

    def samples(self, key: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.json(f"/api/v1/models/{slug_of(key)}/samples?limit=10000")["samples"]
        return found

    def until_status(self, key: str, status: str, within_s: float = PATIENCE_S) -> dict[str, Any]:
        """The model's object once it has this status; fails with what it has instead."""
        until(lambda: self.model(key)["status"] == status, within_s)
        model = self.model(key)
        assert model["status"] == status, f"{key}: {model}"
        return model

    def levels(self, key: str) -> dict[str, str]:
        """The colour of a model on every surface."""
        slug = slug_of(key)
        page = self.ask("/").text
        row = page.split(f'data-model="{slug}"', 1)[1].split(">", 1)[0]
        own = self.ask(f"/models/{slug}").text.split(f'data-model="{slug}"', 1)[1].split(">", 1)[0]
        listed = {each["id"]: each for each in self.json("/v1/models")["data"]}
        return {
            "page": LEVELS[_attribute(row, "data-status")],
            "model page": LEVELS[_attribute(own, "data-status")],
            "dropdown": self.model(key)["level"],
            "model document": self.json(f"/api/v1/models/{slug}")["level"],
            "list": listed[key]["level"],
            "card": self.json(f"/v1/models/{key}")["level"],
            "badge": LEVEL_OF_BADGE[self.json(f"/badge/{slug}.json")["color"]],
        }

    def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """Tells it to stop; its exit status and how many seconds it took."""
        began = time.monotonic()
        self.process.send_signal(number)
        status = self.process.wait(timeout=20)
        return status, time.monotonic() - began

    def close(self) -> None:
        self._client.close()
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def _attribute(tag: str, name: str) -> str:
    return tag.split(f'{name}="', 1)[1].split('"', 1)[0]


@contextmanager
def serving(config: Path, *, host: str = "127.0.0.1", env: Mapping[str, str] | None = None) -> Iterator[Site]:
    """`statuspage serve` for the length of the block, from the moment that it answers."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    port = free_port(family)
    log = config.with_suffix(".log")
    with log.open("ab") as output:
        arguments = [*STATUSPAGE, "serve", "--config", str(config), "--host", host, "--port", str(port)]
        process = subprocess.Popen(arguments, stdout=output, stderr=subprocess.STDOUT, env=environment(env), cwd=config.parent)
    shown = f"[{host}]" if ":" in host else host
    site = Site(process, f"http://{shown}:{port}", log, config.parent)
    try:
        assert until(lambda: _answers(site)), f"it does not answer:\n{site.log[-3000:]}"
        yield site
    finally:
        site.close()


def _answers(site: Site) -> bool:
    assert site.process.poll() is None, f"it ended with status {site.process.returncode}:\n{site.log[-3000:]}"
    with contextlib.suppress(httpx.TransportError):
        return site.ask("/livez").status_code == 200
    return False
