"""Which encoding a client gets, and whether it has it already."""

import pytest

from statuspage.render.encoded import encode
from statuspage.render.headers import SHORT, dated, headers_for
from statuspage.web.negotiation import has_already, is_unchanged, request_conditions, variant_for

LONG = encode(b'{"a":"' + b"kimi " * 400 + b'"}', headers_for(b"application/json", SHORT))
SHORT_ONE = encode(b"{}", headers_for(b"application/json", SHORT))


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (b"", b"identity"),
        (b"gzip", b"gzip"),
        (b"GZIP", b"gzip"),
        (b"zstd", b"zstd"),
        (b"gzip, deflate, br", b"gzip"),
        (b"gzip, deflate, br, zstd", b"zstd"),
        (b"zstd;q=0.5, gzip;q=0.9", b"gzip"),
        (b"zstd;q=0, gzip", b"gzip"),
        (b"gzip;q=0", b"identity"),
        (b"gzip;q=0.0, *", b"zstd"),
        (b"*", b"zstd"),
        (b"*;q=0", b"identity"),
        (b"br", b"identity"),
        (b"gzip;q=nonsense", b"identity"),
        (b"gzip;q=nan", b"identity"),
        (b",;,=;q", b"identity"),
    ],
)
def test_the_best_encoding_that_the_client_takes(asked: bytes, given: bytes) -> None:
    assert variant_for(LONG, asked) is LONG.variants[given]


def test_what_is_too_short_to_compress_is_sent_as_it_is() -> None:
    assert variant_for(SHORT_ONE, b"zstd, gzip") is SHORT_ONE.variants[b"identity"]


@pytest.mark.parametrize(
    ("tags", "has"),
    [
        (b'"a"', True),
        (b'W/"a"', True),
        (b'"b", "a"', True),
        (b'"b",W/"a"', True),
        (b"*", True),
        (b'"b"', False),
        (b'"a-gzip"', False),
        (b"a", False),
        (b'"A"', False),
        (b"", False),
    ],
)
def test_a_client_has_what_any_of_its_tags_names(tags: bytes, *, has: bool) -> None:
    assert has_already(tags, b'"a"') is has


def test_conditions_that_come_in_several_lines_are_one() -> None:
    headers = [(b"accept-encoding", b"gzip"), (b"if-none-match", b'"a"'), (b"host", b"x"), (b"if-none-match", b'"b"')]
    headers.append((b"accept-encoding", b"zstd"))
    assert request_conditions(headers) == (b"gzip,zstd", b'"a","b"', b"")
    assert request_conditions([]) == (b"", b"", b"")


@pytest.mark.parametrize(
    ("since", "tag", "unchanged"),
    [
        (b"Fri, 20 Nov 2026 10:00:00 GMT", b"", True),
        (b"Fri, 20 Nov 2026 10:00:01 GMT", b"", True),
        (b"Fri, 20 Nov 2026 09:59:59 GMT", b"", False),
        (b"Fri, 20 Nov 2026 10:00:01", b"", False),
        (b"yesterday \xff", b"", False),
        (b"", b"", False),
        (b"Fri, 20 Nov 2026 10:00:00 GMT", b'"another"', False),
    ],
)
def test_a_date_counts_where_no_tag_is_named(since: bytes, tag: bytes, *, unchanged: bool) -> None:
    variant = encode(b"{}", dated(headers_for(b"application/json", SHORT), 1_795_168_800_999)).variants[b"identity"]
    assert variant.modified == b"Fri, 20 Nov 2026 10:00:00 GMT"
    assert is_unchanged(variant, tag, since) is unchanged
    assert not is_unchanged(SHORT_ONE.variants[b"identity"], b"", since)
