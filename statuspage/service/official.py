"""The second opinion: looks at configured official pages and shows, beside each model, what its vendor claims of it."""

import asyncio
from typing import Final, Protocol

import msgspec
import structlog

from statuspage.config.fleet import Config, Provider
from statuspage.domain.claim import Claim, claim_of
from statuspage.domain.clock import Clock
from statuspage.domain.days import MS_PER_HOUR
from statuspage.domain.errors import StorageError
from statuspage.domain.leads import Lead, Race, follow
from statuspage.domain.official import Availability, KnownPage, focus_of
from statuspage.domain.opinion import TROUBLES, Opinion
from statuspage.domain.ports import Store
from statuspage.domain.words import Status
from statuspage.service.board import Board
from statuspage.service.entry import Entry
from statuspage.service.leads import leads_of, told_first
from statuspage.service.shelf import Shelf

EVERY_S: Final = 300.0
TOPIC: Final = "official"
"""Topic of the notes that keep each page, by its address."""
_SPREAD_S: Final = 20.0
"""Over how long the first looks of a start are spread."""
_SEARCH_AGAIN_S: Final = 3600.0
_BEAT_S: Final = 30.0
_REMEMBERED_MS: Final = 90 * 24 * MS_PER_HOUR
_REMEMBERED: Final = 20_000
_UNJUDGED: Final = frozenset({Status.NO_DATA, Status.RETIRED, Status.UNDER_MAINTENANCE})

log = structlog.get_logger()


class Looks(Protocol):
    """Looks at pages; raises nothing, takes its time to be polite."""

    async def look(self, page: KnownPage, likely: str | None = None) -> KnownPage:
        """Asks for the page's data once."""
        ...

    async def look_further(self, page: KnownPage) -> KnownPage | None:
        """Asks for the second document of a page whose engine has one."""
        ...


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a page over a restart: itself, since when each model's claim stands, and the races that go on."""

    page: KnownPage
    since: dict[str, tuple[Status, int]] = {}
    races: dict[str, Race] = {}


