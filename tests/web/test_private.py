"""A private site: nothing but health without being signed in."""

from typing import Any

import pytest

from statuspage.web.private import ClosedDoor
from tests.web.asking import ask


async def behind(_scope: dict[str, Any], _receive: Any, send: Any) -> None:  # noqa: ANN401
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"well"})


@pytest.mark.parametrize("path", ["/", "/api/v1/models", "/badge/all.svg", "/version", "/livez/", "/static/page.css", "/livezz"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
async def test_it_is_401_whatever_is_asked(path: str, method: str) -> None:
    answer = await ask(ClosedDoor(behind), path, method)
    assert (answer.status, answer.header("www-authenticate")) == (401, "Bearer")
    assert answer.header("cache-control") == "no-store"
    if method == "HEAD":
        assert answer.body == b""
    else:
        assert answer.json["status"] == 401


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
async def test_health_is_answered(path: str) -> None:
    assert (await ask(ClosedDoor(behind), path)).body == b"well"
