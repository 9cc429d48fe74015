"""From a finding to the sample that is kept: sentences of ours, figures that are known, nothing secret."""

import re
from collections.abc import Mapping
from typing import Final

import msgspec

from statuspage.domain.classes import CLASSES
from statuspage.domain.redact import redact
from statuspage.domain.sample import Sample, Timings, Tokens
from statuspage.domain.words import Fault, Phase, ProbeKind
from statuspage.probes.target import ProbeTarget
from statuspage.vendors.advice import advice_for
from statuspage.vendors.evidence import Classified

_REQUEST_IDS: Final = (
    "msh-request-id",
    "x-request-id",
    "request-id",
    "x-generation-id",
    "x-litellm-call-id",
    "x-trace-id",
    "cf-ray",
)
_NOT_IN_AN_ID: Final = re.compile(r"[^A-Za-z0-9._:/+=-]")


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What was observed beside the class."""

    at_ms: int
    probe: ProbeKind
    phase: Phase | None = None
    timings_ms: Timings = Timings()
    http_status: int | None = None
    headers: Mapping[str, str] = {}
    error_type: str | None = None
    evidence: str | None = None
    """The other side's own text, not yet redacted."""
    tokens: Tokens = Tokens()
    reported_cost_usd: float | None = None
    served_model: str | None = None
    served_by: str | None = None
    answer_id: str | None = None
    fingerprint: str | None = None
    attempts: int = 1
    thinking: bool = False


def sample_of(found: Classified, facts: Facts, target: ProbeTarget) -> Sample:
    """The sample of that finding."""
    key = target.revealed_key
    secrets = (key,) if key else ()
    alive = found.fault is Fault.NONE
    return Sample(
        model=target.key,
        at_ms=facts.at_ms,
        probe=facts.probe,
        class_name=found.class_name,
        fault=found.fault,
        retry=found.retry,
        retry_after_s=found.retry_after_s,
        http_status=facts.http_status,
        error_type=redact(facts.error_type, secrets)[:80] if facts.error_type else None,
        phase=facts.phase,
        message=_message(found, facts, target),
        advice=advice_for(found.class_name, target.vendor, found.near),
        evidence=redact(facts.evidence, secrets) if facts.evidence and not alive else None,
        timings_ms=facts.timings_ms,
        tokens=facts.tokens,
        cost_usd=_cost_usd(facts, target),
        served_model=_name(facts.served_model, target.model_id, secrets),
        served_by=_name(facts.served_by, "", secrets),
        request_id=_request_id(facts, key),
        fingerprint=_name(facts.fingerprint, "", secrets),
        attempts=facts.attempts,
        confident=found.confident,
        thinking=facts.thinking,
    )


def _message(found: Classified, facts: Facts, target: ProbeTarget) -> str | None:
    """One sentence of ours; None when there is nothing to say beyond `ok`."""
    if found.class_name == "ok" and found.detail is None:
        return None
    status = f" (HTTP {facts.http_status})" if facts.http_status is not None and facts.http_status >= 300 else ""
    detail = f": {found.detail}" if found.detail else ""
    return redact(f"{target.model_id or target.key} {CLASSES[found.class_name].says}{status}{detail}.")


def _cost_usd(facts: Facts, target: ProbeTarget) -> float | None:
    """The configured price times tokens, else what the vendor reports, else a listed price; None where none is known."""
    reported_usd = facts.reported_cost_usd
    if target.rate is None or (reported_usd is not None and not target.rate_is_configured):
        return reported_usd
    cost_usd = target.rate.of_tokens(facts.tokens)
    return reported_usd if cost_usd is None else cost_usd


def _name(found: str | None, expected: str, secrets: tuple[str, ...]) -> str | None:
    if not found or found == expected:
        return found
    return redact(found, secrets)[:200]


def _request_id(facts: Facts, key: str | None) -> str | None:
    found = next((value for name in _REQUEST_IDS if (value := facts.headers.get(name))), facts.answer_id)
    if not found or (key and key in found):
        return None
    return _NOT_IN_AN_ID.sub("", found)[:100] or None
