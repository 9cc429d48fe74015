"""Arguments within arguments, with closed lists of values."""

from typing import Final

from statuspage.probes.dialects.toolask import Turn
from statuspage.probes.toolcases.case import Case
from statuspage.probes.toolcases.simple import one_call
from statuspage.probes.toolcases.tools import text, tool

_EVENT: Final = tool(
    "create_event",
    "Creates an event in a calendar.",
    title=text("What it is called"),
    priority={"type": "string", "enum": ["low", "normal", "high"]},
    place={
        "type": "object",
        "properties": {"kind": {"type": "string", "enum": ["room", "online"]}, "name": text("Which one")},
        "required": ["kind", "name"],
        "additionalProperties": False,
    },
    start={
        "type": "object",
        "properties": {
            "hour": {"type": "integer", "minimum": 0, "maximum": 23},
            "day": {"type": "string", "enum": ["Mon", "Tue"]},
        },
        "required": ["hour", "day"],
        "additionalProperties": False,
    },
)

CASE: Final = Case(
    name="nested",
    title="Nested arguments with fixed choices",
    turn=Turn(
        prompt='Create the event "standup": Tue at 9, high priority, online in the place "main".',
        tools=(_EVENT,),
    ),
    check=one_call,
)
