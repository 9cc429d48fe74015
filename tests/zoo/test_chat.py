import pytest

from statuspage.zoo.species import Thinking
from statuspage.zoo.vendors.registry import SIMULATED
from statuspage.zoo.zoo import Zoo
from tests.zoo.asking import chat, client

_OPENAI = [prefix for prefix, vendor in SIMULATED.items() if vendor.dialect == "openai"]
_BOUND = {"openai": "max_completion_tokens"}


def _talker(prefix: str) -> str:
    species = [each for each in SIMULATED[prefix].species if each.thinking is not Thinking.ALWAYS and not each.retired]
    return (species or SIMULATED[prefix].species)[0].id


def _bounds(prefix: str, tokens: int) -> dict[str, object]:
    return {"max_tokens": None, _BOUND.get(prefix, "max_tokens"): tokens}


@pytest.mark.parametrize("prefix", _OPENAI)
async def test_it_streams_in_the_openai_shape(zoo: Zoo, prefix: str) -> None:
    answered = await chat(
        zoo,
        prefix,
        _talker(prefix),
        prompt="Answer with 'ready'.",
        stream_options={"include_usage": True},
        more=_bounds(prefix, 400),
    )
    *events, done = answered.events
    assert answered.headers["content-type"].startswith("text/event-stream")
    assert done == "[DONE]"
    deltas = [choice["delta"] for event in events for choice in event["choices"]]
    assert deltas[0]["role"] == "assistant"
    assert "".join(delta.get("content", "") for delta in deltas) == "ready"
    finishes = [choice["finish_reason"] for event in events for choice in event["choices"]]
    assert [each for each in finishes if each] == ["stop"]
    assert events[-1]["usage"]["completion_tokens"] > 0


@pytest.mark.parametrize("prefix", SIMULATED)
async def test_it_answers_whole_where_no_stream_is_asked_for(zoo: Zoo, prefix: str) -> None:
    answered = await chat(zoo, prefix, _talker(prefix), stream=False, more=_bounds(prefix, 400))
    body = answered.json
    assert answered.headers["content-type"] == "application/json"
    assert body["model"] == _talker(prefix)
    if SIMULATED[prefix].dialect == "anthropic":
        assert (body["content"][-1]["text"], body["stop_reason"]) == ("OK", "end_turn")
    else:
        assert (body["choices"][0]["message"]["content"], body["choices"][0]["finish_reason"]) == ("OK", "stop")


async def test_it_streams_in_the_anthropic_shape(zoo: Zoo) -> None:
    answered = await chat(zoo, "anthropic", "claude-haiku-4-5", prompt="Say the word ready")
    assert [event["type"] for event in answered.events] == [
        "message_start",
        "ping",
        "content_block_start",
        "content_block_delta",
        "content_block_stop",
        "message_delta",
        "message_stop",
    ]
    assert answered.events[3]["delta"] == {"type": "text_delta", "text": "ready"}
    assert answered.events[5]["delta"]["stop_reason"] == "end_turn"
    assert "event: message_stop\n" in answered.text


async def test_it_puts_moonshots_usage_into_the_choice(zoo: Zoo) -> None:
    events = (await chat(zoo, "moonshot", "kimi-k2.6", thinking={"type": "disabled"})).events
    assert events[-2]["choices"][0]["usage"]["total_tokens"] > 0
    assert "usage" not in events[-2]


async def test_it_names_openrouters_upstream_and_keeps_other_shapes_free_of_it(zoo: Zoo) -> None:
    assert (await chat(zoo, "openrouter", "moonshotai/kimi-k2.6")).events[0]["provider"] == "Moonshot AI"
    assert "provider" not in (await chat(zoo, "groq", "llama-3.3-70b-versatile")).events[0]


async def test_it_resolves_an_alias_to_the_model_that_serves(zoo: Zoo) -> None:
    assert (await chat(zoo, "openrouter", "~moonshotai/kimi-latest")).events[0]["model"] == "moonshotai/kimi-k3"


async def test_a_thinking_model_spends_a_small_budget_on_reasoning(zoo: Zoo) -> None:
    events = (await chat(zoo, "moonshot", "kimi-k3", max_tokens=16)).events[:-1]
    deltas = [event["choices"][0]["delta"] for event in events]
    assert any(delta.get("reasoning_content") for delta in deltas)
    assert not any(delta.get("content") for delta in deltas)
    assert events[-1]["choices"][0]["finish_reason"] == "length"
    assert events[-1]["choices"][0]["usage"]["completion_tokens_details"] == {"reasoning_tokens": 16}


async def test_a_toggled_model_thinks_unless_told_not_to(zoo: Zoo) -> None:
    assert "reasoning_content" in (await chat(zoo, "moonshot", "kimi-k2.6")).text
    assert "reasoning_content" not in (await chat(zoo, "moonshot", "kimi-k2.6", thinking={"type": "disabled"})).text


