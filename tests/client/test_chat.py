"""Whole answers: what is retried, where it goes on, what is told, and what it costs."""

import itertools

import pytest

from statuspage.client import Chain, ChainError, ChatError, Provider, Secret
from statuspage.client.clock import SystemClock
from statuspage.domain.words import Fault
from statuspage.zoo.zoo import Zoo
from tests.client.world import CLAUDE, K3, K26, KEY, ROUTED, Told
from tests.probes.asking import probed
from tests.service.world import HandClock
from tests.wire import response, sending, serving


async def test_an_answer_comes_with_all_that_is_known_of_it() -> None:
    async with Zoo() as zoo:
        told = Told(zoo, [K26])
        reply = await told.chain.chat("Say hello.", max_output_tokens=500)
    assert reply.text
    assert (reply.model, reply.vendor, reply.attempts, reply.tried, reply.notices) == (K26, "moonshot", 1, (), ())
    assert reply.tokens.input is not None
    assert reply.tokens.output is not None
    assert reply.cost_usd == pytest.approx((reply.tokens.input * 0.95 + reply.tokens.output * 4.00) / 1e6)
    (record,) = told.records
    assert (record.class_name, record.fault, record.model, record.attempt) == ("ok", Fault.NONE, K26, 1)
    assert record.cost_usd == reply.cost_usd


async def test_an_overloaded_model_is_asked_again_and_then_another_one() -> None:
    async with Zoo() as zoo:
        zoo.play(K3, "overloaded")
        told = Told(zoo, [K3, ROUTED])
        reply = await told.chain.chat("Say hello.")
    assert reply.model == ROUTED
    assert told.classes == [(K3, "engine_overloaded")] * 3 + [(ROUTED, "ok")]
    assert [notice.kind for notice in reply.notices] == ["retry", "retry", "fallback"]
    assert reply.notices[-1].sentence.startswith("kimi-k3 at Moonshot AI is overloaded")
    assert reply.notices[-1].sentence.endswith("moonshotai/kimi-k2.6 at OpenRouter is asked instead.")
    assert told.clock.elapsed_s == pytest.approx(0.5 + 1.0, abs=0.01)


@pytest.mark.parametrize(("key", "class_name"), [("sk-broke-1", "quota_exhausted"), ("sk-invalid-1", "invalid_key")])
async def test_an_account_that_is_at_fault_is_never_asked_again(key: str, class_name: str) -> None:
    async with Zoo() as zoo:
        told = Told(zoo, [K3], key)
        with pytest.raises(ChatError) as caught:
            await told.chain.chat("Say hello.")
    assert told.classes == [(K3, class_name)]
    assert (caught.value.class_name, caught.value.fault) == (class_name, Fault.ACCOUNT)
    assert key not in str(caught.value)


async def test_a_bad_request_is_asked_of_nobody_else() -> None:
    async with Zoo() as zoo:
        zoo.play(K3, "content_filtered")
        told = Told(zoo, [K3, ROUTED])
        with pytest.raises(ChatError):
            await told.chain.chat("Say hello.")
    assert {model for model, _ in told.classes} == {K3}


async def test_a_rejected_parameter_is_left_out_and_remembered() -> None:
    async with Zoo() as zoo:
        told = Told(zoo, [K3])
        reply = await told.chain.chat("Say hello.", temperature=0.2)
        again = await told.chain.chat("Say hello.", temperature=0.2)
    assert [notice.kind for notice in reply.notices] == ["parameter"]
    assert "temperature" in reply.notices[0].sentence
    assert (reply.attempts, again.attempts) == (2, 1)


async def test_claude_answers_in_its_own_dialect() -> None:
    async with Zoo() as zoo:
        told = Told(zoo, [CLAUDE])
        system = {"role": "system", "content": "Be brief."}
        reply = await told.chain.chat([system, {"role": "user", "content": "Say hello."}])
    assert reply.text
    assert reply.finish_reason == "stop"
    assert reply.tokens.output is not None


