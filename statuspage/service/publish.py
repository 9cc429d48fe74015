"""Writes the public documents as files after every change, for a file server that outlives this process."""

import asyncio
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Final, Protocol

import structlog

from statuspage.domain.clock import Clock
from statuspage.domain.view import PageView
from statuspage.render.encoded import Document
from statuspage.render.published import files_of, is_name

NOT_FOUND: Final = "404.html"
"""What file servers show for an address that nobody knows."""
_RETRY_S: Final = 30.0
"""When files that could not be written are tried again, should nothing change before."""

log = structlog.get_logger()


class Folder(Protocol):
    """Where the files go; every method may raise OSError."""

    def names(self) -> frozenset[str]:
        """What an earlier run wrote."""
        ...

    def list(self, names: Iterable[str]) -> None:
        """Says for the next run what is ours."""
        ...

    def holds(self, name: str, body: bytes) -> bool:
        """Whether the file has these bytes already."""
        ...

    def write(self, name: str, body: bytes) -> None:
        """Replaces the file in one step."""
        ...

    def remove(self, name: str) -> None:
        """Removes the file."""
        ...


class Publisher:
    """Keeps a folder equal to what is served. A folder that cannot be written is said once, and tried again."""

    def __init__(self, folder: Folder, clock: Clock, also: Mapping[str, Document] | None = None) -> None:
        """`also` are files, by name, that stand for no address."""
        self._also = dict(also or {})
        self._folder = folder
        self._clock = clock
        self._documents: dict[str, Document] = {}
        self._changed = asyncio.Event()
        self._ours: frozenset[str] | None = None
        self._written: dict[str, Document] = {}
        self._trouble: str | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="publish")

    def shown(self, _page: PageView, documents: dict[str, Document]) -> None:
        """Takes over what is shown from now on."""
        self._documents = documents
        self._changed.set()

    def notes(self) -> list[str]:
        """What `/readyz?verbose` tells; why is the operator's to know, as it names places on this machine."""
        return [] if self._trouble is None else ["the published files could not all be written; the log says why"]

    async def run(self) -> None:
        """Publishes for ever whatever changes."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            if not await self.publish():
                await self._clock.sleep(_RETRY_S)
                self._changed.set()

    async def publish(self) -> bool:
        """Makes the folder equal to what is shown now, in a thread of its own; whether all of it went well."""
        files = files_of(self._documents) | self._also
        trouble = await asyncio.get_running_loop().run_in_executor(self._thread, self._make_equal, files)
        if trouble is not None and trouble != self._trouble:
            log.error("the published files could not all be written", error=trouble)
        if trouble is None and self._trouble is not None:
            log.info("the published files are written again")
        self._trouble = trouble
        return trouble is None

    def close(self) -> None:
        """Ends the thread; what it is writing is finished first."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _make_equal(self, files: Mapping[str, Document]) -> str | None:
        """Writes what differs, removes what vanished; the first thing that went wrong, in the system's words."""
        try:
            if self._ours is None:
                self._ours = self._folder.names()
            if not self._ours >= files.keys():
                # Before the first of them is written: a killed process must not leave files that nobody knows to remove.
                self._list(self._ours | files.keys())
        except OSError as error:
            return str(error)
        troubles = [trouble for name, document in files.items() if (trouble := self._put(name, document))]
        try:
            for name in self._ours - files.keys():
                self._written.pop(name, None)
                if is_name(name):
                    self._folder.remove(name)
            if self._ours != files.keys():
                self._list(frozenset(files))
        except OSError as error:
            troubles.append(str(error))
        return troubles[0] if troubles else None

    def _list(self, names: frozenset[str]) -> None:
        self._folder.list(names)
        self._ours = names

    def _put(self, name: str, document: Document) -> str | None:
        written = self._written.get(name)
        if written is document:
            return None
        try:
            if written is not None or not self._folder.holds(name, document.body):
                self._folder.write(name, document.body)
        except OSError as error:
            return str(error)
        self._written[name] = document
        return None
