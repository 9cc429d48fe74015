"""The product: everything that runs, built in one place."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from statuspage import paths
from statuspage.app.asking import Asking
from statuspage.app.exporting import Hearer
from statuspage.app.flagging import Flagging
from statuspage.app.party import sign_in_of
from statuspage.app.telling import lines_of, subscriptions_of
from statuspage.config.fleet import Config, Model
from statuspage.domain.clock import Clock
from statuspage.domain.errors import StorageError
from statuspage.domain.ports import Store
from statuspage.domain.sample import Sample
from statuspage.domain.tally import Tally
from statuspage.domain.view import PriceView
from statuspage.domain.words import ProbeKind, Status
from statuspage.official.fetch import Fetcher
from statuspage.official.look import Looker
from statuspage.outbound.client import Outbound
from statuspage.probes.toolcases.registry import ABILITIES, TITLES
from statuspage.render.assets import Assets
from statuspage.render.encoded import encode
from statuspage.render.pages import Renderer
from statuspage.scheduler.scheduler import Round, Scheduler
from statuspage.service.access import Access
from statuspage.service.accounts import Accounts
from statuspage.service.alerts import Alerts
from statuspage.service.almanac import Almanac
from statuspage.service.board import Board
from statuspage.service.bookkeeper import Bookkeeper
from statuspage.service.broadcast import Broadcast
from statuspage.service.budget import Budget, Plan
from statuspage.service.budgetreport import BudgetReport
from statuspage.service.by_hand import ByHand
from statuspage.service.check import Checker
from statuspage.service.desks import Desks
from statuspage.service.discovery import Discovery
from statuspage.service.dispatch import Dispatcher
from statuspage.service.entry import Entry
from statuspage.service.health import Health
from statuspage.service.hearsay import Hearsay
from statuspage.service.heartbeat import Heartbeat
from statuspage.service.identity import IdentityWatch
from statuspage.service.official import Official
from statuspage.service.people import People
from statuspage.service.press import Press
from statuspage.service.prices import price_of
from statuspage.service.publish import NOT_FOUND, Publisher
from statuspage.service.reload import Reload
from statuspage.service.reminders import Reminders
from statuspage.service.retention import Retention
from statuspage.service.seats import AccountLimit, Seats
from statuspage.service.selfcheck import SelfCheck
from statuspage.service.selfreport import SelfReport
from statuspage.service.shelf import Shelf
from statuspage.service.steering import Steering
from statuspage.service.toolwatch import ToolWatch
from statuspage.storage.folder import Folder
from statuspage.web.events import EventStreams


class Product:
    """Everything that runs, built over an open store and not started."""

    def __init__(
        self,
        config: Config,
        store: Store,
        clock: Clock,
        *,
        simulation: bool = False,
        access: Access | None = None,
        reload: Reload | None = None,
    ) -> None:
        """`access` is that of the product before, where there was one; `reload` is what follows the configuration, if any."""
        self._reload = reload
        self.config = config
        self.private = config.site.private
        self.store = store
        self.clock = clock
        stopping = asyncio.Event()
        self.tally = Tally()
        self.heard: list[Hearer] = [self.tally.add]
        """Who hears of every probe of a model."""
        self.board = Board(config, simulation=simulation)
        assets = Assets(paths.STATIC)
        self.renderer = Renderer(paths.TEMPLATES, assets)
        files = {path: (asset.content, asset.media_type) for path, asset in assets.files.items()}
        press = Press(self.renderer, files, {"/embed.js": files[assets.path("embed.js")]}, config.site.language)
        self.broadcast = Broadcast(clock, self.board.poll_after_seconds)
        self.streams = EventStreams(self.broadcast)
        self.publisher = self._publisher(config.publish_directory)
        shown = [self.broadcast.shown, *([] if self.publisher is None else [self.publisher.shown])]
        self.shelf = Shelf(self.board, press, clock, self.board.poll_after_seconds, shown)
        self.access = Access(store, clock) if access is None else access
        self.sign_in = sign_in_of(config, clock)
        self.flagging = Flagging(config, store, clock, lambda: self.shelf.page, self.access.audit)
        self.budget = Budget(config, store, clock, self._plans)
        self.budgetreport = BudgetReport(self.budget, store, clock)
        self.bookkeeper = Bookkeeper(store, self.budget, clock)
        limits = (AccountLimit(provider=each.name, rpm=each.rpm, concurrency=each.concurrency) for each in config.providers)
        self.seats = seats = Seats(limits, config.concurrency, clock)
        self.asking = Asking(config, clock, store, seats, self.budget, self._price_of)
        self.accounts = Accounts(
            config=config, slots=self.asking.slots, ask_with=self._ask_account, seats=seats, store=store, clock=clock
        )
        self.asking.settled = self.accounts.settled
        self.selfcheck = SelfCheck(clock, config.canaries, self.asking.reach)
        self.asking.dated = self.selfcheck.heard
        self.selfreport = SelfReport(self.selfcheck, store, clock)
        self.discovery = Discovery(
            config=config,
            board=self.board,
            store=store,
            lister=lambda provider: self.bookkeeper.listed(provider, self.asking.listing),
            seats=seats,
            shelf=self.shelf,
            clock=clock,
            start=self._start,
        )
        self.identity = IdentityWatch(
            board=self.board,
            store=store,
            chronicle=self.discovery.chronicle,
            endpoint=self.asking.endpoint,
            seats=seats,
            clock=clock,
        )
        outbound = Outbound(monotonic_s=clock.monotonic_s)
        fetcher = Fetcher(outbound, clock, site_url=config.site.url, allow_private=config.allow_private_networks)
        self.official = Official(
            config=config, board=self.board, store=store, looks=Looker(fetcher, clock), shelf=self.shelf, clock=clock
        )
        self.toolwatch = ToolWatch(
            config=config,
            board=self.board,
            store=store,
            runner=self._test,
            titles=TITLES,
            abilities=ABILITIES,
            shelf=self.shelf,
            clock=clock,
        )
        self._voices(config)
        self.checker = Checker(
            board=self.board,
            store=store,
            prober=self.asking.probe,
            seats=seats,
            selfcheck=self.selfcheck,
            shelf=self.shelf,
            clock=clock,
            stopping=stopping,
            listed_elsewhere=self.discovery.listed_elsewhere,
            listeners=(self.discovery.saw, self.identity.saw, self._count),
            alerts=self.alerts,
        )
        rounds = (Round(key=model.key, interval_s=model.interval_s) for model in config.models)
        self.scheduler = Scheduler(rounds, self._check, clock, stopping)
        in_flight = self.scheduler.in_flight
        self.by_hand = ByHand(self.checker.check_now, lambda: in_flight.keys, in_flight.one, clock)
        self._doubts(config)
        self.retention = Retention(config, store, clock)
        self._hands(config)

    def _doubts(self, config: Config) -> None:
        """What asks whether we are well ourselves, and says so."""
        reload, publisher = self._reload, self.publisher
        noting = (
            *(() if reload is None else (reload.notes,)),
            self.flagging.flags.notes,
            self.dispatcher.notes,
            self.budget.notes,
            *(() if publisher is None else (publisher.notes,)),
        )
        private = () if reload is None else (reload.details,)
        self.health = Health(self.store, lambda: self.scheduler.overdue, self.clock, self.selfcheck, noting, private)
        self.heartbeat = Heartbeat(config.heartbeat_url, self.asking.ping, self.health, self.selfcheck, self.clock)

    def _voices(self, config: Config) -> None:
        """What tells people what changed."""
        store, clock = self.store, self.clock
        self.lines = lines = lines_of(config, clock)
        self.subscriptions = subscriptions_of(config, store, clock, self.board.keys)
        self.dispatcher = Dispatcher(lines, store.outbox, clock, self.subscriptions.lines)
        self.reminders = Reminders(
            lines=lines,
            open_incidents=lambda: [each for each in self.shelf.page.incidents if each.resolved_at_ms is None],
            outbox=store.outbox,
            clock=clock,
            site_url=config.site.url,
            posted=self.dispatcher.wake,
        )
        self.alerts = Alerts(self.board, store, clock, self.dispatcher.wake)

    def _hands(self, config: Config) -> None:
        """What lets people steer."""
        store, clock = self.store, self.clock
        self.people = People(
            board=self.board,
            store=store,
            shelf=self.shelf,
            tell=self.discovery.chronicle.tell,
            clock=clock,
            alerts=self.alerts,
        )
        self.hearsay = Hearsay(config.passive, self.board, store, self.shelf, clock)
        self.almanac = Almanac(self.board, store, clock, self.shelf)
        self.steering = Steering(
            store, clock, parts=(self.people.take_over, self.subscriptions.load, self.access.load, self._deliver)
        )
        self.desks = Desks(store, clock, self.board.fleet, config.site.url, self._written)

    async def load(self) -> None:
        """Takes over what the store knows, and shows it. Raises `StorageError`."""
        await self.asking.remember()
        await self.board.load(self.store, self.clock.now_ms())
        await self.discovery.load()
        await self.identity.load()
        await self.accounts.load()
        await self.official.load()
        await self.toolwatch.load()
        await self.people.load()
        await self.hearsay.load()
        await self.budget.load()
        for entry in self.board.entries():
            entry.month = self.budget.of(entry.key)
        await self.alerts.load()
        await self.subscriptions.load()
        await self.access.load()
        await self.flagging.load()
        await self.shelf.refresh()

    def follow(self, before: "Product") -> Mapping[str, datetime]:
        """Takes up the pace and the counters of a product that has stopped; when each model comes next that stayed as it was.

        One that was changed, or whose confirmations were cut short, is not named, so that it comes soon.
        """
        self.seats.follow(before.seats)
        self.tally.follow(before.tally)
        return {key: due for key, due in before.scheduler.due.items() if self._stayed(before, key)}

    def _stayed(self, before: "Product", key: str) -> bool:
        """Whether nothing about a model changed, and no confirmation of it was cut short."""
        old, new = before.board.find(key), self.board.find(key)
        if old is None or new is None or (old.model, old.provider) != (new.model, new.provider):
            return False
        burst = old.state.burst
        return burst is None or burst.waiting

    async def _written(self) -> None:
        """Shows at once what was written in this process; what cannot be read now is read within a second."""
        with suppress(StorageError):
            await self.steering.look()
            await self.shelf.refresh()

    async def _count(self, entry: Entry, sample: Sample, _before: Status) -> None:
        self._tell(sample)
        self.budget.booked(sample)
        entry.month = self.budget.of(entry.key)

    def _tell(self, sample: Sample) -> None:
        for hear in self.heard:
            hear(sample)

    async def _check(self, key: str) -> None:
        """One round of a model; a model that works is left out now and then where the money would not last."""
        works = self.board.entry(key).state.status is Status.OPERATIONAL
        if not (works and self.budget.rests(key)):
            await self.checker.check(key)

    async def _test(self, key: str, kind: ProbeKind, cases: tuple[str, ...] = ()) -> Sample:
        sample = await self.asking.probe(key, kind, cases)
        self._tell(sample)
        return await self.bookkeeper.enter(sample)

    async def _ask_account(self, provider: str, index: int, kind: ProbeKind) -> Sample:
        return await self.bookkeeper.enter(await self.asking.with_slot(provider, index, kind))

    def _price_of(self, key: str) -> PriceView | None:
        entry = self.board.find(key)
        return None if entry is None else price_of(entry)

    def _plans(self) -> dict[str, Plan]:
        """The models that are probed for money on a cadence."""
        return {
            entry.key: Plan(
                key=entry.key,
                interval_s=entry.model.interval_s,
                max_stale_s=entry.model.max_stale_s,
                worst_usd=self.asking.worst_usd(entry.key),
            )
            for entry in self.board.entries()
            if entry.verdict_probe is ProbeKind.CHAT and entry.retired_at_ms is None
        }

    def _start(self, added: Sequence[Model]) -> None:
        """Has models probed that were discovered while the process runs."""
        self.asking.adopt(added)
        self.scheduler.add(Round(key=model.key, interval_s=model.interval_s) for model in added)

    def _publisher(self, directory: Path | None) -> Publisher | None:
        """What writes the documents as files, where the configuration names a directory for them."""
        if directory is None:
            return None
        missing = encode(self.renderer.not_found(self.board.site), [])
        return Publisher(Folder(directory), self.clock, {NOT_FOUND: missing})

    async def _deliver(self) -> None:
        """Has notices delivered that another process wrote."""
        self.dispatcher.wake()

    @property
    def reloaded(self) -> bool:
        """Whether the configuration of the file is the one that runs."""
        return self._reload is None or not self._reload.problems
