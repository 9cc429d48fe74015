"""The operator's rooms, a line each; `render/rooms/doors.py` has their navigation."""

from typing import Final

from litestar import Router

from statuspage.web.admin import books, budget, flags, incidents, login, maintenance, models, now, oidc, overrides, people

ROUTERS: Final[tuple[Router, ...]] = (
    login.router,
    oidc.router,
    now.router,
    incidents.router,
    maintenance.router,
    overrides.router,
    models.router,
    flags.router,
    budget.router,
    people.router,
    books.router,
)
