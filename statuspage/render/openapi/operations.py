"""Every address in words, a row each; `tests/test_docs.py` holds that none is missing."""

from typing import Final

from statuspage.domain.selection import Capability, Preference
from statuspage.render.compare_rows import SORTS
from statuspage.render.openapi import shapes
from statuspage.render.openapi.flags import FLAGS
from statuspage.render.openapi.parts import (
    HTML,
    KEY,
    LANGUAGE,
    NO_HISTORY,
    NO_PAGE,
    PROBLEM,
    SLUG,
    UNKNOWN,
    Answer,
    Operation,
    Param,
    limit,
    moment,
    ok,
    text,
    window,
    wrong,
)
from statuspage.render.openapi.steering import STEERING
from statuspage.render.openapi.surroundings import BADGES, OPERATIONS_OF_OURS, SUBSCRIPTIONS

_CAPABILITIES: Final = tuple(each.value for each in Capability)
_PREFERENCES: Final = tuple(each.value for each in Preference)
_ATOM: Final = "application/atom+xml"
PAGES: Final = (
    Operation(path="/", tag="pages", summary="The page", answers=(text(HTML, "Every public model at a glance."),)),
    Operation(
        path="/models/{slug}",
        tag="pages",
        summary="The page of a model",
        params=(SLUG, window("24h")),
        answers=(
            text(HTML, "Why this colour, evidence, charts of the window, badges to copy."),
            Answer(status=400, description="What to change.", media=HTML),
            NO_PAGE,
            NO_HISTORY,
        ),
    ),
    Operation(
        path="/compare",
        tag="pages",
        summary="Models beside one another",
        params=(
            Param(name="models", example="{key}", description="Keys, joined by commas."),
            window("7d"),
            Param(name="sort", choices=tuple(SORTS), example="uptime", description="The column to sort by."),
        ),
        answers=(text(HTML, "A table."), Answer(status=400, description="What to change.", media=HTML)),
    ),
    Operation(
        path="/incidents", tag="pages", summary="Every incident of the last 90 days", answers=(text(HTML, "Newest first."),)
    ),
    Operation(
        path="/incidents/{id}",
        tag="pages",
        summary="One incident, for good",
        params=(Param(name="id", where="path", required=True, example="{incident}", description="The incident's id."),),
        answers=(text(HTML, "Models, updates, evidence, what was learnt."), NO_PAGE, NO_HISTORY),
    ),
    Operation(
        path="/history",
        tag="pages",
        summary="The year, a cell a day",
        params=(
            Param(name="model", example="{slug}", description="One model instead of all."),
            Param(name="year", example="2026", description="Unasked the newest."),
        ),
        answers=(
            text(HTML, "The worst of each day, and which models."),
            Answer(status=400, description="What to change.", media=HTML),
            NO_PAGE,
            NO_HISTORY,
        ),
    ),
    Operation(
        path="/methodology",
        tag="pages",
        summary="How everything is measured",
        answers=(text(HTML, "Written from the running configuration."),),
    ),
    Operation(path="/schema", tag="pages", summary="This description for people", answers=(text(HTML, "No script is needed."),)),
)

