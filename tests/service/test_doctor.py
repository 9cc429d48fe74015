"""The doctor among simulated vendors and servers that write down what they are sent."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from statuspage.app.examining import Examining
from statuspage.config.fleet import Config
from statuspage.config.load import load_text
from statuspage.service.clock import SystemClock
from statuspage.service.doctor.doctor import Doctor
from statuspage.service.doctor.finding import Finding, State, Step
from statuspage.zoo.zoo import Zoo
from tests.wire import Script, request_of, response, serving
from tests.zoo.conftest import HandClock

GOOD = {"A": "sk-1", "B": "sk-invalid-2", "BROKE": "sk-broke-3", "CN": "sk-cn-4", "FREE": "sk-free-5"}


def _config(providers: str, environ: Mapping[str, str] = GOOD, probing: str = "") -> Config:
    text = f"probing: {{allow_private_networks: true{probing}}}\nproviders:\n{providers}"
    loaded = load_text(text, Path("statuspage.yml"), environ)
    assert loaded.config is not None, loaded.problems
    return loaded.config


async def _visited(config: Config, clock: SystemClock | HandClock | None = None) -> list[Finding]:
    clock = clock or SystemClock()
    doctor = Doctor(config, Examining(config, clock), clock)
    return [finding async for visit in doctor.visit([each.name for each in config.providers]) for finding in visit]


def _of(findings: list[Finding], step: Step) -> list[Finding]:
    return [finding for finding in findings if finding.step is step]


def _states(findings: list[Finding], step: Step) -> list[State]:
    return [finding.state for finding in _of(findings, step)]


@pytest.fixture
async def zoo() -> AsyncIterator[Zoo]:
    async with Zoo() as opened:
        yield opened


def _moonshot(zoo: Zoo, key: str = "env:A", models: str = "kimi-k2.6", more: str = "rpm: 60, concurrency: 4") -> str:
    return f"  moonshot: {{base_url: '{zoo.url('moonshot')}', api_key: {key}, models: [{models}], {more}}}\n"


async def test_a_good_account_has_no_problem(zoo: Zoo) -> None:
    priced = "{id: kimi-k2.6, price: {input: 1, output: 2}}"
    findings = await _visited(_config(_moonshot(zoo, models=priced), probing=f", canaries: ['{zoo.url('canary')}']"))
    assert {finding.state for finding in findings} == {State.OK}
    steps = [finding.step for finding in findings]
    assert steps == [each for each in Step if each is not Step.OFFICIAL]
    assert "48.63 USD left" in _of(findings, Step.BALANCE)[0].message


async def test_it_names_the_bad_key_of_several_by_its_reference_and_never_by_its_value(zoo: Zoo) -> None:
    findings = await _visited(_config(_moonshot(zoo, "[env:B, env:A, env:UNSET]")))
    keys = _of(findings, Step.KEY)
    assert [(finding.state, finding.message.split()[0]) for finding in keys] == [
        (State.WARNING, "A"),
        (State.PROBLEM, "env:B"),
        (State.OK, "env:A"),
    ]
    assert "env:UNSET is not set" in keys[0].message
    assert _states(findings, Step.SURFACE) == [State.OK]
    assert "sk-" not in repr(findings)


async def test_it_tells_to_which_surface_a_key_belongs(zoo: Zoo) -> None:
    cn = f"  moonshot-cn: {{base_url: '{zoo.url('moonshot-cn')}', api_key: env:CN, models: [kimi-k3]}}\n"
    findings = await _visited(_config(_moonshot(zoo, "env:CN") + cn))
    (surface,) = (each for each in _of(findings, Step.SURFACE) if each.provider == "moonshot")
    assert surface.state is State.PROBLEM
    assert surface.fix is not None
    assert "vendor: moonshot-cn" in surface.fix
    assert zoo.url("moonshot-cn") in surface.fix


@pytest.mark.parametrize(
    "model_id,said",
    [("kimi-k2-6", "Did you mean kimi-k2.6?"), ("KIMI-K3x", "Did you mean kimi-k3?"), ("kimi-latest", "Remove the model")],
)
async def test_an_id_that_is_not_listed_comes_with_the_nearest(zoo: Zoo, model_id: str, said: str) -> None:
    (finding,) = _of(await _visited(_config(_moonshot(zoo, models=model_id))), Step.ENTITLEMENT)
    assert finding.state is State.PROBLEM
    assert finding.fix is not None
    assert said in finding.fix


async def test_an_empty_purse_is_a_problem_and_a_missing_price_is_not(zoo: Zoo) -> None:
    findings = await _visited(_config(_moonshot(zoo, "env:BROKE")))
    assert _states(findings, Step.BALANCE) == [State.PROBLEM]
    assert _states(findings, Step.PRICES) == [State.UNKNOWN]


async def test_prices_that_the_vendor_lists_are_known(zoo: Zoo) -> None:
    router = f"  openrouter: {{base_url: '{zoo.url('openrouter')}', api_key: env:A, models: [moonshotai/kimi-k3]}}\n"
    assert _states(await _visited(_config(router)), Step.PRICES) == [State.OK]


async def test_a_bad_key_of_a_router_is_found_although_its_list_is_open() -> None:
    listing = response(200, {"data": [{"id": "m"}]})
    refused = response(401, {"error": {"message": "User not found.", "code": 401}})

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await request_of(reader)
        writer.write(listing if b"/models" in asked else refused)
        await writer.drain()

    async with serving(script) as port:
        router = f"  openrouter: {{base_url: 'http://127.0.0.1:{port}/v1', api_key: env:A, models: [m]}}\n"
        findings = await _visited(_config(router))
    assert _states(findings, Step.KEY) == [State.PROBLEM]


async def test_a_pace_that_cannot_keep_up_is_a_problem(zoo: Zoo) -> None:
    findings = await _visited(_config(_moonshot(zoo, models="{id: kimi-k3, interval: 10s}", more="rpm: 3, concurrency: 1")))
    assert _states(findings, Step.TIER) == [State.PROBLEM]
    assert _states(await _visited(_config(_moonshot(zoo, more="rpm: 3"))), Step.TIER) == [State.WARNING]


async def test_a_free_account_that_is_asked_too_often_is_warned(zoo: Zoo) -> None:
    url = zoo.url("openrouter")
    router = f"  openrouter: {{base_url: '{url}', api_key: env:FREE, models: ['moonshotai/kimi-k2.6:free']}}\n"
    (finding,) = _of(await _visited(_config(router)), Step.TIER)
    assert finding.state is State.WARNING
    assert "288 probes a day" in finding.message


@pytest.mark.parametrize(
    "off_s,state,side", [(30, State.OK, "agrees"), (200, State.PROBLEM, "ahead"), (-200, State.PROBLEM, "behind")]
)
async def test_a_clock_that_is_off_is_a_problem(zoo: Zoo, off_s: int, state: State, side: str) -> None:
    clock = HandClock(SystemClock().now_ms() + off_s * 1000)
    (finding,) = _of(await _visited(_config(_moonshot(zoo)), clock), Step.CLOCK)
    assert (finding.state, side in finding.message) == (state, True)


async def test_canaries_and_official_pages_are_asked(zoo: Zoo, free_port: int) -> None:
    dead = f"http://127.0.0.1:{free_port}/"
    more = f"official_status: '{dead}'"
    both = await _visited(_config(_moonshot(zoo, more=more), probing=f", canaries: ['{zoo.url('canary')}', '{dead}']"))
    assert (_states(both, Step.CANARIES), _states(both, Step.OFFICIAL)) == ([State.WARNING], [State.WARNING])
    none = await _visited(_config(_moonshot(zoo), probing=f", canaries: ['{dead}']"))
    assert _states(none, Step.CANARIES) == [State.PROBLEM]
    assert _states(await _visited(_config(_moonshot(zoo))), Step.CANARIES) == [State.WARNING]


async def test_what_cannot_be_reached_is_a_problem_and_the_rest_unknown(free_port: int) -> None:
    findings = await _visited(
        _config(f"  moonshot: {{base_url: 'http://127.0.0.1:{free_port}/v1', api_key: env:A, models: [m]}}\n")
    )
    assert _states(findings, Step.SURFACE) == [State.PROBLEM]
    for step in (Step.KEY, Step.MODELS, Step.ENTITLEMENT, Step.BALANCE, Step.CLOCK):
        assert _states(findings, step) == [State.UNKNOWN]


async def test_a_provider_without_its_key_is_a_problem_with_the_remedy() -> None:
    findings = await _visited(_config("  moonshot: {api_key: env:UNSET, models: [m]}\n"))
    (key,) = _of(findings, Step.KEY)
    assert key.state is State.PROBLEM
    assert "env:UNSET is not set" in key.message


@asynccontextmanager
async def _recording(heard: list[bytes], answer: bytes) -> AsyncIterator[int]:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await request_of(reader))
        writer.write(answer)
        await writer.drain()

    recording: Script = script
    async with serving(recording) as port:
        yield port


async def test_a_key_is_never_sent_to_a_host_of_another_vendor() -> None:
    rejected = response(401, {"error": {"message": "Invalid Authentication"}})
    listed = response(200, {"data": [{"id": "m"}]})
    environ = {"ONE": "sk-one-0123456789", "TWO": "sk-two-0123456789", "THREE": "sk-three-0123456789"}
    asked: dict[str, list[bytes]] = {name: [] for name in ("global", "china", "router", "compatible", "page", "canary")}
    async with (
        _recording(asked["global"], rejected) as one,
        _recording(asked["china"], listed) as two,
        _recording(asked["router"], rejected) as three,
        _recording(asked["compatible"], listed) as four,
        _recording(asked["page"], listed) as page,
        _recording(asked["canary"], listed) as canary,
    ):
        host = "http://127.0.0.1"
        providers = (
            f"  moonshot: {{base_url: '{host}:{one}/v1', api_key: env:ONE, models: [m], official_status: '{host}:{page}/'}}\n"
            f"  moonshot-cn: {{base_url: '{host}:{two}/v1', api_key: env:TWO, models: [m]}}\n"
            f"  openrouter: {{base_url: '{host}:{three}/v1', api_key: env:THREE, models: [m]}}\n"
            f"  own: {{vendor: openai-compatible, base_url: '{host}:{four}/v1', models: [m]}}\n"
        )
        findings = await _visited(_config(providers, environ, f", canaries: ['{host}:{canary}/']"))
    seen = {name: {key for key, value in environ.items() if value.encode() in b"".join(asked[name])} for name in asked}
    assert seen == {
        "global": {"ONE"},
        "china": {"ONE", "TWO"},
        "router": {"THREE"},
        "compatible": set(),
        "page": set(),
        "canary": set(),
    }
    with_the_others_key = [request for request in asked["china"] if environ["ONE"].encode() in request]
    assert with_the_others_key
    assert all(request.startswith(b"GET /v1/models ") for request in with_the_others_key)
    assert all(value not in json.dumps([repr(each) for each in findings]) for value in environ.values())
