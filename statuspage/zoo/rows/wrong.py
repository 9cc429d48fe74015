"""Rows that answer 200 and are wrong: errors inside, nothing inside, another model, no end."""

from collections.abc import Generator
from typing import Final

import msgspec

from statuspage.zoo.answer import thoughts_of
from statuspage.zoo.dialects.openai import DONE
from statuspage.zoo.dialects.written import Stream, sse
from statuspage.zoo.refusal import fill
from statuspage.zoo.reply import HTML, JSON, LAST_CHUNK, SSE, Ending, Reply, Step, as_json, chunk, head, whole
from statuspage.zoo.rows.row import Reach, Row, row
from statuspage.zoo.scene import Scene, healthy, paced, replaced

_OTHER_MODEL: Final = "zoo-imposter-7b"
_LOGIN_PAGE: Final = (
    b"<!doctype html>\n<html><head><title>Sign in</title></head><body><form>Sign in to continue</form></body></html>\n"
)
_GIBBERISH: Final = "zu zu zu zu zu zu"


def _inner(scene: Scene) -> dict[str, object]:
    """The error object put inside a 200: of the variant's condition, else one of no known kind."""
    if scene.directions.variant:
        refusal = scene.refusal(scene.directions.variant.replace("-", "_"))
        if not isinstance(refusal.body, str):
            told = msgspec.json.decode(fill(refusal, scene.words()))
            if isinstance(told, dict) and isinstance(told.get("error"), dict):
                return dict(told["error"])
    unknown: dict[str, object] = {"message": "Something unexpected happened while the answer was made", "type": "unexpected"}
    if scene.vendor.router:
        unknown = {
            "message": "Provider returned an unexpected result",
            "code": "unmapped",
            "metadata": {"provider_name": "Novita"},
        }
    return unknown


def error_in_body(scene: Scene) -> Reply:
    """An error object in a 200; a router adds a choice that ended with `error`."""
    body: dict[str, object] = {"error": _inner(scene)}
    if scene.vendor.dialect == "anthropic":
        body = {"type": "error", **body}
    elif scene.vendor.router and scene.answer is not None:
        body |= {
            "id": f"gen-{scene.answer.id}", "model": scene.answer.model,
            "choices": [{"index": 0, "message": {"role": "assistant", "content": ""}, "finish_reason": "error"}],
        }  # fmt: skip
    return whole(200, as_json(body), JSON, scene.headers)


def error_in_stream(scene: Scene) -> Reply:
    """Some events, then an error event; the stream ends there."""
    stream = scene.stream
    if stream is None:
        return error_in_body(scene)
    error = _inner(scene)
    if scene.dialect.name == "anthropic":
        event = sse({"type": "error", "error": error}, "error")
    elif scene.vendor.router and scene.answer is not None:
        choice = {"index": 0, "delta": {"content": ""}, "finish_reason": "error"}
        event = sse({"id": f"gen-{scene.answer.id}", "object": "chat.completion.chunk", "error": error, "choices": [choice]})
    else:
        event = sse({"error": error})
    return paced(scene, Stream(opening=stream.opening, body=stream.body[:1], finish=(event,), closing=()))


def web_page(scene: Scene) -> Reply:
    """A login page instead of an answer."""
    return whole(200, _LOGIN_PAGE, HTML, scene.headers)


def empty_body(scene: Scene) -> Reply:
    """Nothing at all, or by variant `null` or `empty` an answer without choices."""
    choices: dict[str, list[object] | None] = {"null": None, "empty": []}
    if scene.directions.variant not in choices:
        return whole(200, b"", SSE if scene.stream else JSON, scene.headers)
    value = {
        **_as_dict(scene.value),
        ("content" if scene.vendor.dialect == "anthropic" else "choices"): choices[scene.directions.variant],
    }
    if scene.stream is None:
        return whole(200, as_json(value), JSON, scene.headers)
    closing = () if scene.dialect.name == "anthropic" else (DONE,)
    return paced(scene, Stream(opening=(), body=(sse(value),), finish=(), closing=closing))


def empty_completion(scene: Scene) -> Reply:
    """An orderly end without a word; a router names the native reason."""
    silent = replaced(scene, pieces=(), thoughts=(), calls=(), finish="stop", output_tokens=0, reasoning_tokens=0)
    stream = silent.stream
    if not scene.vendor.router:
        return healthy(silent)
    if stream is None:
        body = silent.body.replace(b'"native_finish_reason":"stop"', b'"native_finish_reason":"network_error"')
        return whole(200, body, JSON, scene.headers)
    finish = tuple(
        each.replace(b'"native_finish_reason":"stop"', b'"native_finish_reason":"network_error"') for each in stream.finish
    )
    return paced(silent, msgspec.structs.replace(stream, finish=finish))


def reasoning_only(scene: Scene) -> Reply:
    """The whole budget went to thinking."""
    budget = min(scene.call.budget if scene.call else 16, 4096)
    spent = {"pieces": (), "calls": (), "finish": "length", "output_tokens": budget, "reasoning_tokens": budget}
    return healthy(replaced(scene, thoughts=thoughts_of(budget), **spent))


