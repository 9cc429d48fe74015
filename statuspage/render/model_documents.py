"""JSON about one model: its own document, uptime by day, latency over time, samples (contract §5a)."""

import csv
import io
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from statuspage.domain.clock import rfc3339
from statuspage.domain.sample import Sample
from statuspage.domain.view import DayView, LatencyPoint, ModelView, ProgramsView, WatchingView
from statuspage.render.documents import Json, dump, model_object, time_or_null, uptime_object
from statuspage.render.lifecycle import event_object, lifecycle_object
from statuspage.render.official import official_object
from statuspage.render.tools import tool_cases_object

if TYPE_CHECKING:
    from statuspage.domain.ports import StoredSample

WINDOW_DAYS: Final = {"24h": 1, "7d": 7, "30d": 30, "90d": 90}
"""How many days before today a window reaches into; today comes on top for `24h`."""


def model_document(model: ModelView) -> bytes:
    """Everything public about one model: the object of §5, its key, its days, hours and newest probes."""
    return dump(
        {
            "key": model.key,
            **model_object(model),
            "decided_by": model.decided_by,
            "interval_seconds": model.interval_seconds,
            "first_seen": time_or_null(model.first_seen_ms),
            "days": [_day(day) for day in model.days],
            "hours": [_point(point) for point in model.hours],
            "evidence": [_evidence(sample) for sample in model.evidence],
            "tool_cases": tool_cases_object(model.tools),
            "official_note": None if model.official is None else model.official.note,
            "official_page": official_object(model.official),
            "price_as_of": None if model.price is None else model.price.as_of,
            "watching": _watching(model.watching),
            "programs": _programs(model.programs),
            "lifecycle": lifecycle_object(model.lifecycle),
            "events": [] if model.lifecycle is None else [event_object(event) for event in model.lifecycle.events],
        }
    )


def _watching(view: WatchingView | None) -> dict[str, Json] | None:
    """`{month: {probes, cost_usd, projected_usd}, week: {cost_usd, proves_uptime}}`; null is what is not known."""
    if view is None:
        return None
    return {
        "month": {"probes": view.probes, "cost_usd": view.cost_usd, "projected_usd": view.projected_usd},
        "week": {"cost_usd": view.week_usd, "proves_uptime": math.floor(view.week_proves * 10_000) / 10_000},
    }


def _programs(view: ProgramsView | None) -> dict[str, Json] | None:
    """`{calls, judged, answered, classes}` of the last 24 hours; null where no program told of a call."""
    if view is None:
        return None
    return {"calls": view.calls, "judged": view.judged, "answered": view.answered, "classes": dict(view.classes)}


def uptime_document(model: ModelView, window: str) -> bytes:
    """Uptime of one window (`24h`, `7d`, `30d`, `90d`) with the days it touches, oldest first."""
    count = 2 if window == "24h" else WINDOW_DAYS[window]
    return dump(
        {
            "model": model.key,
            "window": window,
            **uptime_object(model.uptime.get(window)),
            "days": [_day(day) for day in model.days[-count:]],
        }
    )


def latency_document(key: str, window: str, points: Sequence[LatencyPoint]) -> bytes:
    """Latencies over one window, oldest first: hours for `24h`, days for the rest."""
    return dump({"model": key, "window": window, "points": [_point(point) for point in points]})


def samples_document(key: str, samples: "Sequence[StoredSample]", following: str | None) -> bytes:
    """Samples oldest first; `following` is where the next page begins, or None at the end."""
    return dump({"model": key, "samples": [_sample(stored) for stored in samples], "next": following})


_COLUMNS: Final = (
    "id", "at", "kind", "judgement", "class", "fault", "http_status", "first_content_ms", "total_ms",
    "input_tokens", "output_tokens", "reasoning_tokens", "cost_usd", "vantage", "request_id",
)  # fmt: skip
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def samples_csv(samples: "Sequence[StoredSample]") -> bytes:
    """The same samples as CSV (RFC 4180) with a header line; an unknown value is an empty cell.

    A vendor's text that a spreadsheet would take for a formula is kept from it by a leading apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for stored in samples:
        sample, tokens = stored.sample, stored.sample.tokens
        request_id = sample.request_id
        if request_id is not None and request_id.startswith(_FORMULA_STARTS):
            request_id = f"'{request_id}"
        writer.writerow(
            (
                stored.id, rfc3339(sample.at_ms), sample.kind.value, sample.judgement.value, sample.class_name,
                sample.fault.value, sample.http_status, sample.timings_ms.first_content, sample.timings_ms.total,
                tokens.input, tokens.output, tokens.reasoning, sample.cost_usd, stored.vantage, request_id,
            )
        )  # fmt: skip
    return out.getvalue().encode()


def _sample(stored: "StoredSample") -> dict[str, Json]:
    sample = stored.sample
    return {
        "id": stored.id,
        "at": rfc3339(sample.at_ms),
        "kind": sample.kind.value,
        "judgement": sample.judgement.value,
        "class": sample.class_name,
        "fault": sample.fault.value,
        "http_status": sample.http_status,
        "first_content_ms": sample.timings_ms.first_content,
        "total_ms": sample.timings_ms.total,
        "tokens": _tokens(sample),
        "cost_usd": sample.cost_usd,
        "vantage": stored.vantage,
        "request_id": sample.request_id,
    }


def _tokens(sample: Sample) -> dict[str, Json]:
    tokens = sample.tokens
    return {"input": tokens.input, "output": tokens.output, "reasoning": tokens.reasoning}


def _evidence(sample: Sample) -> dict[str, Json]:
    timings = sample.timings_ms
    return {
        "at": rfc3339(sample.at_ms),
        "kind": sample.kind.value,
        "judgement": sample.judgement.value,
        "class": sample.class_name,
        "fault": sample.fault.value,
        "http_status": sample.http_status,
        "error_type": sample.error_type,
        "phase": None if sample.phase is None else sample.phase.value,
        "message": sample.message,
        "evidence": sample.evidence,
        "timings_ms": {
            "resolve": timings.resolve,
            "connect": timings.connect,
            "tls": timings.tls,
            "headers": timings.headers,
            "first_event": timings.first_event,
            "first_content": timings.first_content,
            "total": timings.total,
            "max_gap": timings.max_gap,
        },
        "tokens": _tokens(sample),
        "served_model": sample.served_model,
        "served_by": sample.served_by,
        "request_id": sample.request_id,
    }


def _day(day: DayView) -> dict[str, Json]:
    spent = day.minutes
    return {
        "date": day.date,
        "ratio": day.ratio,
        "judged": day.judged,
        "failed": day.failed,
        "excluded": day.excluded,
        "minutes": {
            "major_outage": spent.major_outage,
            "partial_outage": spent.partial_outage,
            "degraded_performance": spent.degraded_performance,
            "under_maintenance": spent.under_maintenance,
            "no_data": spent.no_data,
        },
        "incidents": list(day.incidents),
    }


def _point(point: LatencyPoint) -> dict[str, Json]:
    return {
        "at": rfc3339(point.at_ms),
        "first_content_p50": point.first_content_p50,
        "first_content_p95": point.first_content_p95,
        "total_p50": point.total_p50,
        "total_p95": point.total_p95,
    }
