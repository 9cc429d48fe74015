"""How well the demo's models call tools: a week of made-up suites, and the same weakness live."""

import random
from collections.abc import Sequence
from typing import Final

import msgspec

from statuspage.domain.toollight import Record, Suite
from statuspage.zoo.fleet import DemoModel

_HOUR_MS: Final = 3_600_000
_SUITES: Final = 28
_EVERY_MS: Final = 6 * _HOUR_MS
_NEXT_IN_MS: Final = 90_000
"""So soon after the start the first live suite is due, one model after the other."""


_WITHOUT_A_CALL: Final = frozenset({"no_call", "json_in_text"})
"""Cases that such calls cannot spoil."""


class Skill(msgspec.Struct, frozen=True, kw_only=True):
    """The share of good calls, and what the others are."""

    good: float
    class_name: str = "arguments_violate_schema"


SKILLS: Final = {
    "moonshot/kimi-k3": Skill(good=1.0),
    "moonshot/kimi-k2.6": Skill(good=0.997),
    "openrouter/moonshotai/kimi-k3": Skill(good=0.96, class_name="arguments_not_json"),
    "groq/moonshotai/kimi-k2-instruct-0905": Skill(good=0.87, class_name="unknown_tool"),
    "together/moonshotai/Kimi-K3": Skill(good=0.66),
    "anthropic/claude-haiku-4-5": Skill(good=1.0),
}
"""The models of the demo that are tested; the spread is that of vendors of open models."""


def tools_past(models: Sequence[DemoModel], cases: Sequence[str], now_ms: int, seed: int) -> dict[str, bytes]:
    """What the product would have kept of the last week, by model key, as JSON."""
    return {
        model.key: msgspec.json.encode(_record(model.key, SKILLS[model.key], cases, now_ms + at * _HOUR_MS // 60, seed))
        for at, model in enumerate(each for each in models if each.key in SKILLS)
    }


def tool_faults(keys: set[str]) -> list[dict[str, object]]:
    """The script's events that make live calls as good as the past ones."""
    return [
        {"models": [key], "row": skill.class_name, "rate": round(1 - skill.good, 3)}
        for key, skill in SKILLS.items()
        if key in keys and skill.good < 1
    ]


def _record(key: str, skill: Skill, cases: Sequence[str], now_ms: int, seed: int) -> Record:
    luck = random.Random(f"{seed}/{key}")
    last_ms = now_ms - _EVERY_MS + _NEXT_IN_MS
    suites = tuple(
        Suite(
            at_ms=last_ms - back * _EVERY_MS,
            results={name: "ok" if name in _WITHOUT_A_CALL or luck.random() < skill.good else skill.class_name for name in cases},
        )
        for back in reversed(range(_SUITES))
    )
    return Record(suites=suites, began_ms=last_ms - 90 * 24 * _HOUR_MS, last_ms=last_ms)
