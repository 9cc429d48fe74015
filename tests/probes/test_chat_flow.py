"""What a chat probe sends, and the one more question it may ask within its deadline."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from statuspage.domain.words import ProbeKind
from statuspage.probes.probe import run
from tests.probes.asking import KEY, context, probed, target_at
from tests.wire import GOOD, SSE_HEAD, Script, request_of, response, serving

REJECTED = {
    "message": "Unsupported parameter: 'max_completion_tokens' is not supported with this model.",
    "param": "max_completion_tokens",
}
UNKNOWN_MODEL = response(
    404, {"error": {"message": "Not found the model m or Permission denied", "type": "resource_not_found_error"}}
)
UNAUTHORISED = response(401, {"error": {"message": "Invalid Authentication", "type": "invalid_authentication_error"}})
LISTED = response(200, {"object": "list", "data": [{"id": "m"}, {"id": "n"}]})
OTHERS = response(200, {"object": "list", "data": [{"id": "m-2"}]})


class Seen:
    """The requests a server got: method and path, headers, JSON."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.heads: list[str] = []
        self.bodies: list[dict[str, Any]] = []

    def script(self, answer: Callable[[str, dict[str, Any]], bytes]) -> Script:
        async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            head, _, body = (await request_of(reader)).partition(b"\r\n\r\n")
            self.lines.append(head.decode().split(" HTTP/")[0])
            self.heads.append(head.decode())
            self.bodies.append(json.loads(body) if body else {})
            writer.write(answer(self.lines[-1], self.bodies[-1]))
            await writer.drain()

        return play


def _good(_line: str, _body: dict[str, Any]) -> bytes:
    return SSE_HEAD + b"".join(GOOD)


async def test_it_asks_streamed_and_bounded_and_sends_no_sampling_parameters() -> None:
    seen = Seen()
    await probed(seen.script(_good), vendor="moonshot", model_id="kimi-k2.6", max_output_tokens=9)
    body = seen.bodies[0]
    assert seen.lines == ["POST /v1/chat/completions"]
    assert (body["stream"], body["stream_options"], body["max_completion_tokens"]) == (True, {"include_usage": True}, 9)
    assert body["thinking"] == {"type": "disabled"}
    assert not {"temperature", "top_p", "n", "seed", "presence_penalty", "frequency_penalty"} & set(body)


async def test_it_says_who_asks_and_carries_the_key_once() -> None:
    seen = Seen()
    await probed(seen.script(_good))
    head = seen.heads[0].lower()
    assert "user-agent: statuspage/" in head
    assert "accept-encoding: identity" in head
    assert head.count(KEY) == 1
    assert f"authorization: bearer {KEY}" in head


async def test_it_asks_without_a_key_where_none_is_needed() -> None:
    seen = Seen()
    await probed(seen.script(_good), api_key=None)
    assert "authorization" not in seen.heads[0].lower()


async def test_it_pins_the_upstream_with_fallbacks_off() -> None:
    seen = Seen()
    await probed(seen.script(_good), vendor="openrouter", route_only=("novita",))
    assert seen.bodies[0]["provider"] == {"only": ["novita"], "allow_fallbacks": False}


async def test_it_leaves_out_a_rejected_parameter_and_asks_once_more() -> None:
    seen, learnt = Seen(), list[tuple[str, str]]()

    def answer(_line: str, body: dict[str, Any]) -> bytes:
        if "max_completion_tokens" in body:
            return response(400, {"error": REJECTED})
        return SSE_HEAD + b"".join(GOOD)

    async with serving(seen.script(answer)) as port:
        target = target_at(port, "moonshot")
        sample = await run(ProbeKind.CHAT, target, context(learn=lambda key, name: learnt.append((key, name))))
    assert (sample.class_name, sample.attempts) == ("ok", 2)
    assert learnt == [("acme/m", "max_completion_tokens")]
    assert seen.bodies[1]["max_tokens"] == 16, "the output stays bounded, under the other name"


async def test_it_does_not_ask_twice_for_what_was_learnt() -> None:
    seen = Seen()
    async with serving(seen.script(_good)) as port:
        means = context(learnt={"acme/m": frozenset({"max_completion_tokens", "stream_options"})})
        sample = await run(ProbeKind.CHAT, target_at(port, "moonshot"), means)
    assert sample.attempts == 1
    assert "max_tokens" in seen.bodies[0]
    assert not {"max_completion_tokens", "stream_options"} & set(seen.bodies[0])


async def test_it_gives_up_when_the_second_request_is_rejected_too() -> None:
    seen, learnt = Seen(), list[str]()

    def answer(_line: str, body: dict[str, Any]) -> bytes:
        name = "stream_options" if "stream_options" in body else "max_tokens"
        return response(
            400, {"error": {"message": f"Unrecognized request argument supplied: {name}", "type": "invalid_request_error"}}
        )

    async with serving(seen.script(answer)) as port:
        sample = await run(ProbeKind.CHAT, target_at(port), context(learn=lambda _key, name: learnt.append(name)))
    assert (sample.class_name, sample.fault, sample.attempts) == ("parameter_rejected", "monitor", 2)
    assert learnt == ["stream_options", "max_tokens"]
    assert len(seen.bodies) == 2


async def test_it_never_asks_unbounded() -> None:
    seen = Seen()
    async with serving(seen.script(_good)) as port:
        means = context(learnt={"acme/m": frozenset({"max_completion_tokens", "max_tokens"})})
        await run(ProbeKind.CHAT, target_at(port), means)
    assert {"max_completion_tokens", "max_tokens"} & set(seen.bodies[0])


