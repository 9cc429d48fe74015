"""A state that is not understood is begun anew; the history beside it stays."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from statuspage.domain.classes import BY_CODE, CLASSES
from statuspage.domain.words import Fault, Kind, Phase, ProbeKind, Retry, Status
from statuspage.storage.codes import FAULTS, KINDS, PHASES, PROBES, RETRIES, STATUSES, words
from statuspage.storage.store import SqlStore
from tests.storage.world import HOUR_MS, KEY, NOW_MS, bucket, check, good, watched


@pytest.mark.parametrize(("version", "data"), [(1, b"\xc1"), (1, b"\x81\xa6status\x01"), (1, b""), (99, b"\x80")])
async def test_it_forgets_a_state_that_it_does_not_understand(
    sql_store: SqlStore, tmp_path: Path, version: int, data: bytes
) -> None:
    await sql_store.watch(watched(KEY), NOW_MS)
    hour = bucket(NOW_MS // HOUR_MS * HOUR_MS)
    await sql_store.record(check(good(), hours=(hour,)))
    with closing(sqlite3.connect(tmp_path / "statuspage.db")) as connection, connection:
        connection.execute("UPDATE states SET format = ?, data = ?", (version, data))
    known = (await sql_store.watch(watched(KEY), NOW_MS))[KEY]
    assert (known.state, known.hour) == (None, hour)
    assert len(await sql_store.samples(KEY, 0, NOW_MS * 2, 9)) == 1


@pytest.mark.parametrize(
    ("codes", "every"),
    [(FAULTS, Fault), (KINDS, Kind), (PROBES, ProbeKind), (RETRIES, Retry), (PHASES, Phase), (STATUSES, Status)],
)
def test_it_has_one_number_for_every_word(codes: dict[Status, int], every: type[Status]) -> None:
    assert set(codes) == set(every)
    assert {word: code for code, word in words(codes).items()} == codes


def test_it_has_one_number_for_every_class() -> None:
    assert len(BY_CODE) == len(CLASSES)
