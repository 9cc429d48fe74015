"""Examples of answers by shape and status; the tests hold each against its schema."""

from typing import Any, Final

from statuspage.render.openapi import shapes

_NOW: Final = "2026-11-20T10:00:00.000Z"
_BEFORE: Final = "2026-11-20T09:41:00.000Z"
_SITE: Final = "https://status.example"
_KEY: Final = "moonshot/kimi-k3"
_UPTIME: Final = {"ratio": 0.9861, "low": 0.9648, "high": 0.9945, "samples": 288, "coverage": 1.0}
_TOKENS: Final = {"input": 15, "output": 16, "reasoning": None}
_DAY: Final = {
    "date": "2026-11-20",
    "ratio": 0.9861,
    "judged": 288,
    "failed": 4,
    "excluded": 0,
    "incidents": ["5b1c0f2a9d3e"],
    "minutes": {"major_outage": 19, "partial_outage": 0, "degraded_performance": 0, "under_maintenance": 0, "no_data": 0},
}
_POINT: Final = {
    "at": "2026-11-20T09:00:00.000Z",
    "first_content_p50": 640,
    "first_content_p95": 2100,
    "total_p50": 1300,
    "total_p95": 3900,
}
_MODEL: Final[dict[str, Any]] = {
    "slug": "moonshot-kimi-k3",
    "name": "Kimi K3",
    "provider": "moonshot",
    "url": f"{_SITE}/models/moonshot-kimi-k3",
    "status": "major_outage",
    "level": "red",
    "label": "Overloaded",
    "reason": "Kimi K3 is overloaded: 4 of the last 5 requests were refused",
    "class": "engine_overloaded",
    "fault": "provider",
    "since": _BEFORE,
    "checked_at": "2026-11-20T09:59:30.000Z",
    "uptime": dict.fromkeys(("24h", "7d", "30d", "90d"), _UPTIME),
    "latency_ms": {"first_content_p50": 640, "first_content_p95": 2100, "total_p50": 1300},
    "tools": {"state": "verified", "passed": 41, "samples": 42, "low": 0.877},
    "price": {"input": 3.0, "output": 15.0, "currency": "USD", "per": 1_000_000, "source": "config"},
    "use_instead": "moonshot/kimi-k2.6",
    "official": {"status": "operational", "checked_at": _NOW, "url": "https://status.moonshot.cn"},
    "retires_on": None,
    "max_stale_seconds": 660,
    "stale": False,
}
_FLAG: Final = {
    "key": "new-ui",
    "state": "on",
    "percent": 25,
    "variants": {"on": True, "off": False},
    "default_variant": "off",
    "metadata": {},
    "rollout": None,
}
_EVALUATION: Final = {"key": "new-ui", "reason": "SPLIT", "variant": "on", "value": True, "metadata": {"bucketing": "v2"}}
_EVIDENCE: Final = {
    "at": "2026-11-20T09:59:30.000Z",
    "kind": "scheduled",
    "judgement": "failed",
    "class": "engine_overloaded",
    "fault": "provider",
    "http_status": 429,
    "error_type": "engine_overloaded_error",
    "phase": "headers",
    "message": "kimi-k3 is overloaded (HTTP 429).",
    "evidence": "The engine is currently overloaded, please try again later",
    "timings_ms": {
        "resolve": 1.5,
        "connect": 20.1,
        "tls": 44.0,
        "headers": 310.2,
        "first_event": None,
        "first_content": None,
        "total": 311.0,
        "max_gap": None,
    },
    "tokens": {"input": None, "output": None, "reasoning": None},
    "served_model": None,
    "served_by": None,
    "request_id": "chatcmpl-0001",
}
_SAMPLE: Final = {
    "id": "1-1795168770000",
    "at": "2026-11-20T09:54:30.000Z",
    "kind": "scheduled",
    "judgement": "ok",
    "class": "ok",
    "fault": "none",
    "http_status": 200,
    "first_content_ms": 640,
    "total_ms": 1300,
    "tokens": _TOKENS,
    "cost_usd": 0.000285,
    "vantage": "local",
    "request_id": "chatcmpl-0000",
}
_UPDATE: Final = {
    "id": "5b1c0f2a9d3e-1",
    "status": "investigating",
    "body": "Kimi K3 is overloaded.",
    "at": _BEFORE,
    "author": None,
}
_OPENAI: Final = {
    "id": _KEY,
    "object": "model",
    "created": 1_787_000_000,
    "owned_by": "moonshot",
    "status": "major_outage",
    "level": "red",
}
_PAGE: Final = {"id": "kq3v8m1x", "name": "Kimi model status", "url": _SITE, "time_zone": "Etc/UTC", "updated_at": _BEFORE}
_COMPONENT: Final = {
    "id": "m5f2h8d0",
    "name": "Kimi K3",
    "status": "major_outage",
    "created_at": "2026-08-01T00:00:00.000Z",
    "updated_at": _BEFORE,
    "position": 1,
    "description": "Overloaded",
    "group_id": "g7s1k4q2",
    "page_id": "kq3v8m1x",
    "group": False,
}
_STATUSPAGE_INCIDENT: Final = {
    "id": "5b1c0f2a9d3e",
    "name": "Kimi K3 is overloaded",
    "status": "investigating",
    "impact": "critical",
    "created_at": _BEFORE,
    "updated_at": _BEFORE,
    "resolved_at": None,
    "shortlink": f"{_SITE}/incidents/5b1c0f2a9d3e",
    "started_at": _BEFORE,
    "page_id": "kq3v8m1x",
    "incident_updates": [],
    "components": [_COMPONENT],
}
_INDICATOR: Final = {"indicator": "critical", "description": "Major Service Outage"}

