"""The year at a glance."""

from collections.abc import Sequence
from typing import Final

from jinja2 import Environment

from statuspage.domain.view import DaySummary, ModelView, PageView
from statuspage.render.icon import icon
from statuspage.render.incident_rows import titles
from statuspage.render.methodology import unmistakable
from statuspage.render.sheets import Sheet
from statuspage.render.year_rows import PageDays, months

PATH: Final = "/history"


class History:
    """`/history`."""

    def __init__(self, environment: Environment) -> None:
        self._template: Final = environment.get_template("history.html")
        self._days: Final = PageDays()

    def days(self, page: PageView) -> tuple[DaySummary, ...]:
        """The days that the page itself knows."""
        return self._days.of(page)

    def sheets(self, page: PageView) -> list[Sheet]:
        """The newest year over every public model."""
        days = self.days(page)
        shows = (page.site, days, [(model.key, model.name) for model in page.models], titles(page.archive))
        return [Sheet(path=PATH, shows=shows, body=lambda: self.page(page, days), takes_query=True)]

    def page(self, page: PageView, days: Sequence[DaySummary], year: int | None = None, model: ModelView | None = None) -> bytes:
        """A year, unasked the newest, of one model or of all."""
        newest = int(max((day.date for day in days), default="0000")[:4])
        shown = newest if year is None else year
        names = unmistakable(page)
        return self._template.render(
            page=page,
            site=page.site,
            icon=icon(page.status),
            year=shown,
            model=model,
            months=months(days, shown, names)[::-1],
            models=[(each.slug, names[each.key]) for each in page.models],
            titles=titles(page.archive),
            asked=model is not None or year is not None,
        ).encode()
