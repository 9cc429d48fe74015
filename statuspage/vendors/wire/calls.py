"""Tool calls as a client puts them together from an answer, whole or piece by piece."""

import msgspec

from statuspage.vendors.wire.shapes import mapping, text

MAX_CALLS = 64
"""More than that in one answer are not looked at."""


class ToolCall(msgspec.Struct, frozen=True, kw_only=True):
    """One call; `arguments` is their text as it came, `shared_place` says that two calls claimed one index."""

    id: str | None
    name: str
    arguments: str
    shared_place: bool = False


class Gathering:
    """Collects calls by their index; a piece without an index goes on with the call of its id, else with the last one."""

    def __init__(self) -> None:
        self._calls: list[_Call] = []

    def openai(self, part: dict[str, object]) -> None:
        """Takes in one entry of OpenAI's `tool_calls`."""
        function = mapping(part.get("function"))
        arguments = function.get("arguments")
        self.take(
            index=part.get("index"),
            call_id=text(part.get("id")),
            name=text(function.get("name")),
            arguments=_as_text(arguments),
        )

    def anthropic(self, block: dict[str, object], index: object) -> None:
        """Takes in a content block of Anthropic's, or a delta of one; the `input` of a streamed call begins empty."""
        kind = block.get("type")
        if kind == "tool_use":
            arguments = _as_text(block.get("input") or None)
            self.take(index=index, call_id=text(block.get("id")), name=text(block.get("name")), arguments=arguments)
        elif kind == "input_json_delta":
            self.take(index=index, call_id=None, name=None, arguments=text(block.get("partial_json")) or "")

    def take(self, *, index: object, call_id: str | None, name: str | None, arguments: str) -> None:
        """Takes in a piece of a call; a call begins with its id or its name."""
        call = self._find(index, call_id, name)
        if call is None:
            if len(self._calls) >= MAX_CALLS:
                return
            call = _Call(index)
            self._calls.append(call)
        elif call_id and call.id and call_id != call.id and name:
            call = _Call(index, shared_place=True)
            self._calls.append(call)
        call.id = call_id if call.id is None else call.id
        call.name = call.name or name or ""
        call.arguments.append(arguments)

    def calls(self) -> tuple[ToolCall, ...]:
        """The calls so far, in the order they began."""
        return tuple(call.whole() for call in self._calls)

    def _find(self, index: object, call_id: str | None, name: str | None) -> "_Call | None":
        if isinstance(index, int):
            return next((call for call in reversed(self._calls) if call.index == index), None)
        if call_id is not None and name is None:
            return next((call for call in self._calls if call.id == call_id), None)
        return None if name is not None else next(reversed(self._calls), None)


class _Call:
    def __init__(self, index: object, *, shared_place: bool = False) -> None:
        self.index = index
        self.id: str | None = None
        self.name = ""
        self.arguments: list[str] = []
        self._shared_place = shared_place

    def whole(self) -> ToolCall:
        return ToolCall(id=self.id, name=self.name, arguments="".join(self.arguments), shared_place=self._shared_place)


def _as_text(arguments: object) -> str:
    """Arguments are text by the dialect's law; servers that send an object mean its JSON."""
    if isinstance(arguments, str):
        return arguments
    return "" if arguments is None else msgspec.json.encode(arguments).decode()
