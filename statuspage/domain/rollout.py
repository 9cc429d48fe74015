"""A rollout that follows evidence: a percentage that climbs while a bar is met, holds where nothing is known, and falls."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from statuspage.domain.durations import seconds
from statuspage.domain.errors import WrongInputError
from statuspage.domain.view import ModelView
from statuspage.domain.words import Level, Status

STEPS: Final = (10, 50, 100)
DEFAULT_HOLD_S: Final = 3600.0
PREFIX: Final = "gate_"
MODEL: Final = "gate_model"
_HOLD, _STEPS = "gate_hold", "gate_steps"
_FIGURES: Final = ("gate_tools_low", "gate_success_low", "gate_p95_ms")
NAMES: Final = (MODEL, _HOLD, _STEPS, *_FIGURES)
"""What a flag's metadata may say of its gate."""


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """What a model must prove: lower bounds over 7 days, and the 95th percentile until the first word over 24 hours.

    `hold_s` is how long it must be met before each step up, and be missed before each further step down.
    """

    model: str
    tools_low: float | None = None
    success_low: float | None = None
    p95_ms: float | None = None
    hold_s: float = DEFAULT_HOLD_S
    steps: tuple[int, ...] = STEPS


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What is proven of a model; None is not known."""

    status: Status
    tools_low: float | None = None
    success_low: float | None = None
    p95_ms: float | None = None


class Climb(msgspec.Struct, frozen=True, kw_only=True):
    """Where a rollout stands: `since_ms` is since when evidence says what it says now, or the last step was taken."""

    percent: int = 0
    finding: str = "unknown"
    """`met`, `broken`, `unknown`, or `off` while the flag is switched off."""
    since_ms: int = 0
    why: str = ""


def bar_of(metadata: Mapping[str, Any]) -> Bar | None:
    """The gate that a flag's metadata names, None where there is none. Raises `WrongInputError`."""
    named = [name for name in metadata if name.startswith(PREFIX)]
    if not named:
        return None
    if unknown := [name for name in named if name not in NAMES]:
        raise WrongInputError(f"{unknown[0]} is not known; there are {', '.join(NAMES)}")
    model = metadata.get(MODEL)
    if not isinstance(model, str):
        raise WrongInputError(f"{MODEL} must name the model whose evidence counts")
    figures = {name.removeprefix(PREFIX): _figure(name, metadata[name]) for name in _FIGURES if name in metadata}
    if not figures:
        raise WrongInputError(f"a gate needs a bar: {', '.join(_FIGURES)}")
    hold = metadata.get(_HOLD, "1h")
    hold_s = seconds(hold) if isinstance(hold, str) else None
    if hold_s is None:
        raise WrongInputError(f"{_HOLD} must be a duration such as 30m, not {hold!r}")
    return Bar(model=model, hold_s=hold_s, steps=_steps(metadata.get(_STEPS)), **figures)


def evidence_of(model: ModelView) -> Evidence:
    """What the page shows of a model; tools count once something was tested."""
    uptime, tools, latency = model.uptime.get("7d"), model.tools, model.latency
    return Evidence(
        status=model.status,
        tools_low=tools.low if tools is not None and tools.samples else None,
        success_low=None if uptime is None else uptime.low,
        p95_ms=None if latency is None else latency.first_content_p95,
    )


def stepped(bar: Bar, climb: Climb | None, evidence: Evidence | None, now_ms: int, *, on: bool = True) -> Climb:
    """Where the rollout stands now; None is a rollout that begins, or a model that nobody knows.

    One step up each time that the bar was met for `hold_s`; one step down as soon as it is missed, and another each
    `hold_s`; to nothing at once where the model is red or retired, or the flag is off. What is not known moves nothing.
    """
    climb = climb or Climb(since_ms=now_ms, finding="unknown")
    if not on:
        return climb if climb.finding == "off" else Climb(percent=0, finding="off", since_ms=now_ms, why="switched off")
    finding, why = _found(bar, evidence)
    since_ms = climb.since_ms if finding == climb.finding else now_ms
    percent, held = climb.percent, now_ms - since_ms >= bar.hold_s * 1000
    if finding == "met" and held:
        percent = next((step for step in bar.steps if step > percent), percent)
    elif finding == "broken" and percent:
        gone = evidence is not None and (evidence.status.level is Level.RED or evidence.status is Status.RETIRED)
        if gone or finding != climb.finding or held:
            below = [] if gone else [step for step in bar.steps if step < percent]
            percent = max(below, default=0)
    if percent != climb.percent:
        since_ms = now_ms
    return Climb(percent=percent, finding=finding, since_ms=since_ms, why=why)


def _found(bar: Bar, evidence: Evidence | None) -> tuple[str, str]:
    """What the evidence says to the bar, and why in words."""
    if evidence is None:
        return "unknown", f"{bar.model} is not watched"
    word = evidence.status.value.replace("_", " ")
    if evidence.status.level is Level.RED or evidence.status is Status.RETIRED:
        return "broken", f"{bar.model}: {word}"
    asked = (
        ("tools", bar.tools_low, evidence.tools_low, 1),
        ("success", bar.success_low, evidence.success_low, 1),
        ("p95", bar.p95_ms, evidence.p95_ms, -1),
    )
    figures = [(name, limit, value, sign) for name, limit, value, sign in asked if limit is not None]
    missed = [each for each in figures if each[2] is not None and (each[2] - each[1]) * each[3] < 0]
    said = ", ".join(f"{name} {_told(value)} of {_told(limit)}" for name, limit, value, _ in missed or figures)
    if missed:
        return "broken", said
    if evidence.status is not Status.OPERATIONAL:
        return "unknown", f"{bar.model}: {word}"
    return ("unknown" if any(value is None for _, _, value, _ in figures) else "met"), said


def _told(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.4g}"


def _figure(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise WrongInputError(f"{name} must be a number, not {value!r}")
    if name.endswith("_low") and value > 1:
        raise WrongInputError(f"{name} is a lower bound from 0 to 1, not {value!r}")
    return float(value)


def _steps(text: object) -> tuple[int, ...]:
    if text is None:
        return STEPS
    parts = str(text).split(",")
    steps = tuple(int(each) for each in parts if each.strip().isascii() and each.strip().isdigit())
    if len(steps) != len(parts) or sorted(set(steps)) != list(steps) or not 0 < steps[0] <= steps[-1] <= 100:
        raise WrongInputError(f"{_STEPS} must be rising percentages such as 10,50,100, not {text!r}")
    return steps
