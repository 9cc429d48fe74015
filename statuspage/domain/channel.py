"""A channel as operators see it."""

import msgspec


class ChannelState(msgspec.Struct, frozen=True, kw_only=True):
    """A configured channel, without its addresses and secrets; `waiting` messages, the oldest due at `due_ms`."""

    name: str
    kind: str
    format: str
    audience: str
    quiet: bool
    remind_every_s: float | None
    waiting: int
    due_ms: int | None
