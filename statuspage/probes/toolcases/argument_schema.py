"""Arguments under many constraints: bounds, lists, lengths, nothing beside what is declared."""

from typing import Final

from statuspage.probes.dialects.toolask import Turn
from statuspage.probes.toolcases.case import Case
from statuspage.probes.toolcases.simple import one_call
from statuspage.probes.toolcases.tools import tool

_TABLE: Final = tool(
    "book_table",
    "Books a table at a restaurant.",
    guests={"type": "integer", "minimum": 1, "maximum": 12},
    diets={
        "type": "array",
        "items": {"type": "string", "enum": ["vegetarian", "vegan", "none"]},
        "minItems": 1,
        "maxItems": 2,
        "uniqueItems": True,
    },
    name={"type": "string", "minLength": 1, "maxLength": 40},
    terrace={"type": "boolean"},
)

CASE: Final = Case(
    name="argument_schema",
    title="Arguments that fit a strict schema",
    turn=Turn(prompt='Book a table for 4 guests on the terrace, vegetarian, in the name "Rivera".', tools=(_TABLE,)),
    check=one_call,
)