MODELS: Final = (
    Operation(
        path="/api/v1/models",
        tag="models",
        summary="The dropdown document",
        description="Every public model by key. Freshness travels in the data: once `checked_at + max_stale_seconds` has "
        "passed, show the model as grey. Nothing ticks by itself: the document is byte-identical, with one `ETag`, "
        "until something changed. Poll it every `poll_after_seconds`.",
        params=(
            Param(name="keys", example="{key}", description="Only these keys, joined by commas; unknown ones are left out."),
            Param(name="provider", example="moonshot", description="Only the models of this provider."),
            LANGUAGE,
        ),
        answers=(ok(shapes.Dropdown, "The models."),),
    ),
    Operation(
        path="/api/v1/models/{slug}",
        tag="models",
        summary="Everything public about one model",
        params=(SLUG, LANGUAGE),
        answers=(ok(shapes.ModelDetail, "The model."), UNKNOWN),
    ),
    Operation(
        path="/api/v1/models/{slug}/samples",
        tag="models",
        summary="Single probes, oldest first",
        params=(
            SLUG,
            moment("from", "The first moment; a day ago when left out."),
            moment("to", "The moment before which to end; now when left out."),
            limit(500, 10_000),
            Param(name="format", choices=("json", "csv"), default="json", example="json", description="JSON or CSV."),
        ),
        answers=(
            Answer(status=200, description="The probes.", shape=shapes.Samples, also=("text/csv",)),
            wrong(),
            UNKNOWN,
            NO_HISTORY,
        ),
    ),
    Operation(
        path="/api/v1/models/{slug}/uptime",
        tag="models",
        summary="Uptime of a window, day by day",
        params=(SLUG, window("90d")),
        answers=(ok(shapes.UptimeDocument, "The uptime."), wrong(), UNKNOWN),
    ),
    Operation(
        path="/api/v1/models/{slug}/latency",
        tag="models",
        summary="Latencies by hour or day",
        params=(SLUG, window("24h")),
        answers=(ok(shapes.LatencyDocument, "The latencies."), wrong(), UNKNOWN, NO_HISTORY),
    ),
    Operation(
        path="/api/v1/route",
        tag="models",
        summary="Which model to call now, and why",
        description="The cheapest (or fastest) model that is proven to work. Same question, same evidence: same answer.",
        params=(
            Param(
                name="capability",
                choices=_CAPABILITIES,
                default="chat",
                example="chat",
                description="What the model must be able to do.",
            ),
            Param(
                name="max_price",
                schema={"type": "number", "minimum": 0},
                example=1,
                description="The most US dollars of a successful call.",
            ),
            Param(
                name="prefer",
                choices=_PREFERENCES,
                default="price",
                example="price",
                description="What decides among the proven.",
            ),
            Param(name="models", example="{key}", description="Only these keys, joined by commas."),
            Param(
                name="user",
                schema={"type": "string", "maxLength": 200},
                example="u1",
                description="Keeps rollouts steady for somebody.",
            ),
            Param(name="explain", example="1", description="Adds the figures of every candidate."),
        ),
        answers=(
            ok(shapes.Route, "The choice."),
            wrong(),
            Answer(
                status=503,
                description="Nothing is suitable; `rejected` says why of each, `Retry-After` when to ask again.",
                media=PROBLEM,
                shape=shapes.Problem,
            ),
        ),
    ),
    Operation(
        path="/api/v1/compare",
        tag="models",
        summary="Models beside one another, and whether they differ",
        params=(Param(name="models", example="{key}", description="Keys, joined by commas; the first is A."), window("7d")),
        answers=(ok(shapes.Comparison, "The figures, and a verdict on each pair."), wrong()),
    ),
    Operation(
        path="/api/v1/events",
        tag="models",
        summary="What changes, as it changes",
        description="Server-sent events: `snapshot` (the dropdown document), `status`, `incident`, `maintenance`, `fresh`. "
        "`id:` on all but `fresh`; resumes after `Last-Event-ID`.",
        params=(Param(name="Last-Event-ID", where="header", example="1", description="The last event that was read."),),
        answers=(text("text/event-stream", "A stream that lasts half an hour.", "event: snapshot\ndata: {…}\n\n"),),
    ),
    Operation(
        path="/v1/models",
        tag="models",
        summary="OpenAI's list of models, with our status",
        answers=(ok(shapes.OpenAiModels, "The list."),),
    ),
    Operation(
        path="/v1/models/{key}",
        tag="models",
        summary="OpenAI's model object, with our status",
        params=(KEY,),
        answers=(
            ok(shapes.OpenAiModel, "The model."),
            Answer(status=404, description="No public model has this key.", shape=shapes.OpenAiError),
        ),
    ),
)

HAPPENINGS: Final = (
    Operation(
        path="/api/v1/incidents",
        tag="incidents",
        summary="Incidents of the last 90 days",
        answers=(ok(shapes.Incidents, "Newest first, with every update."),),
    ),
    Operation(
        path="/api/v1/maintenance",
        tag="incidents",
        summary="Maintenance under way, to come and over",
        answers=(ok(shapes.Maintenances, "Maintenance."),),
    ),
    Operation(path="/history.atom", tag="incidents", summary="The history as Atom", answers=(text(_ATOM, "A feed."),)),
    Operation(
        path="/history.rss", tag="incidents", summary="The history as RSS", answers=(text("application/rss+xml", "A feed."),)
    ),
    Operation(
        path="/feed.json",
        tag="incidents",
        summary="The history as JSON Feed",
        answers=(ok(shapes.JsonFeed, "A feed.", media="application/feed+json"),),
    ),
    Operation(
        path="/models/{slug}.atom",
        tag="incidents",
        summary="The history of one model as Atom",
        params=(SLUG,),
        answers=(text(_ATOM, "A feed."), NO_PAGE),
    ),
    Operation(
        path="/maintenance.ics",
        tag="incidents",
        summary="Maintenance as a calendar",
        answers=(text("text/calendar", "iCalendar."),),
    ),
)

_V2: Final = (
    ("summary.json", "Everything that is not over", shapes.StatuspageSummary),
    ("status.json", "The state of the page", shapes.StatuspageStatus),
    ("components.json", "Providers as groups, models as components", shapes.StatuspageComponents),
    ("incidents.json", "The 50 newest incidents", shapes.StatuspageIncidents),
    ("incidents/unresolved.json", "The open incidents", shapes.StatuspageIncidents),
    ("scheduled-maintenances.json", "The 50 newest maintenances", shapes.StatuspageMaintenances),
    ("scheduled-maintenances/upcoming.json", "Maintenances that have not begun", shapes.StatuspageMaintenances),
    ("scheduled-maintenances/active.json", "Maintenances under way", shapes.StatuspageMaintenances),
)
STATUSPAGE: Final = tuple(
    Operation(path=f"/api/v2/{name}", tag="statuspage", summary=summary, answers=(ok(shape, "As Atlassian Statuspage has it."),))
    for name, summary, shape in _V2
)

OPERATIONS: Final = (*MODELS, *HAPPENINGS, *FLAGS, *STEERING, *STATUSPAGE, *BADGES, *SUBSCRIPTIONS, *OPERATIONS_OF_OURS, *PAGES)
"""All of them, in the order of the description."""
TAGS: Final = {
    "models": "How models do, for programs.",
    "incidents": "What happened and what is planned.",
    "flags": "Feature flags, for programs and for those who set them.",
    "steering": "Writing incidents, maintenance, overrides and calls of programs, with a token.",
    "statuspage": "Atlassian Statuspage's API v2, exactly.",
    "badges": "Badges, embeds and what they need.",
    "subscriptions": "Being told.",
    "operations": "For those who run it.",
    "pages": "For people.",
}
