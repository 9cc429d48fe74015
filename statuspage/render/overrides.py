"""Overrides as the operator's commands and API have them."""

from statuspage.domain.clock import rfc3339
from statuspage.domain.override import Override
from statuspage.render.documents import Json


def override_object(override: Override) -> dict[str, Json]:
    """`{model, status, use_instead, reason, author, set_at, until}`; what is null is as measured."""
    return {
        "model": override.key,
        "status": None if override.status is None else override.status.value,
        "use_instead": override.use_instead,
        "reason": override.reason,
        "author": override.author,
        "set_at": rfc3339(override.set_at_ms),
        "until": rfc3339(override.until_ms),
    }
