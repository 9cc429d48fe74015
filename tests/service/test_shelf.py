"""The shelf: rendered together, rendered once, and never handed out once it went stale."""

import asyncio
import math
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, suppress

import msgspec
import pytest
from structlog.testing import capture_logs

from statuspage.domain.view import ModelView, PageView
from statuspage.domain.words import Status, page_status
from statuspage.render.encoded import Document, encode
from statuspage.service.shelf import Shelf
from tests.render import world


class Clock:
    """Wall time by hand, durations by the event loop."""

    now = world.NOW_MS

    def now_ms(self) -> int:
        return self.now

    def monotonic_s(self) -> float:
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)


class Views:
    """Three models whose state a test sets."""

    def __init__(self) -> None:
        self.models = {model.key: model for model in (world.model(index, well=True) for index in range(3))}
        self.public = tuple(self.models)
        self.stale: dict[str, int] = {}

    def keys(self) -> tuple[str, ...]:
        return self.public

    def gone_stale(self, now_ms: int) -> Iterator[str]:
        for key in [key for key, at_ms in self.stale.items() if at_ms < now_ms]:
            del self.stale[key]
            self.change(key, status=Status.NO_DATA)
            yield key

    def next_stale_ms(self) -> float:
        return min((at_ms + 1 for at_ms in self.stale.values()), default=math.inf)

    def model(self, key: str, now_ms: int) -> ModelView:
        return self.models[key]

    def page(self, models: tuple[ModelView, ...], generated_at_ms: int) -> PageView:
        made = world.page(3, well=True)
        status = page_status([model.status for model in models])
        return msgspec.structs.replace(made, models=models, generated_at_ms=generated_at_ms, status=status)

    def change(self, key: str, **fields: object) -> None:
        self.models[key] = msgspec.structs.replace(self.models[key], **fields)


class Printer:
    """Prints nothing but the status and the time of each model; counts how often."""

    def __init__(self) -> None:
        self.seen: dict[str, str] = {}
        self.printed: list[set[str]] = []
        self.told = asyncio.Event()
        self.loop = asyncio.get_running_loop()
        self.breaks = 0

    def fragments(self, models: Iterable[ModelView]) -> bool:
        if self.breaks:
            self.breaks -= 1
            raise ValueError("a template broke")
        different = False
        for model in models:
            said = f"{model.key} {model.status} {model.checked_at_ms}"
            different = different or self.seen.get(model.key) != said
            self.seen[model.key] = said
        return different

    def print(self, page: PageView, changed: Iterable[ModelView]) -> dict[str, Document]:
        self.printed.append({model.key for model in changed})
        self.loop.call_soon_threadsafe(self.told.set)
        body = "\n".join([str(page.generated_at_ms), *(self.seen[model.key] for model in page.models)])
        return {"/": encode(body.encode(), [])}


class Press:
    """A shelf with its world."""

    def __init__(self, poll_after_s: float = 3.0) -> None:
        self.clock = Clock()
        self.views = Views()
        self.printer = Printer()
        self.shelf = Shelf(self.views, self.printer, self.clock, poll_after_s)  # type: ignore[arg-type]
        self.keys = self.views.public

    @property
    def body(self) -> str:
        return self.shelf.documents["/"].body.decode()

    def check(self, key: str, *, at_once: bool = False, **fields: object) -> None:
        """A check moves the time on and changes these fields of the model."""
        self.clock.now += 1000
        self.views.change(key, checked_at_ms=self.clock.now, **fields)
        self.shelf.changed(key, at_once=at_once)

    async def printing(self) -> None:
        """Waits until other documents are shown than at this moment."""
        before = self.shelf.documents
        self.printer.told.clear()
        async with asyncio.timeout(5):
            await self.printer.told.wait()
            while self.shelf.documents is before:  # noqa: ASYNC110 - a few turns of the loop later
                await asyncio.sleep(0)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        await self.shelf.refresh()
        task = asyncio.create_task(self.shelf.run())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            self.shelf.close()


async def test_the_first_rendering_has_every_model() -> None:
    press = Press()
    await press.shelf.refresh()
    assert press.printer.printed == [set(press.keys)]
    assert press.shelf.page.models == tuple(press.views.models.values())
    assert press.shelf.model(press.views.models[press.keys[0]].slug) is press.views.models[press.keys[0]]
    assert press.shelf.model("nobody") is None


