"""Somebody else's site: the pages of `examples/embed` from an origin of their own, with the libraries they name."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from statuspage import paths

_ROOT: Final = paths.STATIC.parent
EXAMPLES: Final = _ROOT / "examples" / "embed"
_NPM: Final = _ROOT / ".cache" / "npm" / "node_modules"
_REACT: Final = {
    "react": "react/cjs/react.production.js",
    "react-dom": "react-dom/cjs/react-dom.production.js",
    "scheduler": "scheduler/cjs/scheduler.production.js",
    "react-dom/client": "react-dom/cjs/react-dom-client.production.js",
}
_NAMES: Final = {"react": ("createElement", "useState"), "react-dom/client": ("createRoot",)}
_ADDRESSES: Final = {
    "https://esm.sh/react@19": "/react.mjs?name=react",
    "https://esm.sh/react-dom@19/client": "/react.mjs?name=react-dom/client",
    "https://esm.sh/vue@3/dist/vue.esm-browser.prod.js": "/vue.mjs",
}


def npm_file(path: str) -> str:
    """A file of the tests' JavaScript programs."""
    return (_NPM / path).read_text(encoding="utf-8")


def _react() -> str:
    """React's own files, which are no ES modules, as one that keeps its parts where all importers find the same."""
    parts = ",".join(f"{json.dumps(name)}(module,exports,require){{{npm_file(path)}}}" for name, path in _REACT.items())
    return (
        f"const parts = {{{parts}}}, made = {{}};"
        "export const load = (name) => {"
        "  if (!made[name]) { const module = { exports: {} }; made[name] = module;"
        "    parts[name](module, module.exports, load); }"
        "  return made[name].exports; };"
    )


def _module(name: str) -> str:
    return f'import {{ load }} from "/react-parts.mjs"; export const {{ {", ".join(_NAMES[name])} }} = load("{name}");'


def example(name: str, status_url: str) -> str:
    """An example, its status page being that of this address."""
    text = (EXAMPLES / name).read_text(encoding="utf-8").replace("https://status.example", status_url)
    for theirs, ours in _ADDRESSES.items():
        text = text.replace(f'"{theirs}"', f'"{ours}"')
    return text


@contextmanager
def hosted(status_url: str, pages: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Iterator[str]:
    """The address of a site with the examples and these pages, each under these headers."""
    made = {f"/{path.name}": example(path.name, status_url) for path in Path(EXAMPLES).glob("*.html")} | dict(pages)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path, _, query = self.path.partition("?")
            kind = "text/javascript" if path.endswith(".mjs") else "text/html; charset=utf-8"
            if path == "/react.mjs":
                body = _module(query.removeprefix("name="))
            elif path == "/react-parts.mjs":
                body = _react()
            elif path == "/vue.mjs":
                body = npm_file("vue/dist/vue.esm-browser.prod.js")
            else:
                body = made.get(path, "")
            content = body.encode()
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
