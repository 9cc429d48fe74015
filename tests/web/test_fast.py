"""The front door: what lies ready is handed out, the rest is passed on."""

from typing import Any

import pytest

from statuspage.render.encoded import Document, encode
from statuspage.render.headers import SHORT, headers_for
from statuspage.web.fast import FrontDoor
from tests.web.asking import ask

JSON = headers_for(b"application/json", SHORT)


class Shelf:
    """Two documents; the second rendering of `/a` differs."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {
            "/a": encode(b'{"a":1}', JSON),
            "/asked": encode(b'{"all":1}', JSON, takes_query=True),
        }
        self.fresh_until_s = float("inf")

    async def refresh(self) -> None:
        self.documents = {**self.documents, "/a": encode(b'{"a":2}', JSON)}
        self.fresh_until_s = float("inf")


async def behind(scope: dict[str, Any], _receive: Any, send: Any) -> None:  # noqa: ANN401
    body = f"{scope['method']} {scope['path']} {scope['query_string'].decode()}".encode()
    headers = [(b"content-length", str(len(body)).encode()), (b"x-content-type-options", b"mine")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def door(shelf: Shelf) -> FrontDoor:
    return FrontDoor(shelf, behind)  # type: ignore[arg-type]


async def test_a_ready_document_is_handed_out_with_its_tag(door: FrontDoor) -> None:
    answer = await ask(door, "/a")
    assert (answer.status, answer.body) == (200, b'{"a":1}')
    tag = answer.header("etag")
    assert tag is not None
    unchanged = await ask(door, "/a", if_none_match=tag)
    assert (unchanged.status, unchanged.body, unchanged.header("etag")) == (304, b"", tag)
    assert (await ask(door, "/a", if_none_match='"other"')).status == 200


async def test_what_went_stale_is_rendered_before_it_is_handed_out(door: FrontDoor, shelf: Shelf) -> None:
    shelf.fresh_until_s = 0.0
    assert (await ask(door, "/a")).body == b'{"a":2}'


async def test_a_document_that_does_not_depend_on_the_query_ignores_it(door: FrontDoor) -> None:
    assert (await ask(door, "/a?x=1")).body == b'{"a":1}'
    assert (await ask(door, "/asked")).body == b'{"all":1}'
    assert (await ask(door, "/asked?x=1")).body == b"GET /asked x=1"


async def test_head_is_asked_as_get_and_keeps_the_length(door: FrontDoor) -> None:
    for path, length in (("/a", "7"), ("/elsewhere", "15")):
        answer = await ask(door, path, "HEAD")
        assert (answer.status, answer.body, answer.header("content-length")) == (200, b"", length)


async def test_a_preflight_is_answered_for_any_address(door: FrontDoor) -> None:
    for path in ("/a", "/elsewhere"):
        answer = await ask(door, path, "OPTIONS", origin="https://x.example", access_control_request_method="GET")
        assert (answer.status, answer.body, answer.header("access-control-allow-origin")) == (204, b"", "*")
        assert "Authorization" in (answer.header("access-control-allow-headers") or "")


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE"])
async def test_whatever_is_passed_on_gets_the_common_headers_unless_it_has_its_own(door: FrontDoor, method: str) -> None:
    answer = await ask(door, "/elsewhere", method)
    assert answer.header("access-control-allow-origin") == "*"
    assert answer.header("content-security-policy") is not None
    assert answer.header("x-content-type-options") == "mine"


async def test_what_is_no_http_is_passed_on(shelf: Shelf) -> None:
    seen: list[str] = []

    async def listen(scope: dict[str, Any], _receive: Any, _send: Any) -> None:  # noqa: ANN401
        seen.append(scope["type"])

    await FrontDoor(shelf, listen)({"type": "lifespan"}, None, None)  # type: ignore[arg-type]
    assert seen == ["lifespan"]
