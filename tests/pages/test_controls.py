"""Filter, theme and copy buttons."""

import msgspec
from playwright.sync_api import expect

from tests.pages.browser import wind_until
from tests.pages.conftest import Open
from tests.render import world
from tests.render.site import Site


def test_the_filter_leaves_what_matches(visit: Open) -> None:
    page = visit("/")
    page.keyboard.press("/")
    expect(page.locator("#filter input")).to_be_focused()
    page.keyboard.type("openrouter kimi")

    expect(page.locator("li[data-model]:visible")).to_have_count(2)
    expect(page.locator(".group:visible")).to_have_count(1)


def test_the_filter_knows_status_words(visit: Open) -> None:
    page = visit("/")
    page.locator("#filter input").fill("outage")

    expect(page.locator("li[data-model]:visible")).to_have_count(2)


def test_a_filter_without_a_match_says_so(visit: Open) -> None:
    page = visit("/")
    page.locator("#filter input").fill("zzz")

    expect(page.locator("#nothing")).to_be_visible()


def test_the_filter_holds_through_a_change(visit: Open, site: Site) -> None:
    page = visit("/")
    page.clock.run_for(2000)
    page.locator("#filter input").fill("deepseek")
    site.page = msgspec.structs.replace(world.page(20, well=True), generated_at_ms=world.NOW_MS + 9000)
    wind_until(page, lambda: page.locator("h1").inner_text() == "All 20 models work.")

    expect(page.locator("li[data-model]:visible")).to_have_count(2)


def test_the_chosen_theme_stays(visit: Open) -> None:
    page = visit("/", color_scheme="light")
    switch = page.locator("#theme")
    switch.click()
    switch.click()
    expect(switch).to_have_text("Theme: dark")
    page.reload()

    expect(page.locator("#theme")).to_have_text("Theme: dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(13, 17, 23)"
    page.locator("#theme").click()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


def test_a_snippet_can_be_copied(visit: Open) -> None:
    page = visit("/models/moonshot-kimi-k3", permissions=["clipboard-read", "clipboard-write"])
    page.locator("[data-copy]").first.click()

    expect(page.locator("[data-copy]").first).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").startswith("[![Kimi K3](https://status.example/badge/")
