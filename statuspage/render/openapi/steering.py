"""Writing in words: incidents, maintenance, overrides and calls of programs, for whoever has the scope `operate`."""

from typing import Final

import msgspec

from statuspage.render.openapi import shapes
from statuspage.render.openapi.parts import JSON, PROBLEM, SLUG, UNKNOWN, Answer, Operation, Param, ok, wrong

_IF_MATCH: Final = Param(
    name="If-Match", where="header", example='"3f0c"', description="The `ETag` of what was seen; 412 where it has changed since."
)


def _id(of: str, example: str) -> Param:
    return Param(name="id", where="path", required=True, example=example, description=f"The {of}'s id.")


_INCIDENT: Final = _id("incident", "{incident}")
_MAINTENANCE: Final = _id("maintenance", "unknown")


def _problem(status: int, description: str) -> Answer:
    return Answer(status=status, description=description, media=PROBLEM, shape=shapes.Problem)


_REFUSED: Final = (
    _problem(401, "Nobody is signed in, and there is no token."),
    _problem(403, "The scope is not enough."),
)
_GONE: Final = _problem(404, "There is none with this id.")
_QUICKER: Final = (
    _problem(409, "Somebody else was quicker; `current` is what there is now."),
    _problem(412, "`If-Match` names another state than that of now, which is `current`."),
)


def _write(  # noqa: PLR0913 - a row of the table, by name
    method: str,
    path: str,
    summary: str,
    *,
    body: type[msgspec.Struct] | None,
    answers: type[msgspec.Struct],
    params: tuple[Param, ...] = (),
    status: int = 200,
    more: tuple[Answer, ...] = (),
) -> Operation:
    made = Answer(status=status, description="What there is now.", media=JSON, shape=answers)
    refused = (wrong("A body that cannot be used; `detail` names the place."), *_REFUSED, *more)
    return Operation(
        path=path,
        tag="steering",
        method=method,
        summary=summary,
        scope="operate",
        params=params,
        body=body,
        answers=(made, *refused),
    )


STEERING: Final = (
    Operation(
        path="/api/v1/incidents/{id}",
        tag="incidents",
        summary="One incident, however old",
        params=(_INCIDENT,),
        answers=(Answer(status=200, description="The incident.", shape=shapes.Incident), _GONE),
    ),
    Operation(
        path="/api/v1/maintenance/{id}",
        tag="incidents",
        summary="One maintenance",
        params=(_MAINTENANCE,),
        answers=(Answer(status=200, description="The maintenance.", shape=shapes.Maintenance), _GONE),
    ),
    Operation(
        path="/api/v1/samples",
        tag="steering",
        method="post",
        summary="Tell of calls that a program made",
        description="Kept as samples of kind `passive`, which change no status, uptime or budget. A batch that is sent again "
        "counts once. An `http_status` that does not go with its class is refused. Needs `passive.accept: true`; a token that "
        "`passive.tokens` names needs `read` alone.",
        scope="operate",
        body=shapes.ToldCalls,
        answers=(
            ok(shapes.TakenCalls, "What became of them."),
            wrong("A body that cannot be used; `detail` names the place. None of it is kept."),
            *_REFUSED,
            _problem(429, "More calls than are taken in a minute; `Retry-After` says when to send them again."),
            _problem(503, "They cannot be kept at the moment; `Retry-After` says when to send them again."),
        ),
    ),
    Operation(
        path="/api/v1/overrides",
        tag="steering",
        summary="What is shown by hand",
        scope="operate",
        answers=(Answer(status=200, description="Those that have not expired.", shape=shapes.Overrides), *_REFUSED),
    ),
    _write(
        "post",
        "/api/v1/incidents",
        "Open an incident",
        body=shapes.IncidentOpening,
        answers=shapes.Incident,
        status=201,
    ),
    _write(
        "put",
        "/api/v1/incidents/{id}",
        "Change an incident",
        body=shapes.IncidentChange,
        answers=shapes.Incident,
        params=(_INCIDENT, _IF_MATCH),
        more=(_GONE, *_QUICKER),
    ),
    _write(
        "post",
        "/api/v1/incidents/{id}/updates",
        "Add an update to an incident",
        body=shapes.IncidentChange,
        answers=shapes.Incident,
        params=(_INCIDENT, _IF_MATCH),
        status=201,
        more=(_GONE, *_QUICKER),
    ),
    _write(
        "post",
        "/api/v1/maintenance",
        "Announce maintenance",
        body=shapes.MaintenanceAnnouncement,
        answers=shapes.AnnouncedMaintenance,
        status=201,
    ),
    _write(
        "post",
        "/api/v1/maintenance/{id}/updates",
        "Add an update to a maintenance",
        body=shapes.MaintenanceWord,
        answers=shapes.Maintenance,
        params=(_MAINTENANCE, _IF_MATCH),
        status=201,
        more=(_GONE, *_QUICKER),
    ),
    _write(
        "delete",
        "/api/v1/maintenance/{id}",
        "Cancel a maintenance with all its windows",
        body=shapes.MaintenanceWord,
        answers=shapes.Maintenance,
        params=(_MAINTENANCE, _IF_MATCH),
        more=(_GONE, *_QUICKER),
    ),
    _write(
        "put",
        "/api/v1/models/{slug}/override",
        "Show a model by hand",
        body=shapes.OverrideSetting,
        answers=shapes.Override,
        params=(SLUG,),
        more=(UNKNOWN,),
    ),
    _write(
        "delete",
        "/api/v1/models/{slug}/override",
        "Show a model as it is measured again",
        body=None,
        answers=shapes.Override,
        params=(SLUG,),
        more=(UNKNOWN,),
    ),
    _write(
        "post",
        "/api/v1/models/{slug}/check",
        "Check a model now",
        body=None,
        answers=shapes.CheckAsked,
        params=(SLUG,),
        status=202,
        more=(UNKNOWN, Answer(status=429, description="It was checked by hand just now.", media=PROBLEM, shape=shapes.Problem)),
    ),
)
