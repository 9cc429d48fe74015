"""A real browser before a small site of rendered bytes, at the invented world's own time."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.pages.browser import LAUNCH_ARGS
from tests.render import world
from tests.render.site import Site, served

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One for each file: while Playwright is at work, its event loop runs in this thread, where no other test can run one."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=LAUNCH_ARGS)
        yield browser
        browser.close()


@pytest.fixture
def site() -> Site:
    return Site(world.page(20))


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Open]:
    """`visit(address, width=…, **context options)`: a page that says nothing on its console, or the test fails."""
    said: list[str] = []
    contexts = []
    with served(site) as base:

        def visit(address: str = "/", *, width: int = 1280, **options: Any) -> Page:  # noqa: ANN401 - Playwright's own options
            context = browser.new_context(viewport={"width": width, "height": 900}, locale="en-GB", base_url=base, **options)
            contexts.append(context)
            page = context.new_page()
            page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
            page.on("pageerror", lambda error: said.append(f"error: {error}"))
            page.clock.install(time=world.NOW_MS / 1000)
            page.goto(address)
            return page

        yield visit
        for context in contexts:
            context.close()
    assert [line for line in said if "503" not in line] == []
