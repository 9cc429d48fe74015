"""A simulated model's sense for tools: which to call, with which arguments."""

import json
import re
from typing import Final

import msgspec

from statuspage.zoo.call import ChatCall, Tool, is_object, words_of

_NAMES: Final = re.compile(r"\b[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)*")
_NUMBERS: Final = re.compile(r"-?\d+(?:\.\d+)?")
_QUOTED: Final = re.compile(r"[\"“«'‘`]([^\"”»'’`]{1,60})[\"”»'’`]")
_SMALL_WORDS: Final = (
    "a an and are as at be by call can do for from function get give how i in is it of on or please return tell that the "
    "this to tool use user value what with you "
)
_SMALL: Final = frozenset(_SMALL_WORDS.split())
_WORDS: Final = re.compile(r"[^\W_]+")
_DEPTH: Final = 6
_CLAUSES: Final = re.compile(r",\s+and\s+|[;?!]\s+")
_TOLD: Final = re.compile(r"\bfunction:\s*(?={)", re.IGNORECASE)


class Invocation(msgspec.Struct, frozen=True, kw_only=True):
    """One call of a tool with its arguments."""

    name: str
    arguments: dict[str, object]
    raw: str | None = None
    """Sent instead of the arguments' JSON."""
    id: str | None = None
    """Sent instead of an id in the vendor's form."""

    @property
    def text(self) -> str:
        """The arguments as they are sent."""
        return msgspec.json.encode(self.arguments).decode() if self.raw is None else self.raw


def invocations(call: ChatCall) -> tuple[Invocation, ...]:
    """The calls a sensible model would answer with; empty where words are the better answer."""
    if not call.tools or call.choice == "none" or call.answered:
        return ()
    if call.choice == "auto" and call.parallel and (several := _several(call)):
        return several
    tool = _chosen(call)
    return () if tool is None else _calls_of(tool, call.prompt, parallel=call.parallel)


def told_in_text(prompt: str) -> str | None:
    """A call as JSON, where the prompt describes a function in text and asks for one; None where it does not."""
    told = _TOLD.search(prompt)
    if told is None:
        return None
    try:
        found, _ = json.JSONDecoder().raw_decode(prompt, told.end())
    except (ValueError, RecursionError):
        return None
    if not is_object(found) or not isinstance(found.get("name"), str):
        return None
    schema = found.get("parameters")
    tool = Tool(name=str(found["name"]), schema=schema if is_object(schema) else {})
    each = _calls_of(tool, prompt[: told.start()], parallel=False)[0]
    return msgspec.json.encode({"name": each.name, "arguments": each.arguments}).decode()


def _calls_of(tool: Tool, prompt: str, *, parallel: bool) -> tuple[Invocation, ...]:
    subjects = _subjects(prompt)
    several = subjects if parallel and len(subjects) > 1 and _takes_one_subject(tool) else subjects[:1]
    return tuple(Invocation(name=tool.name, arguments=_arguments(tool, prompt, subject)) for subject in several or [""])


def _several(call: ChatCall) -> tuple[Invocation, ...]:
    """A call a clause, where clauses name different tools; empty where at most one is named."""
    calls: dict[str, Invocation] = {}
    for clause in _CLAUSES.split(call.prompt):
        words = words_of(clause)
        for tool in call.tools:
            name = words_of(tool.name) - _SMALL
            if name and name <= words and tool.name not in calls:
                calls[tool.name] = _calls_of(tool, clause, parallel=False)[0]
    return tuple(calls.values()) if len(calls) > 1 else ()


def _chosen(call: ChatCall) -> Tool | None:
    named = next((tool for tool in call.tools if tool.name == call.choice), None)
    if named is not None:
        return named
    asked = words_of(call.prompt) - _SMALL
    scored = [
        (len(asked & words_of(tool.name)) * 3 + len(asked & (words_of(tool.description) - _SMALL)), tool) for tool in call.tools
    ]
    score, best = max(scored, key=lambda pair: pair[0])
    return best if score > 0 or call.choice == "required" else None


def _subjects(prompt: str) -> list[str]:
    """Names in the prompt, in order: what the call is probably about."""
    quoted = _QUOTED.findall(prompt)
    if quoted:
        return quoted
    names = [name for name in map(_without_verb, _NAMES.finditer(prompt)) if name]
    return list(dict.fromkeys(names)) or _WORDS.findall(prompt)[-1:]


def _without_verb(found: re.Match[str]) -> str:
    """A name without the capital word that opens its sentence: «Compare», but also a lone «Paris»."""
    opens = found.string[: found.start()].rstrip()[-1:] in {"", ".", "!", "?", ":"}
    return found[0].partition(" ")[2] if opens else found[0]


def _takes_one_subject(tool: Tool) -> bool:
    properties = tool.schema.get("properties")
    if not is_object(properties):
        return False
    parts = [each for each in properties.values() if is_object(each)]
    free = [each for each in parts if each.get("type") == "string" and "enum" not in each]
    return len(free) == 1 and all(each.get("type") not in {"object", "array"} for each in parts)


def _arguments(tool: Tool, prompt: str, subject: str) -> dict[str, object]:
    return _object(tool.schema, prompt, subject, _DEPTH)


def _object(schema: dict[str, object], prompt: str, subject: str, depth: int) -> dict[str, object]:
    properties, required = schema.get("properties"), schema.get("required")
    if not is_object(properties) or depth == 0:
        return {}
    needed = required if isinstance(required, list) else list(properties)
    return {
        name: _value(part, prompt, subject, depth - 1)
        for name, part in properties.items()
        if is_object(part) and (name in needed or _is_mentioned(part, prompt))
    }


def _value(schema: dict[str, object], prompt: str, subject: str, depth: int) -> object:
    if "const" in schema:
        return schema["const"]
    enum = schema.get("enum")
    if isinstance(enum, list) and enum:
        return next((option for option in enum if str(option).lower() in prompt.lower()), enum[0])
    kind = schema.get("type")
    numbers = _NUMBERS.findall(prompt)
    match kind[0] if isinstance(kind, list) and kind else kind:
        case "integer":
            return int(float(numbers[0])) if numbers else 1
        case "number":
            return float(numbers[0]) if numbers else 1.0
        case "boolean":
            return True
        case "array":
            items = schema.get("items")
            return [_value(items, prompt, subject, depth)] if is_object(items) and depth > 0 else []
        case "object":
            return _object(schema, prompt, subject, depth)
        case "null":
            return None
        case _:
            return subject or "zoo"


def _is_mentioned(schema: dict[str, object], prompt: str) -> bool:
    enum = schema.get("enum")
    return isinstance(enum, list) and any(str(option).lower() in prompt.lower() for option in enum)
