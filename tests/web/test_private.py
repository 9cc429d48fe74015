"""A private site: nothing but health and the login without being signed in."""

from typing import Any

import pytest

from statuspage.domain.access import Role, Scope
from statuspage.web.private import ClosedDoor
from tests.web.asking import ask
from tests.web.parts import access

PASSWORD = "a long enough password"


async def behind(_scope: dict[str, Any], _receive: Any, send: Any) -> None:  # noqa: ANN401
    await send({"type": "http.response.start", "status": 200, "headers": [(b"cache-control", b"public, max-age=60")]})
    await send({"type": "http.response.body", "body": b"well"})


@pytest.mark.parametrize("path", ["/", "/api/v1/models", "/badge/all.svg", "/version", "/livez/", "/history.atom", "/admin"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
async def test_it_is_401_whatever_is_asked(path: str, method: str) -> None:
    answer = await ask(ClosedDoor(behind, access()), path, method)
    assert (answer.status, answer.header("www-authenticate")) == (401, "Bearer")
    assert answer.header("cache-control") == "no-store"
    if method == "HEAD":
        assert answer.body == b""
    else:
        assert answer.json["status"] == 401


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/admin/login", "/admin/setup", "/static/page.0123.css"])
async def test_health_and_the_login_are_answered(path: str) -> None:
    assert (await ask(ClosedDoor(behind, access()), path)).body == b"well"


@pytest.mark.parametrize("scope", list(Scope))
async def test_any_token_reads_everything_and_no_cache_keeps_it(scope: Scope) -> None:
    known = access()
    token = await known.create_token("grafana", scope)
    answer = await ask(ClosedDoor(behind, known), "/badge/all.svg", authorization=f"Bearer {token}")
    assert (answer.status, answer.header("cache-control")) == (200, "private, no-cache")
    await known.revoke_token("grafana")
    assert (await ask(ClosedDoor(behind, known), "/", authorization=f"Bearer {token}")).status == 401


async def test_a_session_reads_everything_until_it_ends() -> None:
    known = access()
    await known.add_user("ada", Role.VIEWER, PASSWORD)
    cookie = await known.sign_in("ada", PASSWORD, "here")
    assert cookie is not None
    named = f"other=1; statuspage_session={cookie}"
    assert (await ask(ClosedDoor(behind, known), "/", cookie=named)).status == 200
    await known.set_password("ada", "another long password")
    assert (await ask(ClosedDoor(behind, known), "/", cookie=named)).status == 401


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic eDp5", "Bearer sp_wrong", "Bearer é"])
async def test_a_wrong_token_is_no_token(header: str) -> None:
    assert (await ask(ClosedDoor(behind, access()), "/", authorization=header)).status == 401


async def test_a_browser_is_shown_the_way_to_the_login() -> None:
    answer = await ask(ClosedDoor(behind, access()), "/", accept="text/html,*/*")
    assert answer.status == 401
    assert b"/admin/login" in answer.body
