"""A statuspage server played by hand, over real HTTP, in a thread of its own."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import msgspec


class Asked(NamedTuple):
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401 - any document
        return msgspec.json.decode(self.body)


class Said(NamedTuple):
    status: int = 200
    document: object = None
    headers: Mapping[str, str] = {}


class Page:
    """Answers with what `says` makes of each request; `asked` are those that came."""

    def __init__(self, says: Callable[[Asked], Said]) -> None:
        self.says = says
        self.asked: list[Asked] = []
        self.url = ""


@contextmanager
def serving(says: Callable[[Asked], Said]) -> Iterator[Page]:
    page = Page(says)

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            length = int(self.headers.get("content-length", 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, self.path, headers, self.rfile.read(length))
            page.asked.append(asked)
            said = page.says(asked)
            body = b"" if said.document is None else msgspec.json.encode(said.document)
            self.send_response_only(said.status)  # without a `Date`, which tests say themselves
            for name, value in {"content-length": str(len(body)), **said.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = answer

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    page.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield page
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
