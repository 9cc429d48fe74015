"""The suite of tools against simulated vendors: every row as its class, in both dialects; what is excluded and why."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from statuspage.domain.sample import Sample
from statuspage.domain.toollight import Record, Suite, evidence_of, light, with_suite
from statuspage.domain.words import ProbeKind
from statuspage.probes.probe import run
from statuspage.probes.target import ProbeContext
from statuspage.probes.toolcases.registry import ABILITIES, CASES, TITLES
from statuspage.zoo.zoo import Zoo
from tests.probes.asking import KEY, context, target_at
from tests.wire import Script, request_of, serving

_BOTH = ("moonshot", "anthropic")
_HEALTHY = {"moonshot": "kimi-k2.6", "anthropic": "claude-haiku-4-5"}


async def _tested(zoo: Zoo, vendor: str, model_id: str, means: ProbeContext | None = None, cases: tuple[str, ...] = ()) -> Sample:
    target = target_at(0, vendor, base_url=zoo.url(vendor), model_id=model_id, key=f"{vendor}/{model_id}", cases=cases)
    return await run(ProbeKind.TOOLS, target, means or context())


@pytest.fixture
async def zoo() -> AsyncIterator[Zoo]:
    async with Zoo() as zoo:
        yield zoo


@pytest.mark.parametrize(
    ("vendor", "model_id"),
    [
        *_HEALTHY.items(),
        ("moonshot", "kimi-k3"),
        ("moonshot", "kimi-k2.7-code"),
        ("openrouter", "moonshotai/kimi-k3"),
        ("groq", "openai/gpt-oss-120b"),
        ("openai", "gpt-5-mini"),
        ("deepseek", "deepseek-reasoner"),
    ],
)
async def test_a_good_vendor_passes_every_case(zoo: Zoo, vendor: str, model_id: str) -> None:
    sample = await _tested(zoo, vendor, model_id)
    assert [(case.name, case.passed, case.detail) for case in sample.cases] == [(name, True, None) for name in CASES]
    assert (sample.class_name, sample.judgement, sample.probe) == ("ok", "ok", "tools")
    assert sample.attempts == len(CASES) + 1
    assert sample.tokens.output is not None


@pytest.mark.parametrize("vendor", _BOTH)
@pytest.mark.parametrize(
    ("row", "class_name"),
    [
        ("70", "finish_mismatch"),
        ("71", "finish_mismatch"),
        ("79", "tool_call_leaked"),
        ("79;variant=hermes", "tool_call_leaked"),
        ("79;variant=llama", "tool_call_leaked"),
        ("79;variant=mistral", "tool_call_leaked"),
        ("79;variant=deepseek", "tool_call_leaked"),
        ("79;variant=reasoning", "tool_call_leaked"),
        ("80", "tool_call_in_text"),
        ("81", "arguments_not_json"),
        ("82", "arguments_violate_schema"),
        ("83", "unknown_tool"),
        ("84", "missing_call"),
        ("missing_call;variant=missing", "missing_call"),
        ("unexpected_call", "unexpected_call"),
        ("85", "calls_collapsed"),
        ("85;variant=same-id", "calls_collapsed"),
        ("86", "tool_id_broken"),
        ("67", "missing_call"),
        ("21", "engine_overloaded"),
        ("22", "quota_exhausted"),
        ("68", "truncated_stream"),
    ],
)
async def test_it_tells_every_row(zoo: Zoo, vendor: str, row: str, class_name: str) -> None:
    sample = await _tested(zoo, vendor, f"fault-{row}")
    assert sample.class_name == class_name
    failed = [case for case in sample.cases if case.passed is False]
    assert [case.class_name for case in failed][:1] == ([class_name] if sample.judgement == "failed" else [])
    assert len(sample.cases) == len(CASES)


@pytest.mark.parametrize("vendor", _BOTH)
async def test_a_vendor_that_is_down_is_left_after_two_cases_and_proves_nothing(zoo: Zoo, vendor: str) -> None:
    sample = await _tested(zoo, vendor, "fault-55")
    assert sample.attempts == 2
    assert evidence_of(sample.cases) == {}


async def test_a_fault_of_our_account_ends_the_suite_without_a_failure(zoo: Zoo) -> None:
    sample = await _tested(zoo, "moonshot", "fault-22")
    assert (sample.judgement, sample.attempts) == ("excluded", 1)
    assert {case.passed for case in sample.cases} == {None}


async def test_it_runs_only_the_cases_it_is_asked_for(zoo: Zoo) -> None:
    sample = await _tested(zoo, "moonshot", "kimi-k2.6", cases=("parallel", "nested"))
    assert [case.name for case in sample.cases] == ["parallel", "nested"]


async def test_each_request_waits_for_its_turn_of_the_account(zoo: Zoo) -> None:
    turns: list[str] = []

    @asynccontextmanager
    async def turn(provider: str) -> AsyncIterator[None]:
        turns.append(provider)
        yield

    sample = await _tested(zoo, "moonshot", "kimi-k2.6", context(turn=turn))
    assert turns == ["acme"] * sample.attempts


def _answering(answer: Callable[[dict[str, Any], int], tuple[int, object]]) -> Script:
    """A server that answers by the request's body and how many came before."""
    count = iter(range(1_000))

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        body = json.loads((await request_of(reader)).partition(b"\r\n\r\n")[2])
        status, payload = answer(body, next(count))
        data = json.dumps(payload).encode()
        writer.write(
            b"HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (status, len(data)) + data
        )
        await writer.drain()

    return script


