"""One probe of one kind: always a sample, never an exception."""

import logging
from typing import Final

import msgspec

from statuspage.domain.sample import Sample
from statuspage.domain.words import Fault, ProbeKind
from statuspage.probes.judge import finding
from statuspage.probes.outcome import Facts, sample_of
from statuspage.probes.registry import PROBES
from statuspage.probes.target import ProbeContext, ProbeTarget
from statuspage.vendors.evidence import Classified

__all__ = ["ProbeContext", "ProbeTarget", "run"]

_log: Final = logging.getLogger(__name__)


async def run(kind: ProbeKind, target: ProbeTarget, context: ProbeContext) -> Sample:
    """Asks once and judges; what goes wrong on our side is a sample with fault `monitor`."""
    at_ms = context.clock.now_ms()
    if target.not_configured is not None:
        return _unasked(finding("not_configured", target.not_configured), kind, target, at_ms)
    probe = PROBES.get(kind)
    if probe is None:
        return _unasked(_ours(f"the probe kind {kind} is not built"), kind, target, at_ms)
    try:
        return await probe(target, context)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is ours and must not stop the monitor
        _log.exception("the %s probe of %s failed on our side", kind, target.key)
        return _unasked(_ours(f"our own fault ({type(error).__name__})"), kind, target, at_ms)


def _ours(detail: str) -> Classified:
    return msgspec.structs.replace(finding("unclassified", detail), fault=Fault.MONITOR, confident=False)


def _unasked(found: Classified, kind: ProbeKind, target: ProbeTarget, at_ms: int) -> Sample:
    return sample_of(found, Facts(at_ms=at_ms, probe=kind), target)
