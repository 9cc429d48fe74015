"""What readers are told in words. Sentences are built from templates and figures, so that a catalogue can translate them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, Protocol

from statuspage.domain.classes import CLASSES
from statuspage.domain.languages import Say, plain
from statuspage.domain.pins import Detour
from statuspage.domain.reading import Reading
from statuspage.domain.state import Rule
from statuspage.domain.words import Level, Status

_UNKNOWN: Final = "{model} has not been measured yet"
_UNPROVEN: Final = "{model} is being measured; its status waits for proof"
_WORKS: Final = "{model} works: all recent requests succeeded"
_WORKS_MOSTLY: Final = "{model} works: {good} of the last {of} requests succeeded"
_TROUBLE: Final = "{model} {says}: {failed} of the last {of} requests {count_word}"
_PLAIN: Final = "{model} {says}"
_ANNOUNCED: Final = "{model} is under maintenance until {until}: {text}"
_SET_BY_HAND: Final = "Set by an operator until {until}: {text}"
REASONS: Final = (_TROUBLE, _WORKS_MOSTLY, _WORKS, _UNKNOWN, _UNPROVEN, _ANNOUNCED, _SET_BY_HAND, _PLAIN)
"""Everything that `reason` says, the more particular first."""
_DETOUR: Final = "{reason}; until {until} an operator names {other} to use instead: {text}"
_HAND_LABEL: Final = "Set by an operator"

_NOBODY: Final = "No model is watched."
_ONE_WORKS: Final = "{model} works."
_ALL_WORK: Final = "All {count} models work."
_REST_WORKS: Final = "everything else works"
_ALL_DOWN: Final = "All {count} models are down"
_ALL_TROUBLED: Final = "All {count} models have problems"
_MORE_TROUBLED: Final = "{one}, {count} more models have problems"
_MORE_QUIET: Final = "{count} more are not measured or under maintenance"
_ONE_BLUE: Final = "{model} is under maintenance"
_SOME_BLUE: Final = "{count} models are under maintenance"
_ONE_GREY: Final = "{model} is not measured"
_SOME_GREY: Final = "{count} models are not measured"
_NOTHING_YET: Final = "Nothing is measured yet."
_NOTHING_NOW: Final = "Nothing is measured right now."
_NOTHING_BECAUSE: Final = "Nothing is measured right now: {cause}."
_TROUBLED: Final = "has problems"

LABELS: Final = {
    Status.OPERATIONAL: "Operational",
    Status.DEGRADED_PERFORMANCE: "Degraded",
    Status.PARTIAL_OUTAGE: "Partial outage",
    Status.MAJOR_OUTAGE: "Outage",
    Status.UNDER_MAINTENANCE: "Maintenance",
    Status.NO_DATA: "Not measured yet",
    Status.RETIRED: "Retired",
}

_RULES: Final = {
    Rule.FIRST_GOOD: "A probe succeeded.",
    Rule.BURST: "{count} of {of} probes of a confirmation burst failed.",
    Rule.SECOND_LOOK: "After an unclear round, {count} of {of} probes failed again in the next one.",
    Rule.WINDOW: "{count} of the last {of} scheduled probes failed.",
    Rule.ROW: "{count} probes in a row failed.",
    Rule.CONFIRMED: "This failure needs no confirmation.",
    Rule.EASED: "Only {count} of the last {of} scheduled probes still failed.",
    Rule.RECOVERED: "{count} probes in a row succeeded.",
    Rule.LATENCY: "{count} of the last {of} answers came later than this model's own threshold, for two cycles.",
    Rule.CALM: "The last answers came in their usual time.",
    Rule.EXCLUDED: "A probe met a fault that is not the vendor's.",
    Rule.EXCLUDED_ROW: "{count} probes in a row met a fault that is not the vendor's.",
    Rule.UNPROVEN: "Too few probes were judged yet to prove a status.",
    Rule.MAINTENANCE: "The vendor answered that it is under maintenance.",
    Rule.ANNOUNCED: "An operator announced this maintenance; what is measured in it does not count in uptime.",
    Rule.SET_BY_HAND: "An operator set this status, whatever is measured.",
    Rule.RETIRED: "The vendor says that this model is retired, or it once worked, answers 404 and left the vendor's list.",
    Rule.STALE: "No probe could be judged for longer than the limit.",
}


def label(reading: Reading, say: Say = plain) -> str:
    """At most 24 characters for a dot's caption."""
    return say(_label(reading))


def _label(reading: Reading) -> str:
    if reading.pin is not None and reading.pin.maintenance is None:
        return _HAND_LABEL
    if reading.class_name is not None and reading.status is not Status.OPERATIONAL:
        return CLASSES[reading.class_name].label
    if _unproven(reading):
        return "Being measured"
    return LABELS[reading.status]


