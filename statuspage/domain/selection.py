"""Which model to call now: a pure function of evidence. The same question and the same evidence have the same answer."""

import math
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Final

import msgspec

from statuspage.domain.candidate import PROVEN_TOOLS, Candidate
from statuspage.domain.words import Status

_USABLE: Final = (Status.OPERATIONAL, Status.DEGRADED_PERFORMANCE, Status.PARTIAL_OUTAGE)
"""What may be called, the best first; red, grey, blue and retired models never are."""


class Capability(StrEnum):
    """What a model must have proven."""

    CHAT = "chat"
    TOOLS = "tools"


class Preference(StrEnum):
    """What decides among those that are proven and work alike."""

    PRICE = "price"
    LATENCY = "latency"


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for; `max_usd` is of a call that succeeds, `keys` are the models asked about, all of them where None."""

    capability: Capability = Capability.CHAT
    preference: Preference = Preference.PRICE
    max_usd: float | None = None
    keys: tuple[str, ...] | None = None


class Rollout(msgspec.Struct, frozen=True, kw_only=True):
    """What a flag says of a model for one user: `on` sends them there as soon as it is proven, else it is kept from them."""

    flag: str
    on: bool


class Rejection(msgspec.Struct, frozen=True, kw_only=True):
    """A model that was asked about and may not be called, and why in words."""

    model: str
    why: str


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """The answer, the best first; without anything suitable `ranked` is empty.

    `valid_until_ms` is when the first of these goes stale, or an operator's word ends; it never moves with the clock.
    """

    ranked: tuple[Candidate, ...]
    why: tuple[str, ...]
    rejected: tuple[Rejection, ...]
    valid_until_ms: int | None


def select(question: Question, candidates: Iterable[Candidate], rollouts: Mapping[str, Rollout]) -> Selection:
    """Filters by capability and status, orders by what is preferred; `rollouts` are by key."""
    known = {candidate.key: candidate for candidate in candidates}
    asked = dict.fromkeys(known if question.keys is None else question.keys)
    waiting = list(asked)
    rejected: list[Rejection] = []
    suitable: list[Candidate] = []
    for key in waiting:
        candidate = known.get(key)
        why = "unknown" if candidate is None else _refusal(candidate, question, rollouts.get(key))
        if candidate is None or why is not None:
            rejected.append(Rejection(model=key, why=why or "unknown"))
        else:
            suitable.append(candidate)
        # Whoever asks about a model is led where the operator leads its readers.
        if candidate is not None and candidate.sent_to in known and candidate.sent_to not in asked:
            asked[candidate.sent_to] = None
            waiting.append(candidate.sent_to)
    suitable.sort(key=lambda each: _rank(each, question, rollouts.get(each.key)))
    ends_ms = [each.good_until_ms for each in suitable]
    ends_ms += [known[key].sent_until_ms for key in asked if key in known]
    return Selection(
        ranked=tuple(suitable),
        why=_why(suitable, question, rollouts) if suitable else (),
        rejected=tuple(rejected),
        valid_until_ms=min((end_ms for end_ms in ends_ms if end_ms is not None), default=None),
    )


def _refusal(candidate: Candidate, question: Question, rollout: Rollout | None) -> str | None:
    """Why a model may not be called, None where it may."""
    if candidate.status is Status.RETIRED:
        return f"retired: {candidate.reason}"
    if rollout is not None and not rollout.on:
        return f"flag {rollout.flag} keeps it from this user"
    if candidate.sent_to is not None:
        return f"an operator names {candidate.sent_to} instead"
    unproven = _unproven(candidate, question.capability)
    if unproven is not None:
        return unproven
    if candidate.status not in _USABLE:
        return f"{_words(candidate.status)}: {candidate.reason}"
    if question.max_usd is not None:
        cost = candidate.success_usd
        if cost is None:
            return "its price is not known"
        if cost > question.max_usd:
            return f"{_usd(cost)} per successful call, more than {_usd(question.max_usd)}"
    return None


def _unproven(candidate: Candidate, capability: Capability) -> str | None:
    if not candidate.success.low:
        return f"nothing proven in 7 days: {candidate.reason}"
    tools = candidate.tools
    if capability is Capability.TOOLS and (tools is None or tools.state not in PROVEN_TOOLS):
        return "tool calling is not tested" if tools is None else f"tools {tools.state} {tools.passed}/{tools.samples}"
    return None


def _grade(candidate: Candidate, question: Question) -> tuple[int, int]:
    """How well a suitable model works and how well that is proven, 0 the best: price and latency decide within a grade."""
    tools = candidate.tools
    proof = PROVEN_TOOLS.index(tools.state) if question.capability is Capability.TOOLS and tools is not None else 0
    return _USABLE.index(candidate.status), proof


def _figure(candidate: Candidate, question: Question) -> float | None:
    return candidate.success_usd if question.preference is Preference.PRICE else candidate.first_ms


def _rank(candidate: Candidate, question: Question, rollout: Rollout | None) -> tuple[object, ...]:
    figure = _figure(candidate, question)
    second = candidate.first_ms if question.preference is Preference.PRICE else candidate.success_usd
    return (
        not _led(candidate, rollout),
        _grade(candidate, question),
        math.inf if figure is None else figure,
        -(candidate.success.low or 0.0),
        math.inf if second is None else second,
        candidate.key,
    )


def _led(candidate: Candidate, rollout: Rollout | None) -> bool:
    """Whether a flag sends the user there: it does not while the model has trouble, so that it competes like any other."""
    return rollout is not None and candidate.status is Status.OPERATIONAL


def _why(ranked: Sequence[Candidate], question: Question, rollouts: Mapping[str, Rollout]) -> tuple[str, ...]:
    choice = ranked[0]
    said = []
    rollout = rollouts.get(choice.key)
    led = _led(choice, rollout)
    if led and rollout is not None:
        said.append(f"flag {rollout.flag} is on for this user")
    if question.capability is Capability.TOOLS and choice.tools is not None:
        said.append(f"tools {choice.tools.state} {choice.tools.passed}/{choice.tools.samples}")
    said.append(_words(choice.status) if choice.status is Status.OPERATIONAL else f"{_words(choice.status)}: {choice.reason}")
    alike = [
        each for each in ranked if not _led(each, rollouts.get(each.key)) and _grade(each, question) == _grade(choice, question)
    ]
    said.append(_compared(choice, question, 0 if led else len(alike)))
    return tuple(said)


def _compared(choice: Candidate, question: Question, alike: int) -> str:
    """The figure that decided among `alike` models; 0 is where it did not decide."""
    figure = _figure(choice, question)
    place = {0: "", 1: "the only one: "}
    if question.preference is Preference.PRICE:
        if figure is None:
            return "its price is not known, nor that of another such model" if alike != 1 else "its price is not known"
        return f"{place.get(alike, f'cheapest of {alike}: ')}{_usd(figure)} per successful call"
    if figure is None:
        return "its latency is not known, nor that of another such model" if alike != 1 else "its latency is not known"
    return f"{place.get(alike, f'fastest of {alike}: ')}{figure:g} ms to the first word"


def _words(status: Status) -> str:
    return status.value.replace("_", " ")


def _usd(amount: float) -> str:
    """Two digits that count: `$0.0021`, `$1.20`."""
    decimals = max(2, 1 - math.floor(math.log10(amount))) if amount > 0 else 2
    return f"${amount:.{min(decimals, 9)}f}"
