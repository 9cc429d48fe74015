"""Streams: nothing is lost, nothing is mixed, and nothing is asked twice unseen."""

import asyncio

import pytest

from statuspage.client import ChatError, Done, Notice, Text, Thought
from statuspage.client.events import Event
from statuspage.zoo.zoo import Zoo
from tests.client.world import K3, K26, ROUTED, Told


async def taken(told: Told, shown: list[Event] | None = None, **asked: object) -> list[Event]:
    """Every event; `shown` has them too where the stream breaks."""
    events: list[Event] = [] if shown is None else shown
    async for event in told.chain.stream("Say hello.", **asked):  # type: ignore[arg-type]
        events.append(event)  # noqa: PERF401 - what came before a failure counts
    return events


def texts(events: list[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, Text))


async def test_the_pieces_are_the_answer() -> None:
    async with Zoo() as zoo:
        events = await taken(Told(zoo, [K26]), max_output_tokens=500)
    done = events[-1]
    assert isinstance(done, Done)
    assert texts(events) == done.reply.text != ""
    assert done.reply.first_content_ms is not None


async def test_reasoning_comes_apart_from_text() -> None:
    async with Zoo() as zoo:
        events = await taken(Told(zoo, [K3]), max_output_tokens=500)
    done = events[-1]
    assert isinstance(done, Done)
    assert "".join(event.text for event in events if isinstance(event, Thought)) == done.reply.reasoning != ""


@pytest.mark.parametrize("row", ["truncated_stream", "stream_reset", "error_in_stream"])
async def test_nobody_else_is_asked_once_a_piece_was_shown(row: str) -> None:
    async with Zoo() as zoo:
        zoo.play(K26, row)
        told = Told(zoo, [K26, ROUTED])
        shown: list[Event] = []
        with pytest.raises(ChatError) as caught:
            await taken(told, shown=shown, max_output_tokens=500)
    assert any(isinstance(event, Text | Thought) for event in shown)
    assert told.classes == [(K26, row)]
    assert caught.value.class_name == row


async def test_a_failure_before_the_first_piece_goes_on_elsewhere() -> None:
    async with Zoo() as zoo:
        zoo.play(K26, "quota_exhausted")
        told = Told(zoo, [K26, ROUTED])
        events = await taken(told)
    assert isinstance(events[0], Notice)
    assert events[0].kind == "fallback"
    done = events[-1]
    assert isinstance(done, Done)
    assert (done.reply.model, texts(events)) == (ROUTED, done.reply.text)


async def test_resuming_takes_back_what_was_shown_and_begins_anew() -> None:
    async with Zoo() as zoo:
        zoo.play(K26, "truncated_stream;times=1")
        told = Told(zoo, [K26, ROUTED])
        events = await taken(told, resume=True, max_output_tokens=500)
    (restart,) = (place for place, event in enumerate(events) if isinstance(event, Notice))
    notice = events[restart]
    assert isinstance(notice, Notice)
    assert (notice.kind, notice.model) == ("restart", K26)
    done = events[-1]
    assert isinstance(done, Done)
    assert texts(events[restart:]) == done.reply.text
    assert told.clock.elapsed_s >= 1.0, "a broken stream is never asked for again at once"


async def test_waits_between_broken_streams_grow_apart() -> None:
    async with Zoo() as zoo:
        zoo.play(K26, "truncated_stream")
        told = Told(zoo, [K26])
        with pytest.raises(ChatError):
            await taken(told, resume=True)
    assert [class_name for _, class_name in told.classes] == ["truncated_stream"] * 3
    assert told.clock.elapsed_s == pytest.approx(2.0 + 3.5, abs=0.01)


async def test_closing_hangs_up() -> None:
    async with Zoo() as zoo:
        told = Told(zoo, [K26])
        events = told.chain.stream("Say hello.", max_output_tokens=500)
        async for event in events:
            if isinstance(event, Text):
                break
        await events.aclose()  # type: ignore[attr-defined]  # an async generator
    assert told.records == []


async def test_a_silent_model_is_hedged_and_the_first_to_speak_goes_on() -> None:
    async with Zoo() as zoo:
        zoo.play(K26, "first_event_timeout")
        told = Told(zoo, [K26, ROUTED], hedge_after_s=0.05)
        events = await taken(told)
        again = await taken(told)
    done, later = events[-1], again[-1]
    assert isinstance(done, Done)
    assert isinstance(later, Done)
    assert (done.reply.model, done.reply.attempts) == (ROUTED, 2)
    assert [notice.kind for notice in done.reply.notices] == ["hedge"]
    assert done.reply.cost_usd is None, "what the one that was called off cost is not known"
    assert told.classes == [(ROUTED, "ok"), (ROUTED, "ok")]


async def test_without_hedging_nobody_else_is_asked() -> None:
    async with Zoo() as zoo:
        told = Told(zoo, [K26, ROUTED])
        await asyncio.gather(*(taken(told) for _ in range(5)))
        assert zoo.asked[ROUTED] == 0
