"""`statuspage` against llama.cpp's own server with a tiny random model; `make first-light` builds it for minutes first."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.first_light.processes import CHECKOUT, STATUSPAGE, Program, environment, probe_lines, running, until
from tests.ports import free_port

pytestmark = [pytest.mark.first_light, pytest.mark.llama]

STATUSPAGE_YML = """
site: {{title: First light, url: "http://127.0.0.1:{port}"}}
database: sqlite+aiosqlite:///first-light.db
probing:
  interval: 2s
  max_stale: 20s
  timeout: 15s
  confirm: {{probes: 2, spacing: 1s}}
  canaries: []
  allow_private_networks: true
providers:
  llama:
    vendor: openai-compatible
    base_url: {server}/v1
    api_key: env:LLAMA_KEY
    models: [tiny-llama]
"""
ENV = {"LLAMA_KEY": "sk-llama-first-light"}


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("weights") / "tiny.gguf"
    subprocess.run([environment("llama"), CHECKOUT / "tests/first_light/make_gguf.py", path], check=True)
    return path


def _server(weights: Path, port: int) -> list[object]:
    options = ["--model_alias", "tiny-llama", "--host", "127.0.0.1", "--n_ctx", "512", "--n_threads", "1"]
    return [environment("llama"), "-m", "llama_cpp.server", "--model", weights, "--port", str(port), *options]


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    path, llama_port = tmp_path_factory.mktemp("statuspage") / "statuspage.yml", free_port()
    path.write_text(STATUSPAGE_YML.format(server=f"http://127.0.0.1:{llama_port}", port=free_port()))
    return path, llama_port


@pytest.fixture(scope="module")
def page(config: tuple[Path, int]) -> Iterator[Program]:
    path, _ = config
    url = path.read_text().partition('url: "')[2].partition('"')[0]
    command = [*STATUSPAGE, "serve", "--config", path, "--port", url.rpartition(":")[2]]
    with running(command, url, "/livez", path.parent / "serve.log", ENV) as program:
        yield program


def _level(page: Program) -> object:
    return httpx.get(f"{page.url}/api/v1/models", trust_env=False).json()["models"]["llama/tiny-llama"]["level"]


def test_a_small_model_of_random_weights_is_alive(weights: Path, config: tuple[Path, int], tmp_path: Path) -> None:
    path, port = config
    with running(_server(weights, port), f"http://127.0.0.1:{port}", "/v1/models", tmp_path / "llama.log"):
        status, lines = probe_lines(path, ENV)
    assert status == 0
    assert (lines["llama/tiny-llama"]["judgement"], lines["llama/tiny-llama"]["class"]) == ("ok", "ok")


def test_the_page_follows_the_server_as_it_comes_and_goes(
    weights: Path, config: tuple[Path, int], page: Program, tmp_path: Path
) -> None:
    _, port = config
    url = f"http://127.0.0.1:{port}"
    with running(_server(weights, port), url, "/v1/models", tmp_path / "first.log"):
        assert until(lambda: _level(page) == "green", within_s=40)
    assert until(lambda: _level(page) == "red", within_s=40)
    with running(_server(weights, port), url, "/v1/models", tmp_path / "second.log"):
        assert until(lambda: _level(page) == "green", within_s=60)