def reason(name: str, reading: Reading, say: Say = plain) -> str:
    """One sentence, without a full stop, that says what is known of a model and from what."""
    if reading.pin is not None:
        pinned = _SET_BY_HAND if reading.pin.maintenance is None else _ANNOUNCED
        return say(pinned).format(model=name, until=_minute(reading.pin.until_ms), text=reading.pin.text.rstrip("."))
    if reading.status is Status.OPERATIONAL:
        if reading.failed == 0:
            return say(_WORKS).format(model=name)
        return say(_WORKS_MOSTLY).format(model=name, good=reading.of - reading.failed, of=reading.of)
    if reading.class_name is None:
        return say(_UNPROVEN if _unproven(reading) else _UNKNOWN).format(model=name)
    row = CLASSES[reading.class_name]
    if reading.status.level in (Level.YELLOW, Level.RED) and reading.failed:
        count_word = "failed" if reading.mixed else row.count_word
        return say(_TROUBLE).format(
            model=name,
            says=main_clause(say(row.says)),
            failed=reading.failed,
            of=reading.of,
            count_word=say(count_word),
        )
    return say(_PLAIN).format(model=name, says=say(row.says))


def with_detour(said: str, detour: Detour, other: str, say: Say = plain) -> str:
    """The reason of a model, with what an operator names to use instead."""
    return say(_DETOUR).format(reason=said, until=_minute(detour.until_ms), other=other, text=detour.text.rstrip("."))


def _minute(at_ms: int) -> str:
    """A moment as people write it, in UTC."""
    return f"{datetime.fromtimestamp(at_ms // 1000, tz=UTC):%Y-%m-%d %H:%M} UTC"


def decided_by(reading: Reading, say: Say = plain) -> str | None:
    """The rule that decided the status, as a sentence with its figures; None before anything was decided."""
    ruling = reading.ruling
    return None if ruling is None else say(_RULES[ruling.rule]).format(count=ruling.count, of=ruling.of)


class Spoken(Protocol):
    """What the page's sentence needs of a model."""

    @property
    def name(self) -> str:
        """The name readers know."""
        ...

    @property
    def status(self) -> Status:
        """The status, as read at this moment."""
        ...

    @property
    def class_name(self) -> str | None:
        """The class behind the status."""
        ...


def headline(models: Sequence[Spoken], say: Say = plain) -> str:
    """The one sentence of the page over all its models; retired ones are not mentioned."""
    counted = [model for model in models if model.status is not Status.RETIRED]
    if not counted:
        return say(_NOBODY)
    ill = _of_level(counted, Level.RED) + _of_level(counted, Level.YELLOW)
    blue = _of_level(counted, Level.BLUE)
    grey = _of_level(counted, Level.GREY)
    well = len(counted) - len(ill) - len(blue) - len(grey)
    if well == len(counted):
        return say(_ONE_WORKS).format(model=counted[0].name) if well == 1 else say(_ALL_WORK).format(count=well)
    if len(grey) == len(counted):
        return _nothing(grey, say)
    parts = [part for part in (_ill(ill, len(counted), say), *_quiet(ill, blue, grey, say)) if part]
    if well:
        parts.append(say(_REST_WORKS))
    sentence = say("; ").join(parts)
    return say("{sentence}.").format(sentence=f"{sentence[0].upper()}{sentence[1:]}" if sentence[0].isdigit() else sentence)


def _ill(ill: Sequence[Spoken], counted: int, say: Say) -> str:
    if not ill:
        return ""
    if len(ill) == 1:
        return _clause(ill[0], say)
    if len(ill) == counted:
        all_red = all(model.status is Status.MAJOR_OUTAGE for model in ill)
        return say(_ALL_DOWN if all_red else _ALL_TROUBLED).format(count=counted)
    first, second = ill[:2]
    if len(ill) == 2:
        return say("{one}, {other}").format(one=_clause(first, say), other=_clause(second, say))
    return say(_MORE_TROUBLED).format(one=_clause(first, say), count=len(ill) - 1)


def _quiet(ill: Sequence[Spoken], blue: Sequence[Spoken], grey: Sequence[Spoken], say: Say) -> tuple[str, ...]:
    """Maintenance and grey, in passing where something worse comes first."""
    if ill and blue and grey:
        return (say(_MORE_QUIET).format(count=len(blue) + len(grey)),)
    return _some(blue, _ONE_BLUE, _SOME_BLUE, say), _some(grey, _ONE_GREY, _SOME_GREY, say)


def _some(models: Sequence[Spoken], one: str, many: str, say: Say) -> str:
    if not models:
        return ""
    return say(one).format(model=models[0].name) if len(models) == 1 else say(many).format(count=len(models))


def _nothing(grey: Sequence[Spoken], say: Say) -> str:
    classes = {model.class_name for model in grey}
    if classes == {None}:
        return say(_NOTHING_YET)
    common = classes.pop() if len(classes) == 1 else None
    if common is None or common == "stale":
        return say(_NOTHING_NOW)
    _, _, cause = say(CLASSES[common].says).replace("：", ": ").partition(": ")
    return say(_NOTHING_BECAUSE).format(cause=cause) if cause else say(_NOTHING_NOW)


def _of_level(models: Sequence[Spoken], level: Level) -> list[Spoken]:
    return [model for model in models if model.status.level is level]


def _clause(model: Spoken, say: Say) -> str:
    says = _TROUBLED if model.class_name is None else CLASSES[model.class_name].says
    return say(_PLAIN).format(model=model.name, says=main_clause(say(says)))


def main_clause(says: str) -> str:
    """What is said of a model without the cause behind the colon."""
    return says.replace("：", ": ").partition(": ")[0]


def _unproven(reading: Reading) -> bool:
    return reading.ruling is not None and reading.ruling.rule is Rule.UNPROVEN
