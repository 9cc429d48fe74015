"""Tool calls that a model wrote instead of making, and arguments that are nearly JSON. Pure."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from statuspage.client.events import ToolCall
from statuspage.domain.toolcalls import TextCall, json_calls, leaked_calls
from statuspage.vendors.wire.calls import ToolCall as Heard

_FENCE: Final = re.compile(r"^```(?:json)?\s*|\s*```$")
_TRAILING_COMMA: Final = re.compile(r",(\s*[}\]])")


class Mended(msgspec.Struct, frozen=True, kw_only=True):
    """The calls, the text without those that stood in it, and what was mended, a few words each."""

    calls: tuple[ToolCall, ...]
    text: str
    mended: tuple[str, ...] = ()


def mend(text: str, reasoning: str, heard: Sequence[Heard], offered: frozenset[str]) -> Mended:
    """What the model wants called; without offered tools a text is only a text."""
    mended: list[str] = []
    calls = tuple(_of_heard(call, place, mended) for place, call in enumerate(heard))
    if calls or not offered:
        return Mended(calls=calls, text=text, mended=tuple(mended))
    for where, read, word in ((text, leaked_calls, "leaked as tokens"), (reasoning, leaked_calls, "leaked into the reasoning")):
        found = [call for call in read(where) if call.name in offered]
        if found:
            return Mended(calls=_made(found), text="" if where is text else text, mended=(word,))
    found = list(json_calls(text, offered))
    if found:
        return Mended(calls=_made(found), text="", mended=("written as text",))
    return Mended(calls=(), text=text)


def arguments_of(text: str) -> tuple[str, bool]:
    """The arguments as JSON, and whether they had to be mended; what cannot be read in one way only stays as it came."""
    if not text.strip():
        return "{}", False
    if _is_object(text):
        return text, False
    bare = _FENCE.sub("", text.strip())
    for tried in (bare, _TRAILING_COMMA.sub(r"\1", bare)):
        if _is_object(tried):
            return tried, True
    return text, False


def _of_heard(call: Heard, place: int, mended: list[str]) -> ToolCall:
    arguments, repaired = arguments_of(call.arguments)
    if repaired:
        mended.append("with broken arguments")
    return ToolCall(id=call.id or f"call_{place}", name=call.name, arguments=arguments, repaired=repaired)


def _made(found: Sequence[TextCall]) -> tuple[ToolCall, ...]:
    return tuple(
        ToolCall(id=f"call_{place}", name=call.name, arguments=arguments_of(call.arguments)[0], repaired=True)
        for place, call in enumerate(found)
    )


def _is_object(text: str) -> bool:
    try:
        return isinstance(msgspec.json.decode(text), dict)
    except (ValueError, RecursionError):
        return False
