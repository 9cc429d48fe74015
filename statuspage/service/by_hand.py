"""Checks that people ask for: at once, never twice at a time, and not again at once."""

import asyncio
import math
from collections.abc import Awaitable, Callable, Collection
from contextlib import AbstractContextManager
from typing import Final

from statuspage.domain.clock import Clock

AGAIN_S: Final = 10.0
"""How soon a model may be checked by hand once more."""


class TooSoon(Exception):  # noqa: N818 - an answer, not a fault
    """The model was checked by hand just now; `retry_after_s` says when it may be again."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(f"This model was checked by hand just now; try again in {retry_after_s} s.")
        self.retry_after_s = retry_after_s


class ByHand:
    """Has models checked out of turn, in the account's seats and within the budget as any check."""

    def __init__(
        self,
        check: Callable[[str], Awaitable[None]],
        under_way: Callable[[], Collection[str]],
        mark: Callable[[str], AbstractContextManager[None]],
        clock: Clock,
    ) -> None:
        """`under_way` are the models that are being checked, `mark` counts one more among them."""
        self._check = check
        self._under_way = under_way
        self._mark = mark
        self._clock = clock
        self._asked_s: dict[str, float] = {}
        self._wanted: asyncio.Queue[str] = asyncio.Queue()

    def ask(self, key: str) -> None:
        """Has a model checked; one whose check is under way is being checked already. Raises `TooSoon`."""
        now_s = self._clock.monotonic_s()
        asked_s = self._asked_s.get(key)
        if asked_s is not None and now_s - asked_s < AGAIN_S:
            raise TooSoon(math.ceil(AGAIN_S - (now_s - asked_s)))
        self._asked_s[key] = now_s
        if key not in self._under_way():
            self._wanted.put_nowait(key)

    def follow(self, before: "ByHand", watched: Collection[str]) -> None:
        """Takes up what an earlier one was asked for and has not begun, of models that are still watched."""
        self._asked_s = before._asked_s | self._asked_s
        while not before._wanted.empty():
            key = before._wanted.get_nowait()
            if key in watched:
                self._wanted.put_nowait(key)

    async def run(self) -> None:
        """For ever: makes the checks that were asked for, side by side."""
        async with asyncio.TaskGroup() as checks:
            while True:
                checks.create_task(self.turn(await self._wanted.get()))

    async def turn(self, key: str) -> None:
        """One of them, unless its round began meanwhile."""
        if key not in self._under_way():
            with self._mark(key):
                await self._check(key)
