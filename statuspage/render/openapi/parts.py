"""What one address is in the description: parameters, answers, and the kinds of both that come again and again."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from statuspage.domain.view import WINDOWS
from statuspage.render.openapi import shapes

JSON: Final = "application/json"
HTML: Final = "text/html"
SVG: Final = "image/svg+xml"
NOT_MODIFIED: Final = 304
"""Has no body."""
PROBLEM: Final = "application/problem+json"


class Param(msgspec.Struct, frozen=True, kw_only=True):
    """A parameter; `example` may hold `{slug}`, `{key}` and `{incident}`, which stand for what is on the page."""

    name: str
    description: str
    where: str = "query"
    choices: tuple[str, ...] = ()
    schema: Mapping[str, Any] = msgspec.field(default_factory=lambda: {"type": "string"})
    default: str | int | None = None
    example: str | int | None = None
    required: bool = False


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One status with its body; without a shape the body is text of that media type."""

    status: int
    description: str
    media: str = JSON
    shape: type[msgspec.Struct] | None = None
    many: bool = False
    """A list of the shape."""
    example: str | None = None
    """Text, for what is no JSON."""
    also: tuple[str, ...] = ()
    """Further media types of the same answer."""


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """One address, read with GET unless it says otherwise."""

    path: str
    tag: str
    summary: str
    description: str = ""
    params: tuple[Param, ...] = ()
    answers: tuple[Answer, ...] = ()
    method: str = "get"
    body: type[msgspec.Struct] | None = None
    scope: str | None = None
    """What a token must be good for; None where everybody may."""


SLUG: Final = Param(
    name="slug", where="path", required=True, example="{slug}",
    description="A model's slug: its key with every run of characters outside `[A-Za-z0-9._-]` turned into one `-`.",
)  # fmt: skip
KEY: Final = Param(
    name="key", where="path", required=True, example="{key}", description="A model's key, `provider/model-id`, slashes and all."
)
LANGUAGE: Final = Param(
    name="lang",
    example="en",
    description="The language of `reason` and `label`: en or zh-CN; `Accept-Language` changes nothing here.",
)


def window(default: str) -> Param:
    """The parameter that chooses a window."""
    return Param(name="window", choices=WINDOWS, default=default, example="7d", description="How far back to look.")


def limit(default: int, most: int) -> Param:
    """The parameter that bounds a list."""
    schema = {"type": "integer", "minimum": 1, "maximum": most}
    return Param(name="limit", schema=schema, default=default, example=50, description="The most entries of one answer.")


def moment(name: str, description: str) -> Param:
    """A parameter that is a time."""
    schema = {"type": "string", "format": "date-time"}
    return Param(name=name, schema=schema, example="2026-11-20T10:00:00Z", description=description)


def ok(shape: type[msgspec.Struct], description: str, *, media: str = JSON, many: bool = False) -> Answer:
    """200 with a JSON document."""
    return Answer(status=200, description=description, media=media, shape=shape, many=many)


def text(media: str, description: str, example: str | None = None, *also: str) -> Answer:
    """200 with anything else."""
    return Answer(status=200, description=description, media=media, example=example, also=also)


def wrong(description: str = "A parameter that cannot be used; `detail` names it and the choices.") -> Answer:
    """400 as a problem."""
    return Answer(status=400, description=description, media=PROBLEM, shape=shapes.Problem)


UNKNOWN: Final = Answer(
    status=404, description="No public model has this slug or key: an unknown and a private model answer alike.",
    media=PROBLEM, shape=shapes.Problem,
)  # fmt: skip
NO_HISTORY: Final = Answer(
    status=503, description="The history cannot be read at the moment; `Retry-After` says when to come back.",
    media=PROBLEM, shape=shapes.Problem,
)  # fmt: skip
NO_PAGE: Final = Answer(status=404, description="There is no page and no public model at this address.", media=HTML)
