"""Answers of status 200 that are wrong, byte by byte (the failure taxonomy §3.1 and §3.3)."""

import json

import pytest

from statuspage.zoo.zoo import Zoo
from tests.zoo.asking import KEY, Answered, chat, raw

_QUICK_S = 0.25


def _reasons(answered: Answered) -> list[str]:
    choices = [choice for event in answered.events if event != "[DONE]" for choice in event.get("choices", [])]
    return [choice["finish_reason"] for choice in choices if choice.get("finish_reason")]


def _content(answered: Answered) -> str:
    choices = [choice for event in answered.events if event != "[DONE]" for choice in event.get("choices", [])]
    return "".join(choice["delta"].get("content", "") for choice in choices)


@pytest.mark.parametrize("row", [4, 12])
async def test_it_resets_before_any_byte(zoo: Zoo, row: int) -> None:
    body = json.dumps({"model": f"fault-{row}", "messages": [{"role": "user", "content": "x"}]}).encode()
    request = b"POST /moonshot/v1/chat/completions HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    assert await raw(zoo, request) == b"!RESET"


async def test_it_resets_a_reused_connection_and_serves_a_fresh_one(zoo: Zoo) -> None:
    body = json.dumps({"model": "fault-13", "messages": [{"role": "user", "content": "x"}]}).encode()
    request = b"POST /openai-compatible/v1/chat/completions HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    once = await raw(zoo, request, until_s=0.1)
    assert once.startswith(b"HTTP/1.1 200")
    assert (await raw(zoo, request * 2)).endswith(b"!RESET")


async def test_it_reads_the_request_and_never_answers(zoo: Zoo) -> None:
    silent = await chat(zoo, "moonshot", "fault-14", timeout_s=_QUICK_S)
    assert (silent.status, silent.body, silent.broken) == (0, b"", "TimeoutError")


@pytest.mark.parametrize(
    "prefix,comment", [("openrouter", ": OPENROUTER PROCESSING"), ("anthropic", "event: ping"), ("deepseek", ": keep-alive")]
)
async def test_it_sends_headers_and_then_only_comments(zoo: Zoo, prefix: str, comment: str) -> None:
    kept = await chat(zoo, prefix, "fault-15", timeout_s=_QUICK_S)
    assert (kept.status, kept.broken) == (200, "TimeoutError")
    assert comment in kept.text
    assert "delta" not in kept.text


async def test_it_says_the_first_word_late_while_comments_keep_the_socket_warm(zoo: Zoo) -> None:
    late = await chat(zoo, "openrouter", "fault-16;wait=100ms")
    assert late.text.startswith(": OPENROUTER PROCESSING\n\ndata: ")
    assert (_content(late), late.broken) == ("OK", None)


async def test_it_stalls_and_resumes(zoo: Zoo) -> None:
    cut = await chat(zoo, "moonshot", "fault-17", timeout_s=_QUICK_S)
    whole = await chat(zoo, "moonshot", "fault-17;wait=20ms")
    assert (cut.broken, _reasons(cut)) == ("TimeoutError", [])
    assert len(cut.events) >= 1
    assert (_reasons(whole), whole.events[-1]) == (["stop"], "[DONE]")


@pytest.mark.parametrize("row", ["18", "18;variant=silent"])
async def test_it_stalls_for_ever_after_the_first_events(zoo: Zoo, row: str) -> None:
    stalled = await chat(zoo, "moonshot", f"fault-{row}", timeout_s=_QUICK_S)
    assert (stalled.status, stalled.broken, _reasons(stalled)) == (200, "TimeoutError", [])
    assert stalled.events


async def test_it_resets_in_mid_stream(zoo: Zoo) -> None:
    broken = await chat(zoo, "moonshot", "fault-19")
    assert broken.broken == "ReadError"
    assert (len(broken.events) > 0, _reasons(broken)) == (True, [])


