"""The day bars tell their day on hover, tap and keys."""

import msgspec
from playwright.sync_api import Page, expect

from tests.pages.conftest import Open
from tests.render.site import Site

ROW = '[data-model="moonshot-kimi-k3"]'


def hover(page: Page, slot: float) -> None:
    box = page.locator(f"{ROW} .bars").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * (slot + 0.5) / 90, box["y"] + 5)


def test_hovering_tells_the_day_its_success_and_what_was_lost(visit: Open) -> None:
    page = visit("/")
    hover(page, 89)

    expect(page.locator(".tip")).to_contain_text("20 November 2026")
    expect(page.locator(".tip")).to_contain_text("of 120 requests succeeded")
    expect(page.locator(".tip")).to_contain_text("outage")
    expect(page.locator(".tip")).to_contain_text("1 incident")


def test_a_day_names_its_incidents_and_asks_for_them_once(visit: Open, site: Site) -> None:
    model = site.page.models[0]
    days = (*model.days[:-1], msgspec.structs.replace(model.days[-1], incidents=("i-7f3a", "i-6e21")))
    site.page = msgspec.structs.replace(site.page, models=(msgspec.structs.replace(model, days=days), *site.page.models[1:]))
    page = visit("/")
    assert "/api/v1/incidents" not in site.asked
    hover(page, 89)

    expect(page.locator(".tip")).to_contain_text("Kimi K3: overloaded\nKimi K2.6: server errors", use_inner_text=True)
    expect(page.locator(".tip")).not_to_contain_text("2 incidents")
    assert "Kimi K3: overloaded" in (page.locator(f"{ROW} .bars").get_attribute("aria-valuetext") or "")
    hover(page, 88)
    hover(page, 89)
    assert site.asked.count("/api/v1/incidents") == 1


def test_a_day_that_was_not_measured_says_so(visit: Open) -> None:
    page = visit("/")
    hover(page, 89 - 41)

    expect(page.locator(".tip")).to_have_text("Sat, 10 October 2026\nNot measured", use_inner_text=True)


def test_the_tooltip_goes_with_the_pointer(visit: Open) -> None:
    page = visit("/")
    hover(page, 50)
    page.mouse.move(5, 5)

    expect(page.locator(".tip")).to_have_count(0)


def test_the_keyboard_walks_day_by_day_and_escape_ends_it(visit: Open) -> None:
    page = visit("/")
    bars = page.locator(f"{ROW} .bars")
    page.locator(f"{ROW} .name").focus()
    page.keyboard.press("Tab")
    expect(bars).to_be_focused()
    expect(page.locator(".tip")).to_contain_text("20 November")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".tip")).to_contain_text("19 November")
    expect(bars).to_have_attribute("aria-valuenow", "89")
    page.keyboard.press("Home")
    expect(page.locator(".tip")).to_contain_text("23 August")
    assert "23 August" in (bars.get_attribute("aria-valuetext") or "")
    page.keyboard.press("Escape")
    expect(page.locator(".tip")).to_have_count(0)


def test_a_tap_tells_the_day_within_the_screen(visit: Open) -> None:
    page = visit("/", width=360, has_touch=True)
    bars = page.locator(f"{ROW} .bars")
    bars.scroll_into_view_if_needed()
    box = bars.bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + box["width"] - 2, box["y"] + 10)

    expect(page.locator(".tip")).to_contain_text("20 November")
    tip = page.locator(".tip").bounding_box()
    assert tip is not None
    assert tip["x"] >= 0
    assert tip["x"] + tip["width"] <= 360


def test_the_tooltip_counts_as_python_does(visit: Open) -> None:
    page = visit("/models/moonshot-kimi-k3")
    page.locator("summary", has_text="Day by day").click()
    told = page.locator(".alternative tbody tr").first.locator("td").first.inner_text()
    box = page.locator(".tall .bars").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] - 3, box["y"] + 5)

    expect(page.locator(".tip")).to_contain_text(f"{told} of 120 requests succeeded")
