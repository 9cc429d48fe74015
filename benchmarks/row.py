"""One measured figure, beside its goal."""

from typing import Literal

import msgspec

Better = Literal["at_most", "at_least"]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of the table; `rounds` are the single measurements whose median `value` is."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    better: Better = "at_most"
    rounds: tuple[float, ...] = ()
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None without a goal."""
        if self.goal is None:
            return None
        return self.value <= self.goal if self.better == "at_most" else self.value >= self.goal

    @property
    def share(self) -> float | None:
        """How much of the goal is used: 1 is just reached, less is better."""
        if self.goal is None or not self.value or not self.goal:
            return None
        return self.value / self.goal if self.better == "at_most" else self.goal / self.value
