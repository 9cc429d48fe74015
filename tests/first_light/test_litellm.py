"""`statuspage` against LiteLLM's proxy, a server that nobody here wrote."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.first_light.processes import STATUSPAGE, Program, environment, probe_lines, running, until
from tests.ports import free_port

pytestmark = pytest.mark.first_light

KEY = "sk-first-light-0123456789"
ENV = {"LITELLM_KEY": KEY, "WRONG_KEY": "sk-somebody-elses-0123456789"}

PROXY = f"""
model_list:
  - model_name: kimi-k2.6
    litellm_params: {{model: openai/kimi-k2.6, api_key: sk-none, mock_response: "ok"}}
  - model_name: kimi-k3
    litellm_params: {{model: openai/kimi-k3, api_key: sk-none, mock_response: "I am well, thank you for asking."}}
  - model_name: kimi-broken
    litellm_params: {{model: openai/kimi-broken, api_key: sk-none, mock_response: "litellm.InternalServerError"}}
  - model_name: kimi-limited
    litellm_params: {{model: openai/kimi-limited, api_key: sk-none, mock_response: "litellm.RateLimitError"}}
general_settings: {{master_key: {KEY}}}
litellm_settings: {{num_retries: 0}}
"""

STATUSPAGE_YML = """
site: {{title: First light, url: "http://127.0.0.1:{port}"}}
database: sqlite+aiosqlite:///first-light.db
probing:
  interval: 3s
  max_stale: 30s
  timeout: 20s
  confirm: {{probes: 2, spacing: 1s}}
  canaries: []
  allow_private_networks: true
providers:
  litellm:
    vendor: openai-compatible
    base_url: {proxy}/v1
    api_key: env:LITELLM_KEY
    models: [kimi-k2.6, kimi-k3, kimi-broken, kimi-limited, kimi-nowhere]
  elsewhere:
    vendor: openai-compatible
    base_url: {proxy}/v1
    api_key: env:NOT_SET
    models: [kimi-k3]
"""


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    python = environment("litellm")
    folder = tmp_path_factory.mktemp("litellm")
    (folder / "proxy.yml").write_text(PROXY)
    port = free_port()
    command = [python.parent / "litellm", "--config", folder / "proxy.yml", "--host", "127.0.0.1", "--port", str(port)]
    offline = {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_TELEMETRY": "False"}
    with running(command, f"http://127.0.0.1:{port}", "/health/liveliness", folder / "proxy.log", offline) as program:
        yield program


@pytest.fixture(scope="module")
def config(proxy: Program, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("statuspage") / "statuspage.yml"
    path.write_text(STATUSPAGE_YML.format(proxy=proxy.url, port=free_port()))
    return path


@pytest.fixture(scope="module")
def page(config: Path) -> Iterator[Program]:
    url = config.read_text().partition('url: "')[2].partition('"')[0]
    command = [*STATUSPAGE, "serve", "--config", config, "--port", url.rpartition(":")[2]]
    with running(command, url, "/livez", config.parent / "serve.log", ENV) as program:
        yield program


def _models(page: Program) -> dict[str, dict[str, object]]:
    document: dict[str, dict[str, dict[str, object]]] = httpx.get(f"{page.url}/api/v1/models", trust_env=False).json()
    return document["models"]


def _settled(page: Program) -> dict[str, dict[str, object]]:
    """The models, once every one that can be judged has been."""

    def judged() -> bool:
        now = _models(page)
        wanted = {"litellm/kimi-k2.6": "green", "litellm/kimi-k3": "green", "litellm/kimi-broken": "red"}
        grey = ("litellm/kimi-limited", "litellm/kimi-nowhere")
        return all(now[key]["level"] == level for key, level in wanted.items()) and all(now[key]["class"] for key in grey)

    until(judged, within_s=60)
    return _models(page)


def test_one_round_tells_each_answer_of_the_proxy_apart(config: Path) -> None:
    status, lines = probe_lines(config, ENV)
    assert status == 1
    assert {key: (line["judgement"], line["class"], line["fault"]) for key, line in lines.items()} == {
        "litellm/kimi-k2.6": ("ok", "ok", "none"),
        "litellm/kimi-k3": ("ok", "ok", "none"),
        "litellm/kimi-broken": ("failed", "server_error", "provider"),
        "litellm/kimi-limited": ("excluded", "rate_limited", "account"),
        "litellm/kimi-nowhere": ("excluded", "model_unknown", "client"),
        "elsewhere/kimi-k3": ("excluded", "not_configured", "monitor"),
    }


def test_a_good_answer_brings_its_figures(config: Path) -> None:
    _, lines = probe_lines(config, ENV)
    line = lines["litellm/kimi-k2.6"]
    timings, tokens = line["timings_ms"], line["tokens"]
    assert isinstance(timings, dict)
    assert isinstance(tokens, dict)
    assert line["http_status"] == 200
    assert line["served_model"] == "kimi-k2.6"
    assert 0 < timings["headers"] <= timings["first_content"] <= timings["total"]
    assert tokens["output"] == 1


def test_the_page_shows_what_the_proxy_does(page: Program) -> None:
    models = _settled(page)
    assert {key: model["level"] for key, model in models.items()} == {
        "litellm/kimi-k2.6": "green",
        "litellm/kimi-k3": "green",
        "litellm/kimi-broken": "red",
        "litellm/kimi-limited": "grey",
        "litellm/kimi-nowhere": "grey",
        "elsewhere/kimi-k3": "grey",
    }
    html = httpx.get(page.url, trust_env=False).text
    for model in models.values():
        assert f'data-model="{model["slug"]}"' in html
    badge = httpx.get(f"{page.url}/badge/litellm-kimi-broken.json", trust_env=False).json()
    assert badge["label"] == "kimi-broken"
    assert page_agrees(html, models)


def page_agrees(html: str, models: dict[str, dict[str, object]]) -> bool:
    """Whether every status of the document stands on the page."""
    return all(f'data-status="{model["status"]}"' in html for model in models.values())


def test_no_key_reaches_a_surface_or_a_log(page: Program) -> None:
    _settled(page)
    for path in ("/", "/api/v1/models", "/api/v1/models/litellm-kimi-broken", "/models/litellm-kimi-broken", "/readyz"):
        assert KEY not in httpx.get(page.url + path, trust_env=False).text
    assert KEY not in page.log.read_text()
    assert KEY.encode() not in b"".join(path.read_bytes() for path in page.log.parent.glob("first-light.db*"))
