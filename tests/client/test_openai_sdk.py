"""The official SDK over a chain: two lines, and an overloaded vendor is no matter any more."""

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import openai
import pytest

from statuspage.client import Chain, ChainError, Provider, Secret, SyncChain
from statuspage.client.call import CallRecord
from statuspage.client.openai import async_http_client, http_client
from statuspage.zoo.zoo import Zoo
from tests.client.world import CLAUDE, K3, K26, KEY, ROUTED, Told
from tests.system.outside import Upstream
from tests.wire import SSE_HEAD, request_of, serving

ASKED: dict[str, Any] = {"model": "any", "messages": [{"role": "user", "content": "Say hello."}], "max_tokens": 500}


def sdk(told: Told) -> openai.AsyncOpenAI:
    return openai.AsyncOpenAI(api_key="unused", http_client=async_http_client(told.chain))


async def streamed(client: openai.AsyncOpenAI, **more: Any) -> list[Any]:  # noqa: ANN401 - of the SDK
    return [chunk async for chunk in await client.chat.completions.create(**ASKED, stream=True, **more)]


def said(chunks: list[Any]) -> str:
    return "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)


async def test_a_whole_answer_comes_as_its_vendor_sent_it() -> None:
    async with Zoo() as zoo:
        told = Told(zoo, [K26])
        reply = await sdk(told).chat.completions.create(**ASKED)
        async with openai.AsyncOpenAI(api_key=KEY, base_url=zoo.url("moonshot")) as plain:
            direct = await plain.chat.completions.create(**{**ASKED, "model": "kimi-k2.6"})
    assert reply.choices[0].message.content == direct.choices[0].message.content
    assert (reply.model, reply.object, reply.usage) == (direct.model, direct.object, direct.usage)
    assert told.classes == [(K26, "ok")]
    assert reply.usage is not None
    assert told.records[0].tokens.output == reply.usage.completion_tokens


async def test_an_overloaded_model_gives_way_before_the_program_notices() -> None:
    async with Zoo() as zoo:
        zoo.play(K26, "engine_overloaded")
        told = Told(zoo, [K26, ROUTED])
        reply = await sdk(told).chat.completions.create(**ASKED)
    assert reply.model == "moonshotai/kimi-k2.6"
    assert {model for model, class_name in told.classes if class_name == "engine_overloaded"} == {K26}
    assert told.classes[-1] == (ROUTED, "ok")


async def test_a_stream_goes_on_elsewhere_before_its_first_word_and_comes_as_it_was_sent() -> None:
    async with Zoo() as zoo:
        zoo.play(K26, "engine_overloaded")
        told = Told(zoo, [K26, ROUTED])
        chunks = await streamed(sdk(told), stream_options={"include_usage": True})
    assert said(chunks)
    assert {chunk.model for chunk in chunks} == {"moonshotai/kimi-k2.6"}
    assert chunks[-1].usage.completion_tokens == told.records[-1].tokens.output
    assert told.classes[-1] == (ROUTED, "ok")


@pytest.mark.parametrize("options", [{}, {"stream_options": {"include_usage": True}}])
async def test_a_stream_has_the_events_that_the_program_asked_for(options: dict[str, Any]) -> None:
    async with Zoo() as zoo:
        chunks = await streamed(sdk(Told(zoo, [K26])), **options)
        async with openai.AsyncOpenAI(api_key=KEY, base_url=zoo.url("moonshot")) as plain:
            asked = {**ASKED, "model": "kimi-k2.6", "stream": True, **options}
            direct = [chunk async for chunk in await plain.chat.completions.create(**asked)]
    assert [len(chunk.choices) for chunk in chunks] == [len(chunk.choices) for chunk in direct]
    assert said(chunks) == said(direct)


@pytest.mark.parametrize("row", ["error_in_body", "html_in_200", "empty_body", "connection_reset"])
async def test_what_is_no_answer_gives_way_too(row: str) -> None:
    async with Zoo() as zoo:
        zoo.play(K26, row)
        told = Told(zoo, [K26, ROUTED])
        reply = await sdk(told).chat.completions.create(**ASKED)
    assert reply.model == "moonshotai/kimi-k2.6"
    assert told.classes[0] == (K26, row)


async def test_a_stream_that_breaks_after_its_first_word_is_an_error_of_the_sdk_and_nobody_else_is_asked() -> None:
    async with Zoo() as zoo:
        zoo.play(K26, "stream_reset")
        told = Told(zoo, [K26, ROUTED])
        with pytest.raises(openai.APIConnectionError):
            await streamed(sdk(told))
    assert told.classes == [(K26, "stream_reset")]


async def test_where_nothing_helps_the_vendors_own_refusal_arrives_and_is_not_asked_for_again() -> None:
    async with Zoo() as zoo:
        zoo.play(K26, "quota_exhausted")
        told = Told(zoo, [K26])
        client = sdk(told)
        assert client.max_retries == 2
        with pytest.raises(openai.RateLimitError) as caught:
            await client.chat.completions.create(**ASKED)
    assert "suspended due to insufficient balance" in str(caught.value), "the vendor's own words"
    assert told.classes == [(K26, "quota_exhausted")], "the SDK's own retries are not added to ours"
    assert KEY not in str(caught.value)


