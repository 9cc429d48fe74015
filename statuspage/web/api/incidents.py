"""One incident, and writing them: `/api/v1/incidents` behind the scope `operate`."""

from typing import Final

import msgspec
from litestar import Router, get, post, put
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Response

from statuspage.domain.errors import EditedMeanwhileError
from statuspage.domain.incident import Incident
from statuspage.render.documents import dump
from statuspage.render.encoded import encode
from statuspage.render.headers import SHORT, headers_for
from statuspage.render.people_documents import incident_object
from statuspage.service.desks import Desks
from statuspage.service.incident_desk import IncidentUpdating, NewIncident
from statuspage.service.questions import Questions
from statuspage.web.answer import AnyRequest, answer
from statuspage.web.gate import PUBLIC, Gate, Scope, admits
from statuspage.web.written import Conflict, body_of, seen, time_of, told

_JSON: Final = headers_for(b"application/json", SHORT)


class Opening(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that opens one; `impacts` says by key where a model is hit otherwise than the rest."""

    title: str
    message: str
    impact: str = "minor"
    status: str = "investigating"
    models: tuple[str, ...] = ()
    impacts: dict[str, str] = {}
    started_at: str | None = None


class Changing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that changes one; what is left out stays."""

    message: str | None = None
    status: str | None = None
    title: str | None = None
    impact: str | None = None
    models: tuple[str, ...] | None = None


@get("/api/v1/incidents/{incident_id:str}")
async def read(request: AnyRequest, incident_id: FromPath[str], questions: NamedDependency[Questions]) -> Response[bytes]:
    """The incident of that id, however old."""
    found = await questions.incident(incident_id)
    if found is None:
        raise NotFoundException
    return answer(request, encode(dump(incident_object(found, questions.page().site.url)), _JSON))


@post("/api/v1/incidents", opt=admits(Scope.OPERATE))
async def open_incident(request: AnyRequest, desks: NamedDependency[Desks], gate: NamedDependency[Gate]) -> Response[bytes]:
    """Opens one: 201 with its object."""
    author = (await gate.admit(request, Scope.OPERATE)).name
    body = await body_of(request, Opening)
    opened = await desks.incidents.open(
        NewIncident(
            title=body.title,
            message=body.message,
            impact=body.impact,
            status=body.status,
            models=body.models,
            impacts=body.impacts,
            started_at_ms=time_of("started_at", body.started_at),
            author=author,
        )
    )
    await desks.written()
    made = told(request, incident_object(opened, desks.site_url), 201)
    made.headers["location"] = f"{desks.site_url}/api/v1/incidents/{opened.id}"
    return made


@post("/api/v1/incidents/{incident_id:str}/updates", opt=admits(Scope.OPERATE), status_code=201)
async def add_update(
    request: AnyRequest, incident_id: FromPath[str], desks: NamedDependency[Desks], gate: NamedDependency[Gate]
) -> Response[bytes]:
    """Adds an update: 201 with the whole object; 412 where `If-Match` names another state than that of now."""
    return await _change(request, incident_id, desks, gate, 201)


@put("/api/v1/incidents/{incident_id:str}", opt=admits(Scope.OPERATE))
async def change(
    request: AnyRequest, incident_id: FromPath[str], desks: NamedDependency[Desks], gate: NamedDependency[Gate]
) -> Response[bytes]:
    """Changes title, impact or models, with or without an update."""
    return await _change(request, incident_id, desks, gate, 200)


async def _change(request: AnyRequest, incident_id: str, desks: Desks, gate: Gate, status: int) -> Response[bytes]:
    author = (await gate.admit(request, Scope.OPERATE)).name
    body = await body_of(request, Changing)
    current = await desks.incidents.find(incident_id)
    named = seen(request, incident_object(current, desks.site_url), incident_object(_public(current, desks), desks.site_url))
    changing = IncidentUpdating(
        message=body.message, status=body.status, title=body.title, impact=body.impact, models=body.models, author=author
    )
    try:
        changed = await desks.incidents.update(incident_id, changing, current.version if named else None)
    except EditedMeanwhileError:
        newest = await desks.incidents.find(incident_id)
        raise Conflict(412 if named else 409, incident_object(newest, desks.site_url)) from None
    await desks.written()
    return told(request, incident_object(changed, desks.site_url), status)


def _public(incident: Incident, desks: Desks) -> Incident:
    """The incident as readers have it, whose tag a client may have."""
    public = desks.fleet().public
    return msgspec.structs.replace(incident, models=tuple(key for key in incident.models if key in public))


router: Final = Router(path="/", route_handlers=[read, open_incident, add_update, change], opt=PUBLIC)
