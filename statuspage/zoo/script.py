"""What happens in the zoo by itself: events at times, for models, with a rate; same seed, same story."""

import zlib
from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Final

import msgspec

from statuspage.domain.durations import seconds_of
from statuspage.domain.model import nearest
from statuspage.zoo.fault import Fault, FaultError, read_fault
from statuspage.zoo.rows.row import Reach

_KEYS: Final = ("at", "for", "models", "row", "rate")
_TOP: Final = ("seed", "loop", "events")
ENDPOINTS: Final[dict[str, Reach]] = {"@models": Reach.CATALOG, "@balance": Reach.BALANCE}


class ScriptError(ValueError):
    """A script that cannot be played; `problems` holds one sentence per mistake."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A fault of `for_s` seconds from `at_s` on; None lasts for ever. `rate` is the share of requests that meet it."""

    models: tuple[str, ...]
    fault: Fault
    at_s: float = 0.0
    for_s: float | None = None
    rate: float = 1.0

    def concerns(self, name: str) -> bool:
        """Whether a model or an endpoint (`prefix/@models`) meets it; endpoints only rows that reach them, or by name."""
        endpoint = ENDPOINTS.get(name.rpartition("/")[2])
        wanted = Reach.CHAT if endpoint is None else endpoint
        reached = bool(self.fault.row.reach & wanted)
        return any(fnmatchcase(name, glob) and (reached or "@" in glob) for glob in self.models)

    def lasts(self, elapsed_s: float) -> bool:
        """Whether it is going on so many seconds after the start."""
        return self.at_s <= elapsed_s and (self.for_s is None or elapsed_s < self.at_s + self.for_s)


class Script(msgspec.Struct, frozen=True, kw_only=True):
    """Events in the order of precedence; with `loop_s` the story begins again each so many seconds."""

    events: tuple[Event, ...] = ()
    loop_s: float | None = None
    seed: int | None = None

    def going_on(self, name: str, elapsed_s: float) -> Iterable[tuple[int, Event]]:
        """The events that concern `name` at that moment, with their numbers."""
        at = elapsed_s % self.loop_s if self.loop_s else elapsed_s
        return ((number, event) for number, event in enumerate(self.events) if event.lasts(at) and event.concerns(name))


def strikes(rate: float, seed: int, number: object, name: str, request: int) -> bool:
    """Whether this request of `name` meets a fault of that rate: the same for the same seed, fault, name and count."""
    if rate >= 1:
        return True
    drawn = zlib.crc32(f"{seed}/{number}/{name}/{request}".encode()) / 2**32
    return drawn < rate


def read_script(document: object) -> Script:
    """A script from decoded YAML or JSON: a list of events, or `{seed, loop, events}`. Raises `ScriptError`."""
    problems: list[str] = []
    top = {"events": document} if isinstance(document, list) else document
    if not isinstance(top, dict):
        raise ScriptError(["a script is a list of events, or a mapping with `events`"])
    problems += [f"{key}: unknown key{_hint(key, _TOP)}" for key in top if key not in _TOP]
    listed = top.get("events")
    if not isinstance(listed, list):
        raise ScriptError([*problems, "events: a list of events is needed"])
    loop_s = _duration(top.get("loop"), "loop", problems)
    if loop_s is not None and loop_s <= 0:
        problems.append("loop: must be longer than nothing")
    seed = top.get("seed")
    if seed is not None and not isinstance(seed, int):
        problems.append("seed: must be a whole number")
    events = [_event(each, f"events[{at}]", problems) for at, each in enumerate(listed)]
    if problems:
        raise ScriptError(problems)
    return Script(events=tuple(event for event in events if event), loop_s=loop_s, seed=seed if isinstance(seed, int) else None)


def _event(entry: object, path: str, problems: list[str]) -> Event | None:
    if not isinstance(entry, dict):
        problems.append(f"{path}: an event is a mapping with at, for, models, row and rate")
        return None
    problems += [f"{path}.{key}: unknown key{_hint(key, _KEYS)}" for key in entry if key not in _KEYS]
    fault: Fault | None = None
    if "row" not in entry:
        problems.append(f"{path}.row: is needed: a row's number or a class name")
    else:
        try:
            fault = read_fault(str(entry["row"]))
        except FaultError as error:
            problems.append(f"{path}.row: {error}")
    at_s = _duration(entry.get("at", "0s"), f"{path}.at", problems)
    for_s = _duration(entry.get("for"), f"{path}.for", problems)
    rate = entry.get("rate", 1.0)
    if isinstance(rate, bool) or not isinstance(rate, int | float) or not 0 <= rate <= 1:
        problems.append(f"{path}.rate: must be a number from 0 to 1")
        rate = 1.0
    models = _globs(entry.get("models", "all"), f"{path}.models", problems)
    if fault is None:
        return None
    return Event(models=models, fault=fault, at_s=at_s or 0.0, for_s=for_s, rate=float(rate))


def _globs(value: object, path: str, problems: list[str]) -> tuple[str, ...]:
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        problems.append(f"{path}: must be `all` or a list of `prefix/model-id` patterns")
        return ()
    return tuple("*" if each == "all" else each for each in listed)


def _duration(value: object, path: str, problems: list[str]) -> float | None:
    if value is None:
        return None
    if isinstance(value, str):
        try:
            return seconds_of(value)
        except ValueError as error:
            problems.append(f"{path}: {error}")
            return None
    problems.append(f"{path}: must be a duration such as 90s or 1h30m")
    return None


def _hint(key: object, candidates: tuple[str, ...]) -> str:
    near = nearest(str(key), candidates)
    return f", did you mean `{near}`?" if near else ""
