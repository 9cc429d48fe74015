"""Every route declares whom it lets in, and what is declared is so."""

from litestar import Litestar
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler

from statuspage.web.app import ROUTERS
from statuspage.web.gate import ADMITS, Scope
from tests.web.asking import ask
from tests.web.parts import parts
from tests.web.test_errors import Broken, product

UNGUARDED_WRITES = {
    "/subscribe",
    "/subscribe/confirm/{token:str}",
    "/subscribe/manage/{token:str}",
    "/unsubscribe/{token:str}",
    "/admin/login",
    "/admin/setup",
    "/ofrep/v1/evaluate/flags",
    "/ofrep/v1/evaluate/flags/{key:path}",
}
"""What everybody may send: forms of the public, the login, and questions that are asked by POST."""
_READS = {"GET", "HEAD", "OPTIONS"}


def _provided(name: str) -> Provide:
    return Provide(lambda: name, sync_to_thread=False)


def handlers() -> list[tuple[str, HTTPRouteHandler]]:
    named = {name: _provided(name) for name in (*parts(), "questions", "health")}
    app = Litestar(route_handlers=ROUTERS, dependencies=named, openapi_config=None)
    found = [(route.path, handler) for route in app.routes for handler in getattr(route, "route_handlers", ())]
    return [(path, handler) for path, handler in found if handler.http_methods != {"OPTIONS"}]


def test_every_route_declares_whom_it_lets_in() -> None:
    choices = {"everybody", *(scope.value for scope in Scope)}
    assert [path for path, handler in handlers() if handler.opt.get(ADMITS) not in choices] == []


def test_whatever_writes_needs_a_scope() -> None:
    writes = [(path, handler) for path, handler in handlers() if handler.http_methods - _READS]
    assert writes
    open_ = {path for path, handler in writes if handler.opt[ADMITS] == "everybody"}
    assert open_ <= UNGUARDED_WRITES


async def test_what_needs_a_scope_lets_nobody_in_without() -> None:
    door = product(Broken(ValueError("never reached")))
    for path, handler in handlers():
        if handler.opt[ADMITS] == "everybody":
            continue
        for method in handler.http_methods - {"OPTIONS", "HEAD"}:
            asked = path.replace("{", "").replace(":str}", "").replace(":path}", "").replace("}", "")
            answer = await ask(door, asked, method)
            assert answer.status in (401, 303), (method, path, answer.status)
            assert answer.status == 401 or answer.header("location") == "/admin/login"
