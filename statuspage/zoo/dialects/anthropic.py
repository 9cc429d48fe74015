"""Messages in Anthropic's shape."""

from typing import Final

from statuspage.zoo.answer import Answer
from statuspage.zoo.dialects.openai import call_id
from statuspage.zoo.dialects.written import Stream, sse
from statuspage.zoo.vendor import SimulatedVendor

PING: Final = b'event: ping\ndata: {"type": "ping"}\n\n'
_STOP_REASONS: Final = {"stop": "end_turn", "length": "max_tokens", "tool_calls": "tool_use", "content_filter": "refusal"}


def whole_answer(answer: Answer, vendor: SimulatedVendor) -> dict[str, object]:
    """The answer to a request without `stream`."""
    content: list[dict[str, object]] = []
    if answer.thoughts:
        content.append({"type": "thinking", "thinking": answer.reasoning, "signature": "em9v"})
    if answer.content:
        content.append({"type": "text", "text": answer.content})
    content += [
        {
            "type": "tool_use",
            "id": call_id(each, at, vendor, answer),
            "name": each.name,
            "input": each.arguments if each.raw is None else each.raw,
        }
        for at, each in enumerate(answer.calls)
    ]
    return _message(answer) | {
        "content": content,
        "stop_reason": _stop_reason(answer.finish),
        "usage": _usage(answer, answer.output_tokens),
    }


def stream(answer: Answer, vendor: SimulatedVendor, *, include_usage: bool) -> Stream:  # noqa: ARG001 - usage always comes here
    """The answer as events."""
    opening = (sse({"type": "message_start", "message": _message(answer)}, "message_start"), PING)
    body: list[bytes] = []
    index = 0
    if answer.thoughts:
        deltas: list[dict[str, object]] = [{"type": "thinking_delta", "thinking": each} for each in answer.thoughts]
        body += _block(index, {"type": "thinking", "thinking": "", "signature": ""}, deltas)
        index += 1
    if answer.content:
        body += _block(index, {"type": "text", "text": ""}, [{"type": "text_delta", "text": each} for each in answer.pieces])
        index += 1
    for at, each in enumerate(answer.calls):
        arguments = each.text
        half = len(arguments) // 2
        parts: list[dict[str, object]] = [
            {"type": "input_json_delta", "partial_json": part} for part in ("", arguments[:half], arguments[half:])
        ]
        body += _block(
            index + at, {"type": "tool_use", "id": call_id(each, at, vendor, answer), "name": each.name, "input": {}}, parts
        )
    ended = {"stop_reason": _stop_reason(answer.finish), "stop_sequence": None}
    finish = sse({"type": "message_delta", "delta": ended, "usage": {"output_tokens": answer.output_tokens}}, "message_delta")
    return Stream(opening=opening, body=tuple(body), finish=(finish,), closing=(sse({"type": "message_stop"}, "message_stop"),))


def _message(answer: Answer) -> dict[str, object]:
    return {
        "id": f"msg_{answer.id}", "type": "message", "role": "assistant", "model": answer.model, "content": [],
        "stop_reason": None, "stop_sequence": None, "usage": _usage(answer, 1),
    }  # fmt: skip


def _usage(answer: Answer, output_tokens: int) -> dict[str, object]:
    return {"input_tokens": answer.input_tokens, "output_tokens": output_tokens, "cache_read_input_tokens": 0}


def _stop_reason(finish: str | None) -> str | None:
    return None if finish is None else _STOP_REASONS.get(finish, finish)


def _block(index: int, block: dict[str, object], deltas: list[dict[str, object]]) -> list[bytes]:
    return [
        sse({"type": "content_block_start", "index": index, "content_block": block}, "content_block_start"),
        *(sse({"type": "content_block_delta", "index": index, "delta": each}, "content_block_delta") for each in deltas),
        sse({"type": "content_block_stop", "index": index}, "content_block_stop"),
    ]
