"""Models beside one another as JSON, and whether the first differs from the others."""

import math
from collections.abc import Mapping, Sequence
from typing import Final

from statuspage.domain.abtest import Contrast, Tally, contrast
from statuspage.domain.callcost import typical_call_usd
from statuspage.domain.view import ModelView, PageView, ToolsView, UptimeView
from statuspage.render.documents import Json, dump, uptime_object

_DIGITS: Final = 4


def compare_document(page: PageView, keys: Sequence[str], window: str) -> bytes:
    """`{window, models, unknown, contrasts}`: the figures of each, and the first against each of the others."""
    known = {model.key: model for model in page.models}
    models = [known[key] for key in keys if key in known]
    first, others = models[:1], models[1:]
    return dump(
        {
            "window": window,
            "models": [_figures(model, window) for model in models],
            "unknown": [key for key in keys if key not in known],
            "contrasts": [each for a in first for b in others for each in _contrasts(a, b, window)],
        }
    )


def _figures(model: ModelView, window: str) -> dict[str, Json]:
    uptime = model.uptime.get(window)
    latency = model.latency if window == "24h" else model.latency_by_window.get(window)
    price = model.price
    call = None if price is None else typical_call_usd(price.input, price.output)
    return {
        "model": model.key,
        "name": model.name,
        "status": model.status.value,
        "level": model.level.value,
        "uptime": uptime_object(uptime),
        "first_content_p50": None if latency is None else latency.first_content_p50,
        "first_content_p95": None if latency is None else latency.first_content_p95,
        "tools": _tools(model.tools),
        "usd_per_call": call,
        "usd_per_successful_call": _success_usd(call, uptime),
    }


def _success_usd(call: float | None, uptime: UptimeView | None) -> Mapping[str, Json] | None:
    """`{expected, low, high}`: a call's price ÷ success and its bounds; `high` is what the selector reckons with."""
    if call is None or uptime is None or not uptime.ratio or not uptime.low or not uptime.high:
        return None
    return {"expected": call / uptime.ratio, "low": call / uptime.high, "high": call / uptime.low}


def _tools(view: ToolsView | None) -> Mapping[str, Json] | None:
    """Tool calling over seven days, whatever the window."""
    if view is None:
        return None
    ratio = math.floor(view.passed * 10_000 / view.samples) / 10_000 if view.samples else None
    return {
        "state": view.state,
        "ratio": ratio,
        "low": view.low,
        "high": view.high,
        "passed": view.passed,
        "samples": view.samples,
    }


def _contrasts(a: ModelView, b: ModelView, window: str) -> list[dict[str, Json]]:
    found = [("success", contrast(_succeeded(a, window), _succeeded(b, window), (a.key, b.key)))]
    if a.tools is not None and b.tools is not None:
        tallies = [Tally(each.passed, each.samples) for each in (a.tools, b.tools)]
        found.append(("tools", contrast(tallies[0], tallies[1], (a.key, b.key))))
    return [{"of": of, "a": a.key, "b": b.key, **_told(each)} for of, each in found]


def _succeeded(model: ModelView, window: str) -> Tally:
    """Judged probes and those that succeeded; the ratio is floored to four digits."""
    uptime = model.uptime.get(window)
    if uptime is None or uptime.ratio is None:
        return Tally(0, 0)
    return Tally(min(uptime.samples, math.ceil(uptime.ratio * uptime.samples - 1e-9)), uptime.samples)


def _told(each: Contrast) -> dict[str, Json]:
    figures = {"difference": each.difference, "low": each.low, "high": each.high, "p_value": each.p_value}
    # No reader expects -0.0.
    rounded: dict[str, Json] = {name: None if value is None else round(value, _DIGITS) + 0.0 for name, value in figures.items()}
    return {**rounded, "verdict": each.verdict, "more_calls": each.more}
