"""The write API: who may, what is taken, who is told that somebody was quicker."""

import math

import msgspec
import pytest
from litestar.exceptions import NotAuthorizedException

from statuspage.domain.access import Principal
from statuspage.domain.ports import WatchedModel
from statuspage.domain.view import ModelView, PageView
from statuspage.render.encoded import Document
from statuspage.service.desks import Desks
from statuspage.service.fleet import Fleet
from statuspage.service.questions import Questions
from statuspage.storage.memory import MemoryStore
from statuspage.web.answer import AnyRequest
from statuspage.web.app import web_application
from statuspage.web.fast import FrontDoor
from statuspage.web.gate import Gate, Scope
from tests.render import world
from tests.service.world import START_MS, HandClock
from tests.web.asking import Answer, ask
from tests.web.parts import parts

KEY, SLUG = "moonshot/kimi-k3", "moonshot-kimi-k3"
OPENING = {"title": "Logins", "message": "We **look**.", "impact": "major", "models": [KEY]}
WORK = {"title": "Upgrade", "message": "Short.", "starts_at": "2099-01-01T00:00:00Z", "ends_at": "2099-01-01T01:00:00Z"}
SHOWN = {"status": "major_outage", "reason": "Seen by hand", "until": "2099-01-01T00:00:00Z"}
WRITES = [
    ("POST", "/api/v1/incidents", OPENING),
    ("POST", "/api/v1/incidents/x/updates", {"message": "m"}),
    ("PUT", "/api/v1/incidents/x", {"title": "t"}),
    ("POST", "/api/v1/maintenance", WORK),
    ("POST", "/api/v1/maintenance/x/updates", {"message": "m"}),
    ("DELETE", "/api/v1/maintenance/x", None),
    ("PUT", f"/api/v1/models/{SLUG}/override", SHOWN),
    ("DELETE", f"/api/v1/models/{SLUG}/override", None),
    ("GET", "/api/v1/overrides", None),
]


class Shelf:
    """A page that shows what the store holds."""

    fresh_until_s = math.inf

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.page: PageView = world.page(1)

    def model(self, slug: str) -> ModelView | None:
        return None


class OpenGate(Gate):
    """Lets in whoever names the scope."""

    async def admit(self, request: AnyRequest, scope: Scope, *, booked: bool = True) -> Principal:
        if request.headers.get("authorization") != f"Bearer {scope.value}":
            raise NotAuthorizedException("This address needs a token.")
        return Principal(name="ada", scope=scope)

    async def principal(self, request: AnyRequest) -> Principal | None:
        return None


