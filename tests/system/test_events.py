"""The stream of events from a running server: an outage is told as it is seen, and the server ends in time."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import msgspec

from tests.system.outside import PATIENCE_S, Upstream, config, serving

KEY = "moonshot/kimi-k3"


def events(answer: httpx.Response) -> Iterator[tuple[str, Any]]:
    """Event by event, as they come."""
    name = ""
    for line in answer.iter_lines():
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, msgspec.json.decode(line.removeprefix("data: "))


def test_an_outage_is_told_and_an_open_stream_does_not_hold_up_the_end(tmp_path: Path, upstream: Upstream) -> None:
    settings = config(
        tmp_path, upstream, {"moonshot": {"models": ["kimi-k3"]}}, probing={"interval": "1s", "confirm": {"spacing": "0.1s"}}
    )
    with serving(settings) as site, httpx.stream("GET", f"{site.url}/api/v1/events", timeout=PATIENCE_S) as answer:
        told = events(answer)
        name, snapshot = next(told)
        assert name == "snapshot"
        assert list(snapshot["models"]) == [KEY]
        site.until_status(KEY, "operational")
        upstream.do(lambda zoo: zoo.cut("moonshot"))
        heard: dict[str, Any] = {}
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline and not (heard.get("status", {}).get("level") == "red" and "incident" in heard):
            name, data = next(told)
            heard[name] = data
        assert (heard["status"]["key"], heard["status"]["class"]) == (KEY, "connection_reset")
        assert heard["incident"]["models"] == [KEY]
        status, took_s = site.stop()
        assert status == 0
        assert took_s < 5
        assert "Traceback" not in site.log
        assert "Cancel" not in site.log
        assert [name for name, _ in told if name == "snapshot"] == []
