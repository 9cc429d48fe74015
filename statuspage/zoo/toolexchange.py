"""What a vendor demands of calls and results that come back to it: ids that pair up, and the reasoning of thinking models."""

from collections.abc import Iterator

from statuspage.zoo.call import ChatCall, is_object


def broken_exchange(call: ChatCall, *, reasoning_field: str | None) -> str | None:
    """The vendor's complaint about earlier calls in the request, None when they pair up.

    `reasoning_field` is what a thinking model wants back with its calls, None where it wants nothing.
    """
    messages = call.parameters.get("messages")
    known: set[str] = set()
    for at, message in enumerate(messages if isinstance(messages, list) else []):
        if not is_object(message):
            continue
        called = list(_ids_of_calls(message))
        if called and reasoning_field and not message.get(reasoning_field):
            return f"thinking is enabled but {reasoning_field} is missing in assistant tool call message at index {at}"
        known.update(called)
        for answered in _ids_of_results(message):
            if not answered or answered not in known:
                return f"messages[{at}]: tool_call_id {answered} is not found"
    return None


def _ids_of_calls(message: dict[str, object]) -> Iterator[str]:
    calls = message.get("tool_calls")
    for each in calls if isinstance(calls, list) else []:
        if is_object(each):
            yield str(each.get("id") or "")
    for part in _parts(message, "tool_use"):
        yield str(part.get("id") or "")


def _ids_of_results(message: dict[str, object]) -> Iterator[str]:
    if message.get("role") == "tool":
        yield str(message.get("tool_call_id") or "")
    for part in _parts(message, "tool_result"):
        yield str(part.get("tool_use_id") or "")


def _parts(message: dict[str, object], kind: str) -> Iterator[dict[str, object]]:
    content = message.get("content")
    for part in content if isinstance(content, list) else []:
        if is_object(part) and part.get("type") == kind:
            yield part
