"""Rows that are an HTTP status and an error text: each vendor says them in its own words."""

from typing import Final

import msgspec

from statuspage.zoo.refusal import reply_of
from statuspage.zoo.reply import Pause, Reply, whole
from statuspage.zoo.rows.row import Play, Reach, row
from statuspage.zoo.scene import Scene, healthy, replaced

_GATEWAY_WAIT_S: Final = 1.0
_DROPPABLE: Final = (
    "temperature",
    "top_p",
    "reasoning_effort",
    "thinking",
    "stream_options",
    "max_completion_tokens",
    "max_tokens",
)


def says(condition: str, **variants: str) -> Play:
    """Plays one condition; a variant names another."""

    def play(scene: Scene) -> Reply:
        return scene.refuse(variants.get(scene.directions.variant.replace("-", "_"), condition))

    return play


def parameter_rejected(scene: Scene) -> Reply:
    """Refuses one parameter of the request, always the same for a model; without it the request is served."""
    sent = scene.call.parameters if scene.call else {}
    asked = scene.directions.parameter or scene.memory.get("refused_parameter")
    name = asked or next((each for each in _DROPPABLE if each in sent), None)
    if name is None or name not in sent:
        return healthy(scene)
    scene.memory["refused_parameter"] = name
    detail = scene.vendor.parameter_words.replace("{parameter}", name)
    return scene.refuse("parameter", parameter=name, detail=detail)


def content_filter(scene: Scene) -> Reply:
    """An error, or with variant `finish` an answer that ends with `content_filter`."""
    if scene.directions.variant == "finish":
        return healthy(replaced(scene, pieces=(), thoughts=(), finish="content_filter", output_tokens=0))
    return scene.refuse("content_filter")


def retired(scene: Scene) -> Reply:
    """The vendor's own word for a retired model; vendors that have none say it in general words."""
    return scene.refuse("retired" if "retired" in scene.vendor.refusals else "retired_in_words")


def any_status(scene: Scene) -> Reply:
    """The vendor's error shape with a status of the client's choosing (variant)."""
    wanted = scene.directions.variant
    status = int(wanted) if wanted.isdigit() and 200 <= int(wanted) <= 599 else 408
    return reply_of(msgspec.structs.replace(scene.refusal("status"), status=status), scene.words(), scene.headers)


def gateway_timeout(scene: Scene) -> Reply:
    """A gateway's page after a wait; with variant 524 an edge's."""
    page = scene.refuse("edge_timeout" if scene.directions.variant == "524" else "gateway_timeout")
    return (Pause(scene.directions.wait(_GATEWAY_WAIT_S)), *page)


def moved(scene: Scene) -> Reply:
    """A redirect to a login page, or with variant 301, 307 or 308 to another address."""
    wanted = scene.directions.variant
    status, location = (
        (int(wanted), "https://api.zoo.example/v2/") if wanted in {"301", "307", "308"} else (302, "/login?next=/v1")
    )
    return whole(status, b"", "text/html", (("Location", location), *scene.headers))


_ACCOUNT: Final = Reach.CHAT | Reach.BALANCE

