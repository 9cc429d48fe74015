"""No tool is on offer: can the model write a call as JSON when it is told how? An ability to fall back on."""

from collections.abc import Sequence
from typing import Final

import msgspec

from statuspage.domain.toolcalls import json_calls
from statuspage.probes.dialects.toolask import Said, Turn
from statuspage.probes.toolcases.case import Case, Verdict, Wrong
from statuspage.probes.toolcases.schema import violation
from statuspage.probes.toolcases.tools import WEATHER

_TOLD: Final = msgspec.json.encode(
    {"name": WEATHER.name, "description": WEATHER.description, "parameters": WEATHER.schema}
).decode()


def _check(answers: Sequence[Said], _turn: Turn) -> Verdict:
    calls = json_calls(answers[-1].content, frozenset({WEATHER.name}))
    if not calls:
        return Wrong("missing_call", "it cannot write a call as JSON into its text when it is told to")
    if found := violation(WEATHER.schema, msgspec.json.decode(calls[0].arguments)):
        return Wrong("arguments_violate_schema", f"the call in its text violates the schema: {found}")
    return None


CASE: Final = Case(
    name="json_in_text",
    title="A call as JSON in text, where it is told to",
    turn=Turn(
        prompt="What is the weather in Paris? Answer with nothing but one JSON object of the form "
        f'{{"name": TOOL, "arguments": OBJECT}} that calls this function. Function: {_TOLD}'
    ),
    check=_check,
    ability=True,
)
