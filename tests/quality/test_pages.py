"""Every kind of page in a real browser: accessible, silent, alone, walkable, and no wider than the screen."""

from pathlib import Path

from playwright.sync_api import Browser, Page, StorageState

_AXE = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map((v) => v.id + ': ' + v.nodes[0].html)"
_SIDEWAYS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
_OUTLINED = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return "end";
  const style = getComputedStyle(here);
  const seen = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  return seen ? "seen" : here.outerHTML.slice(0, 120);
}"""
_MOST_STOPS = 400


def _open(browser: Browser, demo: str, insider: StorageState, **options: object) -> Page:
    context = browser.new_context(
        base_url=demo,
        locale="en-GB",
        bypass_csp=True,
        storage_state=insider,
        **options,  # type: ignore[arg-type]
    )
    return context.new_page()


def test_axe_finds_nothing_in_light_and_dark_narrow_and_wide(
    browser: Browser, demo: str, addresses: list[str], rooms: list[str], modules: Path, insider: StorageState
) -> None:
    axe = (modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    page = _open(browser, demo, insider)
    found = []
    for address in dict.fromkeys((*addresses, *rooms)):
        page.goto(address)
        page.evaluate(axe)
        for scheme in ("light", "dark"):
            for width in (360, 1280):
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                page.set_viewport_size({"width": width, "height": 900})
                found += [f"{address} {scheme} {width}: {each}" for each in page.evaluate(_AXE)]
    page.context.close()
    assert not found, "\n".join(found)


def test_no_page_says_anything_or_asks_anybody_else(
    browser: Browser, demo: str, addresses: list[str], insider: StorageState
) -> None:
    context = browser.new_context(base_url=demo, locale="en-GB", storage_state=insider)
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    page.on("request", lambda request: asked.append(request.url))
    for address in addresses:
        page.goto(address, wait_until="load")
    context.close()
    assert [line for line in said if "/nothing-is-here" not in line] == []
    assert [url for url in asked if not url.startswith((demo, "data:"))] == []


def test_no_page_is_wider_than_the_screen_at_any_zoom(
    browser: Browser, demo: str, addresses: list[str], insider: StorageState
) -> None:
    page = _open(browser, demo, insider)
    wide = []
    for address in addresses:
        page.goto(address)
        for width in (320, 360, 640, 1920):  # 1280 at 400 % and 200 % are 320 and 640
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate(_SIDEWAYS):
                wide.append(f"{address} at {width}")
    page.context.close()
    assert wide == []


def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    browser: Browser, demo: str, addresses: list[str], insider: StorageState
) -> None:
    page = _open(browser, demo, insider, viewport={"width": 1280, "height": 900})
    unseen = []
    for address in addresses:
        page.goto(address)
        reached = 0
        for _ in range(_MOST_STOPS):
            page.keyboard.press("Tab")
            told = page.evaluate(_OUTLINED)
            if told == "end":
                break
            reached += 1
            if told != "seen":
                unseen.append(f"{address}: {told}")
        assert reached > 0, address
    page.context.close()
    assert unseen == []


def test_every_page_says_all_without_javascript(browser: Browser, demo: str, addresses: list[str], insider: StorageState) -> None:
    page = _open(browser, demo, insider, java_script_enabled=False)
    for address in addresses:
        page.goto(address)
        assert page.locator("h1, [part], main, body > *").first.is_visible(), address
    page.context.close()


def test_fifty_models_weigh_little(browser: Browser, demo: str) -> None:
    context = browser.new_context(base_url=demo, locale="en-GB")
    page = context.new_page()
    sizes: dict[str, int] = {}
    page.on("requestfinished", lambda request: sizes.__setitem__(request.url, request.sizes()["responseBodySize"]))
    page.goto("/", wait_until="load")
    page.wait_for_timeout(500)
    context.close()
    loaded = {url: size for url, size in sizes.items() if not url.startswith("data:") and not url.endswith("/api/v1/events")}
    assert len(loaded) <= 5, loaded
    assert sum(loaded.values()) <= 40 * 1024, loaded
