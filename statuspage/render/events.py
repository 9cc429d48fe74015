"""Server-sent events: what changed, as frames of `text/event-stream` that are made once for all who listen."""

from collections.abc import Iterable, Mapping
from typing import Final

from statuspage.domain.clock import rfc3339
from statuspage.domain.view import ModelView
from statuspage.render.documents import dump, model_object

RETRY: Final = b"retry: 3000\n"
"""Stands in front of a stream's first event: how long a client waits before it comes again, in milliseconds."""
PING: Final = b": ping\n\n"
"""A comment that keeps proxies from taking a quiet stream for a dead one."""


def frame(event: str, data: bytes, event_id: str | None = None) -> bytes:
    """One event; `data` is compact JSON and so has no line break."""
    head = "" if event_id is None else f"id: {event_id}\n"
    return b"".join((f"{head}event: {event}\ndata: ".encode(), data, b"\n\n"))


def status_data(model: ModelView) -> bytes:
    """`{"key", …}`: a model whose status, class, label or reason changed, as in contract §5."""
    return dump({"key": model.key, **model_object(model)})


def fresh_data(checked_at_ms: Mapping[str, int]) -> bytes:
    """`{"checked_at": {KEY: time}}`: models that were checked and are told the same of as before."""
    return dump({"checked_at": {key: rfc3339(at_ms) for key, at_ms in checked_at_ms.items()}})


def checked_at_ms(models: Iterable[ModelView]) -> dict[str, int]:
    """When each model was last judged (UTC milliseconds), by key; those never judged are left out."""
    return {model.key: model.checked_at_ms for model in models if model.checked_at_ms is not None}