async def test_after_three_failures_a_route_is_left_alone_and_then_tried_once() -> None:
    async with Zoo() as zoo:
        zoo.play(K3, "server_error")
        told = Told(zoo, [K3, ROUTED])
        await told.chain.chat("One.")
        asked = zoo.asked[K3]
        reply = await told.chain.chat("Two.")
        assert zoo.asked[K3] == asked
        assert [notice.kind for notice in reply.notices] == ["fallback"]
        assert "left alone" in reply.notices[0].sentence
        told.clock.elapsed_s += 11
        zoo.calm()
        assert (await told.chain.chat("Three.")).model == K3
        assert (await told.chain.chat("Four.")).model == K3


async def test_where_all_routes_are_left_alone_it_is_said_with_the_time() -> None:
    async with Zoo() as zoo:
        zoo.play(K3, "server_error")
        told = Told(zoo, [K3])
        with pytest.raises(ChatError):
            await told.chain.chat("One.")
        asked = zoo.asked[K3]
        with pytest.raises(ChatError, match=r"left alone after failures; one is tried again in 10 s\. Last: kimi-k3") as caught:
            await told.chain.chat("Two.")
        assert zoo.asked[K3] == asked
    assert caught.value.retry_after_s == pytest.approx(10.0, abs=0.5)


async def test_the_order_of_now_is_asked_for_before_each_call() -> None:
    order = [ROUTED, K3]
    async with Zoo() as zoo:
        told = Told(zoo, [K3, ROUTED], prefer=lambda: order)
        assert (await told.chain.chat("One.")).model == ROUTED
        order = [K3]
        assert (await told.chain.chat("Two.")).model == K3


async def test_an_order_that_changes_while_a_call_begins_is_not_taken_for_a_model_left_alone() -> None:
    orders = itertools.cycle([[ROUTED], [K3]])
    async with Zoo() as zoo:
        told = Told(zoo, [K3, ROUTED], prefer=lambda: next(orders))
        reply = await told.chain.chat("One.")
    assert (reply.model, reply.notices) == (ROUTED, ())


async def test_the_deadline_holds_over_a_server_that_hangs() -> None:
    async with Zoo() as zoo:
        zoo.play(K3, "first_event_timeout")
        told = Told(zoo, [K3, ROUTED], clock=SystemClock())
        with pytest.raises(ChatError, match="the time for the whole call was up"):
            await told.chain.chat("Say hello.", deadline_s=0.3)
    assert next(class_name for _, class_name in told.classes) in ("first_event_timeout", "header_timeout")


async def test_a_silent_request_is_given_up_for_another_model() -> None:
    async with Zoo() as zoo:
        zoo.play(K3, "first_event_timeout")
        told = Told(zoo, [K3, ROUTED], silence_s=0.1)
        reply = await told.chain.chat("Say hello.")
    assert (reply.model, reply.tried[0].class_name) == (ROUTED, "first_event_timeout")
    assert "silent for 0.1 s" in reply.notices[0].sentence


@pytest.mark.parametrize(
    "row",
    [
        "connection_reset",
        "stream_reset",
        "truncated_stream",
        "server_error",
        "bad_gateway",
        "error_in_body",
        "error_in_stream",
        "html_in_200",
        "empty_body",
        "empty_completion",
        "malformed_stream",
        "moved",
        "contract_changed",
        "content_filtered",
        "maintenance",
        "payment_required",
        "daily_limit",
        "forbidden",
        "model_unknown",
        "model_retired",
        "waf_blocked",
    ],
)
async def test_a_call_and_a_probe_call_what_happened_by_the_same_name(row: str) -> None:
    async with Zoo() as zoo:
        zoo.play(K26, row)
        told = Told(zoo, [K26])
        with pytest.raises(ChatError) as caught:
            await told.chain.chat("Say hello.", max_output_tokens=500)
    assert caught.value.class_name == row
    assert "monitor" not in str(caught.value)
    assert "<html" not in str(caught.value).lower()