class Api:
    """The application over a store in memory."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.taken_over = 0
        clock, shelf = HandClock(), Shelf()
        fleet = Fleet(providers={KEY: "moonshot"}, public=frozenset({KEY}))
        desks = Desks(self.store, clock, lambda: fleet, "https://status.example", self._written)
        questions = Questions(shelf, self.store, clock)  # type: ignore[arg-type]
        mine: dict[str, object] = {"health": object(), "desks": desks, "gate": OpenGate(), "questions": questions}
        self.door: FrontDoor = web_application(
            shelf=shelf,  # type: ignore[arg-type]
            parts=parts(**mine),
            error_page=lambda *_: b"",
        )

    async def _written(self) -> None:
        self.taken_over += 1

    async def begin(self) -> "Api":
        await self.store.watch([WatchedModel(key=KEY, interval_s=300)], START_MS)
        return self

    async def write(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        sent = b"" if body is None else msgspec.json.encode(body)
        return await ask(self.door, path, method, sent, **{"authorization": "Bearer operate", **headers})


@pytest.fixture
async def api() -> Api:
    return await Api().begin()


@pytest.mark.parametrize(("method", "path", "body"), WRITES)
async def test_nobody_writes_without_the_scope(api: Api, method: str, path: str, body: object) -> None:
    for authorization in ("", "Bearer read"):
        refused = await api.write(method, path, body, authorization=authorization)
        assert (refused.status, refused.json["title"]) == (401, "Not signed in")
        assert refused.header("content-type") == "application/problem+json"
    assert await api.store.incidents(0) == ()


async def test_an_incident_is_opened_updated_and_read(api: Api) -> None:
    opened = await api.write("POST", "/api/v1/incidents", OPENING)
    assert opened.status == 201
    path = f"/api/v1/incidents/{opened.json['id']}"
    assert opened.header("location") == f"https://status.example{path}"
    assert (opened.json["auto"], opened.json["updates"][0]["author"]) == (False, "ada")
    updated = await api.write("POST", f"{path}/updates", {"status": "identified", "message": "Found."})
    assert (updated.status, updated.json["status"]) == (201, "identified")
    renamed = await api.write("PUT", path, {"title": "Logins fail"})
    assert (renamed.status, renamed.json["title"], len(renamed.json["updates"])) == (200, "Logins fail", 2)
    assert api.taken_over == 3


async def test_the_second_of_two_editors_is_told_what_there_is_now(api: Api) -> None:
    opened = await api.write("POST", "/api/v1/incidents", OPENING)
    path = f"/api/v1/incidents/{opened.json['id']}"
    tag = str(opened.header("etag"))
    mine = await api.write("PUT", path, {"title": "Mine"}, if_match=tag)
    theirs = await api.write("PUT", path, {"title": "Theirs"}, if_match=tag)
    assert (mine.status, theirs.status) == (200, 412)
    assert (theirs.json["current"]["title"], theirs.json["title"]) == ("Mine", "Changed meanwhile")
    assert (await api.write("PUT", path, {"title": "Theirs"}, if_match=str(mine.header("etag")))).status == 200
    assert (await api.write("PUT", path, {"title": "Any"}, if_match="*")).status == 200


async def test_maintenance_is_announced_and_cancelled(api: Api) -> None:
    announced = await api.write("POST", "/api/v1/maintenance", {**WORK, "rrule": "FREQ=DAILY"})
    assert (announced.status, announced.json["status"], announced.json["rrule"]) == (201, "scheduled", "FREQ=DAILY")
    assert announced.json["notes"] == ["This rule never ends: the maintenance repeats until somebody cancels it."]
    path = f"/api/v1/maintenance/{announced.json['id']}"
    told = await api.write("POST", f"{path}/updates", {"status": "scheduled", "message": "Still planned."})
    assert (told.status, told.json["updates"][0]["body"]) == (201, "Still planned.")
    stale = await api.write("DELETE", path, if_match='"old"')
    assert (stale.status, stale.json["current"]["status"]) == (412, "scheduled")
    cancelled = await api.write("DELETE", path)
    assert (cancelled.status, cancelled.json["status"], cancelled.json["updates"][0]["author"]) == (200, "cancelled", "ada")


async def test_an_override_is_set_listed_and_cleared(api: Api) -> None:
    path = f"/api/v1/models/{SLUG}/override"
    written = await api.write("PUT", path, SHOWN)
    assert (written.status, written.json["model"], written.json["author"]) == (200, KEY, "ada")
    listed = await api.write("GET", "/api/v1/overrides")
    assert listed.json == {"overrides": [written.json]}
    assert (await api.write("DELETE", path)).status == 200
    assert (await api.write("DELETE", path)).status == 400
    assert (await api.write("PUT", "/api/v1/models/no-such/override", SHOWN)).status == 404


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "sentence"),
    [
        ("POST", "/api/v1/incidents", {"title": "t"}, 400, "missing required field `message`"),
        ("POST", "/api/v1/incidents", {**OPENING, "titel": "t"}, 400, "unknown field `titel`"),
        ("POST", "/api/v1/incidents", {**OPENING, "models": ["moonshot/kimi"]}, 400, "did you mean moonshot/kimi-k3?"),
        ("POST", "/api/v1/incidents", {**OPENING, "impact": "bad"}, 400, "choose one of none, minor, major, critical"),
        ("POST", "/api/v1/incidents", {**OPENING, "started_at": "noon"}, 400, "started_at must be a time"),
        ("POST", "/api/v1/incidents", {**OPENING, "started_at": "0605-11-02T02:31:40Z"}, 400, "started_at must be a time"),
        ("POST", "/api/v1/maintenance", {**WORK, "ends_at": "9999-12-31T23:59:59-14:00"}, 400, "ends_at must be a time"),
        ("POST", "/api/v1/incidents", [], 400, "Expected `object`"),
        ("PUT", "/api/v1/incidents/nope", {"title": "t"}, 404, "There is no incident 'nope'"),
        ("POST", "/api/v1/maintenance", {**WORK, "ends_at": WORK["starts_at"]}, 400, "is not after the start"),
        ("POST", "/api/v1/maintenance", {**WORK, "rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, 400, "never fires"),
        ("DELETE", "/api/v1/maintenance/nope", None, 404, "There is no maintenance 'nope'"),
        ("PUT", f"/api/v1/models/{SLUG}/override", {**SHOWN, "until": "2020-01-01T00:00:00Z"}, 400, "is over already"),
        ("PUT", f"/api/v1/models/{SLUG}/override", {**SHOWN, "status": "green"}, 400, "is no status"),
    ],
)
async def test_what_cannot_be_written_is_refused_in_one_sentence(
    api: Api,
    method: str,
    path: str,
    body: object,
    status: int,
    sentence: str,
) -> None:
    refused = await api.write(method, path, body)
    assert refused.status == status
    assert sentence in refused.json["detail"]


async def test_what_is_no_json_or_too_long_is_refused(api: Api) -> None:
    for body in (b"{", b'{"title": "' + b"x" * 300_000 + b'"}'):
        refused = await ask(api.door, "/api/v1/incidents", "POST", body, authorization="Bearer operate")
        assert refused.status == 400
    assert "no JSON" in (await ask(api.door, "/api/v1/incidents", "POST", b"{", authorization="Bearer operate")).json["detail"]
