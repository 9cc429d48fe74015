"""The dropdown document: every model's state in one JSON object, joined from fragments made once per change."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

import msgspec

from statuspage.domain.clock import rfc3339
from statuspage.domain.view import WINDOWS, LatencyView, ModelView, OfficialView, PageView, PriceView, ToolsView, UptimeView

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
"""What a document may hold."""

SCHEMA_VERSION: Final = 1
_ENCODER: Final = msgspec.json.Encoder()
_NOTHING_MEASURED: Final = UptimeView(ratio=None, low=None, high=None, samples=0, coverage=0.0)


def time_or_null(at_ms: int | None) -> str | None:
    """RFC 3339, or null where the time is unknown."""
    return None if at_ms is None else rfc3339(at_ms)


def dump(value: Mapping[str, Json]) -> bytes:
    """Compact JSON in UTF-8."""
    return _ENCODER.encode(value)


def uptime_object(view: UptimeView | None) -> dict[str, Json]:
    """`{ratio, low, high, samples, coverage}`."""
    view = view or _NOTHING_MEASURED
    return {
        "ratio": view.ratio,
        "low": view.low,
        "high": view.high,
        "samples": view.samples,
        "coverage": view.coverage,
    }


def model_object(model: ModelView) -> dict[str, Json]:
    """One model as contract §5 has it: every key present, in the contract's order."""
    return {
        "slug": model.slug,
        "name": model.name,
        "provider": model.provider,
        "url": model.url,
        "status": model.status.value,
        "level": model.level.value,
        "label": model.label,
        "reason": model.reason,
        "class": model.class_name,
        "fault": None if model.fault is None else model.fault.value,
        "since": time_or_null(model.since_ms),
        "checked_at": time_or_null(model.checked_at_ms),
        "uptime": {window: uptime_object(model.uptime.get(window)) for window in WINDOWS},
        "latency_ms": _latency(model.latency),
        "tools": _tools(model.tools),
        "price": _price(model.price),
        "use_instead": model.use_instead,
        "official": _official(model.official),
        "retires_on": model.retires_on,
        "max_stale_seconds": model.max_stale_seconds,
        "stale": model.stale,
    }


def _latency(view: LatencyView | None) -> dict[str, Json] | None:
    if view is None:
        return None
    return {
        "first_content_p50": view.first_content_p50,
        "first_content_p95": view.first_content_p95,
        "total_p50": view.total_p50,
    }


def _official(view: OfficialView | None) -> dict[str, Json] | None:
    if view is None or view.status is None:
        return None
    return {"status": view.status.value, "checked_at": time_or_null(view.checked_at_ms), "url": view.url}


def _tools(view: ToolsView | None) -> dict[str, Json] | None:
    if view is None:
        return None
    return {"state": view.state, "passed": view.passed, "samples": view.samples, "low": view.low}


def _price(view: PriceView | None) -> dict[str, Json] | None:
    if view is None:
        return None
    return {
        "input": view.input,
        "output": view.output,
        "currency": view.currency,
        "per": view.per,
        "source": view.source,
    }


def fragment(model: ModelView) -> bytes:
    """`"key":{…}`: the model's part of the document."""
    return _ENCODER.encode(model.key) + b":" + _ENCODER.encode(model_object(model))


def assemble(page: PageView, fragments: Iterable[bytes]) -> bytes:
    """The document of contract §5 around the given models' fragments, in their order."""
    head = dump(
        {
            "schema_version": SCHEMA_VERSION,
            "generated_at": rfc3339(page.generated_at_ms),
            "poll_after_seconds": page.poll_after_seconds,
            "max_stale_seconds": page.max_stale_seconds,
            "page": {
                "status": page.status.value,
                "level": page.level.value,
                "title": page.site.title,
                "url": page.site.url,
            },
        }
    )
    return b"".join((head[:-1], b',"models":{', b",".join(fragments), b"}}"))
