"""Chat completions in OpenAI's shape, with what single vendors add to it."""

from typing import Final

from statuspage.zoo.answer import Answer
from statuspage.zoo.dialects.written import Stream, sse
from statuspage.zoo.toolcalls import Invocation
from statuspage.zoo.vendor import SimulatedVendor

DONE: Final = b"data: [DONE]\n\n"


def whole_answer(answer: Answer, vendor: SimulatedVendor) -> dict[str, object]:
    """The answer to a request without `stream`."""
    message: dict[str, object] = {"role": "assistant", "content": answer.content if answer.pieces or not answer.calls else None}
    if answer.thoughts and vendor.reasoning_field:
        message[vendor.reasoning_field] = answer.reasoning
    if answer.calls:
        message["tool_calls"] = [_call(each, at, vendor, answer) for at, each in enumerate(answer.calls)]
    choice: dict[str, object] = {"index": 0, "message": message, "logprobs": None, "finish_reason": answer.finish}
    if vendor.router:
        choice["native_finish_reason"] = answer.finish
    return _envelope(answer, vendor, "chat.completion") | {"choices": [choice], "usage": usage(answer, vendor)}


def stream(answer: Answer, vendor: SimulatedVendor, *, include_usage: bool) -> Stream:
    """The answer as events."""
    envelope = _envelope(answer, vendor, "chat.completion.chunk")
    reasoning = vendor.reasoning_field
    body = [_chunk(envelope, {reasoning: each}) for each in answer.thoughts] if reasoning else []
    body += [_chunk(envelope, {"content": each}) for each in answer.pieces if each]
    for at, each in enumerate(answer.calls):
        body += _call_chunks(envelope, each, at, vendor, answer)
    counted = usage(answer, vendor)
    finish = [_chunk(envelope, {}, answer.finish, counted if vendor.choice_usage else None)]
    if include_usage or vendor.router:
        finish.append(sse(envelope | {"choices": [], "usage": counted}))
    return Stream(
        opening=(_chunk(envelope, {"role": "assistant", "content": ""}),), body=tuple(body), finish=tuple(finish), closing=(DONE,)
    )


def usage(answer: Answer, vendor: SimulatedVendor) -> dict[str, object]:
    """Tokens as the vendor counts them; a router adds what they cost."""
    counted: dict[str, object] = {
        "prompt_tokens": answer.input_tokens,
        "completion_tokens": answer.output_tokens,
        "total_tokens": answer.input_tokens + answer.output_tokens,
    }
    if answer.reasoning_tokens:
        counted["completion_tokens_details"] = {"reasoning_tokens": answer.reasoning_tokens}
    if vendor.router:
        counted["cost"] = round((answer.input_tokens + 4 * answer.output_tokens) * 1e-6, 9)
    return counted


def chunk_of(answer: Answer, vendor: SimulatedVendor, delta: dict[str, object], finish: str | None = None) -> bytes:
    """One event of this answer with the given delta."""
    return _chunk(_envelope(answer, vendor, "chat.completion.chunk"), delta, finish)


def _envelope(answer: Answer, vendor: SimulatedVendor, kind: str) -> dict[str, object]:
    prefix = "gen-" if vendor.router else "chatcmpl-"
    shared: dict[str, object] = {"id": prefix + answer.id, "object": kind, "created": answer.created, "model": answer.model}
    if vendor.router:
        shared["provider"] = vendor.served_by
    elif vendor.prefix == "openai":
        shared["system_fingerprint"] = answer.fingerprint
    return shared


def _chunk(
    envelope: dict[str, object],
    delta: dict[str, object],
    finish: str | None = None,
    choice_usage: dict[str, object] | None = None,
) -> bytes:
    choice: dict[str, object] = {"index": 0, "delta": delta, "finish_reason": finish}
    if "provider" in envelope:
        choice["native_finish_reason"] = finish
    if choice_usage is not None:
        choice["usage"] = choice_usage
    return sse(envelope | {"choices": [choice]})


def _call(each: Invocation, at: int, vendor: SimulatedVendor, answer: Answer) -> dict[str, object]:
    function = {"name": each.name, "arguments": each.text}
    return {"index": at, "id": call_id(each, at, vendor, answer), "type": "function", "function": function}


def call_id(each: Invocation, at: int, vendor: SimulatedVendor, answer: Answer) -> str:
    """The id of a tool call in this vendor's form."""
    if each.id is not None:
        return each.id
    return vendor.call_id.replace("{name}", each.name).replace("{at}", str(at)).replace("{hash}", f"{answer.id}{at}")


def _call_chunks(envelope: dict[str, object], each: Invocation, at: int, vendor: SimulatedVendor, answer: Answer) -> list[bytes]:
    """A call as it streams: name first, then its arguments in two halves."""
    arguments = each.text
    half = len(arguments) // 2
    opening = {
        "index": at, "id": call_id(each, at, vendor, answer), "type": "function",
        "function": {"name": each.name, "arguments": ""},
    }  # fmt: skip
    parts: list[dict[str, object]] = [
        {"index": at, "function": {"arguments": part}} for part in (arguments[:half], arguments[half:])
    ]
    return [_chunk(envelope, {"tool_calls": [part]}) for part in (opening, *parts)]