@pytest.mark.parametrize("body", ["null", "[]", "{}", '{"error": null}', '{"choices": []}', " "])
@pytest.mark.parametrize("vendor", ["openai-compatible", "anthropic-compatible"])
async def test_a_call_and_a_probe_call_an_odd_body_by_the_same_name(body: str, vendor: str) -> None:
    script = sending(response(200, body, content_type="application/json"))
    async with serving(script) as port:
        provider = Provider(vendor=vendor, base_url=f"http://127.0.0.1:{port}/v1", api_key=Secret(KEY), allow_private=True)
        with pytest.raises(ChatError) as caught:
            await Chain(["acme/m"], providers={"acme": provider}, clock=HandClock()).chat("Say hello.")
    assert caught.value.class_name == (await probed(script, vendor=vendor)).class_name


async def test_in_a_storm_the_vendors_get_a_tenth_more_and_no_call_hangs() -> None:
    calls = 60
    async with Zoo() as zoo:
        zoo.play("moonshot/*", "server_error")
        zoo.play("openrouter/*", "engine_overloaded")
        told = Told(zoo, [K3, K26, ROUTED])
        for _ in range(calls):
            with pytest.raises(ChatError):
                await told.chain.chat("Say hello.")
            told.clock.elapsed_s += 1.0
        asked = sum(zoo.asked[model] for model in (K3, K26, ROUTED))
    assert asked == len(told.records) <= calls + 3 + calls / 10


async def test_an_answer_in_one_piece_is_an_answer() -> None:
    async with Zoo() as zoo:
        zoo.play(K26, "not_streamed")
        reply = await Told(zoo, [K26]).chain.chat("Say hello.", max_output_tokens=500)
    assert reply.text


async def test_a_tool_call_in_text_becomes_a_call() -> None:
    tool = {"type": "function", "function": {"name": "get_weather", "parameters": {"type": "object"}}}
    async with Zoo() as zoo:
        zoo.play(K26, "tool_call_in_text")
        told = Told(zoo, [K26])
        reply = await told.chain.chat("What is the weather in Paris? Use get_weather.", tools=[tool])
    (call,) = reply.tool_calls
    assert (call.name, call.repaired, reply.finish_reason) == ("get_weather", True, "tool_calls")
    assert isinstance(call.parsed(), dict)
    assert [notice.kind for notice in reply.notices] == ["repair"]


def test_a_chain_of_unknown_models_is_named_at_construction() -> None:
    providers = {
        "mine": Provider(vendor="openai-compatible"),
        "odd": Provider(vendor="openroutr", base_url="http://x.example"),
        "open": Provider(vendor="openai", api_key="sk-PLANTED"),
    }
    with pytest.raises(ChainError) as caught:
        Chain(
            ["monshot/kimi-k3", "kimi-k3", "moonshot/kimi-k2-thinking", "mine/a", "odd/b", "open/c"],
            providers=providers,
            environ={},
        )
    said = str(caught.value)
    for part in (
        "There is no provider 'monshot' (for monshot/kimi-k3); did you mean moonshot?",
        "'kimi-k3' is no model",
        "moonshot/kimi-k2-thinking is retired at Moonshot AI",
        "There is no key for moonshot: the variable MOONSHOT_API_KEY is not set.",
        "The provider mine needs a base_url",
        "There is no vendor 'openroutr' (provider odd); did you mean openrouter?",
        "The api_key of open is no reference",
    ):
        assert part in said
    assert "PLANTED" not in said
    with pytest.raises(ChainError, match="at least one model"):
        Chain([])


def test_a_key_shows_nowhere() -> None:
    provider = Provider(vendor="moonshot", api_key=Secret(KEY))
    chain = Chain([K3], providers={"moonshot": provider})
    shown = repr(provider) + repr(chain) + repr(chain._board.routes) + str(chain.__dict__)
    assert KEY not in shown
