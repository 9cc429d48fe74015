"""LiteLLM's own Router with our evidence, before a zoo in which one of two deployments is overloaded."""

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from statuspage.domain.clock import rfc3339
from statuspage.service.clock import SystemClock
from tests.client.page import Said, serving
from tests.first_light.processes import CHECKOUT, environment
from tests.system.outside import KEY, Upstream

pytestmark = pytest.mark.first_light

DOWN, WELL = "moonshot/kimi-k3", "moonshot/kimi-k2.6"
OVERLOADED = "fault-engine_overloaded"
CALLS = 24


def said_of(statuses: Mapping[str, str]) -> Said:
    checked = rfc3339(SystemClock().now_ms())
    models = {key: {"status": status, "checked_at": checked, "max_stale_seconds": 660} for key, status in statuses.items()}
    return Said(200, {"poll_after_seconds": 15, "models": models})


def answers(upstream: Upstream, statuses: Mapping[str, str], first: str = "kimi-k3") -> dict[str, list[str]]:
    """Who answered, with the evidence and without."""
    python = environment("litellm")
    base_url = upstream.url("moonshot")
    deployments = [
        {
            "model_name": "kimi",
            "litellm_params": {"model": f"openai/{model}", "api_base": base_url, "api_key": KEY},
            "model_info": {"id": model, "statuspage": key},
        }
        for key, model in ((DOWN, first), (WELL, "kimi-k2.6"))
    ]
    env = {**os.environ, "PYTHONPATH": str(CHECKOUT), "LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_TELEMETRY": "False"}
    libraries = Path(msgspec.__file__).parents[1]
    with serving(lambda _: said_of(statuses)) as page:
        program = Path(__file__).with_name("router_calls.py")
        run = subprocess.run(
            [str(python), str(program), page.url, json.dumps(deployments), str(CALLS), str(libraries)],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            env=env,
        )
    assert run.returncode == 0, run.stderr[-3000:]
    found: dict[str, list[str]] = json.loads(run.stdout.splitlines()[-1])
    return found


def test_the_router_leaves_out_what_the_page_knows_to_be_down() -> None:
    with Upstream() as upstream:
        told = answers(upstream, {DOWN: "major_outage", WELL: "operational"})
    assert set(told["with"]) == {"kimi-k2.6"}
    assert set(told["without"]) == {"kimi-k2.6", "kimi-k3"}, "the Router alone shuffles"


def test_the_router_is_not_left_with_nothing() -> None:
    with Upstream() as upstream:
        told = answers(upstream, {DOWN: "major_outage", WELL: "major_outage"})
    assert set(told["with"]) == {"kimi-k2.6", "kimi-k3"}


def test_a_retry_goes_to_what_is_next_best_where_the_page_was_wrong() -> None:
    with Upstream() as upstream:
        told = answers(upstream, {DOWN: "operational", WELL: "partial_outage"}, OVERLOADED)
    assert set(told["with"]) == {"kimi-k2.6"}