async def test_where_nobody_answers_the_error_says_so_in_openais_shape() -> None:
    nowhere = Provider(vendor="moonshot", base_url="http://127.0.0.1:1/v1", api_key=Secret(KEY), allow_private=True)
    async with Zoo() as zoo:
        told = Told(zoo, [K26], providers={"moonshot": nowhere})
        with pytest.raises(openai.InternalServerError) as caught:
            await sdk(told).chat.completions.create(**ASKED)
    assert caught.value.code == "connection_refused"
    assert "refuses connections" in caught.value.message


async def test_tool_calls_come_whole() -> None:
    tool = {"type": "function", "function": {"name": "get_weather", "parameters": {"type": "object", "properties": {}}}}
    weather = [{"role": "user", "content": "What is the weather in Paris?"}]
    async with Zoo() as zoo:
        client = sdk(Told(zoo, [K26]))
        asked = {**ASKED, "messages": weather, "tools": [tool], "tool_choice": "required"}
        reply = await client.chat.completions.create(**asked)
        chunks = [chunk async for chunk in await client.chat.completions.create(**asked, stream=True)]
    calls = reply.choices[0].message.tool_calls
    assert calls is not None
    assert calls[0].function.name == "get_weather"
    assert any(chunk.choices and chunk.choices[0].delta.tool_calls for chunk in chunks)


async def test_other_addresses_are_refused_with_a_sentence() -> None:
    async with Zoo() as zoo:
        told = Told(zoo, [K26])
        with pytest.raises(openai.NotFoundError, match="chat completions alone"):
            await sdk(told).embeddings.create(model="x", input="y")
        with pytest.raises(openai.NotFoundError):
            await sdk(told).models.list()
    assert told.records == []


async def test_a_model_of_another_dialect_is_named_when_the_client_is_made() -> None:
    async with Zoo() as zoo:
        with pytest.raises(ChainError, match=CLAUDE):
            async_http_client(Told(zoo, [K3, CLAUDE]).chain)


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with Upstream() as opened:
        yield opened


def test_programs_without_a_loop_have_the_same(upstream: Upstream) -> None:
    upstream.do(lambda zoo: zoo.play(K26, "quota_exhausted"))
    records: list[CallRecord] = []
    providers = {
        name: Provider(vendor=name, base_url=upstream.url(name), api_key=Secret(KEY), allow_private=True)
        for name in ("moonshot", "openrouter")
    }
    chain = SyncChain([K26, ROUTED], providers=providers, on_call=records.append)
    with openai.OpenAI(api_key="unused", http_client=http_client(chain)) as client:
        reply = client.chat.completions.create(**ASKED)
        chunks = list(client.chat.completions.create(**ASKED, stream=True))
        stream = client.chat.completions.create(**ASKED, stream=True)
        next(iter(stream))
        stream.close()
    assert reply.model == "moonshotai/kimi-k2.6"
    assert said(chunks)
    assert [(record.model, record.class_name) for record in records[:2]] == [(K26, "quota_exhausted"), (ROUTED, "ok")]


async def test_an_httpx_client_is_what_the_sdk_is_handed() -> None:
    async with Zoo() as zoo:
        assert isinstance(async_http_client(Told(zoo, [K26]).chain), httpx.AsyncClient)


async def test_words_arrive_while_the_vendor_still_speaks() -> None:
    heard = asyncio.Event()

    async def slowly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(SSE_HEAD + b'data: {"choices": [{"index": 0, "delta": {"content": "one"}}]}\n\n')
        await writer.drain()
        await heard.wait()
        writer.write(b'data: {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}\n\ndata: [DONE]\n\n')
        await writer.drain()

    records: list[CallRecord] = []
    async with serving(slowly) as port:
        base_url = f"http://127.0.0.1:{port}/v1"
        own = Provider(vendor="openai-compatible", base_url=base_url, api_key=Secret(KEY), allow_private=True)
        chain = Chain(["own/model"], providers={"own": own}, on_call=records.append)
        client = openai.AsyncOpenAI(api_key="unused", http_client=async_http_client(chain))
        words = []
        async for chunk in await client.chat.completions.create(**ASKED, stream=True):
            words.append(chunk.choices[0].delta.content)
            heard.set()
    assert words == ["one", None]
    assert [record.class_name for record in records] == ["ok"]


async def test_a_whole_answer_may_be_silent_for_longer_than_a_stream() -> None:
    async def late(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        streamed = b'"stream":true' in await request_of(reader)
        if not streamed:
            await silence.wait()
            body = b'{"choices": [{"index": 0, "message": {"content": "one"}, "finish_reason": "stop"}]}'
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        else:
            await reader.read()  # until it is hung up on

    silence = asyncio.Event()
    records: list[CallRecord] = []
    async with serving(late) as port:
        base_url = f"http://127.0.0.1:{port}/v1"
        own = Provider(vendor="openai-compatible", base_url=base_url, api_key=Secret(KEY), allow_private=True)
        chain = Chain(["own/model"], providers={"own": own}, on_call=records.append, silence_s=0.05, chance=lambda: 0.0)
        client = openai.AsyncOpenAI(api_key="unused", http_client=async_http_client(chain))
        with pytest.raises(openai.InternalServerError, match="silent for"):
            await client.chat.completions.create(**ASKED, stream=True)
        silence_broken = [record.class_name for record in records]
        asyncio.get_running_loop().call_later(0.15, silence.set)
        reply = await client.chat.completions.create(**ASKED)
    assert set(silence_broken) == {"header_timeout"}
    assert reply.choices[0].message.content == "one"
