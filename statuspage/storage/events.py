"""Events: what happened beyond statuses."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from statuspage.domain.event import Event
from statuspage.storage.statement import Write
from statuspage.storage.tables import events

_NAMES = ("at_ms", "kind", "subject", "sentence", "public", "facts")
_ADD = insert(events).values({name: bindparam(name) for name in _NAMES})


def event_writes(happened: Sequence[Event]) -> list[Write]:
    """One statement that adds them all."""
    rows = [
        (event.at_ms, event.kind, event.subject, event.sentence, int(event.public), msgspec.json.encode(event.facts))
        for event in happened
    ]
    return [Write(_ADD, _NAMES, rows)]


async def events_since(connection: AsyncConnection, since_ms: int, limit: int) -> tuple[Event, ...]:
    """The newest ones, newest first."""
    wanted = select(*(events.c[name] for name in _NAMES)).where(events.c.at_ms >= since_ms)
    rows = await connection.execute(wanted.order_by(events.c.at_ms.desc(), events.c.number.desc()).limit(limit))
    return tuple(
        Event(
            at_ms=at_ms,
            kind=kind,
            subject=subject,
            sentence=sentence,
            public=bool(public),
            facts=msgspec.json.decode(facts, type=dict[str, str]),
        )
        for at_ms, kind, subject, sentence, public, facts in rows
    )
