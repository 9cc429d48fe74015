"""Group commit: what arrives together is committed together, and nobody hears of success before the commit."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Generic, TypeVar

from statuspage.domain.errors import DatabaseUnavailableError, StorageError

Item = TypeVar("Item")
Answer = TypeVar("Answer")

GATHER_S: Final = 0.01
"""The shortest time between two commits: a lone item is committed at once, a stream of them a hundred times a second."""
AT_MOST: Final = 250
"""Items of one commit, so that one transaction stays short."""


class GroupCommit(Generic[Item, Answer]):
    """Collects items and commits them in groups.

    One item that the database refuses does not fail its neighbours: its group is committed one by one. When the
    database as a whole is unavailable, the whole group hears so at once.
    """

    def __init__(self, commit: Callable[[Sequence[Item]], Awaitable[Sequence[Answer]]], gather_s: float = GATHER_S) -> None:
        self._commit = commit
        self._gather_s = gather_s
        self._waiting: list[tuple[Item, asyncio.Future[Answer]]] = []
        self._task: asyncio.Task[None] | None = None
        self._next_s = 0.0

    async def submit(self, item: Item) -> Answer:
        """Waits until the item is committed and returns its answer; raises `StorageError` when it is not."""
        done: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, done))
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name="group commit")
        return await done

    @property
    def busy(self) -> bool:
        """Whether something is being gathered or committed."""
        return self._task is not None

    async def drain(self) -> None:
        """Waits until everything that was submitted is answered."""
        while self._task is not None:
            await asyncio.wait([self._task])

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._waiting:
                if (pause_s := self._next_s - loop.time()) > 0 and len(self._waiting) < AT_MOST:
                    await asyncio.sleep(pause_s)
                group, self._waiting = self._waiting[:AT_MOST], self._waiting[AT_MOST:]
                self._next_s = loop.time() + self._gather_s
                await self._commit_group(group)
        finally:
            self._task = None

    async def _commit_group(self, group: Sequence[tuple[Item, asyncio.Future[Answer]]]) -> None:
        try:
            answers = await self._commit([item for item, _ in group])
        except StorageError as error:
            if len(group) > 1 and not isinstance(error, DatabaseUnavailableError):
                for one in group:
                    await self._commit_group([one])
                return
            _fail(group, error)
        except BaseException as error:
            _fail(group, error)
            raise
        else:
            for (_, done), answer in zip(group, answers, strict=True):
                if not done.done():  # whoever asked may have been cancelled
                    done.set_result(answer)


def _fail(group: Sequence[tuple[object, asyncio.Future[Answer]]], error: BaseException) -> None:
    for _, done in group:
        if not done.done():
            done.set_exception(error)
