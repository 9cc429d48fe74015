"""What every feed tells: an entry for each incident and each maintenance, with all its updates."""

from collections.abc import Sequence
from html import escape
from typing import Final
from urllib.parse import urlsplit

import msgspec

from statuspage.domain.incident import IncidentUpdate
from statuspage.domain.maintenance import Maintenance, first_window
from statuspage.domain.view import ModelView, PageView
from statuspage.render.figures import moment
from statuspage.render.markdown import rendered
from statuspage.render.people_documents import incident_url, maintenance_url

NEWEST: Final = 50
_FORBIDDEN: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF))
"""Characters that XML 1.0 does not know or discourages."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One incident or maintenance as a reader of feeds meets it; `id` never changes."""

    id: str
    url: str
    title: str
    html: str
    published_ms: int
    updated_ms: int
    tags: tuple[str, ...]


def made_of(page: PageView) -> object:
    """Everything the feeds are made of: while it stays, so do they."""
    return page.archive, page.maintenances, [(model.key, model.name) for model in page.models]


def of_model(page: PageView, model: ModelView) -> object:
    """Everything a model's feed is made of."""
    concerned = [each for each in page.archive if model.key in each.models]
    planned = [each for each in page.maintenances if model.key in each.models]
    return model.name, concerned, planned


def entries(page: PageView, key: str | None = None) -> list[Entry]:
    """The 50 newest by their last update, newest first; with `key` those that concern that model."""
    site = page.site.url
    found = [
        Entry(
            id=tag_uri(site, f"Incident/{each.id}"),
            url=incident_url(each.id, site),
            title=clean(each.title),
            html=_html(each.updates),
            published_ms=each.detected_at_ms,
            updated_ms=each.updates[0].at_ms if each.updates else each.detected_at_ms,
            tags=("incident", each.impact),
        )
        for each in page.archive
        if key is None or key in each.models
    ]
    found += [_planned(each, site) for each in page.maintenances if key is None or key in each.models]
    found.sort(key=lambda entry: (-entry.updated_ms, entry.id))
    return found[:NEWEST]


def _planned(maintenance: Maintenance, site: str) -> Entry:
    """A maintenance; of a recurring one what people said of all its windows, so that the entry never goes back."""
    starts_ms, ends_ms = first_window(maintenance)
    recurring = maintenance.rrule is not None
    updates = maintenance.written if recurring else maintenance.updates
    rule = f" · {escape(maintenance.rrule or '')} ({escape(maintenance.zone)})" if recurring else ""
    return Entry(
        id=tag_uri(site, f"Incident/{maintenance.id}"),
        url=maintenance_url(maintenance.id, site),
        title=clean(maintenance.title),
        html=f"<p>{moment(starts_ms)} – {moment(ends_ms)}{rule}</p>{_html(updates)}",
        published_ms=updates[-1].at_ms if updates else starts_ms,
        updated_ms=updates[0].at_ms if updates else starts_ms,
        tags=("maintenance",) if recurring else ("maintenance", maintenance.status),
    )


def updated_ms(found: Sequence[Entry], page: PageView, key: str | None = None) -> int:
    """When a feed last changed: its newest entry, else the first day of what it tells of."""
    seen = [model.first_seen_ms for model in page.models if model.first_seen_ms is not None and key in (None, model.key)]
    return max((entry.updated_ms for entry in found), default=min(seen, default=0))


def tag_uri(site_url: str, name: str) -> str:
    """An id as Statuspage's feeds have it, year included: maintenance is an `Incident` there, too."""
    return f"tag:{tag_host(site_url)},2005:{name}"


def tag_host(site_url: str) -> str:
    """The authority of our tag URIs."""
    return urlsplit(site_url).hostname or "localhost"


def clean(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return text.translate(_FORBIDDEN)


def _html(updates: Sequence[IncidentUpdate]) -> str:
    """Every update, newest first, each with its state in the first `<strong>`, where readers look for it."""
    return clean("".join(_update(each) for each in updates))


def _update(update: IncidentUpdate) -> str:
    state = escape(update.status.replace("_", " ").capitalize())
    author = "" if update.author is None else f" ({escape(update.author)})"
    head = f"<p><small>{moment(update.at_ms)}{author}</small><br><strong>{state}</strong>"
    body = rendered(update.body)
    return f"{head} - {body[len('<p>') :]}" if body.startswith("<p>") else f"{head}</p>{body}"
