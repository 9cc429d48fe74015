"""The simulated vendors' own status pages: Statuspages that see nothing, as real ones do for the first half hour."""

from typing import Final

from statuspage.zoo.reply import HTML, Reply, as_json, whole
from statuspage.zoo.vendors.registry import SIMULATED

STATUS: Final = "status"
"""The prefix: `/status/{vendor}` is a vendor's page, `/status/{vendor}/api/v2/summary.json` its data."""
_DATA: Final = "/api/v2/summary.json"


def official_page(path: str) -> Reply:
    """The page of one vendor, or its data; whatever its models do, all is operational there."""
    name = path.removesuffix(_DATA).strip("/")
    vendor = SIMULATED.get(name)
    if vendor is None:
        return whole(404, b"<!doctype html><title>Nothing here</title>", HTML)
    if not path.endswith(_DATA):
        return whole(200, f"<!doctype html><title>{vendor.title}</title><p>All Systems Operational".encode(), HTML)
    component = {"id": "api", "name": "Open API", "status": "operational", "group": False, "group_id": None}
    return whole(
        200,
        as_json(
            {
                "page": {"id": name, "name": vendor.title},
                "status": {"indicator": "none", "description": "All Systems Operational"},
                "components": [component],
                "incidents": [],
                "scheduled_maintenances": [],
            }
        ),
    )