async def test_nothing_is_rendered_when_nothing_happened() -> None:
    press = Press()
    for _ in range(3):
        await press.shelf.refresh()
        press.clock.now += 60_000
    assert len(press.printer.printed) == 1


async def test_only_what_changed_is_rendered_again() -> None:
    press = Press()
    await press.shelf.refresh()
    press.check(press.keys[1])
    await press.shelf.refresh()
    assert press.printer.printed[1:] == [{press.keys[1]}]


async def test_a_change_of_status_is_rendered_at_once() -> None:
    press = Press(poll_after_s=3600)
    async with press.running():
        press.check(press.keys[0], at_once=True, status=Status.MAJOR_OUTAGE)
        await press.printing()
        assert "major_outage" in press.body


async def test_fresh_times_wait_for_one_another() -> None:
    press = Press(poll_after_s=0.3)
    async with press.running():
        for key in press.keys:
            press.check(key)
            await asyncio.sleep(0.01)
        assert len(press.printer.printed) == 1
        await press.printing()
        assert press.printer.printed[1:] == [set(press.keys)]


async def test_a_change_of_status_takes_waiting_times_along() -> None:
    press = Press(poll_after_s=3600)
    async with press.running():
        press.check(press.keys[0])
        await asyncio.sleep(0.01)
        press.check(press.keys[1], at_once=True, status=Status.MAJOR_OUTAGE)
        await press.printing()
        assert press.printer.printed[1:] == [{press.keys[0], press.keys[1]}]


async def test_the_time_of_the_document_is_that_of_its_last_change() -> None:
    press = Press()
    await press.shelf.refresh()
    first = press.shelf.page.generated_at_ms
    press.clock.now += 5000
    press.shelf.changed(press.keys[0], at_once=True)  # an excluded sample: nothing that is told has changed
    await press.shelf.refresh()
    assert press.shelf.page.generated_at_ms == first
    press.check(press.keys[0])
    await press.shelf.refresh()
    assert press.shelf.page.generated_at_ms == press.clock.now


async def test_a_status_goes_stale_by_itself() -> None:
    press = Press()
    press.views.stale = {press.keys[0]: press.clock.now + 50}
    async with press.running():
        assert press.shelf.fresh_until_s == pytest.approx((press.clock.now + 51) / 1000)
        press.clock.now += 52
        await press.printing()
        assert "no_data" in press.body
        assert press.printer.printed[1:] == [{press.keys[0]}]


async def test_a_reader_who_comes_first_renders_what_went_stale() -> None:
    press = Press()
    press.views.stale = {press.keys[0]: press.clock.now + 50}
    await press.shelf.refresh()
    press.clock.now += 52
    await asyncio.gather(*(press.shelf.refresh() for _ in range(10)))
    assert "no_data" in press.body
    assert len(press.printer.printed) == 2
    assert press.shelf.fresh_until_s == math.inf


async def test_a_private_model_is_never_rendered() -> None:
    press = Press()
    await press.shelf.refresh()
    press.shelf.changed("moonshot/private", at_once=True)
    await press.shelf.refresh()
    assert len(press.printer.printed) == 1


async def test_a_model_that_joins_is_rendered() -> None:
    press = Press()
    await press.shelf.refresh()
    late = world.model(3, well=True)
    press.views.models[late.key] = late
    press.views.public = tuple(press.views.models)
    press.shelf.grow()
    await press.shelf.refresh()
    assert press.printer.printed[1:] == [{late.key}]
    assert late.key in press.body


async def test_what_could_not_be_rendered_is_rendered_again() -> None:
    press = Press()
    async with press.running():
        press.printer.breaks = 2
        press.check(press.keys[0], at_once=True, status=Status.MAJOR_OUTAGE)
        with capture_logs() as said:
            await press.printing()
        assert "major_outage" in press.body
        assert [line["event"] for line in said] == ["the documents could not be rendered"] * 2


async def test_a_stale_colour_is_not_handed_out_because_rendering_failed() -> None:
    press = Press()
    press.views.stale = {press.keys[0]: press.clock.now + 50}
    await press.shelf.refresh()
    press.clock.now += 52
    press.printer.breaks = 1
    with pytest.raises(ValueError, match="a template broke"):
        await press.shelf.refresh()
    assert press.shelf.fresh_until_s <= press.clock.now / 1000
    await press.shelf.refresh()
    assert "no_data" in press.body
