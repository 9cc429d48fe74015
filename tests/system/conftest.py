"""One site of every kind of model, shared by whoever only looks; and an upstream for those who break things."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.outside import Site, Upstream, config, serving, until

GOOD = "moonshot/kimi-k3"
SETTLED = {
    GOOD: "operational",
    "openrouter/moonshotai/kimi-k2.6": "operational",
    "anthropic/claude-haiku-4-5": "operational",
    "moonshot/fault-server_error": "major_outage",
    "moonshot/fault-quota_exhausted": "no_data",
    "moonshot/fault-empty_completion": "major_outage",
    "keyless/kimi-k3": "no_data",
    "inside/kimi-k3": "no_data",
}
HOST_OF_OURS = socket.gethostname()
"""A name that resolves, and to an address of ours: nobody can tell before it is asked."""


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with Upstream() as opened:
        yield opened


@pytest.fixture(scope="session")
def gallery_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with Upstream() as upstream:
        port = upstream.zoo.port
        yield config(
            tmp_path_factory.mktemp("gallery"),
            upstream,
            {
                "moonshot": {
                    "models": [
                        {"id": "kimi-k3", "name": "Kimi K3", "price": {"input": 3, "output": 15}},
                        {"id": "kimi-k2.6", "public": False},
                        {"id": "fault-server_error", "fallback": ["moonshot/kimi-k2.6", "moonshot/kimi-k3"]},
                        {"id": "fault-quota_exhausted", "fallback": ["moonshot/kimi-k2.6"]},
                        {"id": "fault-empty_completion"},
                    ]
                },
                "openrouter": {"models": ["moonshotai/kimi-k2.6"]},
                "anthropic": {"models": ["claude-haiku-4-5"]},
                "keyless": {"vendor": "moonshot", "api_key": "env:A_KEY_THAT_IS_NOT_THERE", "models": ["kimi-k3"]},
                "inside": {
                    "vendor": "openai-compatible",
                    "base_url": f"http://{HOST_OF_OURS}:{port}/moonshot/v1",
                    "allow_private_networks": False,
                    "models": ["kimi-k3"],
                },
            },
            site={"contact": "mailto:ops@example.com"},
            probing={"interval": "2s", "max_stale": "60s"},
        )


@pytest.fixture(scope="session")
def gallery(gallery_file: Path) -> Iterator[Site]:
    """A running site whose models have all been judged."""
    with serving(gallery_file) as site:
        found = until(lambda: {key: model["status"] for key, model in site.models().items()} == SETTLED)
        assert found, {key: (model["status"], model["reason"]) for key, model in site.models().items()}
        yield site
