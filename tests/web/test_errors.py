"""Every error in the shape that its reader expects, and none that says more than it should."""

from typing import NoReturn

import pytest

from statuspage.domain.errors import StorageError
from statuspage.domain.view import ModelView, PageView
from statuspage.render.encoded import Document, encode
from statuspage.render.headers import SHORT, headers_for
from statuspage.service.health import Health
from statuspage.service.questions import Questions
from statuspage.storage.memory import MemoryStore
from statuspage.web.app import web_application
from statuspage.web.fast import FrontDoor
from tests.render import world
from tests.web.asking import ask
from tests.web.parts import parts

PAGE = world.page(3)
MODEL = PAGE.models[0]


class Shelf:
    """A page of three models; only the dropdown lies ready."""

    fresh_until_s = float("inf")

    def __init__(self) -> None:
        ready = encode(b"{}", headers_for(b"application/json", SHORT), takes_query=True)
        self.documents: dict[str, Document] = {"/api/v1/models": ready, "/": ready}
        self.page: PageView = PAGE

    def model(self, slug: str) -> ModelView | None:
        return next((model for model in self.page.models if model.slug == slug), None)


class Clock:
    def now_ms(self) -> int:
        return world.NOW_MS

    def monotonic_s(self) -> float:
        return 0.0

    async def sleep(self, seconds: float) -> None:
        raise AssertionError(seconds)


class Broken(MemoryStore):
    """A database that cannot be read, or a bug of ours."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    async def samples(self, *_: object, **__: object) -> NoReturn:
        raise self.error

    async def ping(self) -> NoReturn:
        raise self.error


def product(store: MemoryStore, *, overdue: bool = False) -> FrontDoor:
    shelf, clock = Shelf(), Clock()
    return web_application(
        shelf=shelf,  # type: ignore[arg-type]
        parts=parts(
            questions=Questions(shelf, store, clock),  # type: ignore[arg-type]
            health=Health(store, lambda: overdue, clock),
        ),
        error_page=lambda status, _detail: f"<h1>{status}</h1>".encode(),
        live={"/api/v1/events": _stream},
    )


async def _stream(_scope: object, _receive: object, _send: object) -> NoReturn:
    raise AssertionError("nobody listens")


SAMPLES = f"/api/v1/models/{MODEL.slug}/samples"


async def test_a_history_that_cannot_be_read_is_503_and_says_when_to_come_back() -> None:
    answer = await ask(product(Broken(StorageError("The database /secret/place.db is locked."))), SAMPLES)
    assert (answer.status, answer.header("content-type")) == (503, "application/problem+json")
    assert (answer.header("retry-after"), answer.header("access-control-allow-origin")) == ("30", "*")
    assert b"secret" not in answer.body


async def test_what_goes_wrong_inside_is_500_without_a_word_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    answer = await ask(product(Broken(ValueError("sk-planted-0123456789"))), SAMPLES)
    assert (answer.status, answer.header("content-type")) == (500, "application/problem+json")
    assert b"planted" not in answer.body
    assert b"Traceback" not in answer.body
    assert "request failed" in capsys.readouterr().out


@pytest.mark.parametrize("path", ["/api/v1/models/none/samples", f"/api/v1/models/{MODEL.slug}/nothing", "/api/v2/none", "/api/"])
async def test_the_api_tells_problems(path: str) -> None:
    answer = await ask(product(MemoryStore()), path)
    assert (answer.status, answer.header("content-type")) == (404, "application/problem+json")
    assert list(answer.json) == ["type", "title", "status", "detail"]
    assert (answer.json["title"], answer.header("cache-control")) == ("Not found", "no-store")


@pytest.mark.parametrize("path", ["/v1/models/none", "/v1/none", "/v1/models/a/b/c"])
async def test_openai_clients_get_openai_s_shape(path: str) -> None:
    answer = await ask(product(MemoryStore()), path)
    assert (answer.status, answer.header("content-type")) == (404, "application/json")
    assert answer.json["error"] | {"message": ""} == {
        "message": "", "type": "invalid_request_error", "param": None, "code": "model_not_found"
    }  # fmt: skip


@pytest.mark.parametrize("path", ["/none", "/models/none", "/static/none.css", "/admin/none"])
async def test_people_get_a_page(path: str) -> None:
    answer = await ask(product(MemoryStore()), path)
    assert (answer.status, answer.body) == (404, b"<h1>404</h1>")
    assert answer.header("content-type") == "text/html; charset=utf-8"
    assert answer.header("content-security-policy") is not None


@pytest.mark.parametrize("path", ["/badge/none.svg", "/badge/none.dot.svg", "/badge/none.svg?label=mine&style=flat-square"])
async def test_a_picture_stays_a_picture(path: str) -> None:
    answer = await ask(product(MemoryStore()), path)
    assert (answer.status, answer.header("content-type")) == (404, "image/svg+xml")
    assert b"unknown" in answer.body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_reading_addresses_refuse_to_be_written(method: str) -> None:
    for path in ("/api/v1/models", "/", SAMPLES, "/livez", "/badge/all.svg"):
        answer = await ask(product(MemoryStore()), path, method)
        assert (answer.status, answer.header("allow")) == (405, "GET, HEAD, OPTIONS")
    assert (await ask(product(MemoryStore()), "/none", method)).status == 404


async def test_readiness_names_everything_that_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    answer = await ask(product(Broken(StorageError("It is full.")), overdue=True), "/readyz")
    assert (answer.status, answer.header("retry-after")) == (503, "30")
    assert answer.body.decode().splitlines() == [
        "the newest scheduled round of checks is overdue",
        "the database cannot be written; the log says why",
    ]
    assert "It is full." in capsys.readouterr().out
    assert (await ask(product(MemoryStore()), "/readyz")).body == b"ok\n"


async def test_a_head_of_an_error_has_no_body() -> None:
    for path in ("/none", "/api/v1/models/none/uptime", "/v1/none", "/badge/none.svg"):
        head, got = await ask(product(MemoryStore()), path, "HEAD"), await ask(product(MemoryStore()), path)
        assert (head.status, head.body, head.header("content-length")) == (404, b"", str(len(got.body)))


async def test_a_stream_is_only_read() -> None:
    for method in ("POST", "PUT", "DELETE"):
        answer = await ask(product(MemoryStore()), "/api/v1/events", method)
        assert (answer.status, answer.header("allow")) == (405, "GET, HEAD, OPTIONS")
