"""The page keeps itself true: it follows changes without flicker, and greys itself without news."""

import msgspec
from playwright.sync_api import Page, Route, expect

from statuspage.domain.view import PageView
from statuspage.domain.words import Status
from statuspage.render.events import fresh_data, status_data
from tests.pages.browser import wind_until
from tests.pages.conftest import Open
from tests.render import world
from tests.render.site import Site

K2 = '[data-model="moonshot-kimi-k2.6"]'


def changed(page: PageView, index: int, *, later_s: int = 15, **fields: object) -> PageView:
    models = list(page.models)
    models[index] = msgspec.structs.replace(models[index], **fields)
    return msgspec.structs.replace(page, models=tuple(models), generated_at_ms=page.generated_at_ms + later_s * 1000)


def broken(page: PageView) -> PageView:
    page = changed(page, 1, status=Status.MAJOR_OUTAGE, label="Outage", reason="Kimi K2.6 answers with server errors")
    return msgspec.structs.replace(page, sentence="Two models are down.")


def test_times_become_relative_and_keep_the_absolute_one(visit: Open, site: Site) -> None:
    page = visit("/")
    time = page.locator("#hero time").first

    expect(time).to_have_text("12 minutes")
    expect(time).to_have_attribute("title", "20 Nov 2026, 09:48 UTC")
    site.now_ms += 60_000
    page.clock.run_for(60_000)
    expect(time).to_have_text("13 minutes")


def test_a_change_swaps_the_row_moves_it_up_and_is_announced(visit: Open, site: Site) -> None:
    page = visit("/")
    page.clock.run_for(2000)
    expect(page.locator(f"{K2} .word")).to_have_text("Operational")
    site.page = broken(site.page)
    wind_until(page, lambda: page.locator(f"{K2} .word").inner_text() == "Outage")

    expect(page.locator("h1")).to_have_text("Two models are down.")
    expect(page.locator("#news")).to_have_text("Kimi K2.6: Outage.")
    expect(page.locator("#group-moonshot li").nth(1)).to_have_attribute("data-model", "moonshot-kimi-k2.6")
    expect(page.locator("#group-moonshot .count")).to_have_text("4 models · 2 not well")


def test_models_and_providers_that_left_are_not_shown_any_more(visit: Open, site: Site) -> None:
    page = visit("/")
    page.clock.run_for(2000)
    groups = page.locator(".group").evaluate_all("groups => groups.map((group) => group.id)")
    assert len(groups) > 1
    kept = tuple(model for model in site.page.models if model.provider == "moonshot")[1:]
    site.page = msgspec.structs.replace(site.page, models=kept, generated_at_ms=site.page.generated_at_ms + 15_000)
    wind_until(page, lambda: page.locator(".group").count() == 1)

    rows = page.locator("li[data-model]").evaluate_all("rows => rows.map((row) => row.dataset.model)")
    assert set(rows) == {model.slug for model in kept}


def test_models_that_left_before_the_first_news_are_not_shown_either(visit: Open, site: Site) -> None:
    kept = tuple(model for model in site.page.models if model.provider == "moonshot")[1:]
    left = msgspec.structs.replace(site.page, models=kept, generated_at_ms=site.page.generated_at_ms + 15_000)

    def leave(route: Route) -> None:
        site.page = left
        route.continue_()

    page = visit("/")
    page.route("**/api/v1/*", leave)
    page.reload()
    wind_until(page, lambda: page.locator(".group").count() == 1)

    assert page.locator("li[data-model]").count() == len(kept)


def test_what_did_not_change_is_left_alone(visit: Open, site: Site) -> None:
    page = visit("/")
    page.clock.run_for(2000)
    page.evaluate("document.querySelectorAll('li[data-model]').forEach((row) => { row.untouched = true; })")
    site.page = broken(site.page)
    wind_until(page, lambda: page.locator(f"{K2} .word").inner_text() == "Outage")

    assert page.evaluate("[...document.querySelectorAll('li[data-model]')].filter((row) => !row.untouched).length") == 1


