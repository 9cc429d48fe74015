"""Old rows of one model, packed together: columns, compressed (docs/decisions/0003-sample-layout.md)."""

import zlib
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

import msgspec

FORMAT: Final = 1

SAMPLE_PACK_MS: Final = 6 * 3_600_000
"""Samples of a quarter of a day (UTC): few enough to be read for one answer, many enough to compress, within one page."""

HOUR_PACK_MS: Final = 24 * 3_600_000
"""The hours of a day (UTC)."""

Value = int | bytes | None
Figures = tuple[int, *tuple[Value, ...]]
"""A row without its model; it begins with its time in UTC milliseconds."""


class _Pack(msgspec.Struct, frozen=True, array_like=True):
    """`steps` are the milliseconds from the pack's start to the first row, then from row to row.

    A column whose values are all the same is that value alone.
    """

    format: int
    steps: list[int]
    columns: list[list[Value] | Value]


_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(_Pack)


def pack(start_ms: int, rows: Sequence[Figures]) -> bytes:
    """Rows of ascending time, at least one, as bytes."""
    times, *columns = zip(*rows, strict=True)
    steps = [at - before for before, at in zip((start_ms, *times), times, strict=False)]
    short = [column[0] if column.count(column[0]) == len(column) else list(column) for column in columns]
    return zlib.compress(_ENCODER.encode(_Pack(FORMAT, steps, short)), 9)


def unpack(start_ms: int, data: bytes) -> list[Figures]:
    """The rows that were packed."""
    packed = _DECODER.decode(zlib.decompress(data))
    times = accumulate(packed.steps, initial=start_ms)
    next(times)
    length = len(packed.steps)
    columns = [column if isinstance(column, list) else [column] * length for column in packed.columns]
    return list(zip(times, *columns, strict=True))


def merged(old: Sequence[Figures], newer: Sequence[Figures]) -> list[Figures]:
    """Both, oldest first; of two rows with one time the newer one counts."""
    rows = {row[0]: row for row in old} | {row[0]: row for row in newer}
    return [rows[at_ms] for at_ms in sorted(rows)]