def truncated(scene: Scene) -> Generator[Step, None, None]:
    """Content, then an orderly end of the connection: no finish reason, no terminal event.

    With variant `eof` even the last chunk of HTTP is missing.
    """
    stream = scene.stream
    if stream is None:
        body = scene.body
        yield head(200, JSON, scene.headers, length=len(body)) + body[: len(body) // 2]
        yield Ending.CLOSE
        return
    yield scene.stream_head
    yield from map(chunk, (*stream.opening, *stream.body))
    if scene.directions.variant != "eof":
        yield LAST_CHUNK
    yield Ending.CLOSE


def no_finish_reason(scene: Scene) -> Reply:
    """The terminal event comes, but no reason why the answer ended."""
    stream = scene.stream
    if stream is None:
        return healthy(replaced(scene, finish=None))
    return paced(scene, msgspec.structs.replace(stream, finish=()))


def no_terminal_event(scene: Scene) -> Reply:
    """The reason comes, the terminal event does not."""
    stream = scene.stream
    return healthy(scene) if stream is None else paced(scene, msgspec.structs.replace(stream, closing=()))


def malformed(scene: Scene) -> Reply:
    """Events that are not JSON, or by variant `doubled` with `data:` twice."""
    stream = scene.stream
    if stream is None:
        return whole(200, scene.body[:-3] + b",]", JSON, scene.headers)
    if scene.directions.variant == "doubled":
        body = tuple(each.replace(b"data: ", b"data: data: ", 1) for each in stream.body)
    else:
        body = tuple(each[: len(each) // 2] + b"\n\n" for each in stream.body)
    return paced(scene, msgspec.structs.replace(stream, body=body))


def not_streamed(scene: Scene) -> Reply:
    """A whole JSON answer to a request for a stream."""
    return whole(200, scene.body, JSON, scene.headers)


def no_usage(scene: Scene) -> Reply:
    """No token counts, or by variant `zero` or `absurd` impossible ones."""
    if scene.directions.variant in {"zero", "absurd"}:
        count = 0 if scene.directions.variant == "zero" else 10**15
        return healthy(replaced(scene, input_tokens=count, output_tokens=count, reasoning_tokens=0))
    stream = scene.stream
    if stream is None:
        return whole(
            200, as_json({name: each for name, each in _as_dict(scene.value).items() if name != "usage"}), JSON, scene.headers
        )
    call = msgspec.structs.replace(scene.call, include_usage=False) if scene.call else None
    vendor = msgspec.structs.replace(scene.vendor, choice_usage=False)
    without = msgspec.structs.replace(scene, call=call, vendor=vendor).stream or stream
    return paced(scene, msgspec.structs.replace(without, finish=without.finish[:1]))


def wrong_model(scene: Scene) -> Reply:
    """Another model answers, and says so."""
    return healthy(replaced(scene, model=_OTHER_MODEL))


def routed_elsewhere(scene: Scene) -> Reply:
    """Another upstream answers than the one usually there (or pinned)."""
    vendor = msgspec.structs.replace(scene.vendor, router=True, served_by=scene.directions.variant or "Parasail")
    return healthy(msgspec.structs.replace(scene, vendor=vendor))


def from_cache(scene: Scene) -> Reply:
    """The same answer as before, at once, marked as a cache's."""
    headers = (("X-OpenRouter-Cache", "HIT"), ("X-Cache", "HIT"), *scene.headers)
    return healthy(msgspec.structs.replace(replaced(scene, id="0cac4e0000000000zoo"), headers=headers))


def wrong_answer(scene: Scene) -> Reply:
    """Gibberish."""
    return healthy(replaced(scene, pieces=tuple(f"{word} " for word in _GIBBERISH.split()), thoughts=(), calls=(), finish="stop"))


def _as_dict(value: object) -> dict[str, object]:
    return dict(value) if isinstance(value, dict) else {}


WRONG: Final = (
    row(61, "error_in_body", "an error object in a 200 (variant: which condition)", play=error_in_body, reach=Reach.EVERYTHING),
    row(62, "error_in_stream", "an error event in mid-stream (variant: which condition)", play=error_in_stream),
    row(63, "html_in_200", "a web page in a 200", play=web_page, reach=Reach.EVERYTHING),
    row(64, "empty_body", "nothing (variants null, empty: choices)", play=empty_body),
    row(65, "empty_completion", "an orderly end without a word", play=empty_completion),
    row(66, "reasoning_only", "the budget went to thinking", play=reasoning_only),
    row(
        67, "reasoning_forever", "thinking and no content, whatever the budget", class_name="reasoning_only", play=reasoning_only
    ),
    row(68, "truncated_stream", "the stream ends without an end (variant eof: HTTP's too)", play=truncated),
    row(69, "finish_mismatch", "a terminal event without a finish reason", play=no_finish_reason),
    row(72, "malformed_stream", "events that are not JSON (variant doubled: data: twice)", play=malformed),
    row(73, "not_streamed", "a whole answer to a request for a stream", play=not_streamed),
    row(74, "no_usage", "no usage (variants zero, absurd)", class_name="ok", play=no_usage),
    row(75, "wrong_model", "another model is served", play=wrong_model),
    row(76, "routed_elsewhere", "another upstream is served (variant: which)", play=routed_elsewhere),
    row(77, "served_from_cache", "an answer from a cache", play=from_cache),
    row(78, "wrong_answer", "gibberish", play=wrong_answer),
    Row(name="no-done", title="a finish reason without a terminal event", class_name="ok", play=no_terminal_event),
)
