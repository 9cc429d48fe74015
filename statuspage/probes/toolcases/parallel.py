"""Two calls of one tool in one answer, as it streams."""

from collections.abc import Sequence
from typing import Final

from statuspage.probes.dialects.toolask import Said, Turn
from statuspage.probes.toolcases.case import Case, Verdict
from statuspage.probes.toolcases.checks import calls_wrong, counted
from statuspage.probes.toolcases.tools import WEATHER


def _check(answers: Sequence[Said], turn: Turn) -> Verdict:
    said = answers[-1]
    return calls_wrong(said, turn) or counted(said.calls, 2)


CASE: Final = Case(
    name="parallel",
    title="Two calls in one answer",
    turn=Turn(
        prompt="What is the weather in Paris and in Tokyo? Call the tool once for each city, both calls in one answer.",
        tools=(WEATHER,),
        streamed=True,
    ),
    check=_check,
)
