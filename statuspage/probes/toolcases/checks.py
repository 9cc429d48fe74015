"""What every call must satisfy: no leak, a known tool, JSON arguments that fit their schema, ids that can be sent back."""

from collections.abc import Sequence
from typing import Final

import msgspec

from statuspage.domain.toolcalls import json_calls, leaked_calls, markers
from statuspage.probes.dialects.toolask import AUTO, REQUIRED, Said, Turn
from statuspage.probes.toolcases.case import Wrong
from statuspage.probes.toolcases.schema import violation
from statuspage.vendors.wire.calls import ToolCall

_MAX_ID_CHARS: Final = 256
_CALLED: Final = frozenset({"tool_calls", "tool_use", "function_call"})
_STOPPED: Final = frozenset({"stop", "end_turn"})


def calls_wrong(said: Said, turn: Turn) -> Wrong | None:
    """Whether a well-formed call came; which and how many is the case's own question."""
    return leaked(said) or _none(said, turn) or _malformed(said, turn) or _ids(said.calls) or _ending(said, turn)


def answer_wrong(said: Said, turn: Turn) -> Wrong | None:
    """Whether plain words came where plain words were wanted."""
    if wrong := leaked(said):
        return wrong
    if said.calls:
        return Wrong("unexpected_call", f"it called {_name(said.calls[0])} where no call was wanted")
    if said.finish_reason in _CALLED:
        return Wrong("finish_mismatch", "it says that it calls tools, and there is no call")
    if json_calls(said.content, _names(turn)):
        return Wrong("tool_call_in_text", "it wrote a call as text where no call was wanted")
    return None


def leaked(said: Said) -> Wrong | None:
    """Special tokens of tool calls in content or reasoning."""
    for where, text in (("answer", said.content), ("reasoning", said.reasoning)):
        if found := markers(text):
            readable = "; the call in it can be read" if leaked_calls(text) else ""
            return Wrong("tool_call_leaked", f"{found[0]} stands in its {where}{readable}")
    return None


def named(calls: Sequence[ToolCall], name: str) -> Wrong | None:
    """Whether the tool that was needed was called; another one that was on offer is a miss."""
    if any(call.name == name for call in calls):
        return None
    return Wrong("missing_call", f"it called {_name(calls[0])} instead of {name}")


def counted(calls: Sequence[ToolCall], expected: int) -> Wrong | None:
    """Whether as many different calls came as were asked for."""
    if len(calls) < expected:
        return Wrong("calls_collapsed", f"{len(calls)} of {expected} calls came")
    if len({(call.name, _canonical(call.arguments)) for call in calls}) < len(calls):
        return Wrong("calls_collapsed", "the same call came twice")
    return Wrong("calls_collapsed", f"{len(calls)} calls came instead of {expected}") if len(calls) > expected else None


def _none(said: Said, turn: Turn) -> Wrong | None:
    if said.calls:
        return None
    if json_calls(said.content, _names(turn)):
        return Wrong("tool_call_in_text", "it wrote the call as JSON into its text")
    if said.finish_reason in _CALLED:
        return Wrong("finish_mismatch", "it says that it calls tools, and there is no call")
    if said.cut:
        return Wrong("missing_call", "its budget was spent before it called")
    return Wrong("missing_call", "it answered in words" if said.content else "it answered nothing")


def _malformed(said: Said, turn: Turn) -> Wrong | None:
    offered = {tool.name: tool for tool in turn.tools}
    for call in said.calls:
        if call.name not in offered:
            return Wrong("unknown_tool", f"it called {_name(call)}, which was not offered")
    for call in said.calls:
        try:
            arguments: object = msgspec.json.decode(call.arguments.strip() or "{}")
        except (ValueError, RecursionError):
            cut = ": they were cut off" if said.cut else ""
            return Wrong("arguments_not_json", f"the arguments of {call.name} are not JSON{cut}")
        if found := violation(offered[call.name].schema, arguments):
            return Wrong("arguments_violate_schema", f"the arguments of {call.name} violate their schema: {found}")
    return None


def _ids(calls: Sequence[ToolCall]) -> Wrong | None:
    for call in calls:
        if not call.id or len(call.id) > _MAX_ID_CHARS or not call.id.isprintable():
            return Wrong("tool_id_broken", "a call came without an id" if not call.id else "the id of a call cannot be sent back")
    if len({call.id for call in calls}) < len(calls):
        return Wrong("calls_collapsed", "two calls share one id")
    return Wrong("calls_collapsed", "two calls share one place") if any(call.shared_place for call in calls) else None


def _ending(said: Said, turn: Turn) -> Wrong | None:
    """A call that was forced may end with `stop`, as OpenAI's own do; another one says that it calls.

    Where no reason is given at all, the chat probe says so; it is no matter of tools.
    """
    if said.finish_reason is None or said.finish_reason in _CALLED:
        return None
    if turn.choice not in (AUTO, REQUIRED) and said.finish_reason in _STOPPED:
        return None
    return Wrong("finish_mismatch", f"it called a tool and ended with {_plain(said.finish_reason)}")


def _names(turn: Turn) -> frozenset[str]:
    return frozenset(tool.name for tool in turn.tools)


def _name(call: ToolCall) -> str:
    return _plain(call.name) or "a tool without a name"


def _plain(word: str) -> str:
    """A word that a model or its server made up, fit for a sentence of ours."""
    return "".join(each if each.isalnum() or each in "_.-:" else "?" for each in word[:60])


def _canonical(arguments: str) -> bytes:
    try:
        return msgspec.json.encode(msgspec.json.decode(arguments.strip() or "{}"), order="sorted")
    except (ValueError, RecursionError):
        return arguments.encode("utf-8", "replace")
