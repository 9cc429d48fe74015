"""An override: what an operator has readers told of a model for a time, whatever is measured."""

import msgspec

from statuspage.domain.words import Status


class Override(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`status` is shown, and `use_instead` (a key) named, from `set_at_ms` until `until_ms`; what is None is as measured."""

    key: str
    reason: str
    set_at_ms: int
    until_ms: int
    status: Status | None = None
    use_instead: str | None = None
    author: str | None = None
