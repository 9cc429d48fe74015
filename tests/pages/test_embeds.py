"""The module in other people's pages: a running server, pages from another origin, a real browser."""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.pages.host import hosted
from tests.system.outside import Site, Upstream, config, serving

K3 = "moonshot/kimi-k3"
K2 = "openrouter/moonshotai/kimi-k2.6"
WORKS = "● Kimi K3 – Operational"
BROKEN = "■ Kimi K3 – Outage"
STRICT = {
    "Content-Security-Policy": "default-src 'none'; script-src {0}; connect-src {0}; frame-src {0}; style-src 'self'; "
    "require-trusted-types-for 'script'"
}
PATIENCE_MS = 20_000


@pytest.fixture(scope="module")
def upstream() -> Iterator[Upstream]:
    with Upstream() as opened:
        yield opened


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory, upstream: Upstream) -> Path:
    providers = {
        "moonshot": {"models": [{"id": "kimi-k3", "name": "Kimi K3"}]},
        "openrouter": {"models": [{"id": "moonshotai/kimi-k2.6", "name": "Kimi K2.6"}]},
    }
    return config(tmp_path_factory.mktemp("embeds"), upstream, providers, probing={"max_stale": "30s"})


@pytest.fixture(scope="module")
def site(settings: Path) -> Iterator[Site]:
    with serving(settings) as site:
        for key in (K3, K2):
            site.until_status(key, "operational")
        yield site


Host = Callable[..., str]


@pytest.fixture
def host(site: Site) -> Iterator[str]:
    with hosted(site.url, {}) as url:
        yield url


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 800, "height": 600}, color_scheme="light")
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


def option(page: Page, key: str = K3) -> Any:  # noqa: ANN401 - a locator
    return page.locator(f'option[value="{key}"]')


def element(page: Page) -> Any:  # noqa: ANN401 - a locator
    return page.locator("llm-status").first


