"""The examples under deploy/, run by the real programs: files answer as the process does."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from statuspage.render.encoded import IDENTITY, Document
from tests.ports import free_port
from tests.publishing import publish
from tests.system.outside import Site, until

DEPLOY = Path(__file__).parents[2] / "deploy"
ROOT, NAME = "/srv/statuspage/public", "status.example.com"
ALIKE = (
    "content-type",
    "cache-control",
    "access-control-allow-origin",
    "access-control-expose-headers",
    "x-content-type-options",
    "cross-origin-resource-policy",
    "cross-origin-opener-policy",
    "content-security-policy",
    "referrer-policy",
    "permissions-policy",
)


@pytest.fixture(scope="module")
def documents(public: Path) -> dict[str, Document]:
    return publish(public)


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("public")


def program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    assert found, f"{name} is needed: `make test` installs it"
    return found


def nginx_command(public: Path, folder: Path, port: int) -> list[str]:
    return nginx((DEPLOY / "nginx/published.conf").read_text(encoding="utf-8").replace(ROOT, str(public)), folder, port)


def nginx(example: str, folder: Path, port: int) -> list[str]:
    """The command that runs an example on this port; what it says of the example is said by `-t` first."""
    (folder / "example.conf").write_text(example.replace("listen 80;", f"listen 127.0.0.1:{port};"), encoding="utf-8")
    places = "".join(f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user} daemon off; pid {folder}/pid; error_log stderr; events {{}} "
        f"http {{ access_log off; {places} include {folder}/example.conf; }}",
        encoding="utf-8",
    )
    command = [program("nginx"), "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    subprocess.run([*command, "-t", "-q"], check=True, timeout=30)
    return command


def caddy_command(public: Path, folder: Path, port: int) -> list[str]:
    example = (DEPLOY / "caddy/Caddyfile").read_text(encoding="utf-8")
    (folder / "Caddyfile").write_text(
        "{\n\tadmin off\n}\n" + example.replace(ROOT, str(public)).replace(NAME, f"http://127.0.0.1:{port}"), encoding="utf-8"
    )
    return [program("caddy"), "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


@contextmanager
def running(command: list[str], folder: Path, port: int) -> Iterator[httpx.Client]:
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={"PATH": os.environ["PATH"], "HOME": str(folder)}
    )
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, headers={"accept-encoding": "identity"}) as client:
        try:
            assert until(lambda: answers(client)), process.communicate(timeout=5)
            yield client
        finally:
            process.terminate()
            process.communicate(timeout=20)


def answers(client: httpx.Client) -> bool:
    try:
        return client.get("/").status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture(scope="module", params=[nginx_command, caddy_command], ids=["nginx", "caddy"])
def server(
    request: pytest.FixtureRequest, public: Path, documents: dict[str, Document], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    folder, port = tmp_path_factory.mktemp("server"), free_port()
    with running(request.param(public, folder, port), folder, port) as client:
        yield client


def test_every_address_is_answered_as_by_the_process(server: httpx.Client, documents: dict[str, Document]) -> None:
    for path, document in documents.items():
        answer, head = server.get(path), server.head(path)
        wanted = {name.decode(): value.decode() for name, value in document.variants[IDENTITY].headers}
        assert (answer.status_code, answer.content) == (200, document.body), path
        assert {name: answer.headers.get(name) for name in ALIKE} == {name: wanted.get(name) for name in ALIKE}, path
        assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", answer.headers["etag"]), path


def test_a_copy_that_is_still_right_costs_nothing_and_may_be_read_from_anywhere(server: httpx.Client) -> None:
    etag = server.get("/api/v1/models").headers["etag"]
    again = server.get("/api/v1/models", headers={"if-none-match": etag})
    assert (again.status_code, again.headers["access-control-allow-origin"]) == (304, "*")
    assert again.headers["cache-control"].startswith("max-age=15,")
    asked = server.options("/api/v1/models", headers={"origin": "https://x.example", "access-control-request-method": "GET"})
    assert asked.status_code == 204
    assert "Authorization" in asked.headers["access-control-allow-headers"]
    small = server.get("/", headers={"accept-encoding": "gzip"})
    assert (small.headers["content-encoding"], "accept-encoding" in small.headers["vary"].lower()) == ("gzip", True)


@pytest.mark.parametrize("path", ["/models/nobody", "/api/v1/models/nobody", "/.statuspage-files", "/static/none.css"])
def test_what_is_not_there_is_not_found(server: httpx.Client, public: Path, path: str) -> None:
    answer = server.get(path)
    assert (answer.status_code, answer.content) == (404, (public / "404.html").read_bytes())
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_nginx_in_front_of_the_process_changes_nothing(gallery: Site, tmp_path: Path) -> None:
    example = (DEPLOY / "nginx/proxy.conf").read_text(encoding="utf-8").replace("http://127.0.0.1:8000", gallery.url)
    port = free_port()
    with running(nginx(example, tmp_path, port), tmp_path, port) as client:
        for encoding in ("identity", "gzip", "zstd"):
            ours = gallery.ask("/methodology", accept_encoding=encoding)
            theirs = client.get("/methodology", headers={"accept-encoding": encoding})
            assert theirs.headers["etag"] == ours.headers["etag"]
            assert theirs.headers.get("content-encoding") == ours.headers.get("content-encoding")
        with client.stream("GET", "/api/v1/events") as stream:
            assert next(stream.iter_lines()) == "retry: 3000"
