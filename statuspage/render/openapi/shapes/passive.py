"""What programs tell of their own calls."""

from typing import Annotated

import msgspec
from msgspec import Meta

from statuspage.domain.passive import CLASS_NAMES, MOST_CALLS, MOST_MODEL_CHARS, MOST_USD, OLDEST_MS
from statuspage.render.openapi.shapes.base import Count, Milliseconds, Shape


class CallTokens(Shape, kw_only=True):
    """The tokens of a call."""

    input: Count | None = None
    output: Count | None = None
    reasoning: Count | None = None


class ToldCall(Shape, kw_only=True):
    """One call; `id` is its own for ever, so that a batch that is sent again counts once."""

    id: Annotated[str, Meta(min_length=1, max_length=100)]
    model: Annotated[str, Meta(min_length=1, max_length=MOST_MODEL_CHARS, description="A key, `provider/model-id`.")]
    age_ms: Annotated[int, Meta(ge=0, le=OLDEST_MS, description="How long before the sending it began, in milliseconds.")]
    class_name: Annotated[
        str, Meta(description="What happened, one word of docs/classes.md.", extra_json_schema={"enum": list(CLASS_NAMES)})
    ] = msgspec.field(name="class")
    http_status: Annotated[int, Meta(ge=100, le=599)] | None = None
    first_content_ms: Milliseconds | None = None
    total_ms: Milliseconds | None = None
    tokens: CallTokens | None = None
    cost_usd: Annotated[float, Meta(ge=0, le=MOST_USD, description="US dollars; null lets a known price tell it.")] | None = None


class ToldCalls(Shape):
    """A batch of calls."""

    calls: Annotated[tuple[ToldCall, ...], Meta(max_length=MOST_CALLS)]


class TakenCalls(Shape):
    """What became of a batch."""

    accepted: Annotated[int, Meta(ge=0, description="Kept.")]
    repeated: Annotated[int, Meta(ge=0, description="Known already, and not counted again.")]
    unknown: Annotated[tuple[str, ...], Meta(description="Keys that no public model has; their calls are not kept.")]
