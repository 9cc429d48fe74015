"""A model on a virtual clock: scheduled rounds, the re-probes the verdict asks for, and what was shown."""

from collections.abc import Callable
from random import Random

from statuspage.domain.classes import CLASSES
from statuspage.domain.policy import Policy
from statuspage.domain.sample import Sample, Timings
from statuspage.domain.verdict import ModelState, Reading, Transition, advance, grade, reading
from statuspage.domain.words import Fault, Kind, ProbeKind, Status

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
START_MS = 1_700_000_000_000
ROUND = 5 * MINUTE
POLICY = Policy()


def sample(
    class_name: str = "ok",
    at_ms: int = START_MS,
    *,
    fault: Fault | None = None,
    kind: Kind = Kind.SCHEDULED,
    first_content_ms: float | None = 800.0,
    retry_after_s: float | None = None,
    thinking: bool = False,
    tainted: bool = False,
    cost_usd: float | None = None,
) -> Sample:
    fault = CLASSES[class_name].fault if fault is None else fault
    alive = fault is Fault.NONE
    return Sample(
        model="moonshot/kimi-k3",
        at_ms=at_ms,
        probe=ProbeKind.CHAT,
        class_name=class_name,
        fault=fault,
        kind=kind,
        retry_after_s=retry_after_s,
        timings_ms=Timings(first_content=first_content_ms, total=first_content_ms) if alive else Timings(),
        thinking=thinking,
        tainted=tainted,
        cost_usd=cost_usd,
    )


class Timeline:
    """Feeds samples to the verdict; time passes only between them."""

    def __init__(self, policy: Policy = POLICY, state: ModelState | None = None, now_ms: int = START_MS) -> None:
        self.policy = policy
        self.state = state or ModelState()
        self.now_ms = now_ms
        self.transitions: list[Transition] = []
        self.confirm_in_s: float | None = None
        self.confirms = 0

    def status(self) -> Status:
        return self.read().status

    @property
    def shown(self) -> list[Status]:
        return [change.new for change in self.transitions]

    def read(self) -> Reading:
        return reading(self.state, self.now_ms, self.policy.max_stale_s)

    def feed(self, taken: Sample) -> None:
        step = advance(self.state, grade(taken, self.state, self.policy), self.policy, taken.at_ms)
        self.state = step.state
        self.transitions += step.transitions
        self.confirm_in_s = step.confirm_in_s

    def round(self, *classes: str, first_content_ms: float = 800.0, retry_after_s: float | None = None) -> "Timeline":
        """One scheduled probe, then re-probes as long as they are asked for; the last class goes on."""
        began_ms = self.now_ms
        self.feed(sample(classes[0], self.now_ms, first_content_ms=first_content_ms, retry_after_s=retry_after_s))
        asked = 0
        while self.confirm_in_s is not None:
            asked += 1
            self.now_ms += round(self.confirm_in_s * SECOND)
            name = classes[min(asked, len(classes) - 1)]
            self.feed(sample(name, self.now_ms, kind=Kind.CONFIRM, first_content_ms=first_content_ms))
        self.confirms = asked
        self.now_ms = began_ms + ROUND
        return self

    def rounds(self, count: int, *classes: str, first_content_ms: float = 800.0) -> "Timeline":
        for _ in range(count):
            self.round(*classes, first_content_ms=first_content_ms)
        return self

    def wait(self, span_ms: int) -> "Timeline":
        self.now_ms += span_ms
        return self


def live(rng: Random, failing: Callable[[int], float], end_ms: int, class_name: str = "server_error") -> list[Transition]:
    """The transitions of one model probed every five minutes from 0 on, that fails at random by a rate over time."""
    state = ModelState()
    changes: list[Transition] = []
    scheduled_ms = rng.randrange(ROUND)
    confirm_ms: int | None = None
    while scheduled_ms < end_ms:
        kind = Kind.SCHEDULED if confirm_ms is None or scheduled_ms <= confirm_ms else Kind.CONFIRM
        at_ms = scheduled_ms if kind is Kind.SCHEDULED or confirm_ms is None else confirm_ms
        if kind is Kind.SCHEDULED:
            scheduled_ms += ROUND
        failed = rng.random() < failing(at_ms)
        took = sample(class_name if failed else "ok", at_ms, kind=kind)
        step = advance(state, took, POLICY, at_ms + SECOND)
        state = step.state
        changes += step.transitions
        confirm_ms = None if step.confirm_in_s is None else at_ms + round((1 + step.confirm_in_s) * SECOND)
    return changes
