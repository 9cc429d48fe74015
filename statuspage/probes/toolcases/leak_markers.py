"""Thinking and words before the call, as it streams: where special tokens slip through."""

from typing import Final

from statuspage.probes.dialects.toolask import Turn
from statuspage.probes.toolcases.case import Case
from statuspage.probes.toolcases.simple import one_call
from statuspage.probes.toolcases.tools import TIME, WEATHER

CASE: Final = Case(
    name="leak_markers",
    title="No special tokens in answer or reasoning",
    turn=Turn(
        prompt="Say in a few words which tool you take and why, then look up the weather in Oslo with it.",
        tools=(TIME, WEATHER),
        streamed=True,
    ),
    check=one_call,
)
