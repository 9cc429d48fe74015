"""Bodies in the shapes that status pages serve, written for these tests; each function makes one page with what matters in it."""

from typing import TypeAlias

Body: TypeAlias = "dict[str, Body] | list[Body] | str | int | float | bool | None"


def statuspage(indicator: str = "none", **more: Body) -> Body:
    """Atlassian Statuspage's summary."""
    return {
        "page": {"id": "kq1", "name": "Acme", "url": "https://status.acme.example"},
        "components": [
            {"id": "g1", "name": "Platform", "status": "operational", "group": True, "group_id": None},
            {"id": "c1", "name": "Open API", "status": "operational", "group": False, "group_id": "g1"},
            {"id": "c2", "name": "Chat app", "status": "partial_outage", "group": False, "group_id": "g1"},
        ],
        "incidents": [],
        "scheduled_maintenances": [],
        "status": {"indicator": indicator, "description": "…"},
        **more,
    }


def incident(impact: str = "minor", status: str = "investigating", **more: Body) -> Body:
    """An incident of a Statuspage."""
    return {
        "id": "i1",
        "name": "Slow replies",
        "status": status,
        "impact": impact,
        "created_at": "2026-11-20T10:00:00Z",
        "started_at": "2026-11-20T09:30:00Z",
        "resolved_at": None,
        "shortlink": "https://stspg.example/i1",
        "components": [{"id": "c1", "name": "Open API"}],
        **more,
    }


def shim(indicator: str = "none", **more: Body) -> Body:
    """incident.io in Statuspage's shape: no lists where nothing is."""
    return {
        "page": {"id": "01JZK5V0Y3N8W9Q4T6B2H7D1CE", "name": "Acme", "url": "https://status.acme.example"},
        "status": {"indicator": indicator, "description": "…"},
        "components": [{"id": "01JZK5V0Y3N8W9Q4T6B2H7D1CF", "name": "Chat Completions", "status": "operational", "position": 1}],
        **more,
    }


def widget(*impacts: str, **more: Body) -> Body:
    """incident.io's widget."""
    return {
        "page_title": "Acme",
        "page_url": "https://status.acme.example",
        "ongoing_incidents": [
            {
                "id": f"i{index}",
                "name": f"Trouble {index}",
                "status": "identified",
                "url": "https://status.acme.example/i",
                "last_update_at": "2026-11-20T10:00:00Z",
                "current_worst_impact": impact,
                "affected_components": [{"id": "c", "name": "API", "group_name": "Core", "current_status": impact}],
            }
            for index, impact in enumerate(impacts)
        ],
        "in_progress_maintenances": [],
        "scheduled_maintenances": [],
        **more,
    }


def betterstack(state: str = "operational", *, report: Body = None, resource: str = "operational") -> Body:
    """Better Stack's index, with one model as a resource."""
    included: list[Body] = [
        {"id": "77", "type": "status_page_section", "attributes": {"name": "Models", "position": 0}},
        {
            "id": "r1",
            "type": "status_page_resource",
            "attributes": {"public_name": "Kimi K2.6 ", "status": resource, "status_page_section_id": 77},
        },
        {"id": "r2", "type": "status_page_resource", "attributes": {"public_name": "Old", "status": "not_monitored"}},
    ]
    if report is not None:
        included.append({"id": "1", "type": "status_report", "attributes": report})
    return {"data": {"id": "1", "type": "status_page", "attributes": {"aggregate_state": state}}, "included": included}


def report(state: str, kind: str = "manual") -> Body:
    """A report of Better Stack; `ends_at` is null whatever its state."""
    return {
        "title": "Timeouts",
        "report_type": kind,
        "starts_at": "2026-11-20T10:00:00.000Z",
        "ends_at": None,
        "aggregate_state": state,
        "affected_resources": [{"status_page_resource_id": "r1", "status": state}],
    }


def instatus(status: str = "UP", **more: Body) -> Body:
    """Instatus' summary: lists are left out where nothing is."""
    return {"page": {"name": "Acme", "url": "https://status.acme.example", "status": status}, **more}


def onlineornot(status: Body = "All Systems Operational", **more: Body) -> Body:
    """OnlineOrNot's summary."""
    result: dict[str, Body] = {
        "status": status,
        "components": [{"id": "c", "name": "Chat", "status": "OPERATIONAL"}],
        "active_incidents": [],
        "scheduled_maintenance": [],
        **more,
    }
    return {"result": result, "success": True, "errors": [], "messages": []}


def flashduty(status: str = "operational", **more: Body) -> Body:
    """Flashduty's widget summary."""
    return {
        "schema_version": "1.0",
        "poll_after_seconds": 30,
        "page": {"name": "Acme", "url": "https://status.acme.example"},
        "overall": {"status": status},
        "ongoing_incidents": [],
        "in_progress_maintenances": [],
        "scheduled_maintenances": [],
        **more,
    }


def google(*incidents: tuple[str | None, str, str]) -> Body:
    """Google's history: `(end, impact, product)` each."""
    return [
        {
            "id": f"i{index}",
            "begin": "2026-11-20T10:00:00+00:00",
            "end": end,
            "created": "2026-11-20T10:05:00+00:00",
            "external_desc": f"Trouble {index}",
            "status_impact": impact,
            "severity": "high",
            "service_name": "Multiple Products",
            "affected_products": [{"id": f"id of {product}", "title": product}],
            "uri": f"incidents/i{index}",
        }
        for index, (end, impact, product) in enumerate(incidents)
    ]


def rss(*articles: tuple[str, str]) -> str:
    """A feed of `(title, text)`."""
    items = "".join(
        f"<item><title>{title}</title><description>{text}</description><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate></item>"
        for title, text in articles
    )
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Acme</title>{items}</channel></rss>'
