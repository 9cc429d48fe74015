"""The light of tools in JSON, case by case, for a model's own document."""

from statuspage.domain.view import ToolsView
from statuspage.render.documents import Json, time_or_null


def tool_cases_object(view: ToolsView | None) -> dict[str, Json] | None:
    """`{checked_at, high, cases}`; of a case `class` is its commonest failure, and only those that `counts` make the light."""
    if view is None:
        return None
    return {
        "checked_at": time_or_null(view.checked_at_ms),
        "high": view.high,
        "cases": [
            {
                "name": case.name,
                "title": case.title,
                "passed": case.passed,
                "samples": case.samples,
                "low": case.low,
                "high": case.high,
                "class": case.class_name,
                "counts": case.counts,
            }
            for case in view.cases
        ],
    }
