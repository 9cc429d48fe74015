"""Whole histories at once: for the demo, which begins with months behind it."""

from collections.abc import Iterable
from itertools import groupby

from sqlalchemy import Table

from statuspage.domain.history import History
from statuspage.domain.ledger import line_of
from statuspage.domain.words import Judgement
from statuspage.storage.engine import Database
from statuspage.storage.evidence import evidence_row
from statuspage.storage.ledger import ledger_seed
from statuspage.storage.packs import HOUR_PACK_MS, SAMPLE_PACK_MS, Figures, pack
from statuspage.storage.retention import ROWS_MS
from statuspage.storage.rollups import bucket_row
from statuspage.storage.samples import sample_row
from statuspage.storage.statement import Row, Write
from statuspage.storage.states import state_row
from statuspage.storage.tables import days, evidence, hour_packs, hours, sample_packs, samples, states


def seed_writes(database: Database, history: History, number: int, vantage: int) -> list[Write]:
    """Everything that stores one model's history; what is older than a day goes into packs at once."""
    every = list(history.samples)
    sample_rows = [sample_row(number, sample, vantage) for sample in every]
    row_from_ms = every[-1].at_ms - ROWS_MS if every else 0
    details = [
        evidence_row(number, sample) for sample in every if sample.at_ms >= row_from_ms or sample.judgement is not Judgement.OK
    ]
    hour_rows = [bucket_row(number, bucket) for bucket in history.hours]
    return [
        *_split(database, samples, sample_packs, SAMPLE_PACK_MS, sample_rows),
        *_split(database, hours, hour_packs, HOUR_PACK_MS, hour_rows),
        database.upsert(evidence, details),
        database.upsert(days, [bucket_row(number, bucket) for bucket in history.days]),
        ledger_seed(database, map(line_of, every)),
        database.upsert(states, [] if history.state is None else [state_row(number, history.state)]),
    ]


def _split(database: Database, table: Table, packs: Table, span_ms: int, rows: list[tuple[int, *Figures]]) -> Iterable[Write]:
    """What is a day and some older than the newest goes into packs, the rest stays rows."""
    edge_ms = (rows[-1][1] - ROWS_MS) // span_ms * span_ms if rows else 0
    packed = []
    for (number, start_ms), group in groupby(
        (row for row in rows if row[1] < edge_ms), key=lambda row: (row[0], row[1] // span_ms * span_ms)
    ):
        packed.append((number, start_ms, pack(start_ms, [row[1:] for row in group])))
    lying: list[Row] = [row for row in rows if row[1] >= edge_ms]
    return database.upsert(packs, packed), database.upsert(table, lying)
