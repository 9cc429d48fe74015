"""Feature flags: set by people, evaluated for programs (OFREP 0.3)."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from statuspage.render.openapi.shapes.base import Shape, Time

_Reason = Literal["STATIC", "TARGETING_MATCH", "SPLIT", "DISABLED", "UNKNOWN"]
_Code = Literal["PARSE_ERROR", "TARGETING_KEY_MISSING", "INVALID_CONTEXT", "FLAG_NOT_FOUND", "GENERAL"]
_Percent = Annotated[float, Meta(ge=0, le=100)]


class RolloutStanding(Shape):
    """How far evidence lets a flag go: percent of users, what the evidence says, and since when."""

    percent: Annotated[int, Meta(ge=0, le=100)]
    evidence: Literal["met", "broken", "unknown", "off"]
    since: Time
    why: str


class Flag(Shape):
    """A flag as people set it; `percent` is null where users are not dealt by percentage."""

    key: str
    state: Literal["on", "off"]
    percent: _Percent | None
    variants: dict[str, Any]
    default_variant: str | None
    metadata: dict[str, Any]
    rollout: RolloutStanding | None


class Flags(Shape):
    """Every flag of the file; `error` is why the file cannot be used."""

    flags: tuple[Flag, ...]
    error: str | None


class FlagSetting(Shape, kw_only=True):
    """Switches a flag, or deals it to so many percent of users; what is left out stays."""

    state: Literal["on", "off"] | None = None
    percent: Annotated[int, Meta(ge=0, le=100)] | None = None


class FlagContext(msgspec.Struct, kw_only=True):
    """For whom to evaluate: `targetingKey`, and whatever else is known of them."""

    context: dict[str, Any] = {}


class FlagEvaluation(Shape, kw_only=True):
    """A value with its variant; without `value` the program's own default holds."""

    key: str
    reason: _Reason
    variant: str
    value: Any = None
    metadata: dict[str, Any]


class FlagFailure(Shape, kw_only=True):
    """Why there is no value; `key` where one flag was asked for."""

    key: str | None = None
    errorCode: _Code  # noqa: N815 - the protocol's name
    errorDetails: str  # noqa: N815 - as above


class FlagStream(Shape):
    """Where changes are told."""

    type: str
    url: str
    inactivityDelaySec: int  # noqa: N815 - the protocol's name


class FlagEvaluations(Shape, kw_only=True):
    """All flags for somebody: evaluations, and failures where a targeting fails."""

    flags: tuple[dict[str, Any], ...]
    metadata: dict[str, Any]
    eventStreams: tuple[FlagStream, ...]  # noqa: N815 - the protocol's name