async def test_it_drips(zoo: Zoo) -> None:
    dripping = await chat(zoo, "moonshot", "fault-20;wait=10ms", prompt="Say 'a b c d'")
    assert (_content(dripping), dripping.events[-1]) == ("a b c d", "[DONE]")


@pytest.mark.parametrize("prefix,terminal", [("moonshot", "[DONE]"), ("openrouter", "[DONE]"), ("anthropic", "message_stop")])
async def test_it_ends_a_stream_without_reason_or_terminal_event(zoo: Zoo, prefix: str, terminal: str) -> None:
    for row, broken in (("68", None), ("68;variant=eof", "RemoteProtocolError")):
        cut = await chat(zoo, prefix, f"fault-{row}")
        assert (cut.status, cut.broken) == (200, broken)
        assert "OK" in cut.text
        assert terminal not in cut.text
        assert 'finish_reason":"' not in cut.text


async def test_it_leaves_out_the_reason_or_the_terminal_event_alone(zoo: Zoo) -> None:
    without_reason = await chat(zoo, "moonshot", "fault-69")
    without_done = await chat(zoo, "moonshot", "fault-no-done")
    assert (_reasons(without_reason), without_reason.events[-1]) == ([], "[DONE]")
    assert (_reasons(without_done), "[DONE]" in without_done.text) == (["stop"], False)
    silent = await chat(zoo, "anthropic", "fault-69")
    assert ("message_delta" in silent.text, "message_stop" in silent.text) == (False, True)


@pytest.mark.parametrize(
    "prefix,row,message",
    [
        ("moonshot", "61", "Something unexpected"),
        ("moonshot", "61;variant=overloaded", "engine is currently overloaded"),
        ("anthropic", "61;variant=overloaded", "Overloaded"),
        ("openrouter", "61", "Provider returned"),
    ],
)
async def test_it_hides_an_error_in_a_200_body(zoo: Zoo, prefix: str, row: str, message: str) -> None:
    answered = await chat(zoo, prefix, f"fault-{row}")
    assert (answered.status, answered.headers["content-type"]) == (200, "application/json")
    assert message in answered.error["message"]
    if prefix == "openrouter":
        assert answered.json["choices"][0]["finish_reason"] == "error"


async def test_it_reports_an_error_in_mid_stream(zoo: Zoo) -> None:
    plain = await chat(zoo, "moonshot", "fault-62;variant=overloaded")
    routed = await chat(zoo, "openrouter", "fault-62")
    claude = await chat(zoo, "anthropic", "fault-62;variant=overloaded")
    assert plain.events[-1] == {
        "error": {"message": "The engine is currently overloaded, please try again later", "type": "engine_overloaded_error"}
    }
    assert _content(plain) == "OK"
    assert routed.events[-1]["error"]["metadata"]["provider_name"] == "Novita"
    assert routed.events[-1]["choices"][0]["finish_reason"] == "error"
    assert "event: error\n" in claude.text
    assert claude.events[-1]["error"]["type"] == "overloaded_error"


async def test_it_answers_with_a_web_page_or_with_nothing(zoo: Zoo) -> None:
    page = await chat(zoo, "openai", "fault-63")
    nothing = await chat(zoo, "openai", "fault-64")
    assert (page.status, page.headers["content-type"][:9], page.text[:15]) == (200, "text/html", "<!doctype html>")
    assert (nothing.status, nothing.body) == (200, b"")


async def test_it_answers_without_choices(zoo: Zoo) -> None:
    for row, choices in (("null-choices", None), ("no-choices", [])):
        streamed = await chat(zoo, "openai", f"fault-{row}")
        whole = await chat(zoo, "openai", f"fault-{row}", stream=False)
        assert streamed.events[0]["choices"] == choices
        assert whole.json["choices"] == choices


