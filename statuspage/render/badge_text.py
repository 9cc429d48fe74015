"""What a badge says: label, message and colour, before it is drawn or told to shields.io."""

from collections.abc import Iterable
from statistics import median
from typing import Final

import msgspec

from statuspage.domain.view import LatencyView, ModelView, PageView, UptimeView
from statuspage.domain.words import Status
from statuspage.render.badge_query import PLAIN, BadgeQuery
from statuspage.render.figures import milliseconds, percent
from statuspage.render.language import tr
from statuspage.render.looks import INFORMATION, LOOKS

_GOOD_UPTIME: Final = 0.99
_FAIR_UPTIME: Final = 0.95


class BadgeText(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one badge; `colour` is hexadecimal for our drawing, `shields` a name that shields.io knows."""

    label: str
    message: str
    colour: str
    shields: str
    is_error: bool = False
    status: Status | None = None


def model_badge(model: ModelView, query: BadgeQuery = PLAIN) -> BadgeText:
    """The badge of one model; the label defaults to its name."""
    label = model.name if query.label is None else query.label
    if query.metric == "status":
        return _status(label, model.status)
    if query.metric == "uptime":
        view = model.uptime.get(query.window)
        return _uptime(label, None if view is None else view.ratio, query.window)
    return _figure(label, _milliseconds_of(_latency_of(model, query.window), query.metric), query.window)


def page_badge(page: PageView, query: BadgeQuery = PLAIN) -> BadgeText:
    """The badge of the whole page: its status, the success of all requests together, the median of the models."""
    label = page.site.title if query.label is None else query.label
    if query.metric == "status":
        return _status(label, page.status)
    if query.metric == "uptime":
        views = [view for model in page.models if (view := model.uptime.get(query.window)) is not None]
        return _uptime(label, _together(views), query.window)
    found = [_milliseconds_of(_latency_of(model, query.window), query.metric) for model in page.models]
    known = [value for value in found if value is not None]
    return _figure(label, median(known) if known else None, query.window)


def unknown_badge(query: BadgeQuery = PLAIN) -> BadgeText:
    """The badge of a model that nobody knows or that is not public: both look alike."""
    return BadgeText(
        label="model" if query.label is None else query.label,
        message=tr("unknown"),
        colour=LOOKS[Status.NO_DATA].colour,
        shields=LOOKS[Status.NO_DATA].shields,
        is_error=True,
    )


def _status(label: str, status: Status) -> BadgeText:
    look = LOOKS[status]
    return BadgeText(
        label=label,
        message=tr(look.message),
        colour=look.colour,
        shields=look.shields,
        is_error=status is Status.NO_DATA,
        status=status,
    )


def _uptime(label: str, ratio: float | None, window: str) -> BadgeText:
    if ratio is None:
        return _not_measured(label, window)
    status = Status.MAJOR_OUTAGE
    if ratio >= _FAIR_UPTIME:
        status = Status.OPERATIONAL if ratio >= _GOOD_UPTIME else Status.DEGRADED_PERFORMANCE
    look = LOOKS[status]
    return BadgeText(label=label, message=f"{percent(ratio)} ({window})", colour=look.colour, shields=look.shields)


def _figure(label: str, value: float | None, window: str) -> BadgeText:
    if value is None:
        return _not_measured(label, window)
    return BadgeText(label=label, message=f"{milliseconds(value)} ({window})", colour=INFORMATION, shields="blue")


def _not_measured(label: str, window: str) -> BadgeText:
    look = LOOKS[Status.NO_DATA]
    return BadgeText(
        label=label, message=f"{tr(look.message)} ({window})", colour=look.colour, shields=look.shields, is_error=True
    )


def _latency_of(model: ModelView, window: str) -> LatencyView | None:
    return model.latency if window == "24h" else model.latency_by_window.get(window)


def _milliseconds_of(view: LatencyView | None, metric: str) -> int | None:
    if view is None:
        return None
    return view.total_p50 if metric == "latency" else view.first_content_p50


def _together(views: Iterable[UptimeView]) -> float | None:
    good, judged = 0.0, 0
    for view in views:
        if view.ratio is not None:
            good += view.ratio * view.samples
            judged += view.samples
    return good / judged if judged else None
