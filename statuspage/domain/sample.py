"""What one probe recorded."""

import msgspec

from statuspage.domain.balance import Balance
from statuspage.domain.classes import judge
from statuspage.domain.words import Fault, Judgement, Kind, Phase, ProbeKind, Retry


class Timings(msgspec.Struct, frozen=True, kw_only=True):
    """Milliseconds since the probe's start, by the monotonic clock; None is a phase not reached.

    `max_gap` is a duration: the longest silence between two events.
    """

    resolve: float | None = None
    connect: float | None = None
    tls: float | None = None
    headers: float | None = None
    first_event: float | None = None
    first_content: float | None = None
    total: float | None = None
    max_gap: float | None = None


class Tokens(msgspec.Struct, frozen=True, kw_only=True):
    """What the vendor counted; None is unknown."""

    input: int | None = None
    output: int | None = None
    reasoning: int | None = None


class CaseResult(msgspec.Struct, frozen=True, kw_only=True):
    """One case of a suite; `passed` None is excluded: it could not be asked, or it proves nothing. `detail` is ours."""

    name: str
    passed: bool | None
    class_name: str
    detail: str | None = None


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """One probe's result, redacted: nothing in it is secret.

    `at_ms` is UTC milliseconds since the epoch at the probe's start. `message` and `advice` are sentences of
    ours; `evidence` is the vendor's own text, redacted and at most 1 kB. `confident` is False where
    text, type and status disagree.
    """

    model: str
    at_ms: int
    probe: ProbeKind
    class_name: str
    fault: Fault
    kind: Kind = Kind.SCHEDULED
    retry: Retry | None = None
    retry_after_s: float | None = None
    http_status: int | None = None
    error_type: str | None = None
    phase: Phase | None = None
    message: str | None = None
    advice: str | None = None
    evidence: str | None = None
    timings_ms: Timings = Timings()
    tokens: Tokens = Tokens()
    cost_usd: float | None = None
    served_model: str | None = None
    served_by: str | None = None
    request_id: str | None = None
    fingerprint: str | None = None
    """What the vendor calls the build that answered; not stored."""
    attempts: int = 1
    confident: bool = True
    thinking: bool = False
    """Reasoning was seen: the latency baseline allows a thinking model more."""
    tainted: bool = False
    """Our own loop lagged while it ran: its latency is not to be trusted."""
    cases: tuple[CaseResult, ...] = ()
    """What a suite found, case by case; only probes of kind `tools` have cases."""
    assumed_usd: float | None = None
    """What the budget counts where the cost is not known; not stored with the sample."""
    balance: Balance | None = None
    """What a `balance` probe read; not stored with the sample."""

    @property
    def judgement(self) -> Judgement:
        """How this sample counts."""
        return judge(self.class_name, self.fault)