def test_it_is_small(site: Site) -> None:
    answer = site.ask("/embed.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "max-age=300" in answer.headers["cache-control"]
    assert len(gzip.compress(answer.content)) <= 5000
    assert site.ask("/embed.js", if_none_match=answer.headers["etag"]).status_code == 304


@pytest.mark.parametrize("name", ["plain.html", "react.html", "vue.html"])
def test_an_example_follows_an_outage_and_its_end(
    context: BrowserContext, host: str, site: Site, upstream: Upstream, name: str
) -> None:
    page = context.new_page()
    page.goto(f"{host}/{name}")
    expect(option(page)).to_have_text(WORKS, timeout=PATIENCE_MS)
    expect(option(page)).to_have_attribute("data-level", "green")
    expect(option(page, K2)).to_have_text("● Kimi K2.6 via OpenRouter – Operational")
    expect(element(page)).to_have_attribute("level", "green")
    assert option(page).get_attribute("value") == K3
    upstream.do(lambda zoo: zoo.cut("moonshot"))
    try:
        expect(option(page)).to_have_text(BROKEN, timeout=PATIENCE_MS)
        expect(option(page)).to_have_attribute("data-level", "red")
        expect(element(page)).to_have_attribute("level", "red")
        expect(element(page).locator("[part=label]")).to_have_text("Outage")
        expect(element(page).locator("[part=dot]")).to_have_text("■")
    finally:
        upstream.do(lambda zoo: zoo.restore())
        site.until_status(K3, "operational")
    expect(option(page)).to_have_text(WORKS, timeout=PATIENCE_MS)
    expect(element(page)).to_have_attribute("level", "green")


@pytest.mark.parametrize("name", ["react.html", "vue.html"])
def test_an_option_that_a_framework_adds_is_told_too_and_an_unknown_model_is_grey(
    context: BrowserContext, host: str, name: str
) -> None:
    page = context.new_page()
    page.goto(f"{host}/{name}")
    expect(option(page)).to_have_text(WORKS)
    page.get_by_role("button", name="Add a model").click()
    expect(option(page, "openrouter/nobody/knows")).to_have_text("○ Somebody's own – Unknown")
    expect(option(page, "openrouter/nobody/knows")).to_have_attribute("data-level", "grey")
    page.get_by_role("combobox").select_option("openrouter/nobody/knows")
    expect(element(page)).to_have_attribute("level", "grey")
    expect(element(page).locator("[part=label]")).to_have_text("Unknown")
    page.get_by_role("combobox").select_option(K3)
    expect(element(page)).to_have_attribute("level", "green")


def test_a_framework_keeps_its_own_pieces_of_an_option(context: BrowserContext, site: Site) -> None:
    errors: list[str] = []
    pieces = f"""<!doctype html><script type="module" src="{site.url}/embed.js"></script><div id="app"></div>
      <script type="module">
        import {{ createElement as h, useState }} from "/react.mjs?name=react";
        import {{ createRoot }} from "/react.mjs?name=react-dom/client";
        function App() {{
          const [turn, setTurn] = useState(0);
          const bold = turn % 2 ? h("b", null, " bold") : null;
          return h("div", null, h("button", {{ onClick: () => setTurn(turn + 1) }}, "next"),
            h("select", {{ "data-llm-status": "" }}, h("option", {{ value: "{K3}" }}, "Kimi ", turn, bold, " end")));
        }}
        createRoot(document.querySelector("#app")).render(h(App));
      </script>"""
    with hosted(site.url, {"/pieces": pieces}) as url:
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{url}/pieces")
        for told in ("Kimi 0 end", "Kimi 1 bold end", "Kimi 2 end", "Kimi 3 bold end"):
            expect(option(page)).to_have_text(f"● {told} – Operational")
            page.get_by_role("button", name="next").click()
        assert errors == []


def test_an_empty_choice_is_left_alone_and_a_text_that_changes_keeps_its_mark(context: BrowserContext, host: str) -> None:
    page = context.new_page()
    page.goto(f"{host}/plain.html")
    expect(option(page)).to_have_text(WORKS)
    expect(option(page, "")).to_have_text("Whichever works")
    page.evaluate("document.querySelector('option[value=\"moonshot/kimi-k3\"]').childNodes[1].nodeValue = 'K3 (new)'")
    expect(option(page)).to_have_text("● K3 (new) – Operational")
    page.evaluate("document.querySelector('option[value=\"moonshot/kimi-k3\"]').textContent = 'K3 (newer)'")
    expect(option(page)).to_have_text("● K3 (newer) – Operational")
    page.evaluate("document.querySelector('option[value=\"moonshot/kimi-k3\"]').append(' at home')")
    expect(option(page)).to_have_text("● K3 (newer) at home – Operational")
    page.evaluate("document.querySelector('option[value=\"moonshot/kimi-k3\"]').value = 'somebody/else'")
    expect(option(page, "somebody/else")).to_have_text("○ K3 (newer) at home – Unknown")
    page.evaluate(
        """document.body.insertAdjacentHTML('beforeend', `<select data-llm-status id=late><optgroup label=x>
             <option>Nothing</option><option value="moonshot/kimi-k3">K3</option></optgroup></select>`)"""
    )
    expect(page.locator("#late option")).to_have_text(["Nothing", "● K3 – Operational"])


def test_an_element_has_a_name_for_those_who_do_not_see_it(context: BrowserContext, host: str) -> None:
    page = context.new_page()
    page.goto(f"{host}/plain.html")
    expect(element(page)).to_have_attribute("level", "green")
    tree = context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    named = {(node["role"]["value"], node["name"]["value"]) for node in tree if node.get("name") and node.get("role")}
    assert ("image", "Kimi K3: Operational") in named
    assert page.evaluate("document.querySelector('llm-status').shadowRoot.mode") == "open"
    assert page.evaluate("Object.keys(window).filter((name) => /llm|status(?!bar)/i.test(name) && name !== 'status')") == []


def test_it_works_under_a_strict_policy_of_the_page_around_it(context: BrowserContext, site: Site) -> None:
    said: list[str] = []
    policy = {name: value.format(site.url) for name, value in STRICT.items()}
    plain = f"""<!doctype html><script type="module" src="{site.url}/embed.js"></script>
      <select data-llm-status><option value="{K3}">Kimi K3</option></select><llm-status model="{K3}"></llm-status>"""
    with hosted(site.url, {"/strict": plain}, policy) as url:
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{url}/strict")
        expect(option(page)).to_have_text(WORKS)
        expect(element(page)).to_have_attribute("level", "green")
        colour = page.evaluate(
            "getComputedStyle(document.querySelector('llm-status').shadowRoot.querySelector('[part=dot]')).color"
        )
        assert colour == "rgb(26, 127, 55)"
        assert [line for line in said if "favicon" not in line] == []


def test_two_tabs_share_one_connection_and_the_other_takes_over(
    context: BrowserContext, host: str, site: Site, upstream: Upstream
) -> None:
    streams: list[str] = []
    context.on("request", lambda request: streams.append(request.url) if "/api/v1/events" in request.url else None)
    first, second = context.new_page(), context.new_page()
    for page in (first, second):
        page.goto(f"{host}/react.html")
        expect(option(page)).to_have_text(WORKS)
    assert len(streams) == 1
    upstream.do(lambda zoo: zoo.cut("moonshot"))
    try:
        for page in (first, second):
            expect(option(page)).to_have_text(BROKEN, timeout=PATIENCE_MS)
        assert len(streams) == 1
        first.close()
    finally:
        upstream.do(lambda zoo: zoo.restore())
        site.until_status(K3, "operational")
    expect(option(second)).to_have_text(WORKS, timeout=PATIENCE_MS)
    assert len(streams) == 2


def test_it_works_alone_where_tabs_cannot_speak_to_each_other(context: BrowserContext, host: str) -> None:
    context.add_init_script("Object.defineProperty(navigator, 'locks', { value: undefined })")
    page = context.new_page()
    page.goto(f"{host}/plain.html")
    expect(option(page)).to_have_text(WORKS)


def test_it_works_where_the_page_has_no_origin(context: BrowserContext, site: Site) -> None:
    boxed = f"""<iframe sandbox="allow-scripts" srcdoc='<script type="module" src="{site.url}/embed.js"></script>
      <llm-status model="{K3}">not yet</llm-status>'></iframe>"""
    with hosted(site.url, {"/boxed": boxed}) as url:
        page = context.new_page()
        page.goto(f"{url}/boxed")
        expect(page.frame_locator("iframe").locator("llm-status")).to_have_attribute("level", "green")


def test_without_a_stream_it_asks(context: BrowserContext, host: str) -> None:
    page = context.new_page()
    page.route("**/api/v1/events*", lambda route: route.fulfill(status=404))
    page.goto(f"{host}/plain.html")
    expect(option(page)).to_have_text(WORKS)


def test_everything_greys_when_the_server_is_gone(context: BrowserContext, settings: Path) -> None:
    with serving(settings) as own:
        own.until_status(K3, "operational")
        with hosted(own.url, {}) as url:
            page = context.new_page()
            page.clock.install()
            page.goto(f"{url}/plain.html")
            expect(option(page)).to_have_text(WORKS)
            own.stop()
            expect(option(page)).to_have_text(WORKS)
            page.clock.run_for(40_000)
            expect(option(page)).to_have_text("○ Kimi K3 – No data")
            expect(option(page)).to_have_attribute("data-level", "grey")
            expect(element(page)).to_have_attribute("level", "grey")
            expect(element(page).locator("[part=label]")).to_have_text("No data")


def test_where_there_never_was_a_server_everything_is_grey(context: BrowserContext, site: Site, host: str) -> None:
    page = context.new_page()
    page.route("**/api/v1/**", lambda route: route.abort())
    page.goto(f"{host}/plain.html")
    expect(option(page)).to_have_text("○ Kimi K3 – No data")
    expect(element(page)).to_have_attribute("level", "grey")


def test_a_frame_shows_one_model_live_in_the_theme_that_was_asked_for(
    context: BrowserContext, host: str, site: Site, upstream: Upstream
) -> None:
    page = context.new_page()
    page.goto(f"{host}/plain.html")
    inside = page.frame_locator("iframe")
    expect(inside.get_by_text("Kimi K3")).to_be_visible()
    expect(inside.locator("llm-status")).to_have_attribute("level", "green")
    fits = "document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth"
    assert page.frames[1].evaluate(fits)
    grounds = {"light": "rgb(255, 255, 255)", "dark": "rgb(13, 17, 23)"}
    for theme, ground in grounds.items():
        page.goto(f"{site.url}/embed/moonshot-kimi-k3?theme={theme}")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == ground
    page.emulate_media(color_scheme="dark")
    page.goto(f"{site.url}/embed/moonshot-kimi-k3")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == grounds["dark"]
