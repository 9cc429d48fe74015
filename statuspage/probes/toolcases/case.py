"""What a case is: a question, and a pure judgement of what came back."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import msgspec

from statuspage.probes.dialects.toolask import Said, Turn


class Wrong(msgspec.Struct, frozen=True):
    """The case failed: a class of contract §6, and what was seen, in words of ours."""

    class_name: str
    detail: str


class GoOn(msgspec.Struct, frozen=True):
    """The calls were right so far: their results, one text a call, are sent back and the model is heard again."""

    results: tuple[str, ...]


Verdict: TypeAlias = Wrong | GoOn | None
"""None is passed."""


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One case; `check` is handed every answer so far and the question. `ability` says that it is none of a vendor's duties."""

    name: str
    title: str
    turn: Turn
    check: Callable[[Sequence[Said], Turn], Verdict]
    ability: bool = False
