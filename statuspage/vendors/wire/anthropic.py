"""Reads messages as Anthropic defined them; some vendors offer them beside OpenAI's."""

from typing import Final

from statuspage.domain.sample import Tokens
from statuspage.vendors.vendor import Vendor
from statuspage.vendors.wire.answer import Answer, Beat, Event
from statuspage.vendors.wire.bare import error_in
from statuspage.vendors.wire.calls import Gathering
from statuspage.vendors.wire.decoded import NoObjectError, body_in, event_in
from statuspage.vendors.wire.kept import Kept
from statuspage.vendors.wire.request import address, key_headers
from statuspage.vendors.wire.shapes import count, items, mapping, short, text

_VERSION: Final = "2023-06-01"
_PING: Final = Beat(counts=False)
_OVER: Final = Beat(counts=True, over=True)
_FINISH: Final = {
    "end_turn": "stop",
    "stop_sequence": "stop",
    "pause_turn": "stop",
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
    "tool_use": "tool_calls",
    "refusal": "content_filter",
}


def asked_at(base_url: str, what: str, query: str = "") -> str:
    """The address of `messages` or `models` under a base URL that may end in `/v1` or not."""
    return address(base_url.rstrip("/").removesuffix("/v1"), f"/v1/{what}", query)


def headers_of(vendor: Vendor, key: str | None) -> dict[str, str]:
    """The key, and the version of the dialect that is spoken."""
    return {"anthropic-version": _VERSION, **key_headers(vendor, key)}


class AnthropicReader:
    """Reads `message_start` … `message_stop`, or one message."""

    def __init__(self) -> None:
        self._kept = Kept()
        self._signature: str | None = None
        self._begun = False
        self._stop_reason: str | None = None
        self._terminal = False
        self._tool_calls = False
        self._gathering = Gathering()
        self._usage: dict[str, object] = {}
        self._model: str | None = None
        self._id: str | None = None
        self._error: object = None
        self._malformed: str | None = None

    def event(self, event: Event) -> Beat:
        data = event.data.strip()
        if not data:
            return _PING
        if data == b"[DONE]":
            return _OVER
        try:
            found = event_in(data)
        except NoObjectError as error:
            return self._wrong(str(error))
        kind = text(found.get("type")) or event.name.decode("ascii", "replace")
        self._error = error_in(found) or (found if kind == "error" else None)
        return self._step(kind, found) if self._error is None else _OVER

    def whole(self, body: bytes) -> Beat:
        try:
            found = body_in(body)
        except NoObjectError as error:
            return self._wrong(str(error))
        if not found:
            return _OVER
        self._terminal = True
        self._error = error_in(found)
        if self._error is not None:
            return _OVER
        if "content" not in found:
            return self._wrong("the body has no content")
        self._begin(found)
        beats = [self._block(mapping(block), at) for at, block in enumerate(items(found.get("content")))]
        self._stop_reason = short(found.get("stop_reason"))
        return Beat(
            counts=True,
            content="".join(beat.content for beat in beats),
            reasoning="".join(beat.reasoning for beat in beats),
            hidden=any(beat.hidden for beat in beats),
            over=True,
        )

    def answer(self) -> Answer:
        reason = self._stop_reason
        return Answer(
            content=self._kept.content,
            content_chars=self._kept.content_chars,
            reasoning=self._kept.reasoning,
            signature=self._signature,
            reasoning_chars=self._kept.reasoning_chars,
            deltas=self._kept.deltas,
            choices_seen=self._begun,
            finish_reason=_FINISH.get(reason, reason) if reason else None,
            native_finish_reason=reason,
            terminal=self._terminal,
            tool_calls=self._tool_calls,
            calls=self._gathering.calls(),
            tokens=Tokens(input=count(self._usage.get("input_tokens")), output=count(self._usage.get("output_tokens"))),
            served_model=self._model,
            answer_id=self._id,
            error=self._error,
            malformed=self._malformed,
        )

    def _step(self, kind: str, found: dict[str, object]) -> Beat:
        match kind:
            case "ping":
                return _PING
            case "message_start":
                self._begin(mapping(found.get("message")))
            case "content_block_start":
                return self._block(mapping(found.get("content_block")), found.get("index"))
            case "content_block_delta":
                return self._block(mapping(found.get("delta")), found.get("index"))
            case "message_delta":
                self._stop_reason = short(mapping(found.get("delta")).get("stop_reason")) or self._stop_reason
                self._usage.update(mapping(found.get("usage")))
            case "message_stop":
                self._terminal = True
                return _OVER
            case _:
                pass
        return Beat(counts=True)

    def _begin(self, message: dict[str, object]) -> None:
        self._begun = True
        self._model = short(message.get("model"))
        self._id = short(message.get("id"))
        self._usage.update(mapping(message.get("usage")))

    def _block(self, block: dict[str, object], index: object) -> Beat:
        """A block, or a delta of one: text, thinking or a tool's input."""
        words = text(block.get("text")) or ""
        thoughts = text(block.get("thinking")) or ""
        hidden = not thoughts and block.get("type") in ("redacted_thinking", "signature_delta")
        self._call(block, index)
        self._signature = text(block.get("signature")) or self._signature
        return self._kept.take(words, thoughts, hidden=hidden)

    def _call(self, block: dict[str, object], index: object) -> None:
        """A call begins with its block, whose `input` is empty where it is streamed."""
        kind = block.get("type")
        self._gathering.anthropic(block, index)
        self._tool_calls = self._tool_calls or kind in ("tool_use", "input_json_delta")

    def _wrong(self, what: str) -> Beat:
        self._malformed = what
        return _OVER
