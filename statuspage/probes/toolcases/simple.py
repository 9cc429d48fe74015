"""One tool, one obvious call."""

from collections.abc import Sequence
from typing import Final

from statuspage.probes.dialects.toolask import Said, Turn
from statuspage.probes.toolcases.case import Case, Verdict
from statuspage.probes.toolcases.checks import calls_wrong, counted
from statuspage.probes.toolcases.tools import WEATHER


def one_call(answers: Sequence[Said], turn: Turn) -> Verdict:
    """Exactly one well-formed call."""
    said = answers[-1]
    return calls_wrong(said, turn) or counted(said.calls, 1)


CASE: Final = Case(
    name="simple",
    title="One tool, one call",
    turn=Turn(prompt="What is the weather in Paris right now? Use the tool.", tools=(WEATHER,)),
    check=one_call,
)
