"""The shelf: every public document as bytes, replaced as a whole whenever something changed."""

import asyncio
import math
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Final, Protocol

import msgspec
import structlog

from statuspage.domain.clock import Clock
from statuspage.domain.view import ModelView, PageView
from statuspage.render.encoded import Document

_FRESH_SHARE: Final = 3
"""A mere fresh measurement may wait a third of what readers wait between two looks (contract §5)."""
_RETRY_S: Final = 1.0

Shown = Callable[[PageView, dict[str, Document]], None]

log = structlog.get_logger()


class Views(Protocol):
    """The reading behind every document."""

    def keys(self) -> tuple[str, ...]:
        """Public models in the order of the configuration."""
        ...

    def gone_stale(self, now_ms: int) -> Iterable[str]:
        """Models that readers were told a status of which is too old by now."""
        ...

    def next_stale_ms(self) -> float:
        """When the next status goes stale (UTC milliseconds), infinity when none will."""
        ...

    def model(self, key: str, now_ms: int) -> ModelView:
        """A model as of now."""
        ...

    def page(self, models: tuple[ModelView, ...], generated_at_ms: int) -> PageView:
        """The page over these models."""
        ...


class Printer(Protocol):
    """Turns views into documents."""

    def fragments(self, models: Iterable[ModelView]) -> bool:
        """Renders what the models show of themselves; whether anything came out different."""
        ...

    def speak(self, language: str) -> bool:
        """Has pages printed in that language too; whether that is new."""
        ...

    def print(self, page: PageView, changed: Iterable[ModelView]) -> dict[str, Document]:
        """All documents by path."""
        ...


class Shelf:
    """Documents by path, and the moment until which they may be handed out.

    All of `shown` are told of every rendering, its views and its documents, before anybody reads it.
    """

    def __init__(self, views: Views, printer: Printer, clock: Clock, poll_after_s: int, shown: Sequence[Shown] = ()) -> None:
        self.documents: dict[str, Document] = {}
        self.fresh_until_s = 0.0
        self._page: PageView | None = None
        self._by_slug: dict[str, ModelView] = {}
        self._views = views
        self._printer = printer
        self._shown = tuple(shown)
        self._clock = clock
        self._patience_s = poll_after_s / _FRESH_SHARE
        self._models: dict[str, ModelView] = {}
        self._keys = views.keys()
        self._known = frozenset(self._keys)
        self._changed: set[str] = set(self._keys)
        self._page_changed = True
        self._wake = asyncio.Event()
        self._urgent = False
        self._one_at_a_time = asyncio.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="press")

    @property
    def page(self) -> PageView:
        """The page as it is shown; there is one from the first `refresh` on."""
        assert self._page is not None  # noqa: S101 - the composition root refreshes before it serves
        return self._page

    def model(self, slug: str) -> ModelView | None:
        """The public model of this slug as it is shown."""
        return self._by_slug.get(slug)

    def all_models(self) -> tuple[ModelView, ...]:
        """Every public model as it is shown."""
        return self.page.models

    def changed(self, key: str, *, at_once: bool) -> None:
        """Says that a model was checked; a change of its status is rendered at once, a fresh time soon."""
        if key in self._known:
            self._changed.add(key)
            self._urgent = self._urgent or at_once
            self._wake.set()

    def page_changed(self) -> None:
        """Says that the page tells something else beside its models."""
        self._page_changed = self._urgent = True
        self._wake.set()

    def grow(self) -> None:
        """Says that there are more public models than before."""
        self._keys = self._views.keys()
        self._changed.update(set(self._keys) - self._known)
        self._known = frozenset(self._keys)
        self.page_changed()

    async def run(self) -> None:
        """Renders for ever what changes and what goes stale."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._until_stale_s()):
                    await self._wake.wait()
            if self._wake.is_set() and not self._urgent:
                await self._linger()
            try:
                await self.refresh()
            except Exception:
                # What is shown goes stale in time; a reader who asks then renders anew, or is told of an error.
                log.exception("the documents could not be rendered")
                await self._clock.sleep(_RETRY_S)

    async def refresh(self) -> None:
        """Renders now; whoever asks meanwhile waits for the same rendering."""
        async with self._one_at_a_time:
            now_ms = self._clock.now_ms()
            self._changed.update(self._views.gone_stale(now_ms))
            self._wake.clear()
            self._urgent = False
            changed, self._changed = self._changed, set()
            try:
                if changed or self._page_changed:
                    await self._render(changed, now_ms)
            except BaseException:
                self._changed |= changed
                self._urgent = True
                self._wake.set()
                raise
            self.fresh_until_s = self._views.next_stale_ms() / 1000

    async def speak(self, language: str) -> None:
        """Has pages ready in that language too, from now on."""
        if self._printer.speak(language):
            self._page_changed = True
            await self.refresh()

    def close(self) -> None:
        """Ends the rendering thread."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _linger(self) -> None:
        """Waits for more to render together, unless a status changes meanwhile."""
        deadline = self._clock.monotonic_s() + self._patience_s
        while not self._urgent and (left := deadline - self._clock.monotonic_s()) > 0:
            self._wake.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._wake.wait()

    async def _render(self, changed: set[str], now_ms: int) -> None:
        fresh = [self._views.model(key, now_ms) for key in changed]
        models = {**self._models, **{model.key: model for model in fresh}}
        in_order = tuple(models[key] for key in self._keys)
        before = self._page

        def render() -> tuple[PageView, dict[str, Document]]:
            different = self._printer.fragments(fresh)
            page = self._views.page(in_order, now_ms)
            if before is not None and not different and _told(page) == _told(before):
                page = msgspec.structs.replace(page, generated_at_ms=before.generated_at_ms)
            return page, self._printer.print(page, fresh)

        page, documents = await asyncio.get_running_loop().run_in_executor(self._thread, render)
        self._models = models
        self._page = page
        self._by_slug = {model.slug: model for model in in_order}
        self.documents = documents
        self._page_changed = False
        for tell in self._shown:
            tell(page, documents)

    def _until_stale_s(self) -> float | None:
        until = self._views.next_stale_ms()
        return None if until == math.inf else max(0.0, (until - self._clock.now_ms()) / 1000)


def _told(page: PageView) -> tuple[object, ...]:
    """What the page tells beside its models."""
    return page.archive, page.incidents, page.maintenances
