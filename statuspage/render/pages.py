"""The pages, from views to bytes. Rows are rendered apart, so that a change of one model renders one row."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from statuspage.domain.opinion import SAYS
from statuspage.domain.series import Series
from statuspage.domain.speed import tokens_per_second
from statuspage.domain.view import WINDOWS, ModelView, PageView, SiteView
from statuspage.domain.words import Status
from statuspage.render.admin_pages import AdminPages
from statuspage.render.assets import Assets
from statuspage.render.bars import bars
from statuspage.render.compare import Compare
from statuspage.render.embed import Frame
from statuspage.render.environment import build_environment
from statuspage.render.figures import sentence as sentence_of
from statuspage.render.front import COMING, FILTER_FROM, RESOLVED, cadence, groups, measured_ms, next_ms, sentence, since_ms
from statuspage.render.history import History
from statuspage.render.icon import icon
from statuspage.render.incident_pages import IncidentPages
from statuspage.render.incident_rows import lasted_minutes, titles
from statuspage.render.language import tr
from statuspage.render.lifecycle import life_rows
from statuspage.render.localised import in_words, incident_in_words, page_in_words
from statuspage.render.methodology import Methodology
from statuspage.render.model_charts import charts, of_the_day
from statuspage.render.model_page import day_rows, instead, probe_rows, snippets, told_rows
from statuspage.render.official import absent
from statuspage.render.openapi.page import SchemaPage
from statuspage.render.row import UNMEASURED, render_row
from statuspage.render.sheets import Sheet
from statuspage.render.subscribe_pages import SubscribePages

NOT_FOUND: Final = 404
BAD_REQUEST: Final = 400
FORBIDDEN: Final = 403


class Renderer:
    """Reads the templates once; every method after that is a pure function of its arguments."""

    def __init__(self, templates: Path, assets: Assets) -> None:
        environment = build_environment(templates, assets)
        self._row: Final = environment.get_template("row.html")
        self._front: Final = environment.get_template("front.html")
        self._model: Final = environment.get_template("model.html")
        self._error: Final = environment.get_template("error.html")
        self.frame: Final = Frame(environment)
        self.methodology: Final = Methodology(environment)
        self.history: Final = History(environment)
        self.compare: Final = Compare(environment)
        self.incidents: Final = IncidentPages(environment)
        self.schema: Final = SchemaPage(environment)
        self.admin: Final = AdminPages(environment)
        self.subscribe: Final = SubscribePages(environment)

    def row(self, model: ModelView) -> str:
        """One model's row of the front page; keep it until the model changes."""
        return render_row(self._row, in_words(model))

    def front(self, page: PageView, rows: Mapping[str, str] | None = None) -> bytes:
        """The front page around the rows, by model key; without them every row is rendered."""
        rows = {model.key: self.row(model) for model in page.models} if rows is None else rows
        page = page_in_words(page)
        return self._front.render(
            page=page,
            site=page.site,
            icon=icon(page.status),
            sentence=sentence(page),
            since_ms=since_ms(page),
            measured_ms=measured_ms(page.models),
            next_ms=next_ms(page.models),
            every_s=min((model.interval_seconds for model in page.models), default=None),
            open=[incident for incident in page.incidents if incident.resolved_at_ms is None],
            resolved=[incident for incident in page.incidents if incident.resolved_at_ms is not None][:RESOLVED],
            maintenances=[each for each in page.maintenances if each.status in COMING],
            names={model.key: model.name for model in page.models},
            lasted=lasted_minutes,
            groups=groups(page, rows),
            filter=len(page.models) >= FILTER_FROM,
            cadence=cadence(page.models),
        ).encode()

    def model_page(self, page: PageView, model: ModelView, told: Series | None = None) -> bytes:
        """One model's page with the charts of one window, unasked of the last 24 hours.

        Of the page its settings, its incidents, the method and what to use instead are used.
        """
        model = in_words(model)
        return self._model.render(
            page=page,
            site=page.site,
            model=model,
            claims=SAYS,
            absent=absent,
            icon=icon(model.status),
            provider=page.provider_names.get(model.provider, model.provider),
            instead=instead(page, model),
            uptime=model.uptime.get("90d", UNMEASURED),
            all_windows=WINDOWS,
            windows=[(window, model.uptime.get(window, UNMEASURED)) for window in WINDOWS],
            bars=bars(model.days),
            day_rows=day_rows(model.days),
            evidence=probe_rows(model.evidence),
            told_rows=told_rows(model),
            charts=charts(told or of_the_day(model)),
            speed=tokens_per_second(model.evidence),
            titles=titles([incident_in_words(each) for each in page.archive]),
            snippets=snippets(model, page.site),
            life=life_rows(model),
            events=() if model.lifecycle is None else model.lifecycle.events,
        ).encode()

    def sheets(self, page: PageView) -> list[Sheet]:
        """Every other page that lies ready."""
        page = page_in_words(page)
        several = (self.incidents, self.compare, self.history, self.methodology, self.schema)
        return [sheet for each in several for sheet in each.sheets(page)]

    def error(self, site: SiteView, title: str, explanation: str) -> bytes:
        """A page for whatever went wrong: a title and one sentence with its full stop."""
        return self._error.render(site=site, icon=icon(Status.NO_DATA), title=title, sentence=explanation).encode()

    def refused(self, site: SiteView, status: int, detail: str) -> bytes:
        """The page of an HTTP status; of one that the reader caused `detail` says what to change."""
        if status == NOT_FOUND:
            return self.not_found(site)
        if status == FORBIDDEN:
            return self.error(site, tr("Not allowed"), sentence_of(detail))
        return self.error(site, tr("That cannot be shown"), sentence_of(detail)) if status == BAD_REQUEST else self.broken(site)

    def not_found(self, site: SiteView) -> bytes:
        """The page for an address, or a model, that nobody knows or that is not public."""
        return self.error(site, tr("Not found"), tr("There is no page and no public model at this address."))

    def broken(self, site: SiteView) -> bytes:
        """The page for a fault of our own; it tells nothing of the inside."""
        return self.error(site, tr("Our own fault"), tr("This page could not be made; the operator's log says why."))
