"""The ledger's rows: what a probe adds, and sums read back."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from statuspage.domain.ledger import Line, added
from statuspage.storage.codes import KINDS, PROBES, words
from statuspage.storage.engine import Database
from statuspage.storage.statement import Row, Write
from statuspage.storage.tables import ledger

_KINDS: Final = words(KINDS)
_PROBES: Final = words(PROBES)


def line_row(line: Line) -> Row:
    """The row of a line, in the order of the columns."""
    return (
        line.day_ms,
        line.subject,
        PROBES[line.probe],
        KINDS[line.kind],
        line.who,
        line.probes,
        line.unpriced,
        line.input_tokens,
        line.output_tokens,
        line.cost_nano_usd,
        line.assumed_nano_usd,
    )


def ledger_writes(database: Database, lines: Iterable[Line]) -> list[Write]:
    """What adds these lines to those that are there."""
    return [database.add(ledger, [line_row(line) for line in lines])]


def ledger_seed(database: Database, lines: Iterable[Line]) -> Write:
    """What puts the sums of these lines in the place of those that are there."""
    return database.upsert(ledger, [line_row(line) for line in added(lines)])


async def ledger_between(connection: AsyncConnection, from_ms: int, to_ms: int) -> tuple[Line, ...]:
    """The lines of days that begin in `[from_ms, to_ms)`, oldest first."""
    wanted = select(ledger).where(ledger.c.day_ms >= from_ms, ledger.c.day_ms < to_ms)
    rows = await connection.execute(wanted.order_by(*ledger.primary_key.columns))
    return tuple(
        Line(
            day_ms=day_ms,
            subject=subject,
            probe=_PROBES[probe],
            kind=_KINDS[kind],
            who=who,
            probes=probes,
            unpriced=unpriced,
            input_tokens=input_tokens,
            output_tokens=output_tokens,
            cost_nano_usd=cost,
            assumed_nano_usd=assumed,
        )
        for day_ms, subject, probe, kind, who, probes, unpriced, input_tokens, output_tokens, cost, assumed in rows
    )
