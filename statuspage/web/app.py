"""Litestar behind the front door."""

from collections.abc import Mapping

from litestar import Litestar
from litestar.di import Provide
from litestar.exceptions import HTTPException

from statuspage.domain.errors import StorageError
from statuspage.render.pages import Renderer
from statuspage.service.health import Health
from statuspage.service.questions import Questions
from statuspage.service.shelf import Shelf
from statuspage.web import health as health_addresses
from statuspage.web import pages as page_addresses
from statuspage.web.api import badges, models
from statuspage.web.errors import ErrorPage, Errors
from statuspage.web.fast import Application, FrontDoor
from statuspage.web.problems import BadRequest, UnknownModel


def web_application(
    *,
    shelf: Shelf,
    questions: Questions,
    health: Health,
    pages: Renderer,
    error_page: ErrorPage,
    live: Mapping[str, Application] | None = None,
) -> FrontDoor:
    """The whole ASGI application: ready bytes in front, `live` answers by address, questions behind."""
    errors = Errors(error_page, lambda path: path in shelf.documents)
    behind = Litestar(
        route_handlers=[models.router, badges.router, page_addresses.router, health_addresses.router],
        dependencies={
            "questions": Provide(lambda: questions, sync_to_thread=False),
            "pages": Provide(lambda: pages, sync_to_thread=False),
            "health": Provide(lambda: health, sync_to_thread=False),
        },
        exception_handlers={
            BadRequest: errors.bad_request,
            UnknownModel: errors.unknown_model,
            HTTPException: errors.http,
            StorageError: errors.storage,
            Exception: errors.unexpected,
        },
        openapi_config=None,
        logging_config=None,
        debug=False,
    )
    return FrontDoor(shelf, behind, live)  # type: ignore[arg-type]  # Litestar narrows ASGI's types
