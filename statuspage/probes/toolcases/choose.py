"""Five tools, of which one fits."""

from collections.abc import Sequence
from typing import Final

from statuspage.probes.dialects.toolask import Said, Turn
from statuspage.probes.toolcases.case import Case, Verdict
from statuspage.probes.toolcases.checks import calls_wrong, counted, named
from statuspage.probes.toolcases.tools import CURRENCY, FLIGHTS, MESSAGE, TIME, WEATHER


def _check(answers: Sequence[Said], turn: Turn) -> Verdict:
    said = answers[-1]
    return calls_wrong(said, turn) or named(said.calls, CURRENCY.name) or counted(said.calls, 1)


CASE: Final = Case(
    name="choose",
    title="The right one of five tools",
    turn=Turn(
        prompt="Please convert 250 EUR into the currency JPY. Use the tool that fits.",
        tools=(WEATHER, TIME, MESSAGE, CURRENCY, FLIGHTS),
    ),
    check=_check,
)
