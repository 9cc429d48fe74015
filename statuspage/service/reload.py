"""Takes a changed configuration over into the running service, only when it is wholly valid."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Final, Protocol

import structlog

from statuspage.config.fleet import Config
from statuspage.config.load import Loaded
from statuspage.config.prints import Prints, prints_of
from statuspage.config.problem import Problem
from statuspage.domain.clock import Clock, rfc3339
from statuspage.domain.errors import StorageError
from statuspage.domain.event import Event

LOOK_EVERY_S: Final = 1.0
"""A content counts once two looks have seen the same, so that a file that is half written is not read."""

Read = Callable[[], Loaded]
"""Reads the configuration anew; it may take its time."""
REFUSED: Final = "configuration_refused"
ACCEPTED: Final = "configuration_accepted"
_SUBJECT: Final = "monitor"

log = structlog.get_logger()


class Site(Protocol):
    """What runs by a configuration."""

    async def put(self, config: Config) -> None:
        """Has another configuration take effect. Raises whatever keeps it from that; then nothing has changed."""
        ...

    async def tell(self, happened: Sequence[Event]) -> None:
        """Tells the operator of events. Raises `StorageError`."""
        ...


class Reload:
    """Watches the configuration and the files of its secrets; `ask` has them read at the next look, changed or not."""

    def __init__(self, config: Config, read: Read, clock: Clock) -> None:
        """`config` is what runs; what is read is compared with it at the beginning, should it have changed meanwhile."""
        self.problems: tuple[Problem, ...] = ()
        """Why what the files say is not what runs."""
        self._path = config.path
        self._config = config
        self._load = read
        self._clock = clock
        self._asked = False
        self._refused_ms = 0
        self._files = frozenset({self._path})
        self._seen: Prints = {}
        self._read: Prints = {}

    def ask(self) -> None:
        """Has the files read at the next look."""
        self._asked = True

    def notes(self) -> list[str]:
        """What readers of `/readyz?verbose` learn; which mistakes there are is the operator's to know."""
        if not self.problems:
            return []
        count = "one problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        return [
            f"the configuration changed and cannot be used ({count}, since {rfc3339(self._refused_ms)}): the one before it stays "
            "in effect; the log and `statuspage check-config` say what to change"
        ]

    def details(self) -> list[str]:
        """Each problem, with its place and its remedy; they may name what is not public."""
        return [f"{problem.path or self._path}: {problem.message}" for problem in self.problems]

    async def run(self, site: Site) -> None:
        """Looks for ever."""
        while True:
            await self._clock.sleep(LOOK_EVERY_S)
            await self.look(site)

    async def look(self, site: Site) -> None:
        """Takes over what has changed and stands still, or what was asked for."""
        seen = await asyncio.to_thread(prints_of, self._files)
        stands, self._seen = seen == self._seen, seen
        if self._asked or (stands and seen != self._read):
            asked, self._asked = self._asked, False
            await self._take(site, seen, asked=asked)

    async def _take(self, site: Site, seen: Prints, *, asked: bool) -> None:
        found = await asyncio.to_thread(self._load)
        self._files = frozenset({self._path, *found.secret_files})
        self._seen = await asyncio.to_thread(prints_of, self._files)
        if any(self._seen.get(path, print_) != print_ for path, print_ in seen.items()):
            self._asked = asked  # written while it was read
            return
        self._read = self._seen
        problems = found.problems or _unchangeable(self._config, found)
        if problems:
            await self._refuse(site, problems)
        else:
            await self._accept(site, found, asked=asked)

    async def _refuse(self, site: Site, problems: tuple[Problem, ...]) -> None:
        news = not self.problems
        self.problems = problems
        if news:
            self._refused_ms = self._clock.now_ms()
        log.error("the configuration changed and cannot be used: the one before it stays in effect", problems=len(problems))
        for problem in problems:
            log.error("a problem of the configuration", path=problem.path or str(self._path), problem=problem.message)
        if news:
            more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
            what = f"The configuration cannot be used, so the one before it stays in effect: {self.details()[0]}{more}."
            await self._tell(site, REFUSED, what, "wrong")

    async def _accept(self, site: Site, found: Loaded, *, asked: bool) -> None:
        assert found.config is not None  # noqa: S101 - there are no problems
        for warning in found.warnings:
            log.warning("a warning of the configuration", path=warning.path or str(self._path), warning=warning.message)
        mended, self.problems = bool(self.problems), ()
        if found.config != self._config:
            await self._follow(site, found.config)
        elif asked or mended:
            log.info("the configuration is the one in effect")
        if mended and found.config == self._config:
            await self._tell(site, ACCEPTED, "What the configuration says is in effect again.", "ok")

    async def _follow(self, site: Site, config: Config) -> None:
        try:
            await site.put(config)
        except StorageError as error:
            log.warning("the configuration waits for the database", error=str(error))
            self._read = {}  # the next look tries again
            return
        except Exception:
            log.exception("the configuration could not take effect")
            await self._refuse(site, (Problem(path="", message="it broke something on our side: the log says what"),))
            return
        before, after = ({model.key for model in each.models} for each in (self._config, config))
        self._config = config
        log.info("the configuration was taken over", added=sorted(after - before), removed=sorted(before - after))

    async def _tell(self, site: Site, kind: str, sentence: str, state: str) -> None:
        event = Event(at_ms=self._clock.now_ms(), kind=kind, subject=_SUBJECT, sentence=sentence, facts={"state": state})
        try:
            await site.tell([event])
        except StorageError as error:
            log.warning("the operator could not be told", kind=kind, error=str(error))


def _unchangeable(running: Config, found: Loaded) -> tuple[Problem, ...]:
    """What another configuration may not change while the process runs."""
    if found.config is None or found.config.database_url == running.database_url:
        return ()
    return (Problem(path="database", message="the service keeps its database while it runs: restart to change `database`"),)
