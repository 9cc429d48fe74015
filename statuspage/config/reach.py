"""Whether a URL of the file points where a monitor may ask."""

from statuspage.config.report import Report
from statuspage.config.urls import refused_url
from statuspage.domain.addresses import NEVER_ALLOWED


def check_reach(url: str, path: str, report: Report, *, allow_private: bool) -> None:
    """Notes a problem where the spelling of the host shows an address that is refused (contract §2)."""
    reason = refused_url(url)
    if reason is None or (allow_private and reason not in NEVER_ALLOWED):
        return
    remedy = "write a public one" if reason in NEVER_ALLOWED else "write a public one, or set allow_private_networks: true"
    report.problem(path, f"the host is a refused address ({reason}): {remedy}")
