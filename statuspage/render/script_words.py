"""What the page's script says: it takes its words from the document, where they are not the ones of its code."""

from typing import Final

import msgspec

from statuspage.render.language import mark, tr

SCRIPT_WORDS: Final = (
    mark("just now"),
    mark("any moment"),
    mark("for"),
    mark("{time} ago"),
    mark("in {time}"),
    mark("{count} day"),
    mark("{count} days"),
    mark("{count} hour"),
    mark("{count} hours"),
    mark("{count} minute"),
    mark("{count} minutes"),
    mark("{count} seconds"),
    mark("No data"),
    mark("No news since {time}."),
    mark("What is shown may no longer be true."),
    mark("outage"),
    mark("partial outage"),
    mark("slow or degraded"),
    mark("maintenance"),
    mark("not measured"),
    mark("Not measured"),
    mark("{good} of {count} requests succeeded"),
    mark("{count} incidents"),
    mark("{count} incident"),
    mark("Before the first measurement"),
    mark("Copied"),
    mark("Copy"),
    mark("auto"),
    mark("light"),
    mark("dark"),
    mark("{hours} h"),
    mark("{minutes} min"),
)


def script_words() -> str:
    """The words by the words of the code, as JSON, in the language that is spoken now."""
    return msgspec.json.encode({text: tr(text) for text in SCRIPT_WORDS}).decode()
