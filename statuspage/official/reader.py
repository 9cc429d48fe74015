"""What an engine of status pages is to us, and how any page is read: bytes in, a reading out, never an exception."""

from collections.abc import Callable, Iterable
from typing import Final, TypeVar

import msgspec

from statuspage.domain.official import (
    Availability,
    Detail,
    OfficialComponent,
    OfficialIncident,
    OfficialMaintenance,
    OfficialReading,
    Severity,
    failed,
    severity_of,
    worst,
)
from statuspage.official.json import Json, UnreadableError, parsed

T = TypeVar("T")
MAX_ITEMS: Final = 50
"""Incidents and maintenances that are kept of one page; all count for its headline."""
MAX_COMPONENTS: Final = 2000
NOTHING: Final = "the page's data are in a shape we do not know"


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What was fetched: the main document, a second one where the engine has one, and what is asked of it.

    `document` is parsed JSON, `body` the bytes behind it. `focus` is the product or component of interest, if any.
    """

    body: bytes
    document: Json = None
    extra: Json = None
    extra_state: Availability = Availability.UNSUPPORTED
    """AVAILABLE where `extra` holds the second document."""
    focus: str | None = None


class Engine(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of status page.

    `paths` are where its data lie under a page's address, most likely first. `claims` says whether a document is of this
    kind, `read` reads it. `hosts` are domains, with all below them, that are known to run on it. `marks` are words by which
    its web pages give it away. `locate` answers data addresses for a page's host that lie elsewhere.
    """

    name: str
    title: str
    claims: Callable[[Json], bool]
    read: Callable[[Page], OfficialReading]
    paths: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    extra_path: str | None = None
    """Where a second document lies, under the address that `paths` are under."""
    locate: Callable[[str], str | None] | None = None
    plain: bool = True
    """JSON; feeds are not."""


def read(
    engine: Engine, body: bytes, extra: bytes | Availability = Availability.UNSUPPORTED, focus: str | None = None
) -> OfficialReading:
    """One look at a page of this engine. `extra` is the second document, or what became of it."""
    try:
        document = parsed(body) if engine.plain else None
        second: Json = None
        state = extra if isinstance(extra, Availability) else Availability.AVAILABLE
        if isinstance(extra, bytes):
            try:
                second = parsed(extra)
            except UnreadableError:
                state = Availability.FETCH_FAILED
        if engine.plain and not engine.claims(document):
            return failed(NOTHING, engine.name)
        return engine.read(Page(body=body, document=document, extra=second, extra_state=state, focus=focus))
    except UnreadableError as error:
        return failed(str(error), engine.name)
    except Exception as error:  # noqa: BLE001 - a page may say anything; what we did not foresee is a failed look
        return failed(f"the page's data cannot be read ({type(error).__name__})", engine.name)


def listed(source: dict[str, Json], name: str, items: Iterable[T], *, absent: Availability) -> Detail[T]:
    """A list under that name: its items, none reported where it is empty or null, `absent` where nothing has that name."""
    if name not in source:
        return Detail(availability=absent)
    if source[name] is not None and not isinstance(source[name], list):
        return Detail(availability=Availability.UNSUPPORTED)
    return detail(items)


def detail(items: Iterable[T]) -> Detail[T]:
    """A list that the page has."""
    found = tuple(items)
    return Detail(availability=Availability.AVAILABLE if found else Availability.NONE_REPORTED, items=found)


def reading(
    engine: str,
    indicator: Severity | None,
    *,
    incidents: Detail[OfficialIncident],
    maintenances: Detail[OfficialMaintenance],
    components: Detail[OfficialComponent],
) -> OfficialReading:
    """A reading whose headline is the worst of the page's indicator, its open incidents and its running maintenance.

    Where the page has no indicator its components speak, if all of them are understood.
    """
    if indicator is None:
        indicator = _of_components(components)
    if indicator is None and incidents.availability is Availability.AVAILABLE:
        indicator = worst(*(incident.severity or Severity.MINOR for incident in incidents.items))
    severity = indicator
    if indicator is not None:
        running = (Severity.MAINTENANCE for each in maintenances.items if each.in_progress)
        severity = worst(indicator, *(incident.severity for incident in incidents.items), *running)
    return OfficialReading(
        engine=engine,
        overall=Availability.UNSUPPORTED if severity is None else Availability.AVAILABLE,
        severity=severity,
        incidents=_cut(incidents, MAX_ITEMS),
        maintenances=_cut(maintenances, MAX_ITEMS),
        components=_cut(components, MAX_COMPONENTS),
        reason="the page says nothing about how it is as a whole" if severity is None else None,
    )


def _cut(found: Detail[T], most: int) -> Detail[T]:
    return found if len(found.items) <= most else Detail(availability=found.availability, items=found.items[:most])


def _of_components(components: Detail[OfficialComponent]) -> Severity | None:
    found = [each.status for each in components.items]
    if not found or None in found:
        return None
    return worst(*(severity_of(status) for status in found if status is not None))
