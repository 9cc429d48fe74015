"""The tools that cases offer: harmless ones, whose results nobody needs."""

from typing import Final

from statuspage.probes.dialects.toolask import Tool


def tool(name: str, description: str, /, **properties: dict[str, object]) -> Tool:
    """A tool with these arguments, all of them required."""
    schema = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return Tool(name=name, description=description, schema=schema)


def text(description: str) -> dict[str, object]:
    """The schema of a text."""
    return {"type": "string", "minLength": 1, "description": description}


WEATHER: Final = tool("get_weather", "Tells the current weather of a city.", city=text("The city's name"))
TIME: Final = tool("get_time", "Tells the local time of a city.", city=text("The city's name"))
CURRENCY: Final = tool(
    "convert_currency",
    "Converts an amount of money.",
    amount={"type": "number", "minimum": 0},
    source={"type": "string", "enum": ["EUR", "USD", "JPY", "CNY"]},
    target={"type": "string", "enum": ["JPY", "CNY", "EUR", "USD"]},
)
MESSAGE: Final = tool("send_message", "Sends a text to a person.", recipient=text("Who gets it"), body=text("What it says"))
FLIGHTS: Final = tool("search_flights", "Finds flights.", origin=text("From where"), destination=text("Where to"))
