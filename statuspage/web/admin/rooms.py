"""The operator's rooms, a line each; `render/rooms/doors.py` has their navigation."""

from typing import Final

from litestar import Router

from statuspage.web.admin import books, incidents, login, maintenance, now, oidc, overrides

ROUTERS: Final[tuple[Router, ...]] = (
    login.router,
    oidc.router,
    now.router,
    incidents.router,
    maintenance.router,
    overrides.router,
    books.router,
)
