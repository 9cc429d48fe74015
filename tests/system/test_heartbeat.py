"""`serve` pings whoever watches over it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.system.outside import Upstream, config, serving, until


@contextmanager
def watcher(taken: list[str]) -> Iterator[str]:
    """A dead man's switch on loopback that notes the paths it was pinged at."""

    class Switch(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            taken.append(self.path)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Switch)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/ping/secret-uuid"
    finally:
        server.shutdown()
        server.server_close()


def test_it_pings_its_heartbeat_and_never_logs_where(tmp_path: Path, upstream: Upstream) -> None:
    taken: list[str] = []
    with watcher(taken) as url:
        file = config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3"]}}, heartbeat_url=url)
        with serving(file) as site:
            assert until(lambda: taken)
            assert "secret-uuid" not in site.log
    assert set(taken) == {"/ping/secret-uuid"}
