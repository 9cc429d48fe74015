"""Reads what an error says, whoever wrote it: words, types, codes, and what a router quotes from its upstream."""

import math
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

import msgspec

MAX_READ_CHARS: Final = 64 * 1024
_MAX_NODES: Final = 400
_MAX_DEPTH: Final = 8
_MAX_WORDS: Final = 4096
_TEXT_KEYS: Final = frozenset(
    {"message", "msg", "error_msg", "error_message", "detail", "description", "error_description", "title", "status_msg",
     "reason", "text", "err_msg", "quotaid", "quotametric"}
)  # fmt: skip
_TYPE_KEYS: Final = frozenset(
    {"type", "code", "status", "error_type", "error_code", "reason", "errortype", "errorcode", "quotaid", "kind", "subcode"}
)
_NOT_OURS: Final = frozenset({"raw", "previous_errors", "headers", "choices", "usage", "fallback_models", "provider_responses"})
"""What quotes others or is no part of the error; `raw` is read apart."""
_HEADING: Final = re.compile(r"<(?:title|h1|h2)\b[^>]{0,200}>([^<]{0,200})", re.IGNORECASE)
_FROM_UPSTREAM: Final = re.compile(r"upstream error from ([\w .-]{1,60}?): *(.+)", re.IGNORECASE | re.DOTALL)
"""A router's quotation in the message itself."""
_URL: Final = re.compile(r"https?://\S+")


class Shape(StrEnum):
    """What a body is."""

    EMPTY = "empty"
    JSON = "json"
    HTML = "html"
    TEXT = "text"


class ErrorWords(msgspec.Struct, frozen=True, kw_only=True):
    """What an error says. `types` are lower-case; `code` is an HTTP status named inside the body."""

    shape: Shape
    text: str = ""
    types: tuple[str, ...] = ()
    code: int | None = None
    parameter: str | None = None
    """What `param` or `loc` points at."""
    retry_after_s: float | None = None
    upstream_name: str | None = None
    """Set where a router says which upstream it speaks of."""
    upstream: "ErrorWords | None" = None
    """What that upstream said."""
    own_upstream_key: bool = False
    """The router used our own account at the upstream."""
    limit_source: str | None = None

    @property
    def error_type(self) -> str | None:
        """The most telling type, for the record."""
        return next((word for word in self.types if not word.isdigit()), None)


def read_error(body: bytes, content_type: str = "") -> ErrorWords:
    """What that body says; never raises, and reads at most 64 KiB."""
    text = body[:MAX_READ_CHARS].decode("utf-8", "replace").strip().removeprefix("\ufeff")
    if not text:
        return ErrorWords(shape=Shape.EMPTY)
    if text[0] in "{[":
        try:
            return error_words(msgspec.json.decode(body.strip()))
        except (ValueError, RecursionError):
            return ErrorWords(shape=Shape.TEXT, text=_plain(text))
    if text[0] == "<" or content_type.partition(";")[0].strip().lower() == "text/html":
        return ErrorWords(shape=Shape.HTML, text=text[:_MAX_WORDS])
    return ErrorWords(shape=Shape.TEXT, text=_plain(text))


def error_words(value: object) -> ErrorWords:
    """What a decoded JSON value says as an error."""
    texts: list[str] = []
    types: list[str] = []
    code: int | None = None
    parameter: str | None = None
    retry_after_s: float | None = None
    for key, found in _walk(value):
        name = key.lower()
        if name in ("param", "parameter") and isinstance(found, str):
            parameter = parameter or found
        elif name == "loc" and isinstance(found, list):
            parameter = parameter or _location(found)
        elif name in ("retry_after", "retryafter", "retry_after_seconds", "retrydelay"):
            retry_after_s = _seconds(found) if retry_after_s is None else retry_after_s
        elif isinstance(found, str):
            if name in _TEXT_KEYS or (name in ("error", "detail", "errors", "") and not _is_word(found)):
                texts.append(found)
            if name in _TYPE_KEYS or (name == "error" and _is_word(found)):
                types.append(found.strip().lower()[:80])
                code = _status(found) if code is None else code
        elif isinstance(found, int) and not isinstance(found, bool) and name in ("code", "status", "status_code"):
            types.append(str(found))
            code = _status(found) if code is None else code
    quoted = _quoted(value)
    text = _plain(" ".join(dict.fromkeys(texts)))
    named = _FROM_UPSTREAM.match(text)
    return ErrorWords(
        shape=Shape.JSON,
        text=text,
        types=tuple(dict.fromkeys(types)),
        code=code,
        parameter=parameter,
        retry_after_s=retry_after_s,
        upstream_name=_string(quoted.get("provider_name")) or (named.group(1) if named else None),
        upstream=_upstream(quoted.get("raw")) or (ErrorWords(shape=Shape.TEXT, text=named.group(2)) if named else None),
        own_upstream_key=quoted.get("is_byok") is True,
        limit_source=_string(quoted.get("limit_source")),
    )


def headings(page: str) -> str:
    """The title and the headings of a web page."""
    return " ".join(_HEADING.findall(page))


def _walk(value: object) -> Iterator[tuple[str, object]]:
    """Every key and leaf, breadth first, within bounds; elements of a list carry the list's key."""
    queue: list[tuple[str, object, int]] = [("", value, 0)]
    for _ in range(_MAX_NODES):
        if not queue:
            return
        key, here, depth = queue.pop(0)
        if isinstance(here, dict) and depth < _MAX_DEPTH:
            queue.extend((str(name), inner, depth + 1) for name, inner in here.items() if str(name).lower() not in _NOT_OURS)
        elif isinstance(here, list) and depth < _MAX_DEPTH:
            if key == "loc":
                yield key, here
            queue.extend((key, inner, depth + 1) for inner in here[:20])
        else:
            yield key, here


def _quoted(value: object) -> dict[str, object]:
    """The router's `metadata`, wherever the error keeps it."""
    error = value.get("error", value) if isinstance(value, dict) else None
    holder = error if isinstance(error, dict) else value
    metadata = holder.get("metadata") if isinstance(holder, dict) else None
    return metadata if isinstance(metadata, dict) else {}


def _upstream(raw: object) -> ErrorWords | None:
    if isinstance(raw, str) and raw.strip():
        return read_error(raw.encode("utf-8", "replace"))
    return error_words(raw) if isinstance(raw, dict | list) and raw else None


def _plain(text: str) -> str:
    """Without addresses: a link to a billing page is no word on billing."""
    return _URL.sub(" ", text)[:_MAX_WORDS]


def _is_word(text: str) -> bool:
    return " " not in text.strip() and text.isascii() and len(text) <= 60


def _location(steps: list[object]) -> str | None:
    names = [step for step in steps if isinstance(step, str) and step not in ("body", "query")]
    return names[0] if names else None


def _status(found: object) -> int | None:
    try:
        number = int(str(found))
    except ValueError:
        return None
    return number if 400 <= number <= 599 else None


def _seconds(found: object) -> float | None:
    try:
        seconds = float(str(found).strip().removesuffix("s"))
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def _string(found: object) -> str | None:
    return found if isinstance(found, str) and found else None
