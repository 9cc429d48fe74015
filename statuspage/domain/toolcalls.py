"""Finds tool calls that a model wrote into its text instead of calling: JSON, and special tokens that leaked.

Everything here is linear in the length of the text and takes any text whatever.
"""

import json
import re
from collections.abc import Iterator
from typing import Final

import msgspec

from statuspage.domain.tooltokens import MARKERS, SPELLINGS

MAX_CHARS: Final = 65_536
"""So much of a text is looked at."""
_MAX_TRIES: Final = 64
_MAX_CALLS: Final = 64
_NAME_KEYS: Final = ("name", "tool", "tool_name", "function_name", "function", "recipient_name")
_ARGUMENT_KEYS: Final = ("arguments", "parameters", "args", "input", "tool_input", "kwargs")
_LIST_KEYS: Final = ("tool_calls", "function_calls", "calls", "tool_uses")
_OPENS: Final = re.compile(r"[{\[]")
_DECODER: Final = json.JSONDecoder()


class TextCall(msgspec.Struct, frozen=True):
    """A tool call found in text; `arguments` is the text of them, which need not be JSON where tokens leaked."""

    name: str
    arguments: str


def markers(text: str) -> tuple[str, ...]:
    """Special tokens of tool calls that stand in the text, each once, in the order of the table."""
    return tuple(marker for marker in MARKERS if marker in text[:MAX_CHARS])


def leaked_calls(text: str) -> tuple[TextCall, ...]:
    """Calls spelled in a model's special tokens; empty where none can be read."""
    head = text[:MAX_CHARS]
    for spelling in SPELLINGS:
        if spelling.marker in head:
            found = [_repaired(match["name"], match["arguments"]) for match in spelling.pattern.finditer(head)]
            calls = [call for call in found if call is not None][:_MAX_CALLS]
            if calls:
                return tuple(calls)
    return json_calls(head) if markers(head) else ()


def json_calls(text: str, offered: frozenset[str] | None = None) -> tuple[TextCall, ...]:
    """Calls written as JSON: bare, in a fence, amid words, several, arguments as object or as string.

    An object is a call when it has a name and arguments; with `offered` only calls of those tools count.
    """
    calls: list[TextCall] = []
    for value in _values(text[:MAX_CHARS]):
        calls += [call for call in _calls_of(value, 0) if offered is None or call.name in offered]
        if len(calls) >= _MAX_CALLS:
            break
    return tuple(calls[:_MAX_CALLS])


def _values(text: str) -> Iterator[object]:
    """The outermost JSON objects and arrays of a text, in order."""
    at = 0
    for _ in range(_MAX_TRIES):
        opening = _OPENS.search(text, at)
        if opening is None:
            return
        try:
            value, at = _DECODER.raw_decode(text, opening.start())
        except (ValueError, RecursionError):
            at = opening.end()
        else:
            yield value


def _calls_of(value: object, depth: int) -> Iterator[TextCall]:
    if depth > 3:
        return
    if isinstance(value, list):
        for each in value[:_MAX_CALLS]:
            yield from _calls_of(each, depth + 1)
    elif isinstance(value, dict):
        call = _call_of(value)
        if call is not None:
            yield call
            return
        for key in _LIST_KEYS:
            yield from _calls_of(value.get(key), depth + 1)


def _call_of(value: dict[str, object]) -> TextCall | None:
    inner = value.get("function")
    if isinstance(inner, dict):
        return _call_of(inner)
    name = next((found for key in _NAME_KEYS if isinstance(found := value.get(key), str) and found), None)
    arguments = next((value[key] for key in _ARGUMENT_KEYS if key in value), None)
    if name is None or arguments is None:
        return None
    if isinstance(arguments, dict):
        return TextCall(_plain(name), json.dumps(arguments, ensure_ascii=False))
    return TextCall(_plain(name), arguments) if isinstance(arguments, str) and _is_object(arguments) else None


def _repaired(name: str | None, arguments: str) -> TextCall | None:
    """A leaked call; where the tokens carry no name, their JSON does."""
    arguments = _unfenced(arguments)
    if name:
        return TextCall(_plain(name), arguments)
    return next(iter(json_calls(arguments)), None)


def _plain(name: str) -> str:
    """The bare name of `functions.get_weather:0`."""
    return re.sub(r":\d+$", "", name.strip()).removeprefix("functions.")


def _unfenced(text: str) -> str:
    return text.strip().removeprefix("```json").removeprefix("```").removesuffix("```").strip()


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False