def _message(finish: str = "tool_calls", /, **message: object) -> tuple[int, object]:
    return 200, {"choices": [{"index": 0, "message": {"role": "assistant", **message}, "finish_reason": finish}]}


def _weather(call_id: str = "call_1", **message: object) -> tuple[int, object]:
    call = {"id": call_id, "type": "function", "function": {"name": "get_weather", "arguments": json.dumps({"city": "Paris"})}}
    return _message("tool_calls", tool_calls=[call], **message)


def _refusal(message: str, **more: str) -> tuple[int, object]:
    return 400, {"error": {"message": message, "type": "invalid_request_error", **more}}


async def _case(script: Script, case: str, means: ProbeContext | None = None) -> Sample:
    async with serving(script) as port:
        return await run(ProbeKind.TOOLS, target_at(port, cases=(case,)), means or context())


@pytest.mark.parametrize(
    "message",
    [
        "tool_choice 'specified' is incompatible with thinking enabled",
        "Thinking mode does not support this tool_choice",
        "This model does not support tools.",
        "Invalid schema for function 'get_weather'",
    ],
)
async def test_a_case_that_the_vendor_rejects_is_excluded_with_advice(message: str) -> None:
    sample = await _case(_answering(lambda _body, _count: _refusal(message)), "forced")
    (case,) = sample.cases
    assert (case.passed, case.class_name, sample.judgement) == (None, "parameter_rejected", "excluded")
    assert "the case is left out" in (case.detail or "")


async def test_one_rejected_case_does_not_spoil_the_others() -> None:
    def answer(body: dict[str, Any], _count: int) -> tuple[int, object]:
        return _refusal("tool_choice is not supported") if "tool_choice" in body else _weather()

    async with serving(_answering(answer)) as port:
        sample = await run(ProbeKind.TOOLS, target_at(port, cases=("simple", "forced")), context())
    assert [case.passed for case in sample.cases] == [True, None]
    assert sample.class_name == "ok"


async def test_a_rejected_parameter_is_learnt_and_left_out() -> None:
    learnt: list[tuple[str, str]] = []

    def answer(body: dict[str, Any], _count: int) -> tuple[int, object]:
        return _refusal("Unsupported parameter: 'max_tokens'", param="max_tokens") if "max_tokens" in body else _weather()

    means = context(learn=lambda key, parameter: learnt.append((key, parameter)))
    sample = await _case(_answering(answer), "simple", means)
    assert (sample.class_name, learnt) == ("ok", [("acme/m", "max_tokens")])


