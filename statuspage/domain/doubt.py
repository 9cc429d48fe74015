"""Self-doubt: whether what a probe met may be our own fault (docs/detection.md, «Am I well?»)."""

from typing import Final

import msgspec

from statuspage.domain.classes import CLASSES
from statuspage.domain.sample import Sample
from statuspage.domain.words import Fault, Judgement

LAG_BOUND_S: Final = 1.0
"""An event loop that lags longer than this mismeasures."""
JUMP_BOUND_S: Final = 1.0
"""Wall and monotonic clock may drift apart by this much during one probe."""

TRANSPORT: Final = frozenset(
    {
        "dns_failure",
        "connection_refused",
        "connect_timeout",
        "tls_invalid",
        "tls_failure",
        "connection_reset",
        "header_timeout",
        "first_event_timeout",
        "stalled_stream",
        "stream_reset",
        "truncated_stream",
    }
)
"""Failures that a broken network of ours would look like."""
_TIMED: Final = frozenset(
    {"dns_failure", "connect_timeout", "header_timeout", "first_event_timeout", "stalled_stream", "stalled_then_resumed"}
)
"""What a lagging loop of ours would look like."""


class Wellness(msgspec.Struct, frozen=True, kw_only=True):
    """How the monitor itself was while a probe ran.

    `clock_jump_s` is wall clock minus monotonic clock over the probe. Canaries are neutral hosts: how many were asked,
    how many answered, how many presented a certificate that nobody should trust. `resolver_up` is None when not asked.
    """

    loop_lag_s: float = 0.0
    clock_jump_s: float = 0.0
    canaries_asked: int = 0
    canaries_up: int = 0
    canaries_intercepted: int = 0
    resolver_up: bool | None = None


def suspicious(sample: Sample) -> bool:
    """Whether the canaries should be asked before this sample is believed."""
    return sample.judgement is Judgement.FAILED and sample.class_name in TRANSPORT


def doubt(sample: Sample, wellness: Wellness) -> Sample:
    """The sample as it may be believed: excluded where the fault is likelier ours, tainted where only its timing is."""
    if sample.judgement is Judgement.EXCLUDED:
        return sample
    if abs(wellness.clock_jump_s) > JUMP_BOUND_S:
        return _ours(sample, "clock_jump", "Our own clock jumped while this probe ran.")
    if suspicious(sample) and wellness.canaries_asked > 0 and wellness.canaries_up == 0:
        if wellness.canaries_intercepted > 0:
            return _ours(sample, "tls_intercepted", "The neutral hosts presented untrusted certificates too.")
        if sample.class_name == "dns_failure" and wellness.resolver_up is False:
            return _ours(sample, "resolver_down", "No neutral host's name could be resolved either.")
        return _ours(sample, "offline", "No neutral host could be reached either.")
    if wellness.loop_lag_s > LAG_BOUND_S:
        if sample.class_name in _TIMED:
            return _ours(sample, "loop_stalled", "Our own monitor was too busy to time this probe.")
        return msgspec.structs.replace(sample, tainted=True)
    return sample


def _ours(sample: Sample, class_name: str, message: str) -> Sample:
    return msgspec.structs.replace(
        sample, class_name=class_name, fault=Fault.MONITOR, retry=CLASSES[class_name].retry, message=message, advice=None
    )
