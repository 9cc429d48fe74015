"""A whole site of rendered bytes behind a small local server: what the web floor does, without it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, Queue

from statuspage import paths
from statuspage.domain.view import ModelView, PageView
from statuspage.render.assets import Assets
from statuspage.render.badge_svg import badge_svg
from statuspage.render.badge_text import model_badge, page_badge
from statuspage.render.documents import assemble, fragment
from statuspage.render.events import checked_at_ms, frame, fresh_data
from statuspage.render.model_documents import latency_document, uptime_document
from statuspage.render.pages import Renderer
from statuspage.render.people_documents import incidents_document

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; require-trusted-types-for 'script'"
)
Answer = tuple[int, str, bytes]


@cache
def _shipped() -> tuple[Assets, Renderer]:
    assets = Assets(paths.STATIC)
    return assets, Renderer(paths.TEMPLATES, assets)


class Site:
    """Answers every address of one page; give it another `page` and it changes."""

    def __init__(self, page: PageView) -> None:
        self.page = page
        self.assets, self.renderer = _shipped()
        self.down = False
        self.now_ms = page.generated_at_ms
        self.asked: list[str] = []
        self.streaming = False
        self._streams: list[Queue[bytes]] = []

    @property
    def listeners(self) -> int:
        return len(self._streams)

    def tell(self, event: str, data: bytes) -> None:
        """Has everybody who listens hear of it."""
        for stream in self._streams:
            stream.put(frame(event, data))

    def listen(self) -> "Iterator[bytes]":
        """What one listener hears, until the site stops streaming."""
        stream: Queue[bytes] = Queue()
        stream.put(frame("fresh", fresh_data(checked_at_ms(self.page.models))))
        self._streams.append(stream)
        try:
            while self.streaming:
                with suppress(Empty):
                    yield stream.get(timeout=0.05)
        finally:
            self._streams.remove(stream)

    def _dropdown(self) -> bytes:
        return assemble(self.page, map(fragment, self.page.models))

    def addresses(self) -> list[str]:
        slugs = [model.slug for model in self.page.models]
        sheets = (sheet.path for sheet in self.renderer.sheets(self.page))
        return ["/", *sheets, *(f"/models/{slug}" for slug in slugs), *(f"/badge/{slug}.svg" for slug in slugs), "/badge/all.svg",
                "/api/v1/models", *self.assets.files]  # fmt: skip

    def answer(self, path: str) -> Answer:
        self.asked.append(path)
        if self.down:
            return 503, "text/plain", b"down"
        html = "text/html; charset=utf-8"
        models = {model.slug: model for model in self.page.models}
        if path == "/":
            return 200, html, self.renderer.front(self.page)
        if path == "/api/v1/models":
            return 200, "application/json", self._dropdown()
        if asset := self.assets.files.get(path):
            return 200, asset.media_type, asset.content
        if path == "/api/v1/incidents":
            return 200, "application/json", incidents_document(self.page)
        if path == "/badge/all.svg":
            return 200, "image/svg+xml", badge_svg(page_badge(self.page))
        for sheet in self.renderer.sheets(self.page):
            if sheet.path == path:
                return 200, html, sheet.body()
        folder, _, name = path.removeprefix("/").partition("/")
        name, _, question = name.removeprefix("v1/models/").removesuffix(".svg").partition("/")
        model = models.get(name)
        return self._of(model, folder, question) if model else (404, html, self.renderer.not_found(self.page.site))

    def _of(self, model: ModelView, folder: str, question: str) -> Answer:
        if folder == "badge":
            return 200, "image/svg+xml", badge_svg(model_badge(model))
        if question == "uptime?window=90d":
            return 200, "application/json", uptime_document(model, "90d")
        if folder == "api":
            return 200, "application/json", latency_document(model.key, "24h", model.hours)
        return 200, "text/html; charset=utf-8", self.renderer.model_page(self.page, model)


@contextmanager
def served(site: Site) -> Iterator[str]:
    """The address the site is served at, on loopback."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path.startswith("/api/v1/events"):
                self._stream()
                return
            status, media_type, content = site.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Content-Security-Policy", CSP)
            self.end_headers()
            self.wfile.write(content)

        def _stream(self) -> None:
            self.close_connection = True
            self.send_response(200 if site.streaming and not site.down else 503)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            with suppress(OSError):
                for told in site.listen() if not site.down else ():
                    self.wfile.write(told)

        def date_time_string(self, timestamp: float | None = None) -> str:
            return super().date_time_string(site.now_ms / 1000)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        site.streaming = False
        server.shutdown()
        thread.join()
        server.server_close()