async def test_the_second_turn_carries_reasoning_and_ids_back() -> None:
    seen: list[dict[str, Any]] = []

    def answer(body: dict[str, Any], count: int) -> tuple[int, object]:
        seen.append(body)
        return _message("stop", content="17 degrees") if count else _weather(call_id="functions.x:0", reasoning_content="Hm.")

    sample = await _case(_answering(answer), "id_round_trip")
    assert sample.class_name == "ok"
    _, called, result = seen[1]["messages"]
    assert (called["reasoning_content"], called["tool_calls"][0]["id"]) == ("Hm.", "functions.x:0")
    assert (result["role"], result["tool_call_id"]) == ("tool", "functions.x:0")


async def test_a_vendor_that_does_not_know_its_own_id_has_broken_it() -> None:
    def answer(_body: dict[str, Any], count: int) -> tuple[int, object]:
        return _refusal("tool_call_id call_1 is not found") if count else _weather()

    sample = await _case(_answering(answer), "id_round_trip")
    assert (sample.class_name, sample.cases[0].passed) == ("tool_id_broken", False)


async def test_a_complaint_about_our_reasoning_is_no_broken_id() -> None:
    def answer(_body: dict[str, Any], count: int) -> tuple[int, object]:
        said = "thinking is enabled but reasoning_content is missing in assistant tool call message at index 1"
        return _refusal(said) if count else _weather()

    sample = await _case(_answering(answer), "id_round_trip")
    assert (sample.cases[0].passed, sample.cases[0].class_name) == (None, "parameter_rejected")


async def test_a_model_that_thinks_longer_is_given_a_larger_budget_once() -> None:
    budgets: list[int] = []

    def answer(body: dict[str, Any], _count: int) -> tuple[int, object]:
        budgets.append(body["max_tokens"])
        thoughts = _message("length", content="", reasoning_content="Hm. " * 100)
        return thoughts if body["max_tokens"] < 4096 else _weather()

    async with serving(_answering(answer)) as port:
        sample = await run(ProbeKind.TOOLS, target_at(port, cases=("simple", "argument_schema")), context())
    assert sample.cases[0].passed
    assert budgets == [512, 4096, 4096]


async def test_the_key_never_reaches_the_sample() -> None:
    sample = await _case(_answering(lambda _body, _count: _refusal(f"no tools for {KEY}")), "simple")
    assert KEY not in repr(sample)


@pytest.mark.parametrize("said", [_message(KEY, tool_calls=[]), _message("tool_calls", tool_calls=[{"function": {"name": KEY}}])])
async def test_what_a_vendor_echoes_is_redacted_in_the_cases_too(said: tuple[int, object]) -> None:
    sample = await _case(_answering(lambda _body, _count: said), "simple")
    assert sample.cases[0].passed is False
    assert KEY not in repr(sample)


async def test_it_ranks_vendors_of_unlike_quality_within_sixty_calls() -> None:
    rates = {"best": 0.0, "good": 0.05, "fair": 0.13, "poor": 0.28}
    lows = {}
    async with Zoo(seed=3) as zoo:
        for name, rate in rates.items():
            model_id = f"{name}/fault-84;rate={rate}"
            record, calls = Record(), 0
            while calls + len(CASES) + 1 <= 60:
                sample = await _tested(zoo, "together", model_id)
                calls += sample.attempts
                record = with_suite(record, Suite(at_ms=calls, results=evidence_of(sample.cases)))
            assert calls <= 60
            lows[name] = light(record, TITLES, ABILITIES, 60)
    assert sorted(lows, key=lambda name: -lows[name].low) == list(rates)
    assert (lows["best"].state, lows["poor"].state) == ("verified", "unproven")
