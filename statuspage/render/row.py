"""What one row of the front page needs beyond the model itself."""

from typing import Final

from jinja2 import Template

from statuspage.domain.view import ModelView, UptimeView
from statuspage.domain.words import Status
from statuspage.render.bars import bars
from statuspage.render.chart import sparkline

_WELL: Final = (Status.OPERATIONAL,)
UNMEASURED: Final = UptimeView(ratio=None, low=None, high=None, samples=0, coverage=0.0)


def render_row(template: Template, model: ModelView) -> str:
    """The model's row: shape, name, word, bars, uptime, first word, price, and why where it is not well."""
    return template.render(
        model=model,
        bars=bars(model.days),
        uptime=model.uptime.get("90d", UNMEASURED),
        first_ms=None if model.latency is None else model.latency.first_content_p50,
        spark=sparkline(model.hours),
        unwell=model.status not in _WELL,
    )
