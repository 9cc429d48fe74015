"""What an error says, whatever it is wrapped in."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.domain.classes import CLASSES
from statuspage.vendors.classify import classify
from statuspage.vendors.errorbody import Shape, read_error
from statuspage.vendors.evidence import Evidence
from statuspage.vendors.registry import VENDORS

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["error", "message", "code", "type", "metadata", "raw", "detail", "loc", "param", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(
    "body",
    [
        {"error": {"message": "boom", "type": "bang"}},
        {"error": {"message": "boom", "code": "bang"}},
        {"message": "boom", "type": "bang"},
        [{"error": {"message": "boom", "status": "BANG"}}],
        {"errors": [{"message": "boom", "code": "bang"}]},
        {"type": "error", "error": {"type": "bang", "message": "boom"}},
        {"error": "bang", "message": "boom"},
        {"detail": {"msg": "boom", "type": "bang"}},
    ],
)
def test_it_finds_words_and_type_in_every_usual_shape(body: object) -> None:
    words = read_error(json.dumps(body).encode())
    assert "boom" in words.text
    assert "bang" in words.types


def test_it_reads_a_status_named_inside() -> None:
    assert read_error(b'{"error": {"code": 502, "message": "x"}}').code == 502
    assert read_error(b'{"error": {"code": "429", "message": "x"}}').code == 429
    assert read_error(b'{"error": {"code": 20012, "message": "x"}}').code is None


def test_it_keeps_the_routers_words_apart_from_its_upstreams() -> None:
    raw = json.dumps({"error": {"message": "suspended", "type": "exceeded_current_quota_error"}})
    words = read_error(
        json.dumps({"error": {"message": "Provider returned error", "metadata": {"raw": raw, "provider_name": "P"}}}).encode()
    )
    assert "suspended" not in words.text
    assert words.upstream is not None
    assert (words.upstream.text, words.upstream_name) == ("suspended", "P")


def test_it_reads_no_words_out_of_links() -> None:
    assert "billing" not in read_error(b'{"message": "see https://x.example/account/billing now"}').text


@pytest.mark.parametrize(
    "body,shape",
    [
        (b"", Shape.EMPTY),
        (b" \n", Shape.EMPTY),
        (b"<html>", Shape.HTML),
        (b"oops", Shape.TEXT),
        (b"{oops", Shape.TEXT),
        (b"[]", Shape.JSON),
    ],
)
def test_it_knows_what_a_body_is(body: bytes, shape: Shape) -> None:
    assert read_error(body).shape is shape


@given(
    JSON,
    st.sampled_from([None, 200, 301, 400, 401, 402, 403, 404, 418, 422, 429, 500, 503, 529, 599]),
    st.sampled_from(sorted(VENDORS)),
)
def test_any_json_has_a_class(body: object, status: int | None, vendor: str) -> None:
    found = classify(Evidence(status=status, words=read_error(json.dumps(body).encode())), VENDORS[vendor])
    assert found.class_name in CLASSES


@given(st.binary(max_size=300))
def test_any_bytes_have_a_class(body: bytes) -> None:
    assert classify(Evidence(status=400, words=read_error(body)), VENDORS["openrouter"]).class_name in CLASSES


def test_it_bounds_what_it_reads() -> None:
    deep = b'{"error":' * 5000 + b"1" + b"}" * 5000
    wide = json.dumps({"error": [{"message": "x" * 100}] * 5000}).encode()
    assert len(read_error(deep).text) <= 4096
    assert len(read_error(wide).text) <= 4096
