"""Models beside one another: which, in which order, with which figures."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final
from urllib.parse import quote

import msgspec

from statuspage.domain.callcost import typical_call_usd, usd_per_success
from statuspage.domain.speed import tokens_per_second
from statuspage.domain.view import ModelView, PageView, PriceView, ToolsView, UptimeView
from statuspage.domain.words import Status
from statuspage.render.methodology import unmistakable
from statuspage.render.row import UNMEASURED

MOST: Final = 12
"""So many models fit beside one another."""
DEFAULT_WINDOW: Final = "30d"
_FEW: Final = 4
_NOISE: Final = re.compile(r"[^a-z0-9]+")


class CompareRow(msgspec.Struct, frozen=True):
    """One model: milliseconds, tokens a second, US dollars; None is not known."""

    key: str
    slug: str
    name: str
    """With the provider where several models have the same name."""
    plain: str
    provider: str
    status: Status
    uptime: UptimeView
    first_p50: int | None
    first_p95: int | None
    tokens_s: int | None
    tools: ToolsView | None
    price: PriceView | None
    call_usd: float | None
    """Of a typical call that succeeds."""


_Figure = Callable[[CompareRow], float | None]
SORTS: Final[dict[str, _Figure]] = {
    "uptime": lambda row: None if row.uptime.ratio is None else -row.uptime.ratio,
    "p50": lambda row: row.first_p50,
    "p95": lambda row: row.first_p95,
    "speed": lambda row: None if row.tokens_s is None else -row.tokens_s,
    "tools": lambda row: None if row.tools is None or not row.tools.samples else -row.tools.low,
    "input": lambda row: None if row.price is None else row.price.input,
    "output": lambda row: None if row.price is None else row.price.output,
    "cost": lambda row: row.call_usd,
}
"""What the table can be sorted by, the best first; what is not known comes last."""


def compared(page: PageView, keys: Iterable[str], window: str, sort: str | None = None) -> tuple[CompareRow, ...]:
    """The public models among the keys, in the order of the keys or sorted."""
    models = {model.key: model for model in page.models}
    names = unmistakable(page)
    rows = [_row(page, models[key], names[key], window) for key in keys if key in models]
    if sort is not None:
        figure = SORTS[sort]
        rows.sort(key=lambda row: (figure(row) is None, figure(row) or 0.0))
    return tuple(rows)


def _row(page: PageView, model: ModelView, name: str, window: str) -> CompareRow:
    uptime = model.uptime.get(window, UNMEASURED)
    latency = model.latency if window == "24h" else model.latency_by_window.get(window)
    speed = tokens_per_second(model.evidence)
    call = None if model.price is None else typical_call_usd(model.price.input, model.price.output)
    return CompareRow(
        key=model.key,
        slug=model.slug,
        name=name,
        plain=model.name,
        provider=page.provider_names.get(model.provider, model.provider),
        status=model.status,
        uptime=uptime,
        first_p50=None if latency is None else latency.first_content_p50,
        first_p95=None if latency is None else latency.first_content_p95,
        tokens_s=None if speed is None else _calm(speed),
        tools=model.tools,
        price=model.price,
        call_usd=None if call is None else usd_per_success(call, uptime.low),
    )


def _calm(speed: float) -> int:
    """Two digits: the third is noise, and a page must not change with every probe."""
    step = 1 if speed < 100 else 10 if speed < 1000 else 100
    return max(1, round(speed / step) * step)


def usual_choice(models: Sequence[ModelView]) -> tuple[str, ...]:
    """What is compared unasked: the model that most providers serve, at all of them; else the first few."""
    served: dict[str, list[ModelView]] = {}
    for model in models:
        if model.status is not Status.RETIRED:
            served.setdefault(_NOISE.sub("", model.key.rsplit("/", 1)[-1].lower()), []).append(model)
    widest = max(served.values(), key=lambda some: len({model.provider for model in some}), default=[])
    if len({model.provider for model in widest}) > 1:
        return tuple(model.key for model in widest[:MOST])
    return tuple(model.key for model in models[:_FEW])


def address(keys: Iterable[str], window: str, sort: str | None) -> str:
    """Where this comparison is found again."""
    parts = [f"models={','.join(quote(key, safe='/') for key in keys)}"]
    if window != DEFAULT_WINDOW:
        parts.append(f"window={window}")
    if sort is not None:
        parts.append(f"sort={sort}")
    return f"/compare?{'&'.join(parts)}"
