"""What the shapes have in common: figures with their bounds, and errors."""

from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta


class Shape(msgspec.Struct, forbid_unknown_fields=True):
    """A document or a part of one; every key is always there."""


Time: TypeAlias = Annotated[
    str,
    Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", description="UTC, RFC 3339 with milliseconds.",
         extra_json_schema={"format": "date-time"}),
]  # fmt: skip
Day: TypeAlias = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\d$", description="A day.", extra_json_schema={"format": "date"})]
Share: TypeAlias = Annotated[float, Meta(ge=0, le=1)]
Count: TypeAlias = Annotated[int, Meta(ge=0)]
Milliseconds: TypeAlias = Annotated[float, Meta(ge=0, description="Milliseconds.")]
Usd: TypeAlias = Annotated[float, Meta(ge=0, description="US dollars.")]
Key: TypeAlias = Annotated[str, Meta(min_length=3, description="`provider/model-id`, stable for ever.")]
Slug: TypeAlias = Annotated[str, Meta(pattern=r"^[A-Za-z0-9._-]+$", description="The key as it stands in addresses.")]
ClassName: TypeAlias = Annotated[str, Meta(description="What happened, one word of docs/classes.md.")]
Window: TypeAlias = Literal["24h", "7d", "30d", "90d"]
Impact: TypeAlias = Literal["none", "minor", "major", "critical"]
Availability: TypeAlias = Literal["available", "none_reported", "unsupported", "fetch_failed", "not_attempted"]


class Problem(msgspec.Struct, kw_only=True):
    """Problem details (RFC 9457)."""

    type: str
    title: Annotated[str, Meta(description="The kind of problem.")]
    status: Annotated[int, Meta(ge=400, le=599)]
    detail: Annotated[str, Meta(description="The case at hand, and the remedy.")]


class OpenAiErrorBody(Shape):
    """What went wrong, as OpenAI's API says it."""

    message: str
    type: str
    param: str | None
    code: str | None


class OpenAiError(Shape):
    """The error shape of OpenAI's API."""

    error: OpenAiErrorBody
