"""What is known of a sample beyond its figures, as one small blob."""

from typing import Final

import msgspec

from statuspage.domain.sample import Sample, Timings
from statuspage.domain.words import Judgement, Phase, Retry
from statuspage.storage.codes import PHASES, RETRIES, words
from statuspage.storage.statement import Row

_PHASES: Final = words(PHASES)
_RETRIES: Final = words(RETRIES)
_TENTHS: Final = ("resolve", "connect", "tls", "headers", "first_event", "max_gap")
"""The timings kept here, in tenths of a millisecond; the other two are figures of the sample."""


class Detail(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Stored with one-letter names and without defaults; a name never changes its meaning."""

    timings: tuple[int | None, ...] = msgspec.field(name="t", default=())
    request_id: str | None = msgspec.field(name="i", default=None)
    served_model: str | None = msgspec.field(name="m", default=None)
    served_by: str | None = msgspec.field(name="b", default=None)
    error_type: str | None = msgspec.field(name="e", default=None)
    phase: int | None = msgspec.field(name="p", default=PHASES[Phase.DONE])
    message: str | None = msgspec.field(name="s", default=None)
    advice: str | None = msgspec.field(name="a", default=None)
    evidence: str | None = msgspec.field(name="x", default=None)
    retry: int | None = msgspec.field(name="r", default=None)
    retry_after_s: float | None = msgspec.field(name="w", default=None)
    attempts: int = msgspec.field(name="n", default=1)


NO_DETAIL: Final = Detail(phase=None)
"""Of a sample whose evidence is gone."""

_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(Detail)


def evidence_row(number: int, sample: Sample) -> Row:
    """One row of `evidence`; a good sample's is not kept beyond a day."""
    timings = sample.timings_ms
    detail = Detail(
        timings=tuple(None if ms is None else round(ms * 10) for ms in (getattr(timings, name) for name in _TENTHS)),
        request_id=sample.request_id,
        served_model=sample.served_model,
        served_by=sample.served_by,
        error_type=sample.error_type,
        phase=None if sample.phase is None else PHASES[sample.phase],
        message=sample.message,
        advice=sample.advice,
        evidence=sample.evidence,
        retry=None if sample.retry is None else RETRIES[sample.retry],
        retry_after_s=sample.retry_after_s,
        attempts=sample.attempts,
    )
    return (number, sample.at_ms, int(sample.judgement is not Judgement.OK), _ENCODER.encode(detail))


def detail_of(data: bytes | None) -> Detail:
    """What `evidence_row` encoded."""
    return NO_DETAIL if data is None else _DECODER.decode(data)


def timings_of(detail: Detail, first_content_ms: int | None, total_ms: int | None) -> Timings:
    """The timings of a sample, put together again."""
    known = {name: tenths / 10 for name, tenths in zip(_TENTHS, detail.timings, strict=False) if tenths is not None}
    return Timings(first_content=first_content_ms, total=total_ms, **known)


def phase_of(detail: Detail) -> Phase | None:
    """How far the probe had come."""
    return None if detail.phase is None else _PHASES[detail.phase]


def retry_of(detail: Detail) -> Retry | None:
    """What a client should do next."""
    return None if detail.retry is None else _RETRIES[detail.retry]