async def test_it_does_not_retry_a_complaint_about_what_it_never_sent() -> None:
    seen = Seen()
    rejected = response(
        400, {"error": {"message": "invalid temperature: only 1 is allowed for this model", "type": "invalid_request_error"}}
    )
    sample = await probed(seen.script(lambda _line, _body: rejected), vendor="moonshot")
    assert (sample.class_name, sample.attempts, len(seen.bodies)) == ("parameter_rejected", 1, 1)


@pytest.mark.parametrize(
    "listing,class_name,fault",
    [
        (OTHERS, "model_unknown", "client"),
        (LISTED, "not_entitled", "account"),
        (response(200, {"data": [{"id": "m", "expiration_date": "2020-01-01"}]}), "model_retired", "provider"),
        (response(200, {"data": [{"id": "m", "expiration_date": "2999-01-01"}]}), "not_entitled", "account"),
        (response(200, {"data": []}), "model_unknown", "client"),
        (response(503, ""), "model_unknown", "client"),
    ],
    ids=["not listed", "listed", "expired", "expires later", "nothing listed", "no list"],
)
async def test_it_asks_the_list_what_a_404_means(listing: bytes, class_name: str, fault: str) -> None:
    seen = Seen()
    sample = await probed(
        seen.script(lambda line, _body: listing if line.startswith("GET") else UNKNOWN_MODEL), vendor="openrouter"
    )
    assert (sample.class_name, sample.fault) == (class_name, fault)
    assert seen.lines == ["POST /v1/chat/completions", "GET /v1/models"]


async def test_it_names_the_nearest_listed_id() -> None:
    sample = await probed(Seen().script(lambda line, _body: OTHERS if line.startswith("GET") else UNKNOWN_MODEL), model_id="m-3")
    assert "m-2" in (sample.message or "")


async def test_it_knows_ids_that_their_vendor_has_retired() -> None:
    script = Seen().script(lambda line, _body: OTHERS if line.startswith("GET") else UNKNOWN_MODEL)
    sample = await probed(script, vendor="moonshot", model_id="kimi-latest")
    assert (sample.class_name, sample.judgement) == ("model_retired", "excluded")


async def test_it_knows_a_wrong_address_by_both_answers() -> None:
    nowhere = response(404, {"detail": "Not Found"})
    sample = await probed(Seen().script(lambda _line, _body: nowhere))
    assert (sample.class_name, sample.fault) == ("wrong_base_url", "client")


async def test_it_asks_a_sibling_surface_whether_the_key_is_its_own() -> None:
    here, there = Seen(), Seen()
    async with (
        serving(here.script(lambda _line, _body: UNAUTHORISED)) as port,
        serving(there.script(lambda _line, _body: LISTED)) as other,
    ):
        sibling = f"http://127.0.0.1:{other}/v1"
        sample = await run(
            ProbeKind.CHAT, target_at(port, "moonshot", siblings=(sibling,), private_siblings=(sibling,)), context()
        )
    assert (sample.class_name, sample.fault) == ("wrong_region", "client")
    assert there.lines == ["GET /v1/models"]
    assert sample.advice is not None


async def test_it_shows_the_key_to_nobody_else() -> None:
    here, there = Seen(), Seen()
    async with (
        serving(here.script(lambda _line, _body: UNAUTHORISED)) as port,
        serving(there.script(lambda _line, _body: UNAUTHORISED)) as other,
    ):
        alone = await run(ProbeKind.CHAT, target_at(port, "moonshot"), context())
        assert (alone.class_name, there.lines) == ("invalid_key", [])
        urls = (f"http://127.0.0.1:{other}/v1",)
        sample = await run(ProbeKind.CHAT, target_at(port, "moonshot", siblings=urls, private_siblings=urls), context())
    assert (sample.class_name, there.lines) == ("invalid_key", ["GET /v1/models"])


async def test_a_private_sibling_is_asked_only_where_its_own_provider_allows_it() -> None:
    here, there = Seen(), Seen()
    async with (
        serving(here.script(lambda _line, _body: UNAUTHORISED)) as port,
        serving(there.script(lambda _line, _body: LISTED)) as other,
    ):
        sample = await run(ProbeKind.CHAT, target_at(port, "moonshot", siblings=(f"http://127.0.0.1:{other}/v1",)), context())
    assert (sample.class_name, there.lines) == ("invalid_key", [])


async def test_it_keeps_its_judgement_when_the_second_question_is_late() -> None:
    async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if (await request_of(reader)).startswith(b"GET"):
            await reader.read()
        writer.write(UNKNOWN_MODEL)
        await writer.drain()

    sample = await probed(play, timeout_s=0.4)
    assert (sample.class_name, sample.confident) == ("model_unknown", False)


async def test_it_tells_a_redirect_and_does_not_follow_it() -> None:
    seen = Seen()
    sample = await probed(seen.script(lambda _line, _body: response(308, "", location="/v2/chat?session=abc")))
    assert (sample.class_name, len(seen.lines)) == ("moved", 1)
    assert "/v2/chat" in (sample.message or "")
    assert "abc" not in (sample.message or "")


async def test_it_refuses_a_private_address_unless_allowed() -> None:
    seen = Seen()
    sample = await probed(seen.script(_good), allow_private=False)
    assert (sample.class_name, sample.fault, seen.lines) == ("not_configured", "monitor", [])
