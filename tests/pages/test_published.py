"""The published page behind a mere file server: it greys itself once the process that wrote it is gone."""

import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.publishing import publish
from tests.render import world


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("published")
    # In a thread of its own, as Playwright's loop may be running in this one.
    thread = threading.Thread(target=publish, args=(made,))
    thread.start()
    thread.join()
    return made


@pytest.fixture
def server(folder: Path) -> Iterator[tuple[str, list[float]]]:
    """A server that knows files alone, as `python -m http.server` does, at a time of our choice."""
    now = [world.NOW_MS / 1000]

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments, directory=str(folder))  # type: ignore[arg-type]

        def date_time_string(self, timestamp: float | None = None) -> str:
            return super().date_time_string(timestamp or now[0])

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", now
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("address", ["/", "/models/moonshot-kimi-k2.6"])
def test_what_nobody_writes_any_more_turns_grey(browser: Browser, server: tuple[str, list[float]], address: str) -> None:
    base, now = server
    page = browser.new_page(locale="en-GB")
    page.clock.install(time=world.NOW_MS / 1000)
    page.goto(f"{base}{address}")
    page.clock.run_for(2000)
    healthy = page.locator("[data-model]" if address == "/" else "#hero").first
    expect(healthy).not_to_have_attribute("data-stale", "")

    now[0] += 12 * 60
    page.clock.run_for(12 * 60_000)
    expect(page.locator("#hero")).to_have_attribute("data-stale", "")
    expect(page.locator("#hero")).to_contain_text("What is shown may no longer be true.")
    assert page.locator("li[data-status=operational]:not([data-stale])").count() == 0
    page.close()
