"""Export and import: every row, or nothing."""

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from statuspage.domain.errors import StorageError
from statuspage.storage.portable import export, take_in
from statuspage.storage.revisions import HEAD
from statuspage.storage.store import SqlStore
from tests.storage.test_copies import mode_of
from tests.storage.world import KEY, NOW_MS, OTHER, check, failed, good, watched

Lines = list[bytes]


@pytest.fixture
async def exported(sql_store: SqlStore, url: str, tmp_path: Path) -> Path:
    await sql_store.watch(watched(KEY, OTHER), NOW_MS)
    for at_ms in range(NOW_MS, NOW_MS + 1200):
        await sql_store.record(check(good(at_ms)))
    await sql_store.record(check(failed(NOW_MS + 5, OTHER)))
    await sql_store.note("topic", "subject", b"\x00\xff")
    rows = await export(url, tmp_path / "history.jsonl")
    assert (rows["samples"], rows["models"], rows["notes"]) == (1201, 2, 1)
    return tmp_path / "history.jsonl"


@pytest.fixture
def new(tmp_path: Path) -> str:
    (tmp_path / "new").mkdir()
    return f"sqlite+aiosqlite:///{tmp_path / 'new' / 'statuspage.db'}"


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return sorted(connection.iterdump())


async def test_what_is_imported_is_what_was_exported(exported: Path, sql_store: SqlStore, new: str, tmp_path: Path) -> None:
    rows = await take_in(new, exported)
    assert rows["samples"] == 1201
    await sql_store.close()
    assert dump(tmp_path / "new/statuspage.db") == dump(tmp_path / "statuspage.db")
    store = SqlStore(new)
    await store.open()
    await store.watch(watched("moonshot/another"), NOW_MS)
    assert await store.noted("topic") == {"subject": b"\x00\xff"}
    await store.close()
    await export(new, exported)  # an earlier export is replaced
    assert mode_of(exported) == 0o600


async def test_a_database_that_holds_anything_is_left_as_it_is(exported: Path, sql_store: SqlStore, url: str) -> None:
    with pytest.raises(StorageError, match="holds a history already and was left as it is"):
        await take_in(url, exported)
    assert len(await sql_store.samples(KEY, 0, NOW_MS + 9999, 5000)) == 1200


def rewrite(path: Path, spoil: Callable[[Lines], Lines]) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    spoilt = spoil(lines)
    assert spoilt != lines
    path.write_bytes(b"".join(spoilt))


def cut(lines: Lines) -> Lines:
    return lines[:-1]


def without_a_row(lines: Lines) -> Lines:
    return [line for line in lines if b"moonshot/kimi-k3" not in line]


def of_another_schema(lines: Lines) -> Lines:
    return [lines[0].replace(HEAD.encode(), b"9999"), *lines[1:]]


def with_a_strange_column(lines: Lines) -> Lines:
    return [line.replace(b'"first_seen_ms"]', b'"colour"]') for line in lines]


def with_a_word_for_a_figure(lines: Lines) -> Lines:
    return [line.replace(f",{NOW_MS + 7},".encode(), b',"soon",') for line in lines]


def with_no_base64(lines: Lines) -> Lines:
    return [line.replace(b'"AP8="', b'"\xc3\xa9"') for line in lines]


def not_json(lines: Lines) -> Lines:
    return [*lines[:5], b"\xff\n", *lines[5:]]


def empty(lines: Lines) -> Lines:
    return lines[:0]


def no_table(lines: Lines) -> Lines:
    return [lines[0], b"[1]\n"]


SPOILT = [
    cut,
    without_a_row,
    of_another_schema,
    with_a_strange_column,
    with_a_word_for_a_figure,
    with_no_base64,
    not_json,
    empty,
    no_table,
]


@pytest.mark.parametrize("spoil", SPOILT)
async def test_a_file_that_was_torn_or_changed_is_refused_before_anything_is_written(
    exported: Path, new: str, tmp_path: Path, spoil: Callable[[Lines], Lines]
) -> None:
    rewrite(exported, spoil)
    with pytest.raises(StorageError) as caught:
        await take_in(new, exported)
    assert str(exported) in str(caught.value)
    assert str(caught.value).endswith(".")
    assert not (tmp_path / "new/statuspage.db").exists()


async def test_an_export_takes_no_other_files_place(exported: Path, url: str, new: str, tmp_path: Path) -> None:
    other = tmp_path / "letter.json"
    other.write_text(json.dumps({"format": "letter"}), encoding="utf-8")
    with pytest.raises(StorageError, match="is no export; name another file"):
        await export(url, other)
    with pytest.raises(StorageError, match="cannot be used: No such file"):
        await export(url, tmp_path / "nowhere/history.jsonl")
    with pytest.raises(StorageError, match="holds nothing yet"):
        await export(new, tmp_path / "nothing.jsonl")
    assert not (tmp_path / "nothing.jsonl").exists()
    with pytest.raises(StorageError, match="cannot be used: No such file"):
        await take_in(new, tmp_path / "nothing.jsonl")


async def test_a_pipe_is_no_file(url: str, sql_store: SqlStore, new: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(StorageError, match="is no export"):
        await export(url, tmp_path / "pipe")
    with pytest.raises(StorageError, match="is not a file"):
        await take_in(new, tmp_path / "pipe")
