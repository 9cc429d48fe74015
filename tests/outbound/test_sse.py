"""Server-sent events out of bytes that come in any pieces."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.outbound.failures import MalformedError
from statuspage.outbound.sse import MAX_EVENT_BYTES, MAX_LINE_BYTES, SseEvent, SseParser


def _events(*pieces: bytes) -> list[SseEvent]:
    parser = SseParser()
    found = [event for piece in pieces for event in parser.feed(piece)]
    return found + parser.finish()


def _data(*pieces: bytes) -> list[bytes]:
    return [event.data for event in _events(*pieces)]


@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"])
def test_it_takes_every_line_end(newline: bytes) -> None:
    assert _data(newline.join([b"data: a", b"", b"data: b", b"", b""])) == [b"a", b"b"]


def test_it_joins_the_lines_of_one_event() -> None:
    assert _data(b"data: a\ndata:b\ndata\n\n") == [b"a\nb\n"]


def test_it_strips_one_space_only() -> None:
    assert _data(b"data:  a\n\n") == [b" a"]


def test_it_keeps_the_event_name_for_one_event() -> None:
    assert _events(b"event: error\ndata: a\n\ndata: b\n\n") == [SseEvent(b"error", b"a"), SseEvent(b"", b"b")]


def test_it_counts_comments_and_makes_no_events_of_them() -> None:
    parser = SseParser()
    assert parser.feed(b": OPENROUTER PROCESSING\n\n: again\n\n") == []
    assert parser.comments == 2


def test_it_ignores_a_byte_order_mark_at_the_start_only() -> None:
    assert _data(b"\xef\xbb\xbfdata: a\n\n\xef\xbb\xbfdata: b\n\n") == [b"a"]


def test_it_ignores_unknown_fields_and_events_without_data() -> None:
    assert _data(b"id: 1\nretry: 5\nfoo\nevent: x\n\n") == []


def test_it_takes_a_last_event_without_its_blank_line() -> None:
    assert _data(b"data: a\n\ndata: [DONE]") == [b"a", b"[DONE]"]


def test_it_leaves_broken_utf8_to_whoever_decodes() -> None:
    assert _data(b"data: \xff\xfe\n\n") == [b"\xff\xfe"]


def test_it_bounds_a_line_that_never_ends() -> None:
    parser = SseParser()
    parser.feed(b"x" * MAX_LINE_BYTES)
    with pytest.raises(MalformedError):
        parser.feed(b"x")


def test_it_bounds_an_event_that_never_ends() -> None:
    parser = SseParser()
    lines = (b"data: " + b"x" * 1000 + b"\n") * (MAX_EVENT_BYTES // 1000)
    with pytest.raises(MalformedError):
        parser.feed(lines)


_LINES = st.lists(
    st.sampled_from(
        [
            b"data: {}",
            b"data:",
            b": ping",
            b"event: message_stop",
            b"",
            b"data: x",
            b"\xef\xbb\xbf",
            b"id: \xff",
            b"data: \xc3\xa9",
        ]
    ),
    max_size=12,
)


@given(_LINES, st.sampled_from([b"\n", b"\r\n", b"\r"]), st.lists(st.integers(0, 200), max_size=8))
def test_it_finds_the_same_events_wherever_the_bytes_are_split(lines: list[bytes], newline: bytes, cuts: list[int]) -> None:
    stream = newline.join(lines)
    places = sorted({0, *(min(cut, len(stream)) for cut in cuts), len(stream)})
    pieces = [stream[start:end] for start, end in pairwise(places)]
    assert _events(*pieces) == _events(stream)


@given(st.binary(max_size=300))
def test_it_takes_any_bytes(stream: bytes) -> None:
    assert _events(stream) == _events(*(stream[at : at + 1] for at in range(len(stream))))
