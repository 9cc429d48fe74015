"""What the verdict remembers of each model, as one blob."""

import logging
from collections.abc import Iterable
from typing import Final

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from statuspage.domain.state import ModelState
from statuspage.storage.statement import Row, chunks
from statuspage.storage.tables import states

log = logging.getLogger(__name__)

FORMAT: Final = 1
"""Raised when an older blob must not be understood any more."""

_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(ModelState)


def state_row(number: int, state: ModelState) -> Row:
    """One row of `states`."""
    return (number, FORMAT, _ENCODER.encode(state))


async def states_of(connection: AsyncConnection, numbers: Iterable[int]) -> dict[int, ModelState]:
    """The state of each model that has one; a state that is not understood is left out, history stays."""
    found = {}
    for some in chunks(numbers):
        for number, version, data in await connection.execute(select(states).where(states.c.model.in_(some))):
            try:
                state = _DECODER.decode(data) if version == FORMAT else None
            except msgspec.MsgspecError as error:
                log.warning("The stored state of model %d is not understood (%s): the verdict begins anew", number, error)
                continue
            if state is not None:
                found[number] = state
    return found
