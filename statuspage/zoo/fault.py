"""A fault as it is asked for: `row[;times=N][;rate=R][;wait=DURATION][;variant=WORD][;parameter=NAME]`."""

import re
from functools import lru_cache
from typing import Final

import msgspec

from statuspage.domain.durations import seconds_of
from statuspage.domain.model import nearest
from statuspage.zoo.rows.registry import NICKNAMES, find_row
from statuspage.zoo.rows.row import Row
from statuspage.zoo.scene import Directions

MODEL_PREFIX: Final = "fault-"
HEADER: Final = "x-zoo-fault"
_RATE: Final = re.compile(r"0|1|[01]\.0+|0?\.[0-9]{1,6}")
_OPTIONS: Final = ("times", "rate", "wait", "variant", "parameter")


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One row with how to play it; the first `times` requests fail, None is all, and of those the share `rate`."""

    row: Row
    directions: Directions = Directions()
    times: int | None = None
    rate: float = 1.0
    spelled: str = ""


class FaultError(ValueError):
    """What was asked for is no fault; the message is one sentence with the remedy."""


@lru_cache(maxsize=1024)
def read_fault(text: str) -> Fault:
    """The fault that `text` asks for. Raises `FaultError`."""
    name, *options = (part.strip() for part in text.split(";"))
    if name in NICKNAMES:
        name, *implied = NICKNAMES[name].split(";")
        options = [*implied, *options]
    try:
        row = find_row(name)
    except KeyError as error:
        raise FaultError(str(error.args[0])) from None
    chosen: dict[str, str] = {}
    for option in options:
        word, _, value = option.partition("=")
        if word not in _OPTIONS:
            near = nearest(word, _OPTIONS)
            raise FaultError(f"{word!r} is no option of a fault{f'; the nearest is {near!r}' if near else ''}")
        chosen[word] = value
    times = chosen.get("times")
    if times is not None and not (times.isdigit() and times.isascii()):
        raise FaultError(f"times={times} is not a whole number")
    try:
        wait_s = seconds_of(chosen["wait"]) if "wait" in chosen else None
    except ValueError as error:
        raise FaultError(f"wait: {error}") from None
    rate = chosen.get("rate", "1")
    if not _RATE.fullmatch(rate):
        raise FaultError(f"rate={rate} is not a number from 0 to 1")
    directions = Directions(variant=chosen.get("variant", ""), wait_s=wait_s, parameter=chosen.get("parameter"))
    most = None if times is None else int(times)
    return Fault(row=row, directions=directions, times=most, rate=float(rate), spelled=text)


def fault_of_model(model_id: str) -> str | None:
    """The fault spelled in a model id such as `fault-21` or `vendor/fault-21`; None for other ids."""
    name = model_id.rsplit("/", 1)[-1]
    return name[len(MODEL_PREFIX) :] if name.startswith(MODEL_PREFIX) else None
