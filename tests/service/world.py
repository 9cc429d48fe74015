"""A monitor in memory on a clock that is moved by hand: real flow, real verdict, answers by script."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from statuspage.config.fleet import Config, Discover, Model, Price, Provider
from statuspage.domain.catalog import CatalogEntry
from statuspage.domain.event import Event
from statuspage.domain.identity import Trait
from statuspage.domain.sample import Sample, Timings
from statuspage.domain.view import ModelView
from statuspage.domain.words import ProbeKind
from statuspage.probes.judge import finding
from statuspage.service.board import Board
from statuspage.service.check import Checker
from statuspage.service.discovery import Discovery
from statuspage.service.identity import IdentityWatch
from statuspage.service.seats import AccountLimit, Seats
from statuspage.service.selfcheck import SelfCheck
from statuspage.storage.memory import MemoryStore
from statuspage.vendors.registry import VENDORS

START_MS = 1_795_000_000_000
MINUTE_S = 60.0
DAY_S = 86_400.0
Said = str | tuple[str, bool]
"""A class, or a class and whether the probe is sure of it."""


class HandClock:
    """Moves when it is told to, or when somebody sleeps."""

    def __init__(self, now_ms: int = START_MS) -> None:
        self._began_ms = now_ms
        self.elapsed_s = 0.0

    def now_ms(self) -> int:
        return self._began_ms + round(self.elapsed_s * 1000)

    def monotonic_s(self) -> float:
        return self.elapsed_s

    async def sleep(self, seconds: float) -> None:
        self.elapsed_s += seconds
        await asyncio.sleep(0)


class Shelf:
    """Notes what is to be rendered."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.grown = 0

    def changed(self, key: str, *, at_once: bool) -> None:
        self.told.append(key)

    def grow(self) -> None:
        self.grown += 1

    def page_changed(self) -> None:
        self.told.append("page")


def model(model_id: str = "kimi-k3", provider: str = "moonshot", **more: object) -> Model:
    return msgspec.structs.replace(Model(provider=provider, id=model_id, name=model_id), **more)


def provider(name: str = "moonshot", vendor: str = "moonshot", discover: Discover | None = None) -> Provider:
    return Provider(name=name, title=name, vendor=VENDORS[vendor], base_url="https://vendor.example/v1", discover=discover)


def config(models: Sequence[Model] = (model(),), providers: Sequence[Provider] = (provider(),), **more: object) -> Config:
    made = Config(path=Path("statuspage.yml"), database_url="", providers=tuple(providers), models=tuple(models))
    return msgspec.structs.replace(made, **more)


def listed(*ids: str, **more: object) -> tuple[CatalogEntry, ...]:
    return tuple(msgspec.structs.replace(CatalogEntry(id=each), **more) for each in ids)


class World:
    """One monitor; `answers` and `lists` say what the vendors do next."""

    def __init__(self, settings: Config | None = None, store: MemoryStore | None = None, clock: HandClock | None = None) -> None:
        self.config = config() if settings is None else settings
        self.clock = HandClock() if clock is None else clock
        self.store = MemoryStore() if store is None else store
        self.shelf = Shelf()
        self.board = Board(self.config)
        self.answer: Callable[[str], Said] = lambda _key: "ok"
        self.lists: Mapping[str, tuple[CatalogEntry, ...] | None] = {}
        self.more: dict[str, object] = {}
        self.started: list[str] = []
        seats = Seats((AccountLimit(provider=each.name) for each in self.config.providers), 10, self.clock)
        self.discovery = Discovery(
            config=self.config,
            board=self.board,
            store=self.store,
            lister=self._list,
            seats=seats,
            shelf=self.shelf,  # type: ignore[arg-type]
            clock=self.clock,
            start=lambda added: self.started.extend(each.key for each in added),
        )
        self.endpoint: Mapping[Trait, str | None] = {}
        self.identity = IdentityWatch(
            board=self.board,
            store=self.store,
            chronicle=self.discovery.chronicle,
            endpoint=self._endpoint,
            seats=seats,
            clock=self.clock,
        )
        self.checker = Checker(
            board=self.board,
            store=self.store,
            prober=self._probe,
            seats=seats,
            selfcheck=SelfCheck(self.clock, (), self._reach),
            shelf=self.shelf,
            clock=self.clock,
            stopping=asyncio.Event(),
            listed_elsewhere=self.discovery.listed_elsewhere,
            listeners=(self.discovery.saw, self.identity.saw),
        )

    async def begin(self) -> "World":
        await self.board.load(self.store, self.clock.now_ms())
        await self.discovery.load()
        await self.identity.load()
        return self

    async def restart(self) -> "World":
        return await World(self.config, self.store, self.clock).begin()

    async def check(self, said: Said = "ok", key: str = "moonshot/kimi-k3", times: int = 1, every_s: float = 300.0) -> None:
        """So many scheduled checks, a cadence apart."""
        self.answer = lambda _key: said
        for _ in range(times):
            await self.checker.check(key)
            self.clock.elapsed_s += every_s

    async def read_list(self, entries: tuple[CatalogEntry, ...] | None, provider: str = "moonshot") -> None:
        """One reading of a vendor's list, a minute later."""
        self.lists = {provider: entries}
        self.clock.elapsed_s += MINUTE_S
        await self.discovery.ask(provider)

    def view(self, key: str = "moonshot/kimi-k3") -> ModelView:
        return self.board.model(key, self.clock.now_ms())

    async def events(self) -> list[Event]:
        """Oldest first."""
        return list(reversed(await self.store.told(0, 1000)))

    async def kinds(self) -> list[str]:
        return [event.kind for event in await self.events()]

    async def _probe(self, key: str, kind: ProbeKind) -> Sample:
        said = self.answer(key)
        class_name, sure = said if isinstance(said, tuple) else (said, True)
        found = finding(class_name)
        self.clock.elapsed_s += 0.8
        return Sample(
            model=key,
            at_ms=self.clock.now_ms(),
            probe=kind,
            class_name=class_name,
            fault=found.fault,
            retry=found.retry,
            confident=sure,
            timings_ms=Timings(first_content=600.0, total=800.0) if found.fault.value == "none" else Timings(),
            **self.more,  # type: ignore[arg-type]
        )

    async def _list(self, provider: str) -> tuple[CatalogEntry, ...] | None:
        return self.lists.get(provider)

    async def _endpoint(self, _key: str) -> Mapping[Trait, str | None]:
        return self.endpoint

    async def _reach(self, _url: str) -> str | None:
        return None


PRICE = Price(input=3.0, output=15.0)