_INCIDENT: Final = {
    "id": "5b1c0f2a9d3e",
    "title": "Kimi K3 is overloaded",
    "status": "investigating",
    "impact": "critical",
    "models": [_KEY],
    "started_at": _BEFORE,
    "detected_at": _BEFORE,
    "resolved_at": None,
    "auto": True,
    "url": f"{_SITE}/incidents/5b1c0f2a9d3e",
    "updates": [_UPDATE],
}
_MAINTENANCE: Final[dict[str, Any]] = {
    "id": "m1",
    "title": "New hardware",
    "status": "scheduled",
    "models": [_KEY],
    "starts_at": "2026-11-21T02:00:00.000Z",
    "ends_at": "2026-11-21T04:00:00.000Z",
    "rrule": None,
    "url": f"{_SITE}/incidents#maintenance-m1",
    "updates": [],
}
_OVERRIDE: Final = {
    "model": _KEY,
    "status": "under_maintenance",
    "use_instead": None,
    "reason": "The vendor announced work.",
    "author": "ops",
    "set_at": _NOW,
    "until": "2026-11-20T12:00:00.000Z",
}
SENT: Final = 0
"""Stands for a status where the shape is what is sent."""

EXAMPLES: Final[dict[tuple[type, int], Any]] = {
    (shapes.Dropdown, 200): {
        "schema_version": 1,
        "generated_at": _NOW,
        "poll_after_seconds": 15,
        "max_stale_seconds": 660,
        "page": {"status": "major_outage", "level": "red", "title": "Kimi model status", "url": _SITE},
        "models": {_KEY: _MODEL},
    },
    (shapes.ModelDetail, 200): {
        "key": _KEY,
        **_MODEL,
        "decided_by": "4 of 5 requests of a confirmation burst failed",
        "interval_seconds": 300.0,
        "first_seen": "2026-08-01T00:00:00.000Z",
        "days": [_DAY],
        "hours": [_POINT],
        "evidence": [_EVIDENCE],
        "tool_cases": {
            "checked_at": _NOW,
            "high": 0.9958,
            "cases": [
                {
                    "name": "simple",
                    "title": "One tool",
                    "passed": 7,
                    "samples": 7,
                    "low": 0.6456,
                    "high": 1.0,
                    "class": None,
                    "counts": True,
                },
            ],
        },
        "official_note": "The vendor's page says operational; we measure an outage.",
        "official_page": None,
        "price_as_of": None,
        "watching": {
            "month": {"probes": 5472, "cost_usd": 1.56, "projected_usd": 2.46},
            "week": {"cost_usd": 0.57, "proves_uptime": 0.998},
        },
        "programs": {
            "calls": 412,
            "judged": 409,
            "answered": 401,
            "classes": {"ok": 401, "engine_overloaded": 8, "rate_limited": 3},
        },
        "lifecycle": {
            "listed": True,
            "context_length": 262_144,
            "capabilities": ["tools"],
            "successor": None,
            "listed_price": None,
        },
        "events": [],
    },
    (shapes.Samples, 200): {"model": _KEY, "samples": [_SAMPLE], "next": None},
    (shapes.UptimeDocument, 200): {"model": _KEY, "window": "90d", **_UPTIME, "days": [_DAY]},
    (shapes.LatencyDocument, 200): {"model": _KEY, "window": "24h", "points": [_POINT]},
    (shapes.Route, 200): {
        "choice": {
            "model": "openrouter/moonshotai/kimi-k2.6",
            "why": ["tools verified 168/168", "operational", "cheapest of 3: $0.0021 per successful call"],
        },
        "fallbacks": ["moonshot/kimi-k2.6"],
        "rejected": [{"model": _KEY, "why": "major_outage"}],
        "evidence_window": "7d",
        "flags": {},
        "valid_until": "2026-11-20T10:00:15.000Z",
    },
    (shapes.OpenAiModels, 200): {"object": "list", "data": [_OPENAI]},
    (shapes.OpenAiModel, 200): _OPENAI,
    (shapes.OpenAiError, 404): {
        "error": {
            "message": "No such model is published here.",
            "type": "invalid_request_error",
            "param": None,
            "code": "model_not_found",
        }
    },
    (shapes.Incidents, 200): {"incidents": [_INCIDENT]},
    (shapes.Incident, 200): _INCIDENT,
    (shapes.Maintenances, 200): {"maintenance": [_MAINTENANCE]},
    (shapes.Maintenance, 200): _MAINTENANCE,
    (shapes.AnnouncedMaintenance, 200): {**_MAINTENANCE, "notes": []},
    (shapes.CheckAsked, 202): {"model": _KEY, "url": "https://status.example/api/v1/models/moonshot-kimi-k3"},
    (shapes.Override, 200): _OVERRIDE,
    (shapes.Overrides, 200): {"overrides": [_OVERRIDE]},
    (shapes.IncidentOpening, SENT): {
        "title": "Kimi K3 is overloaded",
        "message": "We look into it.",
        "impact": "major",
        "models": [_KEY],
    },
    (shapes.IncidentChange, SENT): {"status": "monitoring", "message": "A fix is out."},
    (shapes.MaintenanceAnnouncement, SENT): {
        "title": "New hardware",
        "message": "Expect short interruptions.",
        "starts_at": "2026-11-21T02:00:00.000Z",
        "ends_at": "2026-11-21T04:00:00.000Z",
        "models": [_KEY],
    },
    (shapes.MaintenanceWord, SENT): {"status": "completed", "message": "All done."},
    (shapes.ToldCalls, SENT): {
        "calls": [
            {
                "id": "0198c2f4-7d1e-7c53-9c55-3f1f0a1f8a11",
                "model": _KEY,
                "age_ms": 2400,
                "class": "ok",
                "http_status": 200,
                "first_content_ms": 640,
                "total_ms": 1300,
                "tokens": {"input": 420, "output": 96, "reasoning": None},
                "cost_usd": 0.0027,
            }
        ]
    },
    (shapes.TakenCalls, 200): {"accepted": 1, "repeated": 0, "unknown": []},
    (shapes.Comparison, 200): {
        "window": "7d",
        "models": [],
        "unknown": [],
        "contrasts": [
            {
                "of": "success",
                "a": "moonshot/kimi-k2.6",
                "b": "openrouter/moonshotai/kimi-k2.6",
                "difference": 0.05,
                "low": -0.0263,
                "high": 0.1296,
                "p_value": 0.1795,
                "verdict": "not distinguishable yet: 335 more calls",
                "more_calls": 335,
            }
        ],
    },
    (shapes.FlagContext, SENT): {"context": {"targetingKey": "user-17"}},
    (shapes.FlagSetting, SENT): {"state": "on", "percent": 25},
    (shapes.Flag, 200): _FLAG,
    (shapes.Flags, 200): {"flags": [_FLAG], "error": None},
    (shapes.FlagEvaluation, 200): _EVALUATION,
    (shapes.FlagEvaluations, 200): {
        "flags": [_EVALUATION],
        "metadata": {"bucketing": "v2"},
        "eventStreams": [{"type": "sse", "url": f"{_SITE}/ofrep/v1/events", "inactivityDelaySec": 120}],
    },
    (shapes.FlagFailure, 400): {
        "key": "new-ui",
        "errorCode": "INVALID_CONTEXT",
        "errorDetails": "`targetingKey` must be text.",
    },
    (shapes.FlagFailure, 404): {
        "key": "new-ui",
        "errorCode": "FLAG_NOT_FOUND",
        "errorDetails": "There is no flag 'new-ui'.",
    },
    (shapes.OverrideSetting, SENT): {
        "status": "under_maintenance",
        "reason": "The vendor announced work.",
        "until": "2026-11-20T12:00:00.000Z",
    },
    (shapes.JsonFeed, 200): {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Kimi model status: history",
        "home_page_url": f"{_SITE}/",
        "feed_url": f"{_SITE}/feed.json",
        "items": [],
    },
    (shapes.StatuspageSummary, 200): {
        "page": _PAGE,
        "components": [_COMPONENT],
        "incidents": [_STATUSPAGE_INCIDENT],
        "scheduled_maintenances": [],
        "status": _INDICATOR,
    },
    (shapes.StatuspageStatus, 200): {"page": _PAGE, "status": _INDICATOR},
    (shapes.StatuspageComponents, 200): {"page": _PAGE, "components": [_COMPONENT]},
    (shapes.StatuspageIncidents, 200): {"page": _PAGE, "incidents": [_STATUSPAGE_INCIDENT]},
    (shapes.StatuspageMaintenances, 200): {"page": _PAGE, "scheduled_maintenances": []},
    (shapes.Shields, 200): {"schemaVersion": 1, "label": "Kimi K3", "message": "outage", "color": "red", "cacheSeconds": 300},
    (shapes.OEmbed, 200): {"version": "1.0", "type": "rich", "html": "<iframe …></iframe>", "width": 400, "height": 64},
    (shapes.TargetGroup, 200): {"targets": [_KEY], "labels": {"provider": "moonshot"}},
    (shapes.Version, 200): {"name": "statuspage", "version": "0.1.0"},
    (shapes.Problem, 400): {
        "type": "about:blank",
        "title": "Bad request",
        "status": 400,
        "detail": "'1h' is no window; choose one of 24h, 7d, 30d, 90d",
    },
    (shapes.Problem, 404): {
        "type": "about:blank",
        "title": "Not found",
        "status": 404,
        "detail": "No such model is published here; /api/v1/models lists what is.",
    },
    (shapes.Problem, 501): {
        "type": "about:blank",
        "title": "Request refused",
        "status": 501,
        "detail": "There is no format 'yaml' here; choose one of json, xml.",
    },
    (shapes.Problem, 503): {
        "type": "about:blank",
        "title": "Not available",
        "status": 503,
        "detail": "The history cannot be read at the moment.",
    },
    (shapes.Problem, 401): {
        "type": "about:blank",
        "title": "Not signed in",
        "status": 401,
        "detail": "This address needs a session, or a token with a scope.",
    },
    (shapes.Problem, 403): {
        "type": "about:blank",
        "title": "Not allowed",
        "status": 403,
        "detail": "The token is good for `read`; this needs `operate`.",
    },
    (shapes.Problem, 429): {
        "type": "about:blank",
        "title": "Too many requests",
        "status": 429,
        "detail": "At most 600 calls a minute are taken from one token; send these again later.",
    },
    (shapes.Problem, 409): {
        "type": "about:blank",
        "title": "Changed meanwhile",
        "status": 409,
        "detail": "Somebody else changed this meanwhile; look at `current` before you change it.",
    },
    (shapes.Problem, 412): {
        "type": "about:blank",
        "title": "Changed meanwhile",
        "status": 412,
        "detail": "Somebody else changed this meanwhile; look at `current` before you change it.",
    },
}
