"""The page that sets models beside one another."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from jinja2 import Environment

from statuspage.domain.callcost import TYPICAL_INPUT, TYPICAL_OUTPUT
from statuspage.domain.view import WINDOWS, PageView
from statuspage.render.chart import nice_top
from statuspage.render.compare_rows import (
    DEFAULT_WINDOW,
    MOST,
    SORTS,
    CompareRow,
    address,
    compared,
    usual_choice,
)
from statuspage.render.icon import icon
from statuspage.render.sheets import Sheet
from statuspage.render.spans import Spans, floor_of_uptimes, spans

PATH: Final = "/compare"


class Compare:
    """`/compare`."""

    def __init__(self, environment: Environment) -> None:
        self._template: Final = environment.get_template("compare.html")

    def sheets(self, page: PageView) -> list[Sheet]:
        """The page as it answers unasked."""
        keys = usual_choice(page.models)
        shows = (page.site, compared(page, keys, DEFAULT_WINDOW), [(model.key, model.name) for model in page.models])
        return [Sheet(path=PATH, shows=shows, body=lambda: self.page(page, keys), takes_query=True)]

    def page(
        self, page: PageView, keys: Sequence[str], window: str = DEFAULT_WINDOW, sort: str | None = None, *, asked: bool = False
    ) -> bytes:
        """These models in a window, keys that nobody knows named as such; `asked` says that a reader chose them."""
        rows = compared(page, keys, window, sort)
        known = {row.key for row in rows}
        chosen = [key for key in keys if key in known]
        return self._template.render(
            page=page,
            site=page.site,
            icon=icon(page.status),
            rows=rows,
            chosen=known,
            asked=asked,
            unknown=[key for key in keys if key not in known],
            window=window,
            windows=[(each, address(chosen, each, sort)) for each in WINDOWS],
            sort=sort,
            sorts={name: address(chosen, window, name) for name in SORTS},
            canonical=address(chosen, DEFAULT_WINDOW, None),
            latencies=_latencies(rows),
            uptimes=_uptimes(rows),
            providers=[
                (page.provider_names.get(provider, provider), list(some))
                for provider, some in groupby(page.models, key=lambda model: model.provider)
            ],
            most=MOST,
            typical=(TYPICAL_INPUT, TYPICAL_OUTPUT),
        ).encode()


def _latencies(rows: Sequence[CompareRow]) -> Spans | None:
    ranges = [
        None if row.first_p50 is None else (float(row.first_p50), float(row.first_p50), float(row.first_p95 or row.first_p50))
        for row in rows
    ]
    known = [each[2] for each in ranges if each is not None]
    return spans(ranges, 0.0, float(nice_top(round(max(known))))) if known else None


def _uptimes(rows: Sequence[CompareRow]) -> Spans | None:
    ranges = []
    for row in rows:
        ratio, low, high = row.uptime.ratio, row.uptime.low, row.uptime.high
        ranges.append(None if ratio is None or low is None or high is None else (low, ratio, high))
    known = [each[0] for each in ranges if each is not None]
    return spans(ranges, floor_of_uptimes(min(known)), 1.0) if known else None
