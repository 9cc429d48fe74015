"""What the front page says above and between its rows: headline, since when, groups in order."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from markupsafe import Markup

from statuspage.domain.view import ModelView, PageView
from statuspage.domain.words import Status
from statuspage.render.figures import duration
from statuspage.render.language import tr
from statuspage.render.looks import LOOKS, NOT_WELL_FIRST

FILTER_FROM: Final = 12
"""A filter box appears from this many models on."""

RESOLVED: Final = 10
"""So many resolved incidents stand below the models; the timeline has them all."""
COMING: Final = ("in_progress", "scheduled")
"""Maintenance that readers are told of: under way, or to come."""
_RANK: Final = {status: rank for rank, status in enumerate(NOT_WELL_FIRST)}
_SILENT: Final = (Status.RETIRED, Status.NO_DATA)


class Group(msgspec.Struct, frozen=True):
    """One provider's models, those not well first."""

    provider: str
    name: str
    count: int
    unwell: int
    rows: Markup


def groups(page: PageView, rows: Mapping[str, str]) -> list[Group]:
    """Providers in the order of their first model; `rows` by model key, already rendered."""
    by_provider: dict[str, list[ModelView]] = {}
    for model in page.models:
        by_provider.setdefault(model.provider, []).append(model)
    return [
        Group(
            provider,
            page.provider_names.get(provider, provider),
            len(models),
            sum(model.status not in (Status.OPERATIONAL, Status.RETIRED) for model in models),
            Markup("".join(rows[model.key] for model in sorted(models, key=_rank))),  # noqa: S704 - rows are rendered, escaped
        )
        for provider, models in by_provider.items()
    ]


def _rank(model: ModelView) -> int:
    return _RANK[model.status]


def sentence(page: PageView) -> str:
    """The page's own headline, or a plain count where it brings none."""
    if page.sentence:
        return page.sentence
    counted = [model for model in page.models if model.status is not Status.RETIRED]
    well = sum(model.status is Status.OPERATIONAL for model in counted)
    if not counted:
        return tr("Nothing is measured yet.")
    if well == len(counted):
        return (
            tr("All {count} models work.").format(count=well) if well > 1 else tr("{model} works.").format(model=counted[0].name)
        )
    elsewhere = tr(LOOKS[page.status].word).lower()
    return tr("{count} of {of} models work; {status} elsewhere.").format(count=well, of=len(counted), status=elsewhere)


def since_ms(page: PageView) -> int | None:
    """When the page's status began: the first of the models that cause it, or the last that became well."""
    if page.status is Status.OPERATIONAL:
        return max((model.since_ms for model in page.models if model.since_ms is not None), default=None)
    worst = next((status for status in NOT_WELL_FIRST if any(model.status is status for model in page.models)), None)
    return min((model.since_ms for model in page.models if model.status is worst and model.since_ms is not None), default=None)


def measured_ms(models: Sequence[ModelView]) -> int | None:
    """The newest judged measurement."""
    return max((model.checked_at_ms for model in models if model.checked_at_ms is not None), default=None)


def next_ms(models: Sequence[ModelView]) -> int | None:
    """When the next measurement is due, among models that are measured at all."""
    due = [
        model.checked_at_ms + round(model.interval_seconds * 1000)
        for model in models
        if model.checked_at_ms is not None and model.status not in _SILENT
    ]
    return min(due, default=None)


def cadence(models: Sequence[ModelView]) -> str:
    """How often models are asked: `every 5 minutes`, or from … to …."""
    intervals = [model.interval_seconds for model in models]
    if not intervals:
        return tr("at its own pace")
    if min(intervals) == max(intervals):
        return tr("every {time}").format(time=duration(intervals[0]))
    return tr("every {least} to {most}").format(least=duration(min(intervals)), most=duration(max(intervals)))
