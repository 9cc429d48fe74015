"""Rows of tool calling: calls that leak, collapse, lie about themselves or do not come."""

from collections.abc import Callable
from typing import Final

import msgspec

from statuspage.zoo.reply import Reply
from statuspage.zoo.rows.row import row
from statuspage.zoo.scene import Scene, healthy, replaced
from statuspage.zoo.toolcalls import Invocation

_NOTHING: Final = Invocation(name="get_weather", arguments={"city": "Paris"})


def _called(scene: Scene) -> Invocation:
    calls = scene.answer.calls if scene.answer else ()
    return calls[0] if calls else _NOTHING


def _spoken(scene: Scene, text: str) -> Reply:
    return healthy(replaced(scene, calls=(), thoughts=(), pieces=(text,), finish="stop"))


def _with_calls(change: Callable[[Invocation], Invocation]) -> Callable[[Scene], Reply]:
    """Plays the answer with every call changed; without calls the answer is left alone."""

    def play(scene: Scene) -> Reply:
        calls = scene.answer.calls if scene.answer else ()
        return healthy(replaced(scene, calls=tuple(change(each) for each in calls)))

    return play


def says_stop(scene: Scene) -> Reply:
    """Calls, and `stop` as the reason."""
    return healthy(replaced(scene, calls=(_called(scene),), finish="stop"))


def says_calls(scene: Scene) -> Reply:
    """No call, and `tool_calls` as the reason."""
    return healthy(replaced(scene, calls=(), pieces=(), thoughts=(), finish="tool_calls"))


_LEAKS: Final = {
    "kimi": "<|tool_calls_section_begin|><|tool_call_begin|>functions.{name}:0<|tool_call_argument_begin|>{arguments}"
    "<|tool_call_end|><|tool_calls_section_end|>",
    "hermes": '<tool_call>\n{{"name": "{name}", "arguments": {arguments}}}\n</tool_call>',
    "llama": '<|python_tag|>{{"name": "{name}", "parameters": {arguments}}}',
    "mistral": '[TOOL_CALLS][{{"name": "{name}", "arguments": {arguments}}}]',
    "deepseek": "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>{name}\n```json\n{arguments}\n```"
    "<｜tool▁call▁end｜><｜tool▁calls▁end｜>",
}


def leaked(scene: Scene) -> Reply:
    """The call as a model's raw special tokens; variant `reasoning` has them there, beside a good call."""
    call = _called(scene)
    variant = scene.directions.variant
    spelled = _LEAKS.get(variant, _LEAKS["kimi"]).format(name=call.name, arguments=call.text)
    if variant == "reasoning":
        return healthy(replaced(scene, thoughts=(spelled,)))
    return _spoken(scene, spelled)


def in_text(scene: Scene) -> Reply:
    """The call as JSON in a fence."""
    call = _called(scene)
    written = msgspec.json.encode({"name": call.name, "arguments": call.arguments}).decode()
    return _spoken(scene, f"```json\n{written}\n```")


def missing_or_needless(scene: Scene) -> Reply:
    """Words where a call was needed, a call where none was; variants `missing` and `needless` play the one alone."""
    calls = scene.answer.calls if scene.answer else ()
    variant = scene.directions.variant
    if (calls and variant == "needless") or (not calls and variant == "missing"):
        return healthy(scene)
    if calls:
        return _spoken(scene, "Let me think about that.")
    tools = scene.call.tools if scene.call else ()
    if not tools:
        return healthy(scene)
    return healthy(replaced(scene, calls=(Invocation(name=tools[0].name, arguments={}),), pieces=(), finish="tool_calls"))


def collapsed(scene: Scene) -> Reply:
    """Of several calls the first alone, or by variant `same-id` all with one id."""
    calls = scene.answer.calls if scene.answer else ()
    if scene.directions.variant == "same-id":
        return healthy(replaced(scene, calls=tuple(msgspec.structs.replace(each, id="call_0") for each in calls)))
    return healthy(replaced(scene, calls=calls[:1]))


TOOLS: Final = (
    row(70, "calls_but_stop", "calls, and «stop» as the reason", class_name="finish_mismatch", play=says_stop),
    row(71, "reason_without_calls", "«tool_calls» as the reason, and no call", class_name="finish_mismatch", play=says_calls),
    row(
        79, "tool_call_leaked", "a call as raw special tokens (variants hermes, llama, mistral, deepseek, reasoning)", play=leaked
    ),
    row(80, "tool_call_in_text", "a call as JSON in text", play=in_text),
    row(
        81,
        "arguments_not_json",
        "arguments that are not JSON",
        play=_with_calls(lambda call: msgspec.structs.replace(call, raw=call.text[:-1] + ", oops")),
    ),
    row(
        82,
        "arguments_violate_schema",
        "arguments that violate their schema",
        class_name="arguments_violate_schema",
        play=_with_calls(lambda call: msgspec.structs.replace(call, arguments={"unexpected": [None]})),
    ),
    row(
        83,
        "unknown_tool",
        "a tool that was not offered",
        play=_with_calls(lambda call: msgspec.structs.replace(call, name="launch_rocket")),
    ),
    row(
        84,
        "missing_call",
        "no call where one is needed, one where none is (variants missing, needless)",
        play=missing_or_needless,
    ),
    row(85, "calls_collapsed", "parallel calls collapsed, or by variant same-id", play=collapsed),
    row(
        86, "tool_id_broken", "ids that cannot be sent back", play=_with_calls(lambda call: msgspec.structs.replace(call, id=""))
    ),
)
