"""A sample as one line of JSON, in the shape of contract §3."""

import msgspec

from statuspage.domain.balance import Balance
from statuspage.domain.sample import Sample, Timings
from statuspage.domain.words import ProbeKind


def sample_line(sample: Sample) -> str:
    """`{"model", "kind", "judgement", …}`; what is not known is null."""
    return msgspec.json.encode(
        {
            "model": sample.model,
            "kind": sample.probe.value,
            "judgement": sample.judgement.value,
            "class": sample.class_name,
            "fault": sample.fault.value,
            "retry": None if sample.retry is None else sample.retry.value,
            "retry_after_s": sample.retry_after_s,
            "http_status": sample.http_status,
            "error_type": sample.error_type,
            "phase": None if sample.phase is None else sample.phase.value,
            "message": sample.message,
            "advice": sample.advice,
            "timings_ms": _timings(sample.timings_ms),
            "tokens": msgspec.structs.asdict(sample.tokens),
            "cost_usd": sample.cost_usd,
            "served_model": sample.served_model,
            "served_by": sample.served_by,
            "request_id": sample.request_id,
            "attempts": sample.attempts,
            **_balance(sample),
            **_cases(sample),
        }
    ).decode()


def _balance(sample: Sample) -> dict[str, object]:
    """What a `balance` probe read; other lines do not have the key."""
    if sample.probe is not ProbeKind.BALANCE:
        return {}
    balance = sample.balance or Balance()
    return {"balance": msgspec.structs.asdict(balance) | {"exhausted": balance.exhausted}}


def _cases(sample: Sample) -> dict[str, object]:
    """What became of each case of a `tools` probe; `passed` is null where one was left out."""
    if sample.probe is not ProbeKind.TOOLS:
        return {}
    cases = ((case.name, case.passed, case.class_name, case.detail) for case in sample.cases)
    return {"cases": [dict(zip(("name", "passed", "class", "detail"), case, strict=True)) for case in cases]}


def _timings(timings: Timings) -> dict[str, float | None]:
    values: dict[str, float | None] = msgspec.structs.asdict(timings)
    return {name: None if value is None else round(value, 1) for name, value in values.items()}
