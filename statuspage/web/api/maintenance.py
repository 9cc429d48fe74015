"""Announcing work: `/api/v1/maintenance` behind the scope `operate`."""

from typing import Final

import msgspec
from litestar import Router, delete, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Response

from statuspage.domain.errors import EditedMeanwhileError
from statuspage.render.documents import Json, dump
from statuspage.render.encoded import encode
from statuspage.render.headers import SHORT, headers_for
from statuspage.render.people_documents import maintenance_object
from statuspage.service.desks import Desks
from statuspage.service.maintenance_desk import NewMaintenance, Planned
from statuspage.service.questions import Questions
from statuspage.web.answer import AnyRequest, answer
from statuspage.web.gate import PUBLIC, Gate, Scope, admits
from statuspage.web.problems import BadRequest
from statuspage.web.written import Conflict, body_of, seen, time_of, told

_JSON: Final = headers_for(b"application/json", SHORT)


class Announcing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that announces one; without models and providers it concerns the whole page."""

    title: str
    message: str
    starts_at: str
    ends_at: str
    rrule: str | None = None
    timezone: str = "UTC"
    models: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()


class Saying(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that adds a word; without a message a usual one."""

    message: str | None = None
    status: str = "in_progress"


@get("/api/v1/maintenance/{maintenance_id:str}")
async def read(request: AnyRequest, maintenance_id: FromPath[str], questions: NamedDependency[Questions]) -> Response[bytes]:
    """The maintenance of that id."""
    page = questions.page()
    found = next((each for each in page.maintenances if each.id == maintenance_id), None)
    if found is None:
        raise NotFoundException
    return answer(request, encode(dump(maintenance_object(found, page.site.url)), _JSON))


@post("/api/v1/maintenance", opt=admits(Scope.OPERATE))
async def announce(request: AnyRequest, desks: NamedDependency[Desks], gate: NamedDependency[Gate]) -> Response[bytes]:
    """Announces one: 201 with its object, and `notes` for whoever wrote it, such as of a rule that never ends."""
    author = (await gate.admit(request, Scope.OPERATE)).name
    body = await body_of(request, Announcing)
    starts_at_ms, ends_at_ms = time_of("starts_at", body.starts_at), time_of("ends_at", body.ends_at)
    if starts_at_ms is None or ends_at_ms is None:
        raise BadRequest("starts_at and ends_at are needed")
    planned = await desks.maintenance.plan(
        NewMaintenance(
            title=body.title,
            message=body.message,
            starts_at_ms=starts_at_ms,
            ends_at_ms=ends_at_ms,
            rrule=body.rrule,
            zone=body.timezone,
            models=body.models,
            providers=body.providers,
            author=author,
        )
    )
    await desks.written()
    made = told(request, {**_object(planned, desks), "notes": list(planned.notes)}, 201)
    made.headers["location"] = f"{desks.site_url}/api/v1/maintenance/{planned.maintenance.id}"
    return made


@post("/api/v1/maintenance/{maintenance_id:str}/updates", opt=admits(Scope.OPERATE), status_code=201)
async def add_update(
    request: AnyRequest, maintenance_id: FromPath[str], desks: NamedDependency[Desks], gate: NamedDependency[Gate]
) -> Response[bytes]:
    """Adds an update; the status `completed` ends the window that is under way."""
    author = (await gate.admit(request, Scope.OPERATE)).name
    body = await body_of(request, Saying)
    if body.message is None:
        raise BadRequest("The message is missing; say what readers should know")
    expected = await _expected(request, maintenance_id, desks)
    try:
        if body.status == "completed":
            planned = await desks.maintenance.end(maintenance_id, body.message, author, expected)
        else:
            planned = await desks.maintenance.tell(maintenance_id, body.status, body.message, author, expected)
    except EditedMeanwhileError:
        raise await _quicker(maintenance_id, desks, expected) from None
    await desks.written()
    return told(request, _object(planned, desks), 201)


@delete("/api/v1/maintenance/{maintenance_id:str}", opt=admits(Scope.OPERATE), status_code=200)
async def cancel(
    request: AnyRequest, maintenance_id: FromPath[str], desks: NamedDependency[Desks], gate: NamedDependency[Gate]
) -> Response[bytes]:
    """Takes one back with all its windows; one that is under way ends now."""
    author = (await gate.admit(request, Scope.OPERATE)).name
    body = await body_of(request, Saying)
    expected = await _expected(request, maintenance_id, desks)
    message = "The maintenance was cancelled." if body.message is None else body.message
    try:
        planned = await desks.maintenance.cancel(maintenance_id, message, author, expected)
    except EditedMeanwhileError:
        raise await _quicker(maintenance_id, desks, expected) from None
    await desks.written()
    return told(request, _object(planned, desks))


async def _expected(request: AnyRequest, maintenance_id: str, desks: Desks) -> int | None:
    """The version that the client saw, where it says so."""
    current = await desks.maintenance.find(maintenance_id)
    return current.version if seen(request, _object(current, desks)) else None


async def _quicker(maintenance_id: str, desks: Desks, expected: int | None) -> Conflict:
    return Conflict(409 if expected is None else 412, _object(await desks.maintenance.find(maintenance_id), desks))


def _object(planned: Planned, desks: Desks) -> dict[str, Json]:
    return maintenance_object(planned.maintenance, desks.site_url)


router: Final = Router(path="/", route_handlers=[read, announce, add_update, cancel], opt=PUBLIC)
