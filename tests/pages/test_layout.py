"""The pages in a browser: every width, both themes, no script, print, forced colours."""

import msgspec
import pytest

from tests.pages.conftest import Open
from tests.render.site import Site

ADDRESSES = ("/", "/models/moonshot-kimi-k3", "/models/deepseek-deepseek-reasoner")
_WATCHING = """
window.moved = 0;
window.note = (shifts) => { for (const shift of shifts) moved += shift.value; };
window.moves = new PerformanceObserver((list) => note(list.getEntries()));
moves.observe({type: "layout-shift", buffered: true});
"""
SHEETS = ("/incidents", "/incidents/i-7f3a", "/compare", "/history", "/methodology")


@pytest.mark.parametrize("address", [*ADDRESSES, *SHEETS])
def test_nothing_scrolls_sideways(visit: Open, address: str) -> None:
    page = visit(address)

    for width in (360, 600, 768, 1024, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("address", ["/", "/models/moonshot-kimi-k3", "/incidents"])
def test_nothing_moves_once_it_is_painted(visit: Open, address: str) -> None:
    page = visit(address)
    page.add_init_script(_WATCHING)
    moved = {}
    for width in (360, 412, 600, 1024):
        page.set_viewport_size({"width": width, "height": 900})
        page.reload()
        page.screenshot()  # whatever is to be painted is
        moved[width] = page.evaluate("(note(moves.takeRecords()), moved)")
    assert {width: share for width, share in moved.items() if share > 0.01} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_system_chooses_the_theme(visit: Open, scheme: str) -> None:
    page = visit("/", color_scheme=scheme)

    grounds = {"light": "rgb(255, 255, 255)", "dark": "rgb(13, 17, 23)"}
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == grounds[scheme]


def test_it_asks_at_most_five_times_and_nobody_else(visit: Open, site: Site) -> None:
    asked: list[str] = []
    page = visit("/")
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.wait_for_load_state("networkidle")

    base = page.url.removesuffix("/")
    assert len(asked) <= 5
    assert [url for url in asked if not url.startswith(base) and not url.startswith("data:")] == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_is_whole_without_javascript(visit: Open, address: str) -> None:
    page = visit(address, java_script_enabled=False)

    assert page.locator("h1").is_visible()
    assert page.locator("#theme").is_hidden()
    assert page.locator("[data-copy]:visible").count() == 0
    assert "2026" in page.locator("#hero time").first.inner_text()
    if address == "/":
        assert page.locator("li[data-model]:visible").count() == 20
        assert page.locator("#filter").is_hidden()
    else:
        page.locator("summary", has_text="Day by day").click()
        assert page.locator(".alternative tr:visible").count() == 91


def test_a_group_folds_without_javascript(visit: Open) -> None:
    page = visit("/", java_script_enabled=False)
    page.locator("#group-moonshot > summary").click()

    assert page.locator("#group-moonshot li:visible").count() == 0


def test_forced_colours_keep_shapes_and_bars(visit: Open) -> None:
    page = visit("/", forced_colors="active")

    fill = page.evaluate("getComputedStyle(document.querySelector('.bars .ok')).fill")
    lost = page.evaluate("getComputedStyle(document.querySelector('.bars .bad')).fill")
    assert fill != lost
    assert page.locator(".row .shape").first.is_visible()


def test_print_leaves_out_what_paper_cannot_do(visit: Open) -> None:
    page = visit("/")
    page.emulate_media(media="print")

    assert page.locator("#theme").is_hidden()
    assert page.locator("#filter").is_hidden()
    assert page.locator("li[data-model]:visible").count() == 20


def test_the_skip_link_is_the_first_stop_of_the_keyboard(visit: Open) -> None:
    page = visit("/")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.textContent") == "Skip to content"


@pytest.mark.parametrize("width", [360, 1280])
def test_targets_are_large_enough_for_a_finger(visit: Open, width: int) -> None:
    page = visit("/", width=width)

    small = page.evaluate(
        """[...document.querySelectorAll("button, input, summary, .bars")].filter((one) => one.checkVisibility())
             .filter((one) => one.getBoundingClientRect().height < 24).map((one) => one.outerHTML.slice(0, 80))"""
    )
    assert small == []


def test_endless_names_break_instead_of_scrolling(visit: Open, site: Site) -> None:
    endless = "x" * 200
    model = msgspec.structs.replace(
        site.page.models[0], name=endless, key=f"moonshot/{endless}", provider=endless, use_instead=f"a/{endless}", reason=endless
    )
    incident = msgspec.structs.replace(site.page.incidents[0], title=endless)
    site.page = msgspec.structs.replace(
        site.page,
        site=msgspec.structs.replace(site.page.site, title=endless),
        models=(model, *site.page.models[1:]),
        incidents=(incident, *(msgspec.structs.replace(one, title=endless) for one in site.page.incidents[1:])),
        sentence=endless,
    )
    for address in ("/", f"/models/{model.slug}"):
        page = visit(address, width=360)
        for width in (360, 768, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