async def test_it_never_says_more_than_the_budget_allows(zoo: Zoo) -> None:
    answered = await chat(
        zoo, "together", "deepseek-ai/DeepSeek-V3.1", stream=False, max_tokens=2, prompt="Say 'one two three four'"
    )
    choice = answered.json["choices"][0]
    assert (choice["message"]["content"].strip(), choice["finish_reason"]) == ("one two", "length")


@pytest.mark.parametrize(
    "prefix,model,parameters,status,words",
    [
        ("moonshot", "kimi-k2.6", {"temperature": 0}, 400, "invalid temperature: only 1 is allowed for this model"),
        ("moonshot", "kimi-k2.6", {"temperature": 0.1, "thinking": {"type": "disabled"}}, 400, "only 0.6 is allowed"),
        ("moonshot", "kimi-k3", {"n": 2}, 400, "invalid n: only 1 is allowed for this model"),
        ("moonshot", "kimi-k3", {"reasoning_effort": "medium"}, 400, "reasoning_effort"),
        ("kimi-code", "k3", {"temperature": 1}, 400, "temperature"),
        ("openai", "gpt-5-mini", {}, 400, "'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."),
        ("openai", "gpt-4.1", {"thinking": {"type": "disabled"}}, 400, "Unrecognized request argument supplied: thinking"),
        ("groq", "llama-3.3-70b-versatile", {"thinking": {}}, 400, "property 'thinking' is unsupported"),
        ("anthropic", "claude-haiku-4-5", {"seed": 1}, 400, "seed: Extra inputs are not permitted"),
        ("anthropic", "claude-haiku-4-5", {"max_tokens": None}, 400, "max_tokens: Field required"),
        ("openai-compatible", "strict-model", {"stream_options": {"include_usage": True}}, 400, "'stream_options'"),
        ("together", "refuses-seed", {"seed": 7}, 400, "'seed'"),
    ],
)
async def test_it_refuses_what_the_real_one_refuses(
    zoo: Zoo, prefix: str, model: str, parameters: dict[str, object], status: int, words: str
) -> None:
    answered = await chat(zoo, prefix, model, more=parameters)
    assert (answered.status, answered.json["error"]["message"].find(words) >= 0) == (status, True)


async def test_it_accepts_what_the_model_fixes(zoo: Zoo) -> None:
    assert (await chat(zoo, "moonshot", "kimi-k3", temperature=1, top_p=0.95, n=1)).status == 200
    assert (await chat(zoo, "moonshot", "kimi-k2.6", temperature=0.6, thinking={"type": "disabled"})).status == 200


@pytest.mark.parametrize("body", [b"{", b"[]", b"{}", b'{"model":"kimi-k3"}', b'{"model":"kimi-k3","messages":[]}', b"\xff"])
async def test_it_says_what_is_wrong_with_a_body(zoo: Zoo, body: bytes) -> None:
    async with client() as asker:
        answer = await asker.post(zoo.url("moonshot") + "/chat/completions", content=body)
    assert answer.status_code == 400
    assert answer.json()["error"]["type"] == "invalid_request_error"


async def test_it_serves_numbered_copies_for_large_fleets(zoo: Zoo) -> None:
    assert (await chat(zoo, "moonshot", "kimi-k3-0042")).events[0]["model"] == "kimi-k3-0042"
    assert (await chat(zoo, "moonshot", "kimi-k9-0042")).status == 404


async def test_it_serves_any_model_of_a_compatible_server_without_a_key(zoo: Zoo) -> None:
    assert (await chat(zoo, "openai-compatible", "whatever", key=None)).status == 200
    assert (await chat(zoo, "openai", "gpt-4.1", key=None)).status == 401


async def test_it_speaks_anthropics_dialect_on_moonshots_second_surface(zoo: Zoo) -> None:
    body = {"model": "kimi-k2.6", "max_tokens": 400, "messages": [{"role": "user", "content": "hi"}]}
    async with client(None) as asker:
        url = zoo.origin + "/moonshot/anthropic/v1/messages"
        assert (await asker.post(url, json=body, headers={"x-api-key": "sk-a"})).json()["type"] == "message"
        refused = await asker.post(url, json=body, headers={"x-api-key": "sk-invalid"})
    assert refused.json() == {"error": {"message": "Incorrect API key provided", "type": "incorrect_api_key_error"}}


async def test_it_answers_slowly_at_pace_one_and_at_once_at_pace_zero() -> None:
    async with Zoo(pace=0.05) as paced, Zoo() as prompt:
        slow = await chat(paced, "groq", "llama-3.3-70b-versatile", timeout_s=0.001)
        quick = await chat(prompt, "groq", "llama-3.3-70b-versatile")
        whole = await chat(paced, "groq", "llama-3.3-70b-versatile")
    assert slow.broken == "TimeoutError"
    assert [len(quick.events), len(whole.events)] == [4, 4]
