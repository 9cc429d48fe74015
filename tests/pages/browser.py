"""How Chromium is started here, headless and alone, and how its clock is wound on."""

from collections.abc import Callable

from playwright.sync_api import Page

LAUNCH_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def wind_until(page: Page, reached: Callable[[], bool], *, seconds: int = 60) -> None:
    """Winds the page's clock on second by second, answers arriving meanwhile, until `reached`."""
    for _ in range(seconds):
        if reached():
            return
        page.clock.run_for(1000)
    assert reached(), f"not reached within {seconds} seconds of the page's time"
