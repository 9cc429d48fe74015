"""A tool is on offer and none is wanted."""

from collections.abc import Sequence
from typing import Final

from statuspage.probes.dialects.toolask import Said, Turn
from statuspage.probes.toolcases.case import Case, Verdict, Wrong
from statuspage.probes.toolcases.checks import answer_wrong
from statuspage.probes.toolcases.tools import WEATHER


def _check(answers: Sequence[Said], turn: Turn) -> Verdict:
    said = answers[-1]
    wrong = answer_wrong(said, turn)
    if wrong is not None or said.content.strip():
        return wrong
    if said.cut:
        return Wrong("reasoning_only", "its budget was spent before it said anything")
    return Wrong("empty_completion", "it said nothing")


CASE: Final = Case(
    name="no_call",
    title="No call where none is wanted",
    turn=Turn(prompt='Reply with the one word "hello". No lookup is needed.', tools=(WEATHER,)),
    check=_check,
)
