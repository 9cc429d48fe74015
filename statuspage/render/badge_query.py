"""What somebody asks of a badge, read from the query string."""

from collections.abc import Mapping
from typing import Final
from unicodedata import category

import msgspec

from statuspage.domain.view import WINDOWS

METRICS: Final = ("status", "uptime", "latency", "ttft")
STYLES: Final = ("flat", "flat-square", "for-the-badge", "plastic")
MAX_LABEL_CHARS: Final = 100
_UNSEEN: Final = ("Cc", "Cs", "Cn", "Co")
_DEFAULT_WINDOWS: Final = {"status": "24h", "uptime": "90d", "latency": "24h", "ttft": "24h"}


class BadgeQuery(msgspec.Struct, frozen=True, kw_only=True):
    """A metric, its window, a style, and the label where the reader wants another than the name."""

    metric: str = "status"
    window: str = "24h"
    style: str = "flat"
    label: str | None = None


class BadgeProblem(msgspec.Struct, frozen=True, kw_only=True):
    """Why a badge cannot be drawn: one sentence that names the choices, for a 400."""

    parameter: str
    detail: str


PLAIN: Final = BadgeQuery()
"""A badge that was asked for without parameters."""


def parse_badge_query(params: Mapping[str, str]) -> BadgeQuery | BadgeProblem:
    """Reads `metric`, `window`, `style` and `label`; other parameters are nobody's business and pass."""
    metric = params.get("metric", "status")
    if metric not in METRICS:
        return _unknown("metric", metric, METRICS)
    window = params.get("window", _DEFAULT_WINDOWS[metric])
    if window not in WINDOWS:
        return _unknown("window", window, WINDOWS)
    style = params.get("style", "flat")
    if style not in STYLES:
        return _unknown("style", style, STYLES)
    label = params.get("label")
    if label is not None and len(label) > MAX_LABEL_CHARS:
        return BadgeProblem(parameter="label", detail=f"label is longer than {MAX_LABEL_CHARS} characters; shorten it")
    return BadgeQuery(metric=metric, window=window, style=style, label=None if label is None else _printable(label))


def _printable(label: str) -> str:
    """The label with a space for whatever no XML document may hold, or nobody sees (XML 1.0 §2.2)."""
    return "".join(" " if category(character) in _UNSEEN else character for character in label)


def _unknown(parameter: str, value: str, choices: tuple[str, ...]) -> BadgeProblem:
    shown = value if len(value) <= MAX_LABEL_CHARS else f"{value[:MAX_LABEL_CHARS]}…"
    return BadgeProblem(parameter=parameter, detail=f"{shown!r} is no {parameter}; choose one of {', '.join(choices)}")
