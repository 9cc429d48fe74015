"""A chart is zoomed only where somebody asks for it, under the page's own policy."""

import msgspec

from statuspage.domain.words import Status
from tests.pages.browser import wind_until
from tests.pages.conftest import Open
from tests.render.site import Site

ADDRESS = "/models/moonshot-kimi-k2.6"


def test_nothing_of_the_plotter_is_loaded_unasked(visit: Open, site: Site) -> None:
    page = visit(ADDRESS)
    page.wait_for_load_state("networkidle")

    assert page.locator("[data-zoom]:visible").count() == 2
    assert [path for path in site.asked if "uPlot" in path or path.endswith("latency")] == []


def test_it_draws_on_demand_and_goes_again(visit: Open, site: Site) -> None:
    page = visit(ADDRESS)
    page.locator("[data-zoom=total]").click()
    page.locator("dialog canvas").wait_for()

    assert page.locator("dialog h2").inner_text() == "Time to the whole answer, 24h"
    assert "/api/v1/models/moonshot-kimi-k2.6/latency?window=24h" in site.asked
    page.locator("dialog").get_by_role("button").click()
    page.locator("dialog").wait_for(state="detached")


def test_a_page_that_changes_underneath_leaves_the_chart_alone_and_offers_it_again(visit: Open, site: Site) -> None:
    page = visit(ADDRESS)
    page.locator("[data-zoom=total]").click()
    page.locator("dialog canvas").wait_for()
    changed = msgspec.structs.replace(site.page.models[1], status=Status.DEGRADED_PERFORMANCE, reason="Kimi K2.6 answers slowly")
    site.page = msgspec.structs.replace(
        site.page, models=(site.page.models[0], changed, *site.page.models[2:]), generated_at_ms=site.page.generated_at_ms + 1
    )
    wind_until(page, lambda: page.locator("#hero", has_text="answers slowly").count() == 1)

    assert page.locator("dialog canvas").count() == 1
    page.locator("dialog").get_by_role("button").click()
    assert page.locator("[data-zoom]:visible").count() == 2


def test_without_javascript_nobody_is_offered_what_cannot_be_had(visit: Open) -> None:
    page = visit(ADDRESS, java_script_enabled=False)

    assert page.locator("[data-zoom]:visible").count() == 0
    assert page.locator("figure.chart svg:visible").count() >= 2
