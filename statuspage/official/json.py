"""Bytes of any page as plain values, and careful ways to look into them: nothing here raises on what a page may say."""

import codecs
from typing import Final, TypeAlias

import msgspec

MAX_CHARS: Final = 500
"""Longer texts are cut."""
Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
"""What a JSON document may hold."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class UnreadableError(Exception):
    """The body is not what it should be; the text says why in a few words."""


def text_of(body: bytes) -> str:
    """The text in UTF-8 or UTF-16, told by its mark or else by where its zeros are. Raises `UnreadableError`."""
    encoding = next((name for mark, name in _MARKS if body.startswith(mark)), None)
    if encoding is None:
        first = body[:2]
        encoding = "utf-16-be" if first[:1] == b"\0" else "utf-16-le" if first[1:] == b"\0" else "utf-8"
    try:
        return body.decode(encoding)
    except UnicodeError:
        raise UnreadableError("the answer is not text in UTF-8 or UTF-16") from None


def parsed(body: bytes) -> Json:
    """The JSON document in a body. Raises `UnreadableError`."""
    text = text_of(body)
    start = text.lstrip()[:1]
    if start == "<":
        raise UnreadableError("the page answers a web page where its data should be")
    try:
        document: Json = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        raise UnreadableError("the answer is no JSON") from None
    return document


def mapping(value: Json) -> dict[str, Json]:
    """The object, or an empty one."""
    return value if isinstance(value, dict) else {}


def mappings(value: Json) -> list[dict[str, Json]]:
    """The objects in a list; whatever else lies in it is left out."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def text(value: Json) -> str | None:
    """A text without space around it, None where there is none; instatus wraps some in `{"default": …}`."""
    if isinstance(value, dict):
        value = value.get("default", value.get("en"))
    if not isinstance(value, str):
        return None
    shown = " ".join("".join(char if char.isprintable() else " " for char in value[:MAX_CHARS]).split())
    return shown or None


def first_text(source: dict[str, Json], *names: str) -> str | None:
    """The first of these that is a text."""
    return next((found for name in names if (found := text(source.get(name))) is not None), None)


def link(value: Json) -> str | None:
    """An http or https address."""
    found = text(value)
    return found if found is not None and found.startswith(("https://", "http://")) else None