def test_a_mere_fresh_check_does_not_fetch_the_page_again(visit: Open, site: Site) -> None:
    page = visit("/")
    page.clock.run_for(2000)
    expect(page.locator(K2)).to_have_attribute("data-checked", str((world.NOW_MS - 52_000) // 1000))
    site.asked.clear()
    site.page = changed(site.page, 1, checked_at_ms=world.NOW_MS + 9000)
    wind_until(page, lambda: page.locator(K2).get_attribute("data-checked") == str(world.NOW_MS // 1000 + 9))

    assert set(site.asked) == {"/api/v1/models"}


def test_without_news_everything_turns_grey_and_says_since_when(visit: Open, site: Site) -> None:
    page = visit("/")
    page.clock.run_for(2000)
    site.down = True
    page.clock.run_for(12 * 60_000)

    expect(page.locator("h1")).to_contain_text("What is shown may no longer be true.")
    expect(page.locator("h1")).to_contain_text("No news since")
    expect(page.locator(f"{K2} .word")).to_have_text("No data")
    assert page.locator("li[data-status=operational]:not([data-stale])").count() == 0


def test_it_comes_back_to_life_with_the_first_news(visit: Open, site: Site) -> None:
    page = visit("/")
    page.clock.run_for(2000)
    site.down = True
    page.clock.run_for(12 * 60_000)
    expect(page.locator(f"{K2} .word")).to_have_text("No data")
    site.down = False
    site.now_ms += 722_000
    models = tuple(msgspec.structs.replace(model, checked_at_ms=world.NOW_MS + 720_000) for model in site.page.models)
    site.page = msgspec.structs.replace(site.page, models=models, generated_at_ms=world.NOW_MS + 720_000)
    wind_until(page, lambda: page.locator(f"{K2} .word").inner_text() == "Operational")

    expect(page.locator("h1")).to_have_text("Kimi K3 is overloaded; 3 other models have trouble.")


def test_an_old_copy_greys_itself_even_if_it_never_had_news(visit: Open, site: Site) -> None:
    old = site.page.models
    ago = 3_600_000
    site.page = msgspec.structs.replace(
        site.page,
        models=tuple(msgspec.structs.replace(model, checked_at_ms=(model.checked_at_ms or 0) - ago) for model in old),
    )
    page = visit("/")

    assert page.locator("li[data-status=operational]:not([data-stale])").count() == 0
    expect(page.locator("h1")).to_contain_text("No news since")


def test_a_model_page_follows_its_own_model(visit: Open, site: Site) -> None:
    page = visit("/models/moonshot-kimi-k2.6")
    page.clock.run_for(2000)
    expect(page.locator("#hero .word")).to_have_text("Operational")
    site.page = broken(site.page)
    wind_until(page, lambda: page.locator("#hero .word").inner_text() == "Outage")

    expect(page.locator("article")).to_have_attribute("data-status", "major_outage")


def hears(page: Page, site: Site) -> None:
    """Winds on until the page listens and has read the document."""
    read: list[str] = []
    page.on("requestfinished", lambda request: read.append(request.url.removeprefix(page.url.rstrip("/"))))
    wind_until(page, lambda: site.listeners == 1 and "/api/v1/models" in read)


def test_what_the_stream_tells_is_shown_without_waiting_for_the_next_look(visit: Open, site: Site) -> None:
    site.streaming = True
    page = visit("/")
    hears(page, site)
    page.evaluate("document.querySelectorAll('li[data-model]').forEach((row) => { row.untouched = true; })")
    site.asked.clear()
    site.page = broken(site.page)
    site.tell("status", status_data(site.page.models[1]))
    wind_until(page, lambda: page.locator(f"{K2} .word").inner_text() == "Outage", seconds=40)

    expect(page.locator("h1")).to_have_text("Two models are down.")
    expect(page.locator("#news")).to_have_text("Kimi K2.6: Outage.")
    assert page.evaluate("[...document.querySelectorAll('li[data-model]')].filter((row) => !row.untouched).length") == 1
    assert site.asked == ["/"]


def test_other_words_for_the_same_status_wait_for_the_next_look(visit: Open, site: Site) -> None:
    site.streaming = True
    page = visit("/")
    hears(page, site)
    site.asked.clear()
    site.page = changed(site.page, 0, reason="Kimi K3 is overloaded: 5 of the last 5 requests were refused")
    site.tell("status", status_data(site.page.models[0]))
    site.tell("fresh", fresh_data({site.page.models[1].key: world.NOW_MS + 9000}))
    page.clock.run_for(3000)
    page.evaluate("fetch('/badge/all.svg')")
    assert site.asked == ["/badge/all.svg"]
    wind_until(page, lambda: "5 of the last 5" in page.locator('[data-model="moonshot-kimi-k3"] .why').inner_text())


def test_a_fresh_check_that_the_stream_tells_is_noted_without_asking(visit: Open, site: Site) -> None:
    site.streaming = True
    page = visit("/")
    hears(page, site)
    site.asked.clear()
    site.tell("fresh", fresh_data({site.page.models[1].key: world.NOW_MS + 9000}))

    expect(page.locator(K2)).to_have_attribute("data-checked", str(world.NOW_MS // 1000 + 9))
    assert site.asked == []


def test_an_incident_that_the_stream_tells_is_shown(visit: Open, site: Site) -> None:
    site.streaming = True
    page = visit("/")
    hears(page, site)
    told = msgspec.structs.replace(site.page.incidents[0], title="Kimi K3 is on fire")
    site.page = msgspec.structs.replace(site.page, incidents=(told, *site.page.incidents[1:]))
    site.tell("incident", b"{}")
    wind_until(page, lambda: page.get_by_text("Kimi K3 is on fire").count() == 1, seconds=40)


def test_a_page_that_lost_the_stream_looks_for_itself_and_listens_again(visit: Open, site: Site) -> None:
    site.streaming = True
    page = visit("/")
    hears(page, site)
    site.streaming = False
    wind_until(page, lambda: site.listeners == 0)
    site.page = broken(site.page)
    wind_until(page, lambda: page.locator(f"{K2} .word").inner_text() == "Outage", seconds=90)
    site.streaming = True
    wind_until(page, lambda: site.listeners == 1)


def test_a_page_that_could_not_be_fetched_is_fetched_at_the_next_look(visit: Open, site: Site) -> None:
    site.streaming = True
    page = visit("/")
    hears(page, site)
    page.route("**/", lambda route: route.fulfill(status=503))
    page.route("**/api/v1/models", lambda route: route.fulfill(status=503))
    site.page = broken(site.page)
    site.tell("status", status_data(site.page.models[1]))
    page.clock.run_for(3000)
    expect(page.locator(f"{K2} .word")).to_have_text("Operational")
    page.unroute_all()
    wind_until(page, lambda: page.locator(f"{K2} .word").inner_text() == "Outage", seconds=80)


def test_a_page_that_tells_of_no_model_asks_for_none(visit: Open, site: Site) -> None:
    page = visit("/")
    still = page.content().replace("data-poll=", "data-none=")
    page.route("**/still", lambda route: route.fulfill(body=still, content_type="text/html"))
    page.goto("/still")
    site.asked.clear()
    page.clock.run_for(120_000)
    page.evaluate("fetch('/badge/all.svg')")

    assert site.asked == ["/badge/all.svg"]


def test_a_table_of_models_greys_itself_too(visit: Open, site: Site) -> None:
    page = visit("/compare")
    wind_until(page, lambda: page.locator("tr[data-checked]").count() == 3)
    site.down = True
    page.clock.run_for(12 * 60_000)

    expect(page.locator(f"tr{K2} .word").first).to_have_text("No data")
    assert page.locator("tr[data-status=operational]:not([data-stale])").count() == 0
