"""Publishing: only what changed is written, what vanished goes, and a full disk is no reason to fall over."""

import asyncio
import threading
from collections.abc import Iterable

import pytest
from structlog.testing import capture_logs

from statuspage.render.encoded import Document, encode
from statuspage.service.publish import Publisher
from tests.render import world
from tests.service.test_shelf import Clock


class Disk:
    """A folder in memory that counts writes and can be full."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.listed: frozenset[str] = frozenset()
        self.writes: list[str] = []
        self.full = False
        self.wrote = threading.Event()

    def names(self) -> frozenset[str]:
        return self.listed

    def list(self, names: Iterable[str]) -> None:
        self._check()
        self.listed = frozenset(names)

    def holds(self, name: str, body: bytes) -> bool:
        return self.files.get(name) == body

    def write(self, name: str, body: bytes) -> None:
        self._check()
        self.writes.append(name)
        self.files[name] = body
        self.wrote.set()

    def remove(self, name: str) -> None:
        del self.files[name]

    def _check(self) -> None:
        if self.full:
            raise OSError(28, "No space left on device")


def page(body: bytes) -> Document:
    return encode(body, [(b"content-type", b"text/html; charset=utf-8")])


def show(publisher: Publisher, documents: dict[str, Document]) -> bool:
    publisher.shown(world.page(1), documents)
    return asyncio.run(publisher.publish())


@pytest.fixture
def disk() -> Disk:
    return Disk()


def test_only_what_changed_is_written_again(disk: Disk) -> None:
    publisher = Publisher(disk, Clock(), {"404.html": page(b"nothing")})
    front, model = page(b"front"), page(b"model")
    assert show(publisher, {"/": front, "/models/x": model})
    assert disk.files == {"index.html": b"front", "models/x/index.html": b"model", "404.html": b"nothing"}
    disk.writes.clear()
    assert show(publisher, {"/": page(b"news"), "/models/x": model})
    assert disk.writes == ["index.html"]


def test_a_restart_writes_what_differs_and_removes_what_is_no_longer_published(disk: Disk) -> None:
    assert show(Publisher(disk, Clock()), {"/": page(b"front"), "/models/gone": page(b"model")})
    disk.files["CNAME"] = b"put here by somebody else"
    disk.writes.clear()
    assert show(Publisher(disk, Clock()), {"/": page(b"front")})
    assert disk.writes == []
    assert disk.files == {"index.html": b"front", "CNAME": b"put here by somebody else"}
    assert disk.listed == {"index.html"}


def test_a_list_that_was_tampered_with_removes_nothing_outside(disk: Disk) -> None:
    disk.listed = frozenset({"../etc/passwd", "/etc/passwd"})
    assert show(Publisher(disk, Clock()), {"/": page(b"front")})


def test_a_full_disk_is_said_once_and_made_good_later(disk: Disk) -> None:
    publisher = Publisher(disk, Clock())
    disk.full = True
    with capture_logs() as said:
        assert not show(publisher, {"/": page(b"front")})
        assert not show(publisher, {"/": page(b"front")})
    assert [each["error"] for each in said] == ["[Errno 28] No space left on device"]
    assert publisher.notes() == ["the published files could not all be written; the log says why"]
    disk.full = False
    assert show(publisher, {"/": page(b"front")})
    assert disk.files == {"index.html": b"front"}
    assert publisher.notes() == []


async def test_it_works_whenever_something_is_shown_and_tries_again_by_itself(disk: Disk) -> None:
    disk.full = True

    class Patient(Clock):
        async def sleep(self, seconds: float) -> None:
            disk.full = False

    publisher = Publisher(disk, Patient())
    publisher.shown(world.page(1), {"/": page(b"front")})
    running = asyncio.create_task(publisher.run())
    assert await asyncio.to_thread(disk.wrote.wait, 5)
    running.cancel()
    publisher.close()
