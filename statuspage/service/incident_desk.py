"""Where people open, update and end incidents: the same for commands, the API and the admin pages."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec

from statuspage.domain.alerting import incident_notice
from statuspage.domain.clock import Clock
from statuspage.domain.errors import EditedMeanwhileError, UnknownNameError, WrongInputError
from statuspage.domain.incident import IMPACTS, POSTMORTEM, STATUSES, Affected, Incident, IncidentUpdate, newest_first
from statuspage.domain.model import nearest
from statuspage.domain.notice import Audience, Notice
from statuspage.domain.ports import Store
from statuspage.render.documents import dump
from statuspage.render.people_documents import incident_object
from statuspage.service.fleet import Fleet
from statuspage.service.inputs import line, one_of, text

_KNOWN_MS: Final = 91 * 86_400_000
_TRIES: Final = 3


class NewIncident(msgspec.Struct, frozen=True, kw_only=True):
    """What opens an incident; without models it concerns the whole page.

    `impacts` says by key where a model is hit otherwise than the rest. `started_at_ms` None is now.
    """

    title: str
    message: str
    impact: str = "minor"
    status: str = "investigating"
    models: tuple[str, ...] = ()
    impacts: Mapping[str, str] = {}
    started_at_ms: int | None = None
    author: str | None = None


class IncidentUpdating(msgspec.Struct, frozen=True, kw_only=True):
    """What is added to an incident; what is None stays. The status `postmortem` ends nothing and changes no status.

    Without a message nothing is added to the timeline: that is for a wrong title, and the like.
    """

    message: str | None = None
    status: str | None = None
    title: str | None = None
    impact: str | None = None
    models: tuple[str, ...] | None = None
    author: str | None = None


class IncidentDesk:
    """Incidents by hand; what was measured stays as it was measured."""

    def __init__(self, store: Store, clock: Clock, fleet: Callable[[], Fleet], site_url: str) -> None:
        self._store = store
        self._clock = clock
        self._fleet = fleet
        self._site_url = site_url

    async def open(self, new: NewIncident) -> Incident:
        """Opens one. Raises `WrongInputError`."""
        self._check(new.title, new.message, new.status, new.impact, new.models)
        for key, impact in new.impacts.items():
            one_of("impact", impact, IMPACTS)
            if key not in new.models:
                raise WrongInputError(f"The impact on {key} is given, but the incident does not name that model.")
        now_ms = self._clock.now_ms()
        started_ms = now_ms if new.started_at_ms is None else new.started_at_ms
        if started_ms > now_ms:
            raise WrongInputError("An incident cannot start in the future; plan a maintenance instead.")
        resolved_ms = now_ms if new.status == "resolved" else None
        first = IncidentUpdate(
            id=secrets.token_hex(6), status=new.status, body=text("message", new.message), at_ms=now_ms, author=new.author
        )
        incident = Incident(
            id=secrets.token_hex(6),
            title=line("title", new.title),
            status=new.status,
            impact=new.impact,
            models=tuple(dict.fromkeys(new.models)),
            started_at_ms=started_ms,
            detected_at_ms=now_ms,
            resolved_at_ms=resolved_ms,
            auto=False,
            updates=(first,),
            affected=tuple(
                Affected(key=key, impact=new.impacts.get(key, new.impact), since_ms=started_ms, until_ms=resolved_ms)
                for key in dict.fromkeys(new.models)
            ),
        )
        await self._store.keep_incident(incident, None, self._notices(None, incident))
        return incident

    async def update(self, incident_id: str, change: IncidentUpdating, expected: int | None = None) -> Incident:
        """Adds to one. `expected` is the version that the person saw; without it the newest is taken.

        Raises `WrongInputError`, `UnknownNameError`, and `EditedMeanwhileError` where somebody else was quicker.
        """
        for attempt in range(_TRIES):
            before = await self.find(incident_id)
            if expected is not None and before.version != expected:
                msg = f"The incident {incident_id} was changed by somebody else meanwhile; look at it again first."
                raise EditedMeanwhileError(msg)
            after = self._changed(before, change)
            try:
                await self._store.keep_incident(after, before.version, self._notices(before, after))
            except EditedMeanwhileError:
                if expected is not None or attempt == _TRIES - 1:
                    raise
                continue
            return after
        raise AssertionError  # the loop returns or raises

    async def find(self, incident_id: str) -> Incident:
        """The incident of that id, however old. Raises `UnknownNameError`."""
        found = await self._store.incident(incident_id)
        if found is None:
            known = [incident.id for incident in await self.known()]
            raise UnknownNameError("incident", incident_id, nearest(incident_id, known))
        return found

    async def known(self) -> tuple[Incident, ...]:
        """The open ones and those of the last 90 days, newest first."""
        return await self._store.incidents(self._clock.now_ms() - _KNOWN_MS)

    def _changed(self, before: Incident, change: IncidentUpdating) -> Incident:
        status = change.status or before.status
        title, impact = change.title or before.title, change.impact or before.impact
        models = before.models if change.models is None else tuple(dict.fromkeys(change.models))
        self._check(title, change.message, status, impact, () if change.models is None else models)
        if status == POSTMORTEM and before.resolved_at_ms is None:
            raise WrongInputError("A postmortem follows the resolution; resolve the incident first.")
        if change.message is None and status != before.status:
            raise WrongInputError("The message is missing; say what led to the new status.")
        now_ms = max(self._clock.now_ms(), before.updates[0].at_ms if before.updates else 0)
        said = [
            IncidentUpdate(id=secrets.token_hex(6), status=status, body=text("message", body), at_ms=now_ms, author=change.author)
            for body in (change.message,)
            if body is not None
        ]
        if status == POSTMORTEM:
            status, resolved_ms = before.status, before.resolved_at_ms
        else:
            resolved_ms = (before.resolved_at_ms or now_ms) if status == "resolved" else None
        return msgspec.structs.replace(
            before,
            title=line("title", title),
            status=status,
            impact=impact,
            models=models,
            affected=_affected(before, models, impact, now_ms, resolved_ms),
            resolved_at_ms=resolved_ms,
            updates=newest_first((*said, *before.updates)),
            version=before.version + 1,
        )

    def _check(self, title: str, message: str | None, status: str, impact: str, models: Sequence[str]) -> None:
        line("title", title)
        if message is not None:
            text("message", message)
        one_of("status", status, (*STATUSES, POSTMORTEM))
        one_of("impact", impact, IMPACTS)
        self._fleet().check_models(models)

    def _notices(self, before: Incident | None, after: Incident) -> tuple[Notice, ...]:
        fleet = self._fleet()
        url = f"{self._site_url}/incidents/{after.id}"
        data = dump(incident_object(after, self._site_url))
        notice = incident_notice(before, after, url=url, group=fleet.group(after.models), data=data)
        if notice is None:
            return ()
        return (msgspec.structs.replace(notice, audience=Audience.OPERATOR) if fleet.hidden(after.models) else notice,)


def _affected(before: Incident, models: Sequence[str], impact: str, now_ms: int, resolved_ms: int | None) -> tuple[Affected, ...]:
    """The models one by one: new ones from now on, and all of them over once the incident is."""
    known = {each.key: each for each in before.affected}
    found = []
    for key in models:
        each = known.get(key)
        if each is None and before.auto:
            continue
        each = each or Affected(key=key, impact=impact, since_ms=now_ms)
        until_ms = (each.until_ms or resolved_ms) if resolved_ms is not None else None if not before.auto else each.until_ms
        found.append(msgspec.structs.replace(each, until_ms=until_ms))
    return tuple(found)
