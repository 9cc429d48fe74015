"""Hedging: where the first word is late, a second model is asked too, and whoever speaks first goes on."""

import asyncio
from collections.abc import Callable

from statuspage.client.attempt import Attempt, AttemptFailedError
from statuspage.client.errors import Failure
from statuspage.client.exchange import Piece

Other = Callable[[], Attempt | None]
"""Asks another route; None where none may be asked."""
Lost = Callable[[Attempt, Failure | None], None]
"""Hears of the request that lost: it failed, or was called off (None)."""


async def first_piece(attempt: Attempt, after_s: float | None, other: Other, lost: Lost) -> tuple[Attempt, Piece | None]:
    """The request that speaks first, with its first piece (None: its answer is whole). Raises `AttemptFailedError`."""
    if after_s is None:
        return attempt, await attempt.next()
    racing = {asyncio.ensure_future(attempt.next()): attempt}
    try:
        done, _ = await asyncio.wait(racing, timeout=after_s)
        if not done and (second := other()) is not None:
            racing[asyncio.ensure_future(second.next())] = second
        return await _winner(racing, lost)
    finally:
        for task, loser in racing.items():
            task.cancel()
            await asyncio.wait({task})
            await loser.close()
            lost(loser, None)


async def _winner(racing: dict["asyncio.Task[Piece | None]", Attempt], lost: Lost) -> tuple[Attempt, Piece | None]:
    """Takes the winner out of the race; a failure ends it only when nobody else runs."""
    while True:
        done, _ = await asyncio.wait(racing, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            attempt = racing.pop(task)
            try:
                return attempt, task.result()
            except AttemptFailedError as error:
                if not racing:
                    raise
                lost(attempt, error.failure)
