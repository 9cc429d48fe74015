"""Longer arguments that come piece by piece."""

from typing import Final

from statuspage.probes.dialects.toolask import Turn
from statuspage.probes.toolcases.case import Case
from statuspage.probes.toolcases.simple import one_call
from statuspage.probes.toolcases.tools import text, tool

_NOTE: Final = tool("save_note", "Saves a note.", body=text("All of the note's text, word for word"))

CASE: Final = Case(
    name="streamed_arguments",
    title="Arguments that stream in pieces",
    turn=Turn(
        prompt='Save the note "Bread, milk, two lemons; a card. Grüße – 你好 ✓".',
        tools=(_NOTE,),
        streamed=True,
    ),
    check=one_call,
)
