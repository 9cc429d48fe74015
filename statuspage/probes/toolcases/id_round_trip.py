"""A call, its result under the call's own id, and an answer made of it."""

from collections.abc import Sequence
from typing import Final

from statuspage.probes.dialects.toolask import Said, Turn
from statuspage.probes.toolcases.case import Case, GoOn, Verdict, Wrong
from statuspage.probes.toolcases.checks import calls_wrong, leaked
from statuspage.probes.toolcases.tools import WEATHER

_RESULT: Final = '{"city": "Paris", "temperature_c": 17, "sky": "cloudy"}'


def _check(answers: Sequence[Said], turn: Turn) -> Verdict:
    said = answers[-1]
    if len(answers) == 1:
        return calls_wrong(said, turn) or GoOn((_RESULT,) * len(said.calls))
    if wrong := leaked(said):
        return wrong
    if said.calls:
        return Wrong("tool_id_broken", "it called again: the result did not find its call")
    if not said.content.strip() and not said.cut:
        return Wrong("tool_id_broken", "it had nothing to say to the result of its call")
    return None


CASE: Final = Case(
    name="id_round_trip",
    title="The result finds its call",
    turn=Turn(prompt="What is the weather in Paris? Call the tool, then answer in one short sentence.", tools=(WEATHER,)),
    check=_check,
)
