"""OpenFeature's remote evaluation by HTTP: its shapes, its errors, its conditions."""

import msgspec
import pytest

from statuspage.service.flagcast import FlagCast
from statuspage.service.flags import Flags
from statuspage.service.questions import Questions
from statuspage.storage.memory import MemoryStore
from statuspage.web.app import web_application
from statuspage.web.fast import FrontDoor
from tests.render import world
from tests.service.world import HandClock
from tests.web.asking import ask
from tests.web.parts import parts

YES_NO = {"state": "ENABLED", "variants": {"on": True, "off": False}, "defaultVariant": "off"}
FLAGS = {
    "plain": YES_NO,
    "dealt": {**YES_NO, "targeting": {"fractional": [["on", 50], ["off", 50]]}},
    "off": {**YES_NO, "state": "DISABLED"},
    "lost": {**YES_NO, "targeting": {"if": [True, "nowhere"]}},
    "a/b": {"state": "ENABLED", "variants": {"x": 1.0}, "defaultVariant": "x"},
}
EVALUATE = "/ofrep/v1/evaluate/flags"


class File:
    """Flags that a test changes."""

    def __init__(self) -> None:
        self.flags: dict[str, object] = dict(FLAGS)
        self.version = 0

    def stamp(self) -> tuple[int, ...]:
        return (self.version,)

    def read(self) -> bytes:
        return msgspec.json.encode({"flags": self.flags, "metadata": {"flagSetId": "shop"}})

    def write(self, document: object, before: bytes | None) -> None:
        raise AssertionError(document, before)


class Page:
    fresh_until_s = float("inf")

    def __init__(self) -> None:
        self.documents: dict[str, object] = {}

        self.page = world.page(1)


class Served:
    def __init__(self) -> None:
        self.file = File()
        self.flags = Flags(self.file, HandClock())
        self.cast = FlagCast(self.flags)
        self.flags.look()
        page = Page()
        self.door: FrontDoor = web_application(
            shelf=page,  # type: ignore[arg-type]  # what the front door and the questions use of it
            parts=parts(questions=Questions(page, MemoryStore(), HandClock()), health=object(), flags=self.flags),  # type: ignore[arg-type]
            error_page=lambda _status, detail: detail.encode(),
        )

    def change(self, **flags: object) -> None:
        self.file.flags |= flags
        self.file.version += 1
        self.flags.look()


@pytest.fixture
def served() -> Served:
    return Served()


def body(**context: object) -> bytes:
    return msgspec.json.encode({"context": context})


@pytest.mark.parametrize("said", [b"", b"{}", b"null", b'{"context": null}', b'{"context": {}}', b'{"other": 1}'])
async def test_a_flag_is_evaluated_without_a_context_too(served: Served, said: bytes) -> None:
    found = await ask(served.door, f"{EVALUATE}/plain", "POST", said)
    assert (found.status, found.header("content-type")) == (200, "application/json")
    assert found.header("access-control-allow-origin") == "*"
    assert found.json == {
        "key": "plain",
        "value": False,
        "reason": "STATIC",
        "variant": "off",
        "metadata": {"bucketing": "v2", "flagSetId": "shop"},
    }


async def test_kinds_and_keys_survive(served: Served) -> None:
    found = await ask(served.door, f"{EVALUATE}/a/b", "POST", body())
    assert b'"value":1.0' in found.body
    off = (await ask(served.door, f"{EVALUATE}/off", "POST", body(targetingKey="ada"))).json
    assert (off["reason"], "value" in off) == ("DISABLED", False)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (b"{", "PARSE_ERROR"),
        (b"[" * 20_000, "PARSE_ERROR"),
        (b"[]", "INVALID_CONTEXT"),
        (b'{"context": 1}', "INVALID_CONTEXT"),
        (b'{"context": {"targetingKey": 7}}', "INVALID_CONTEXT"),
        (b'{"context": {"a": "%b"}}' % (b"x" * 70_000), "INVALID_CONTEXT"),
    ],
)
async def test_what_says_nothing_usable_is_refused_in_its_shape(served: Served, said: bytes, code: str) -> None:
    one, both = await ask(served.door, f"{EVALUATE}/plain", "POST", said), await ask(served.door, EVALUATE, "POST", said)
    assert (one.status, both.status) == (400, 400)
    assert (one.json["key"], one.json["errorCode"], both.json["errorCode"]) == ("plain", code, code)
    assert one.json["errorDetails"]


async def test_a_flag_that_there_is_not_and_one_that_fails_are_told_apart(served: Served) -> None:
    missing = await ask(served.door, f"{EVALUATE}/nope", "POST", body())
    failing = await ask(served.door, f"{EVALUATE}/lost", "POST", body(targetingKey="ada"))
    assert (missing.status, missing.json["errorCode"]) == (404, "FLAG_NOT_FOUND")
    assert (failing.status, failing.json["errorCode"]) == (400, "GENERAL")


async def test_all_flags_come_under_a_tag_over_flags_and_context(served: Served) -> None:
    first = await ask(served.door, EVALUATE, "POST", body(targetingKey="ada"))
    assert first.status == 200
    assert [each["key"] for each in first.json["flags"]] == list(FLAGS)
    assert first.json["metadata"] == {"bucketing": "v2", "flagSetId": "shop"}
    assert first.json["flags"][3]["errorCode"] == "GENERAL"
    stream = first.json["eventStreams"][0]
    assert (stream["type"], stream["url"]) == ("sse", "https://status.example/ofrep/v1/events")
    tag = str(first.header("etag"))
    same = await ask(served.door, f"{EVALUATE}?flagConfigEtag=x", "POST", body(targetingKey="ada"), if_none_match=tag)
    other = await ask(served.door, EVALUATE, "POST", body(targetingKey="bob"), if_none_match=tag)
    assert (same.status, same.body, same.header("etag"), same.header("access-control-allow-origin")) == (304, b"", tag, "*")
    assert other.status == 200
    served.change(plain={**YES_NO, "defaultVariant": "on"})
    changed = await ask(served.door, EVALUATE, "POST", body(targetingKey="ada"), if_none_match=tag)
    assert changed.status == 200
    assert changed.json["flags"][0]["value"] is True


async def test_a_browser_may_ask_from_anywhere(served: Served) -> None:
    found = await ask(served.door, EVALUATE, "OPTIONS", origin="https://shop.example", access_control_request_method="POST")
    assert found.status == 204
    assert "POST" in str(found.header("access-control-allow-methods"))
    for name in ("Content-Type", "If-None-Match", "Authorization", "X-API-Key"):
        assert name in str(found.header("access-control-allow-headers"))
    assert "ETag" in str(found.header("access-control-expose-headers"))
    elsewhere = await ask(served.door, "/api/v1/models", "OPTIONS")
    assert "POST" not in str(elsewhere.header("access-control-allow-methods"))


async def test_it_is_asked_with_post(served: Served) -> None:
    for path in (EVALUATE, f"{EVALUATE}/plain"):
        found = await ask(served.door, path)
        assert (found.status, found.header("allow")) == (405, "POST, OPTIONS")
        assert found.json["errorDetails"]
