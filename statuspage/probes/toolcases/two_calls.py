"""Two tools are needed, in one answer or one after the other."""

from collections.abc import Sequence
from typing import Final

from statuspage.probes.dialects.toolask import Said, Turn
from statuspage.probes.toolcases.case import Case, GoOn, Verdict, Wrong
from statuspage.probes.toolcases.checks import calls_wrong
from statuspage.probes.toolcases.tools import TIME, WEATHER

_RESULTS: Final = {
    WEATHER.name: '{"city": "Paris", "temperature_c": 17, "sky": "cloudy"}',
    TIME.name: '{"city": "Tokyo", "time": "18:05"}',
}


def _check(answers: Sequence[Said], turn: Turn) -> Verdict:
    said = answers[-1]
    before = [call.name for each in answers[:-1] for call in each.calls]
    if before and not said.calls:
        return Wrong("calls_collapsed", f"it called {before[0]} alone and left the other tool out")
    if wrong := calls_wrong(said, turn):
        return wrong
    called = [*before, *(call.name for call in said.calls)]
    if set(called) == set(_RESULTS):
        return Wrong("calls_collapsed", "the same tool was called twice") if len(called) > len(_RESULTS) else None
    if before:
        return Wrong("calls_collapsed", f"it called {before[0]} again and left the other tool out")
    return GoOn(tuple(_RESULTS[call.name] for call in said.calls))


CASE: Final = Case(
    name="two_calls",
    title="Two different tools for one question",
    turn=Turn(
        prompt="What is the weather in Paris, and what is the time in Tokyo? Call the tools that tell.", tools=(WEATHER, TIME)
    ),
    check=_check,
)