REFUSED: Final = (
    row(11, "proxy_failure", "a proxy wants authentication", play=says("proxy"), reach=Reach.EVERYTHING),
    row(21, "engine_overloaded", "overload, Moonshot's 429", play=says("overloaded")),
    row(
        22,
        "quota_exhausted",
        "quota used up or account suspended, Moonshot's 429 (variant tokens)",
        play=says("quota", tokens="token_quota"),
        reach=_ACCOUNT,
    ),
    row(
        23,
        "rate_limited",
        "our rate limit, Moonshot's 429 (variants concurrency, tpm)",
        play=says("rate", concurrency="concurrency", tpm="tpm"),
    ),
    row(24, "daily_limit", "daily token limit", play=says("daily")),
    row(25, "rate_limited_openai", "rate limit with Retry-After", class_name="rate_limited", play=says("rate")),
    row(
        26,
        "insufficient_quota",
        "quota, OpenAI's 429 (variants spend-limit, credit)",
        class_name="quota_exhausted",
        play=says("quota", spend_limit="spend_limit", credit="credit_too_low"),
        reach=_ACCOUNT,
    ),
    row(
        27,
        "server_is_overloaded",
        "overload, OpenAI's 503 (variant slow-down: 429)",
        class_name="engine_overloaded",
        play=says("overloaded", slow_down="slow_down"),
    ),
    row(28, "overloaded_error", "overload, Anthropic's 529", class_name="engine_overloaded", play=says("overloaded")),
    row(
        29,
        "spend_limit",
        "spend limit, Anthropic's 429 (variant credit: 400)",
        class_name="quota_exhausted",
        play=says("spend_limit", credit="credit_too_low"),
        reach=_ACCOUNT,
    ),
    row(30, "overload_503", "overload, Together's 503", class_name="engine_overloaded", play=says("overloaded")),
    row(31, "dynamic_rate", "above our dynamic rate, Together's 429", class_name="rate_limited", play=says("rate")),
    row(32, "flex_capacity", "flexible tier full, Groq's 498", class_name="engine_overloaded", play=says("flex")),
    row(33, "payment_required", "402", play=says("payment"), reach=_ACCOUNT),
    row(34, "account_suspended", "account suspended, Fireworks' 412", play=says("suspended"), reach=_ACCOUNT),
    row(35, "router_account_exhausted", "the router's own account is dry", play=says("router_dry")),
    row(36, "upstream_rate_limited", "the router's upstream limits it", play=says("upstream_rate")),
    row(37, "in_flight_budget", "the router's budget is in flight", class_name="payment_required", play=says("in_flight")),
    row(38, "free_daily", "free requests of the day are used up", class_name="daily_limit", play=says("free_daily")),
    row(39, "invalid_key", "bad key", play=says("bad_key"), reach=Reach.EVERYTHING),
    row(40, "wrong_region", "key of another region", play=says("wrong_region"), reach=Reach.EVERYTHING),
    row(41, "key_revoked", "key revoked or expired", class_name="invalid_key", play=says("revoked_key"), reach=Reach.EVERYTHING),
    row(
        42,
        "auth_outage",
        "the vendor rejects every key",
        class_name="invalid_key",
        play=says("auth_outage"),
        reach=Reach.EVERYTHING,
    ),
    row(43, "forbidden", "403: no permission (variant region)", play=says("forbidden", region="region_blocked")),
    row(44, "waf_blocked", "a firewall's challenge page", play=says("waf"), reach=Reach.EVERYTHING),
    row(45, "model_unknown", "unknown model id", play=says("unknown_model"), hides=True),
    row(46, "model_retired", "retired model", play=retired, hides=True),
    row(47, "not_entitled", "listed, but not for this account", play=says("not_entitled"), lists=True),
    row(
        48, "wrong_base_url", "no such route (variant html)", play=says("no_route", html="no_route_page"), reach=Reach.EVERYTHING
    ),
    row(49, "parameter_rejected", "a parameter of the request is refused", play=parameter_rejected),
    row(50, "contract_changed", "400 for what was accepted before", play=says("contract_changed")),
    row(51, "content_filtered", "a benign prompt is filtered (variant finish: in a 200)", play=content_filter),
    row(52, "odd_4xx", "408, or by variant any other status", class_name="server_error", play=any_status),
    row(
        53,
        "context_length",
        "context length exceeded by a tiny prompt",
        class_name="contract_changed",
        play=says("context_length"),
    ),
    row(54, "client_closed", "499", class_name=None, play=says("closed")),
    row(55, "server_error", "500", play=says("server_error")),
    row(
        56,
        "bad_gateway",
        "502 page (variants 503, json)",
        play=says("bad_gateway", **{"503": "unavailable_page", "json": "unavailable"}),
        reach=Reach.EVERYTHING,
    ),
    row(57, "gateway_timeout", "504 page after a wait (variant 524)", play=gateway_timeout, reach=Reach.EVERYTHING),
    row(58, "maintenance", "503, scheduled maintenance", play=says("maintenance"), reach=Reach.EVERYTHING),
    row(59, "moved", "redirect to a login (variants 301, 307, 308: to a new domain)", play=moved, reach=Reach.EVERYTHING),
    row(60, "quota_text_in_500", "500 with the text of a quota", class_name="quota_exhausted", play=says("quota_text_in_500")),
)
