"""Litestar behind the front door."""

from collections.abc import Mapping
from typing import Final

from litestar import Litestar
from litestar.di import Provide
from litestar.exceptions import HTTPException

from statuspage.domain.errors import StorageError, WrongInputError
from statuspage.service.by_hand import TooSoon
from statuspage.service.shelf import Shelf
from statuspage.web import embeds, health, metrics, ofrep, pages, subscribe
from statuspage.web.admin import rooms
from statuspage.web.admin.hall import SeeOther, see_other
from statuspage.web.api import badges, checks, compare, flags, incidents, maintenance, models, overrides, route, samples
from statuspage.web.errors import ErrorPage, Errors
from statuspage.web.fast import Application, FrontDoor
from statuspage.web.problems import BadRequest, UnknownModel
from statuspage.web.written import Conflict, conflict, wrong_input

ROUTERS: Final = (
    models.router,
    badges.router,
    incidents.router,
    maintenance.router,
    overrides.router,
    checks.router,
    samples.router,
    route.router,
    compare.router,
    flags.router,
    ofrep.router,
    pages.router,
    subscribe.router,
    embeds.router,
    metrics.router,
    health.router,
    *rooms.ROUTERS,
)
"""Whatever is answered by asking, a line each; what is ready lies on the shelf."""


def web_application(
    *, shelf: Shelf, parts: Mapping[str, object], error_page: ErrorPage, live: Mapping[str, Application] | None = None
) -> FrontDoor:
    """The whole ASGI application: ready bytes in front, `live` answers by address, questions behind.

    `parts` are what handlers ask for by name.
    """
    errors = Errors(error_page, lambda path: path in shelf.documents or path in (live or ()))
    behind = Litestar(
        route_handlers=ROUTERS,
        dependencies={name: _provided(part) for name, part in parts.items()},
        exception_handlers={
            SeeOther: see_other,
            TooSoon: checks.too_soon,
            BadRequest: errors.bad_request,
            UnknownModel: errors.unknown_model,
            WrongInputError: wrong_input,
            Conflict: conflict,
            HTTPException: errors.http,
            StorageError: errors.storage,
            Exception: errors.unexpected,
        },
        openapi_config=None,
        logging_config=None,
        debug=False,
    )
    return FrontDoor(shelf, behind, live)  # type: ignore[arg-type]  # Litestar narrows ASGI's types


def _provided(part: object) -> Provide:
    return Provide(lambda: part, sync_to_thread=False)
