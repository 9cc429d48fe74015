"""The product at work: storage first, then what it knew, then the checks; the way back in reverse."""

import asyncio
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from typing import Final

import structlog

from statuspage.app.answering import Answers
from statuspage.app.background import background
from statuspage.app.exporting import exporting
from statuspage.app.product import Product
from statuspage.config.fleet import Config
from statuspage.domain.errors import StorageError
from statuspage.domain.event import Event
from statuspage.domain.ports import Store
from statuspage.service.access import Access
from statuspage.service.clock import SystemClock
from statuspage.service.discovery import grown
from statuspage.service.reload import Reload
from statuspage.storage.store import SqlStore
from statuspage.web.front import Front

_DRAIN_S: Final = 6.0
"""How long checks under way may take to end when they are told to."""
_AGAIN_S: Final = 2.0
"""How soon a store that could not be read is asked again."""

log = structlog.get_logger()


@asynccontextmanager
async def loaded(config: Config) -> AsyncIterator[Product]:
    """A product that knows its history and shows it, but checks nothing."""
    async with _opened(config) as store:
        product = Product(await grown(config, store), store, SystemClock())
        await product.load()
        try:
            yield product
        finally:
            product.shelf.close()


@asynccontextmanager
async def running(config: Config, reload: Reload | None = None, *, simulation: bool = False) -> AsyncIterator["Running"]:
    """A product at work for the length of the block; `reload` is told of with its doubts."""
    async with _opened(config) as store:
        running = Running(store, reload, simulation=simulation)
        await running.start(config)
        try:
            yield running
        finally:
            await running.stop()


class Running:
    """The product at work, one after the other over one open store, behind one front."""

    product: Product
    front: Front

    def __init__(self, store: Store, reload: Reload | None, *, simulation: bool) -> None:
        self._reload = reload
        self._store = store
        self._clock = SystemClock()
        self._access = Access(store, self._clock)
        self._simulation = simulation
        self._at_work = AsyncExitStack()

    async def start(self, config: Config) -> None:
        """Has the first product at work. Raises `StorageError`."""
        self.product = self._built(await grown(config, self._store))
        await self._begin(self.product, None)
        self.front = Front(Answers(self.product))

    async def put(self, config: Config) -> None:
        """Has a product of this configuration take the place of the one at work, which answers until the other can.

        No check of the one is under way when those of the other begin. Raises `StorageError`, and whatever keeps the other
        from being built, while nothing has changed yet; from then on it tries until it succeeds.
        """
        whole = await grown(config, self._store)
        # In a thread: it takes a fraction of a second, in which the clocks of probes under way must not stand still.
        before, after = self.product, await asyncio.to_thread(self._built, whole)
        await self._at_work.aclose()
        while not await self._begins(after, before):
            await self._clock.sleep(_AGAIN_S)
            after = self._built(whole)
        self.product = after
        await self.front.put(Answers(after))
        after.by_hand.follow(before.by_hand, {entry.key for entry in after.board.entries()})

    async def stop(self) -> None:
        """Has nothing at work any more."""
        await self._at_work.aclose()
        self.product.shelf.close()

    async def tell(self, happened: Sequence[Event]) -> None:
        """Tells the operator of events. Raises `StorageError`."""
        await self._store.tell(happened)

    def _built(self, config: Config) -> Product:
        return Product(config, self._store, self._clock, simulation=self._simulation, access=self._access, reload=self._reload)

    async def _begins(self, product: Product, before: Product) -> bool:
        try:
            await self._begin(product, before)
        except StorageError as error:
            log.warning("the configuration waits for the database", error=str(error))
        except Exception:
            log.exception("the configuration could not take effect, and is tried again")
        else:
            return True
        product.shelf.close()
        return False

    async def _begin(self, product: Product, before: Product | None) -> None:
        await product.load()
        slots = {} if before is None else product.follow(before)
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(_at_work(product, slots))
            self._at_work = stack.pop_all()


@asynccontextmanager
async def _opened(config: Config) -> AsyncIterator[SqlStore]:
    store = SqlStore(config.database_url)
    await store.open()
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def _at_work(product: Product, slots: Mapping[str, datetime]) -> AsyncIterator[None]:
    """Everything that works in the background, the checks last; `slots` as the scheduler takes them."""
    async with AsyncExitStack() as stack:
        stack.push_async_callback(product.budget.close)
        stack.push_async_callback(product.dispatcher.close)
        if product.publisher is not None:
            stack.callback(product.publisher.close)
            await stack.enter_async_context(background(product.publisher.run))
        for part in (
            product.shelf.run,
            product.broadcast.run,
            product.streams.run,
            product.flagging.flags.run,
            product.flagging.rollouts.run,
            product.flagging.streams.run,
            product.selfcheck.run,
            product.selfreport.run,
            product.budgetreport.run,
            product.heartbeat.run,
            product.retention.run,
            product.discovery.run,
            product.identity.run,
            product.accounts.run,
            product.official.run,
            product.toolwatch.run,
            product.people.run,
            product.steering.run,
            product.almanac.run,
            product.alerts.run,
            product.dispatcher.run,
            product.reminders.run,
            product.by_hand.run,
        ):
            await stack.enter_async_context(background(part))
        await stack.enter_async_context(exporting(product.heard, product.board.find, os.environ))
        await stack.enter_async_context(product.scheduler.running(_DRAIN_S, slots))
        yield
