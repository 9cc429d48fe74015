"""The request names the tool that must be called."""

from collections.abc import Sequence
from typing import Final

from statuspage.probes.dialects.toolask import Said, Turn
from statuspage.probes.toolcases.case import Case, Verdict
from statuspage.probes.toolcases.checks import calls_wrong, named
from statuspage.probes.toolcases.tools import TIME, WEATHER


def _check(answers: Sequence[Said], turn: Turn) -> Verdict:
    said = answers[-1]
    return calls_wrong(said, turn) or named(said.calls, WEATHER.name)


CASE: Final = Case(
    name="forced",
    title="A call that the request forces",
    turn=Turn(prompt="I am on my way to Paris.", tools=(TIME, WEATHER), choice=WEATHER.name),
    check=_check,
)
