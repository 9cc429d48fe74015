"""What an evaluation of a feature flag comes to (OpenFeature's remote evaluation protocol 0.3)."""

from collections.abc import Mapping
from typing import Any

import msgspec

Metadata = Mapping[str, str | int | float | bool]
Context = Mapping[str, Any]
"""Whom a flag is evaluated for: `targetingKey` and whatever else the client says of them."""


class Evaluation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A value with its variant; where there is no `value` the client uses its own default.

    `reason` is `STATIC`, `TARGETING_MATCH`, `SPLIT` or `DISABLED`.
    """

    key: str
    reason: str
    variant: str
    value: Any = msgspec.UNSET
    metadata: Metadata


class Failure(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Why a flag has no value: `PARSE_ERROR`, `TARGETING_KEY_MISSING`, `INVALID_CONTEXT`, `FLAG_NOT_FOUND` or `GENERAL`."""

    key: str
    error_code: str
    error_details: str
