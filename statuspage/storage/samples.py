"""A sample as figures: lean integers, and the way back."""

from collections.abc import Mapping
from typing import Final, cast

from statuspage.domain.classes import BY_CODE, CLASSES
from statuspage.domain.ports import StoredSample
from statuspage.domain.sample import Sample, Tokens
from statuspage.storage.codes import FAULTS, KINDS, PROBES, words
from statuspage.storage.evidence import detail_of, phase_of, retry_of, timings_of
from statuspage.storage.packs import Figures

_FAULTS: Final = words(FAULTS)
_KINDS: Final = words(KINDS)
_PROBES: Final = words(PROBES)
_DOUBTED, _THINKING, _TAINTED = 1, 2, 4


def sample_row(number: int, sample: Sample, vantage: int) -> tuple[int, *Figures]:
    """One row of `samples`, in the order of its columns."""
    tokens, timings = sample.tokens, sample.timings_ms
    return (
        number,
        sample.at_ms,
        CLASSES[sample.class_name].code,
        FAULTS[sample.fault],
        KINDS[sample.kind],
        PROBES[sample.probe],
        (not sample.confident) * _DOUBTED | sample.thinking * _THINKING | sample.tainted * _TAINTED,
        vantage,
        sample.http_status,
        None if timings.first_content is None else round(timings.first_content),
        None if timings.total is None else round(timings.total),
        tokens.input,
        tokens.output,
        tokens.reasoning,
        None if sample.cost_usd is None else round(sample.cost_usd * 1e9),
    )


def stored_sample(key: str, number: int, row: Figures, detail: bytes | None, vantages: Mapping[int, str]) -> StoredSample:
    """The sample that was stored as this row of `samples` (without its model) and this blob of `evidence`."""
    at_ms, class_code, fault, kind, probe, flags, vantage, http_status, first_content, total, *used, cost = cast(
        "tuple[int, ...]", row
    )
    known = detail_of(detail)
    sample = Sample(
        model=key,
        at_ms=at_ms,
        probe=_PROBES[probe],
        class_name=BY_CODE[class_code].name,
        fault=_FAULTS[fault],
        kind=_KINDS[kind],
        retry=retry_of(known),
        retry_after_s=known.retry_after_s,
        http_status=http_status,
        error_type=known.error_type,
        phase=phase_of(known),
        message=known.message,
        advice=known.advice,
        evidence=known.evidence,
        timings_ms=timings_of(known, first_content, total),
        tokens=Tokens(input=used[0], output=used[1], reasoning=used[2]),
        cost_usd=None if cost is None else cost / 1e9,  # type: ignore[redundant-expr]  # the cast hides None
        served_model=known.served_model,
        served_by=known.served_by,
        request_id=known.request_id,
        attempts=known.attempts,
        confident=not flags & _DOUBTED,
        thinking=bool(flags & _THINKING),
        tainted=bool(flags & _TAINTED),
    )
    return StoredSample(id=f"{number}-{at_ms}", sample=sample, vantage=vantages[vantage])
