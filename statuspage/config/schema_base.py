"""What the sections of the file are made of: texts with a meaning of their own, and the rule that every key is known.

Texts that need more than a type (durations, URLs, references) carry the name of their check, which `values` looks up.
"""

from typing import Annotated

from msgspec import Meta, Struct

from statuspage.config.durations import DURATION_PATTERN
from statuspage.domain.model import MAX_ID_CHARS

MAX_NAME_CHARS = 200
REFERENCE_PATTERN = r"^(env:.+|file:.+|systemd:.+|op://.+/.+)$|\$"

Duration = Annotated[
    str,
    Meta(extra={"check": "duration"}, extra_json_schema={"pattern": DURATION_PATTERN}),
]
"""Number and unit, such as `5m`, `1h30m`, `0.2s`."""
Retained = Annotated[
    str,
    Meta(extra={"check": "retained"}, extra_json_schema={"pattern": f"{DURATION_PATTERN}|^forever$"}),
]
"""A duration or `forever`."""
HttpUrl = Annotated[str, Meta(extra={"check": "http_url"}, extra_json_schema={"format": "uri"})]
"""Absolute, http or https."""
Reference = Annotated[
    str,
    Meta(extra={"check": "reference", "secret": True}, extra_json_schema={"pattern": REFERENCE_PATTERN}),
]
"""Where a secret is kept: `env:NAME`, `file:/path`, `systemd:name` or `op://vault/item/field`."""
Text = Annotated[str, Meta(min_length=1, max_length=MAX_NAME_CHARS)]
ModelId = Annotated[str, Meta(min_length=1, max_length=MAX_ID_CHARS)]
Glob = Annotated[str, Meta(min_length=1)]
Usd = Annotated[float, Meta(ge=0)]


class Section(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A mapping of the file whose keys are all known."""
