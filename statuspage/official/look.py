"""One look at a page: what was known goes in, what is known comes out; a failed look is a reading too."""

from typing import Final
from urllib.parse import urlsplit

import msgspec
import structlog

from statuspage.domain.clock import Clock
from statuspage.domain.official import Availability, KnownPage, Validators, failed, focus_of
from statuspage.official.detect import beside, candidates, engine_of_host, hint
from statuspage.official.fetch import NOT_MODIFIED, OK, Fetched, Fetcher, FetchError
from statuspage.official.reader import read
from statuspage.official.registry import ENGINES, engine_for

log = structlog.get_logger()

_GIVE_UP_AFTER: Final = 12
"""Failed looks in a row after which a page may have moved to another engine: it is searched anew."""
_SEARCHING: Final = "it holds no data where we looked so far, and we are still looking"
_UNFOUND: Final = "none of the usual places holds data that we can read"
_NOT_FOUND: Final = (404, 410)


class _Bodies(msgspec.Struct):
    """The newest documents of a page, kept while the process runs."""

    main: bytes
    extra: bytes | Availability = Availability.NOT_ATTEMPTED
    extra_validators: Validators = Validators()


class Looker:
    """Looks at pages; raises nothing."""

    def __init__(self, fetcher: Fetcher, clock: Clock) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._bodies: dict[str, _Bodies] = {}

    async def look(self, page: KnownPage, likely: str | None = None) -> KnownPage:
        """Asks for the main document once, or at one more place while the engine is not known."""
        if page.engine not in ENGINES or page.data_url is None:
            return await self._search(page, likely)
        return await self._refresh(page, page.engine, page.data_url)

    async def look_further(self, page: KnownPage) -> KnownPage | None:
        """Asks for the engine's second document; None where it has none, or where there is nothing to add it to."""
        bodies = self._bodies.get(page.url)
        engine = ENGINES.get(page.engine or "")
        url = None if engine is None or page.data_url is None else beside(page.data_url, engine)
        if engine is None or url is None or bodies is None or page.reading.overall is Availability.FETCH_FAILED:
            return None
        try:
            held = isinstance(bodies.extra, bytes)
            answer = await self._fetcher.get(url, bodies.extra_validators if held else Validators())
            if answer.status == NOT_MODIFIED and held:
                return None
            bodies.extra = answer.body if answer.status == OK else _availability(answer.status)
            bodies.extra_validators = answer.validators
        except FetchError:
            bodies.extra = Availability.FETCH_FAILED
        return msgspec.structs.replace(page, reading=read(engine, bodies.main, bodies.extra, focus_of(page.url)))

    async def _refresh(self, page: KnownPage, name: str, data_url: str) -> KnownPage:
        engine = ENGINES[name]
        whole = page.url in self._bodies or engine.extra_path is None
        repeatable = whole and page.reading.overall is not Availability.FETCH_FAILED
        try:
            answer = await self._fetcher.get(data_url, page.validators if repeatable else Validators())
        except FetchError as error:
            return self._failed(page, str(error))
        if answer.status == NOT_MODIFIED and repeatable:
            now_ms = self._clock.now_ms()
            return msgspec.structs.replace(page, checked_at_ms=now_ms, looked_at_ms=now_ms, failures=0)
        if answer.status != OK:
            return self._failed(page, f"the page answers HTTP {answer.status}")
        return self._taken(page, name, answer)

    def _taken(self, page: KnownPage, name: str, answer: Fetched) -> KnownPage:
        before = self._bodies.get(page.url)
        bodies = _Bodies(answer.body) if before is None else before
        bodies.main = answer.body
        engine = ENGINES[name]
        extra = bodies.extra if engine.extra_path is not None else Availability.UNSUPPORTED
        reading = read(engine, answer.body, extra, focus_of(page.url))
        if reading.overall is Availability.FETCH_FAILED:
            return self._failed(page, reading.reason or _UNFOUND)
        self._bodies[page.url] = bodies
        now_ms = self._clock.now_ms()
        return KnownPage(
            url=page.url,
            engine=name,
            data_url=answer.url,
            validators=answer.validators,
            reading=reading,
            checked_at_ms=now_ms,
            looked_at_ms=now_ms,
        )

    def _failed(self, page: KnownPage, reason: str) -> KnownPage:
        failures = page.failures + 1
        lost = failures >= _GIVE_UP_AFTER
        if lost:
            log.info("an official page does not answer as it did; its kind is found out anew", url=page.url, reason=reason)
        self._bodies.pop(page.url, None)
        return msgspec.structs.replace(
            page,
            engine=None if lost else page.engine,
            data_url=None if lost else page.data_url,
            validators=Validators(),
            reading=failed(reason, page.engine),
            looked_at_ms=self._clock.now_ms(),
            failures=0 if lost else failures,
        )

    async def _search(self, page: KnownPage, likely: str | None) -> KnownPage:
        """One more candidate: the first one whose answer has a known shape is it, whatever its HTTP status."""
        url = _untried(page, likely)[0]
        try:
            answer = await self._fetcher.get(url)
        except FetchError as error:
            # The host cannot be had: that says nothing of its engine, and asking elsewhere on it would not help.
            return msgspec.structs.replace(page, reading=failed(str(error)), looked_at_ms=self._clock.now_ms())
        known = engine_of_host(*((urlsplit(each).hostname or "") for each in (page.url, answer.url))) or ENGINES.get(likely or "")
        found = engine_for(answer.body, known) if answer.status == OK else None
        if found is not None:
            taken = self._taken(page, found.name, answer)
            if taken.engine is not None:
                log.info("the kind of an official page is known", url=page.url, engine=found.name)
                return taken
        page = msgspec.structs.replace(page, tried=(*page.tried, url), hinted=page.hinted or hint(answer.body))
        over = not _untried(page, likely)
        now_ms = self._clock.now_ms()
        return msgspec.structs.replace(
            page,
            tried=() if over else page.tried,
            hinted=None if over else page.hinted,
            reading=failed(_UNFOUND if over else _SEARCHING),
            looked_at_ms=now_ms,
            searched_ms=now_ms if over else None,
        )


def _untried(page: KnownPage, likely: str | None) -> list[str]:
    return [url for url in candidates(page.url, likely=likely, hinted=page.hinted) if url not in page.tried]


def _availability(status: int) -> Availability:
    """A second document that is not there is one the page does not have."""
    return Availability.UNSUPPORTED if status in _NOT_FOUND else Availability.FETCH_FAILED
