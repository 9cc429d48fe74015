"""The timeline of incidents and the permanent page of each."""

from typing import Final

from jinja2 import Environment

from statuspage.domain.incident import Incident
from statuspage.domain.view import PageView
from statuspage.domain.words import Status
from statuspage.render.icon import icon
from statuspage.render.incident_rows import months, story
from statuspage.render.sheets import Sheet

READY: Final = 200
"""So many of the newest incidents have their page ready; older ones are rendered when somebody asks."""


class IncidentPages:
    """`/incidents` and `/incidents/{id}`."""

    def __init__(self, environment: Environment) -> None:
        self._timeline: Final = environment.get_template("incidents.html")
        self._incident: Final = environment.get_template("incident.html")

    def sheets(self, page: PageView) -> list[Sheet]:
        """The timeline, and the pages of every open and of the newest incidents."""
        models = {model.key: model for model in page.models}
        timeline = months(page.archive, models)
        ready = [incident for place, incident in enumerate(page.archive) if place < READY or incident.resolved_at_ms is None]
        names = {model.key: model.name for model in page.models}
        sheets = [Sheet(path="/incidents", shows=(timeline, page.maintenances, names), body=lambda: self.timeline(page))]
        for incident in ready:
            told = story(incident, models)
            sheets.append(
                Sheet(
                    path=f"/incidents/{incident.id}",
                    shows=told,
                    body=lambda incident=incident: self.incident(page, incident),  # type: ignore[misc]  # bound now
                )
            )
        return sheets

    def timeline(self, page: PageView) -> bytes:
        """All known incidents of the last 90 days, newest first, below the maintenance that was announced."""
        models = {model.key: model for model in page.models}
        return self._timeline.render(
            page=page,
            site=page.site,
            icon=icon(page.status),
            months=months(page.archive, models),
            maintenances=page.maintenances,
            names={model.key: model.name for model in page.models},
            open=sum(incident.resolved_at_ms is None for incident in page.archive),
        ).encode()

    def incident(self, page: PageView, incident: Incident) -> bytes:
        """One incident, of its public models only."""
        models = {model.key: model for model in page.models}
        told = story(incident, models)
        over = incident.resolved_at_ms is not None
        worst = next((status for status in Status if any(each.status is status for each in told.touched)), Status.NO_DATA)
        return self._incident.render(
            page=page, site=page.site, icon=icon(Status.OPERATIONAL if over else worst), story=told, incident=incident
        ).encode()
