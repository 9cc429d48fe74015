"""The addresses around the models in words: badges, subscriptions, and what operators read."""

from typing import Final

from statuspage.render.badge_query import METRICS, STYLES
from statuspage.render.embed import THEMES
from statuspage.render.openapi import shapes
from statuspage.render.openapi.parts import (
    HTML,
    JSON,
    NO_PAGE,
    PROBLEM,
    SLUG,
    SVG,
    UNKNOWN,
    Answer,
    Operation,
    Param,
    ok,
    text,
    window,
    wrong,
)

_PLAIN: Final = "text/plain"
_OPEN_METRICS: Final = "application/openmetrics-text"
_BADGE_PARAMS: Final = (
    Param(name="metric", choices=METRICS, default="status", example="uptime", description="What the badge tells."),
    window("24h"),
    Param(
        name="label",
        schema={"type": "string", "maxLength": 100},
        description="The left side; the model's name when left out.",
        example="Kimi",
    ),
    Param(name="style", choices=STYLES, default="flat", example="flat", description="How the badge looks."),
)
_TOKEN: Final = Param(name="token", where="path", required=True, example="unknown", description="The secret of a letter's link.")

_GREY: Final = Answer(status=404, description="A grey badge that says “unknown”.", media=SVG)
BADGES: Final = (
    Operation(
        path="/badge/{slug}.svg",
        tag="badges",
        summary="A badge",
        description="200 whatever the status.",
        params=(SLUG, *_BADGE_PARAMS),
        answers=(text(SVG, "The badge."), wrong(), _GREY),
    ),
    Operation(
        path="/badge/{slug}.json",
        tag="badges",
        summary="A badge for shields.io",
        params=(SLUG, *_BADGE_PARAMS),
        answers=(ok(shapes.Shields, "shields.io's endpoint badge."), wrong(), UNKNOWN),
    ),
    Operation(
        path="/badge/{slug}.dot.svg",
        tag="badges",
        summary="The dot alone",
        params=(SLUG,),
        answers=(text(SVG, "The dot."), _GREY),
    ),
    Operation(
        path="/badge/all.dot.svg",
        tag="badges",
        summary="The page's dot alone",
        answers=(text(SVG, "The dot."),),
    ),
    Operation(
        path="/badge/all.svg",
        tag="badges",
        summary="The page's badge",
        params=_BADGE_PARAMS,
        answers=(text(SVG, "The badge."), wrong()),
    ),
    Operation(
        path="/badge/all.json",
        tag="badges",
        summary="The page's badge for shields.io",
        params=_BADGE_PARAMS,
        answers=(ok(shapes.Shields, "shields.io's endpoint badge."), wrong()),
    ),
    Operation(
        path="/embed.js",
        tag="badges",
        summary="<llm-status> and select[data-llm-status]",
        answers=(text("text/javascript", "An ES module."),),
    ),
    Operation(
        path="/embed/{slug}",
        tag="badges",
        summary="One model for an iframe",
        params=(SLUG, Param(name="theme", choices=tuple(THEMES), default="auto", example="auto", description="Its colours.")),
        answers=(text(HTML, "A small page."), wrong(), NO_PAGE),
    ),
    Operation(
        path="/oembed",
        tag="badges",
        summary="oEmbed",
        params=(
            Param(name="url", required=True, example="{url}", description="The address of a model's page."),
            Param(name="format", schema={"type": "string"}, default="json", example="json", description="json or xml."),
            Param(
                name="maxwidth",
                schema={"type": "integer", "minimum": 1, "maximum": 100_000},
                example=400,
                description="CSS pixels.",
            ),
            Param(
                name="maxheight",
                schema={"type": "integer", "minimum": 1, "maximum": 100_000},
                example=200,
                description="CSS pixels.",
            ),
        ),
        answers=(
            Answer(status=200, description="A rich answer.", shape=shapes.OEmbed, also=("text/xml",)),
            wrong(),
            UNKNOWN,
            Answer(status=501, description="A format that nobody knows.", media=PROBLEM, shape=shapes.Problem),
        ),
    ),
    Operation(
        path="/static/{name}",
        tag="badges",
        summary="Scripts and styles under names that carry their hash",
        params=(Param(name="name", where="path", required=True, example="page.css", description="A file's name."),),
        answers=(text("text/css", "The file.", None, "text/javascript", "image/svg+xml"), NO_PAGE),
    ),
)

SUBSCRIPTIONS: Final = (
    Operation(
        path="/subscribe",
        tag="subscriptions",
        summary="The form: e-mail with double opt-in, or a webhook",
        answers=(text(HTML, "The form."),),
    ),
    Operation(
        path="/subscribe/confirm/{token}",
        tag="subscriptions",
        summary="The page behind a letter's link",
        params=(_TOKEN,),
        answers=(text(HTML, "Only its button confirms."), NO_PAGE),
    ),
    Operation(
        path="/subscribe/manage/{token}",
        tag="subscriptions",
        summary="What a subscriber hears of",
        params=(_TOKEN,),
        answers=(text(HTML, "A form."), NO_PAGE),
    ),
    Operation(
        path="/unsubscribe/{token}",
        tag="subscriptions",
        summary="A button that ends a subscription",
        params=(_TOKEN,),
        answers=(text(HTML, "A button; one POST ends it (RFC 8058)."), NO_PAGE),
    ),
)

OPERATIONS_OF_OURS: Final = (
    Operation(
        path="/metrics",
        tag="operations",
        summary="The page for Prometheus",
        description="What is not known has no series.",
        answers=(
            text(_PLAIN, "Metrics, prefixed `statuspage_`.", 'statuspage_up{model="moonshot/kimi-k3"} 1.0\n', _OPEN_METRICS),
        ),
    ),
    Operation(
        path="/probe",
        tag="operations",
        summary="The newest probe under blackbox_exporter's names",
        description="Nothing is asked for it.",
        params=(
            Param(name="target", required=True, example="{key}", description="A model's key."),
            Param(name="module", example="chat", description="Taken, and changes nothing."),
        ),
        answers=(text(_PLAIN, "Metrics.", "probe_success 1.0\n", _OPEN_METRICS), wrong(), UNKNOWN),
    ),
    Operation(
        path="/sd/targets.json",
        tag="operations",
        summary="HTTP service discovery for Prometheus",
        answers=(ok(shapes.TargetGroup, "Keys of public models, by provider.", many=True),),
    ),
    Operation(path="/livez", tag="operations", summary="200 while the process answers", answers=(text(_PLAIN, "ok", "ok\n"),)),
    Operation(
        path="/readyz",
        tag="operations",
        summary="Whether the monitor is fit to be asked",
        params=(
            Param(
                name="verbose",
                schema={"type": "string"},
                example="1",
                description="Adds what the monitor doubts of itself, and how budgets stand.",
            ),
        ),
        answers=(
            text(_PLAIN, "ok", "ok\n"),
            Answer(status=503, description="The newest round is overdue or the database cannot be written.", media=_PLAIN),
        ),
    ),
    Operation(path="/version", tag="operations", summary="The program's version", answers=(ok(shapes.Version, "The version."),)),
    Operation(
        path="/.well-known/security.txt",
        tag="operations",
        summary="Whom to tell of security problems (RFC 9116)",
        answers=(text(_PLAIN, "From `site.contact`."), NO_PAGE),
    ),
    Operation(
        path="/robots.txt", tag="operations", summary="What robots may read", answers=(text(_PLAIN, "Everything public."),)
    ),
    Operation(path="/schema/openapi.json", tag="operations", summary="This description", answers=(text(JSON, "OpenAPI 3.1."),)),
)