async def test_it_completes_without_a_word(zoo: Zoo) -> None:
    silent = await chat(zoo, "moonshot", "fault-65")
    routed = await chat(zoo, "openrouter", "fault-65")
    assert (_content(silent), _reasons(silent), silent.events[-1]) == ("", ["stop"], "[DONE]")
    assert '"native_finish_reason":"network_error"' in routed.text


async def test_it_thinks_the_whole_budget_away(zoo: Zoo) -> None:
    thought = await chat(zoo, "moonshot", "fault-66", max_tokens=8)
    assert (_content(thought), _reasons(thought)) == ("", ["length"])
    assert "reasoning_content" in thought.text


async def test_it_sends_events_that_are_no_json(zoo: Zoo) -> None:
    broken = await chat(zoo, "moonshot", "fault-72")
    doubled = await chat(zoo, "moonshot", "fault-72;variant=doubled")
    with pytest.raises(json.JSONDecodeError):
        _ = broken.events
    assert "data: data: {" in doubled.text


async def test_it_does_not_stream_though_asked_to(zoo: Zoo) -> None:
    assert (await chat(zoo, "moonshot", "fault-73")).json["object"] == "chat.completion"


async def test_it_miscounts_tokens(zoo: Zoo) -> None:
    usage = {"stream_options": {"include_usage": True}}
    assert '"usage"' not in (await chat(zoo, "moonshot", "fault-74", more=usage)).text
    assert '"prompt_tokens":0,' in (await chat(zoo, "openai", "fault-74;variant=zero", more=usage)).text
    assert '"prompt_tokens":1000000000000000,' in (await chat(zoo, "openai", "fault-74;variant=absurd", more=usage)).text


async def test_it_serves_another_model_another_upstream_or_a_cache(zoo: Zoo) -> None:
    assert (await chat(zoo, "moonshot", "fault-75")).events[0]["model"] == "zoo-imposter-7b"
    assert (await chat(zoo, "openrouter", "fault-76")).events[0]["provider"] == "Parasail"
    cached = [await chat(zoo, "openrouter", "fault-77") for _ in range(2)]
    assert {each.headers["x-openrouter-cache"] for each in cached} == {"HIT"}
    assert cached[0].events[0]["id"] == cached[1].events[0]["id"]


async def test_it_talks_gibberish(zoo: Zoo) -> None:
    assert _content(await chat(zoo, "moonshot", "fault-78")).startswith("zu zu")


async def test_it_breaks_off_whole_answers_as_well(zoo: Zoo) -> None:
    expected = {
        "19": "ReadError",
        "68": "RemoteProtocolError",
        "18": "TimeoutError",
        "15": "TimeoutError",
        "half-chunk": "RemoteProtocolError",
    }
    for row, broken in expected.items():
        cut = await chat(zoo, "moonshot", f"fault-{row}", stream=False, timeout_s=_QUICK_S)
        assert (row, cut.broken) == (row, broken)


async def test_it_is_hostile_in_bounded_memory(zoo: Zoo) -> None:
    assert (await chat(zoo, "moonshot", "fault-garbage")).broken == "RemoteProtocolError"
    for name in ("huge-body", "endless-stream", "endless-line"):
        assert (await chat(zoo, "moonshot", f"fault-{name}")).broken == "enough"
    assert (await chat(zoo, "moonshot", "fault-header-flood")).broken == "RemoteProtocolError"
    bomb = await chat(zoo, "moonshot", "fault-gzip-bomb")
    assert (bomb.headers["content-encoding"], len(bomb.body) < 100_000) == ("gzip", True)
    with pytest.raises(UnicodeDecodeError):
        _ = (await chat(zoo, "moonshot", "fault-broken-utf8")).text
    assert '"score":NaN' in (await chat(zoo, "moonshot", "fault-nan")).text
    assert _content(await chat(zoo, "moonshot", "fault-drip;wait=0ms")) == "OK"
    assert "2000" in (await chat(zoo, "moonshot", "fault-clock-skew")).headers["date"]
    assert KEY not in (await chat(zoo, "moonshot", "fault-39")).text