class Official:
    """Official pages by address; several providers may share one."""

    def __init__(
        self, *, config: Config, board: Board, store: Store, looks: Looks, shelf: Shelf, clock: Clock, every_s: float = EVERY_S
    ) -> None:
        self._board = board
        self._store = store
        self._looks = looks
        self._shelf = shelf
        self._clock = clock
        self._every_s = every_s
        self._urls = {each.name: each.official_status for each in config.providers if each.official_status is not None}
        self._likely = {each.official_status: _engine(each) for each in reversed(config.providers)}
        self._pages = {url: KnownPage(url=url) for url in self._urls.values()}
        self._since: dict[str, tuple[Status, int]] = {}
        self._races: dict[str, Race] = {}
        self._leads: dict[str, list[Lead]] = {}

    async def load(self) -> None:
        """Takes over what was known before a restart, and shows it."""
        if not self._pages:
            return
        for url, body in (await self._store.noted(TOPIC)).items():
            kept = _kept(body)
            if url in self._pages and kept is not None:
                self._pages[url] = kept.page
                self._since |= kept.since
                self._races |= kept.races
        told = await self._store.told(self._clock.now_ms() - _REMEMBERED_MS, _REMEMBERED)
        self._leads = leads_of(reversed(told))
        for entry in self._entries():
            self._show(entry)

    async def run(self) -> None:
        """For ever: every page in its own turn, and a beat that notices outages between two looks."""
        if not self._pages:
            return
        async with asyncio.TaskGroup() as group:
            for place, url in enumerate(self._pages):
                group.create_task(self._follow(url, _SPREAD_S * place / len(self._pages)))
            group.create_task(self._beat())

    async def look(self, url: str) -> None:
        """One look at a page, and at its second document where it has one; what was read is kept and shown."""
        page = await self._looks.look(self._pages[url], self._likely.get(url))
        await self._take(page)
        further = await self._looks.look_further(page)
        if further is not None:
            await self._take(further)

    async def weigh(self) -> None:
        """Compares, model by model, who tells of an outage; one that is over becomes an event."""
        now_ms = self._clock.now_ms()
        events = []
        for entry in self._entries():
            lead = self._race(entry, now_ms)
            if lead is not None:
                self._leads.setdefault(entry.key, []).append(lead)
                events.append(told_first(entry.key, entry.model.name, lead, now_ms))
                self._show(entry)
        if events:
            try:
                await self._store.tell(events)
            except StorageError as error:
                log.warning("who told of an outage first could not be stored", error=str(error))

    async def _follow(self, url: str, delay_s: float) -> None:
        before = self._pages[url].looked_at_ms
        if before is not None:
            rest_s = self._rest_s(url)
            delay_s = max(delay_s, min(rest_s, before / 1000 + rest_s - self._clock.now_ms() / 1000))
        await self._clock.sleep(delay_s)
        while True:
            began_s = self._clock.monotonic_s()
            try:
                await self.look(url)
            except Exception:  # a page must not end the watch over the others
                log.exception("a look at an official page broke off", url=url)
                await self._clock.sleep(self._every_s)
            if not self._pages[url].searching:
                await self._clock.sleep(max(1.0, began_s + self._rest_s(url) - self._clock.monotonic_s()))

    def _rest_s(self, url: str) -> float:
        """How long after a look the next one is due; the places of a search only wait for their host."""
        page = self._pages[url]
        if page.searched_ms is not None and page.searched_ms == page.looked_at_ms:
            return _SEARCH_AGAIN_S
        return 60.0 if page.searching else self._every_s

    async def _beat(self) -> None:
        while True:
            await self._clock.sleep(_BEAT_S)
            await self.weigh()

    async def _take(self, page: KnownPage) -> None:
        self._pages[page.url] = page
        for entry in self._entries(page.url):
            self._show(entry)
        await self.weigh()
        keys = {entry.key for entry in self._entries(page.url)}
        kept = Kept(
            page=page,
            since={key: since for key, since in self._since.items() if key in keys},
            races={key: race for key, race in self._races.items() if key in keys},
        )
        try:
            await self._store.note(TOPIC, page.url, msgspec.json.encode(kept))
        except StorageError as error:
            log.warning("what an official page says could not be stored", url=page.url, error=str(error))

    def _entries(self, url: str | None = None) -> list[Entry]:
        """The models whose provider has an official page, or that page."""
        pages = {name: its for name, its in self._urls.items() if url is None or its == url}
        return [entry for entry in self._board.entries() if entry.provider.name in pages]

    def _show(self, entry: Entry) -> None:
        """Puts what is known beside the model; a mere newer time of reading may wait for the next rendering."""
        page = self._pages[self._urls[entry.provider.name]]
        names = (entry.model.name,)
        claim = claim_of(page.reading, entry.model.id, names, _component(entry.provider))
        opinion = Opinion(
            url=page.url,
            claim=claim,
            since_ms=self._claimed_since(entry.key, claim),
            checked_at_ms=page.checked_at_ms,
            reading=page.reading,
            reason=_reason(page),
            leads=tuple(lead for lead in self._leads.get(entry.key, ()) if lead.at_ms >= self._clock.now_ms() - _REMEMBERED_MS),
        )
        before, entry.official = entry.official, opinion
        if before is None or _gist(before) != _gist(opinion):
            entry.changed_at_ms = max(entry.changed_at_ms, self._clock.now_ms())
            self._shelf.changed(entry.key, at_once=True)
        elif before != opinion:
            self._shelf.changed(entry.key, at_once=False)

    def _claimed_since(self, key: str, claim: Claim | None) -> int | None:
        if claim is None:
            self._since.pop(key, None)
            return None
        status, since_ms = self._since.get(key, (None, 0))
        if status is not claim.status:
            since_ms = self._clock.now_ms()
            self._since[key] = (claim.status, since_ms)
        return since_ms

    def _race(self, entry: Entry, now_ms: int) -> Lead | None:
        incident = entry.incident
        ours_ms = None if incident is None or not incident.auto else incident.detected_at_ms
        theirs_ms = self._theirs_ms(entry.official)
        race = self._races.get(entry.key)
        if race is None and ours_ms is None and entry.state.status in _UNJUDGED:
            return None
        race, lead = follow(race, ours_ms=ours_ms, theirs_ms=theirs_ms, now_ms=now_ms)
        if race is None:
            self._races.pop(entry.key, None)
        else:
            self._races[entry.key] = race
        return lead

    def _theirs_ms(self, opinion: Opinion | None) -> int | None:
        """Since when the page tells of trouble: its own time of publishing, as far as that lies between two of our looks."""
        if opinion is None or opinion.claim is None or opinion.since_ms is None or opinion.claim.status not in TROUBLES:
            return None
        earliest_ms = opinion.since_ms - round(self._every_s * 1000)
        published_ms = opinion.claim.published_ms
        return earliest_ms if published_ms is None else min(max(published_ms, earliest_ms), opinion.since_ms)


def _engine(provider: Provider) -> str | None:
    page = provider.vendor.official_page
    return None if page is None else page.engine


def _component(provider: Provider) -> str | None:
    """The part of the page that is the provider's API: as the configured address names it, else as its vendor is known to."""
    page = provider.vendor.official_page
    return focus_of(provider.official_status or "") or (None if page is None else page.component)


def _reason(page: KnownPage) -> str | None:
    return page.reading.reason or (None if page.reading.overall is Availability.AVAILABLE else "it has not been read yet")


def _gist(opinion: Opinion) -> tuple[object, ...]:
    claim = opinion.claim
    said = None if claim is None else (claim.status, claim.component)
    return said, opinion.reason, opinion.reading.incidents, opinion.reading.maintenances, len(opinion.leads)


def _kept(body: bytes) -> Kept | None:
    """What was kept; None where an older version wrote it otherwise."""
    try:
        return msgspec.json.decode(body, type=Kept)
    except msgspec.DecodeError:
        return None
