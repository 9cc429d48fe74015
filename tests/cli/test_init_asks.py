"""What `init` asks of a real server, and what it says when the server does not do its part."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result

from statuspage.cli.init import init
from statuspage.config.load import load

KEY = "sk-hunter2-hunter2-hunter2"
Answer = Callable[[str | None], tuple[int, str, bytes]]


@contextmanager
def _server(answer: Answer) -> Iterator[tuple[str, list[str]]]:
    """A server on loopback; `answer` gets the Authorization header. Yields its base URL and the paths asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            status, content_type, body = answer(self.headers.get("Authorization"))
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _init(base_url: str, output: Path) -> Result:
    arguments = ["--vendor", "moonshot", "--base-url", base_url, "--output", str(output)]
    return CliRunner(env={"MOONSHOT_API_KEY": KEY, "STATUSPAGE_CONFIG": None}).invoke(init, arguments)


def _listing(authorization: str | None) -> tuple[int, str, bytes]:
    if authorization != f"Bearer {KEY}":
        return 401, "application/json", b"{}"
    return 200, "application/json", json.dumps({"object": "list", "data": [{"id": "kimi-k3"}, {"id": "kimi-k2.6"}]}).encode()


def test_it_writes_what_the_server_lists_for_the_key(tmp_path: Path) -> None:
    output = tmp_path / "statuspage.yml"
    with _server(_listing) as (base_url, asked):
        result = _init(base_url, output)
    assert result.exit_code == 0, result.output
    assert asked == ["/v1/models"]
    config = load(output, {"MOONSHOT_API_KEY": "k"}).config
    assert config is not None
    assert [model.key for model in config.models] == ["moonshot/kimi-k3", "moonshot/kimi-k2.6"]
    assert config.providers[0].base_url == base_url


@pytest.mark.parametrize(
    "answer, said",
    [
        ((401, "application/json", json.dumps({"error": {"message": f"Invalid key {KEY}"}}).encode()), "rejects our key"),
        ((404, "application/json", b"{}"), "Check `base_url`"),
        ((200, "text/html", b"<html>hello</html>"), "answers with a web page"),
        ((200, "application/json", b'{"object": "list", "data": []}'), "lists no models"),
        ((503, "text/plain", b"down"), "answers with"),
    ],
)
def test_a_server_that_lists_nothing_gets_one_sentence_and_no_file(
    tmp_path: Path, answer: tuple[int, str, bytes], said: str
) -> None:
    output = tmp_path / "statuspage.yml"
    with _server(lambda _: answer) as (base_url, _):
        result = _init(base_url, output)
    assert result.exit_code == 1
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert "hunter2" not in result.output
    assert not output.exists()


def test_a_rejected_key_is_told_of_the_other_surfaces(tmp_path: Path) -> None:
    with _server(lambda _: (401, "application/json", b'{"error": {"type": "invalid_authentication_error"}}')) as (base_url, _):
        result = _init(base_url, tmp_path / "x.yml")
    assert "--vendor moonshot-cn or kimi-code" in result.stderr


def test_nobody_at_the_address_is_one_sentence(tmp_path: Path, free_port: int) -> None:
    result = _init(f"http://127.0.0.1:{free_port}/v1", tmp_path / "x.yml")
    assert result.exit_code == 1
    assert "refuses connections" in result.stderr
