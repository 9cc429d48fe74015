"""How the addresses answer: encodings, tags, HEAD, cross-origin, errors."""

import gzip
from collections.abc import Callable

import httpx
import pytest
import zstandard

from statuspage.domain.model import slug_of
from tests.system.conftest import GOOD
from tests.system.outside import Site

SLUG = slug_of(GOOD)
DATED = ["/history.atom", "/history.rss", "/feed.json", "/maintenance.ics", f"/models/{SLUG}.atom"]
DOCUMENTS = [
    "/",
    f"/models/{SLUG}",
    "/api/v1/models",
    f"/api/v1/models/{SLUG}",
    "/api/v1/models?provider=anthropic",
    f"/api/v1/models/{SLUG}/samples?limit=3",
    f"/api/v1/models/{SLUG}/samples?limit=3&format=csv",
    f"/api/v1/models/{SLUG}/uptime?window=7d",
    f"/api/v1/models/{SLUG}/latency",
    "/v1/models",
    f"/v1/models/{GOOD}",
    f"/badge/{SLUG}.svg",
    f"/badge/{SLUG}.svg?metric=uptime",
    f"/badge/{SLUG}.json",
    f"/badge/{SLUG}.dot.svg",
    "/badge/all.svg",
    "/badge/all.json",
    "/api/v1/incidents",
    "/api/v1/maintenance",
    "/api/v2/summary.json",
    *DATED,
    "/robots.txt",
    "/.well-known/security.txt",
]
HEALTH = ["/livez", "/readyz", "/version"]
MISSING = ["/nothing", "/api/v1/nothing", "/api/v1/models/nothing", "/v1/models/nothing", "/badge/nothing.svg", "/models/nothing"]
UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "identity": bytes,
    "gzip": gzip.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompress(body),
}


@pytest.mark.parametrize("encoding", UNPACK)
@pytest.mark.parametrize("path", DOCUMENTS)
def test_each_encoding_answers_304_to_its_own_tag_alone(gallery: Site, path: str, encoding: str) -> None:
    def asked_twice() -> tuple[httpx.Response, bytes, httpx.Response, bytes]:
        """Until no probe changes the document between the two questions."""
        answer, body = gallery.ask_raw(path, accept_encoding=encoding)
        again, nothing = gallery.ask_raw(path, accept_encoding=encoding, if_none_match=f'"other", {answer.headers["etag"]}')
        return (answer, body, again, nothing) if again.status_code == 304 or not attempts.pop() else asked_twice()

    attempts = [False, True, True, True]
    answer, body, again, nothing = asked_twice()
    tag = answer.headers["etag"]
    assert answer.status_code == 200
    assert not tag.startswith("W/")
    used = answer.headers.get("content-encoding", "identity")
    assert used in {encoding, "identity"}
    assert UNPACK[used](body)
    spoken = "content-language" in answer.headers
    assert answer.headers["vary"] == ("Accept-Encoding, Accept-Language" if spoken else "Accept-Encoding")
    assert (again.status_code, nothing) == (304, b"")
    assert again.headers["etag"] == tag
    assert again.headers["cache-control"] == answer.headers["cache-control"]
    assert again.headers["access-control-allow-origin"] == "*"
    assert "content-length" not in again.headers
    assert "content-type" not in again.headers
    if used != "identity":
        assert gallery.ask_raw(path, if_none_match=tag)[0].status_code == 200


@pytest.mark.parametrize("path", [*DOCUMENTS, *HEALTH, *MISSING])
def test_head_says_what_get_says(gallery: Site, path: str) -> None:
    (got, body), (head, nothing) = gallery.ask_raw(path), gallery.ask_raw(path, "HEAD")
    if got.headers.get("etag") != head.headers.get("etag"):  # a probe changed the document between the two
        (got, body), (head, nothing) = gallery.ask_raw(path), gallery.ask_raw(path, "HEAD")
    assert (head.status_code, nothing) == (got.status_code, b"")
    assert _without_date(head) == _without_date(got)
    assert head.headers["content-length"] == str(len(body))


def _without_date(answer: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name != "date"}


@pytest.mark.parametrize("path", [*DOCUMENTS, *HEALTH, *MISSING, "/badge/all.svg?metric=nonsense"])
def test_any_origin_may_read(gallery: Site, path: str) -> None:
    answer = gallery.ask(path, origin="https://elsewhere.example")
    assert answer.headers.get_list("access-control-allow-origin") == ["*"]
    exposed = answer.headers["access-control-expose-headers"]
    assert {"ETag", "Last-Modified", "Retry-After"} <= set(exposed.split(", "))
    assert answer.headers["x-content-type-options"] == "nosniff"
    if not answer.headers["content-type"].startswith(("text/html", "text/plain")):
        assert answer.headers["cross-origin-resource-policy"] == "cross-origin" or path in HEALTH


def test_a_preflight_allows_a_token(gallery: Site) -> None:
    answer = gallery.ask(
        "/api/v1/models",
        "OPTIONS",
        origin="https://elsewhere.example",
        access_control_request_method="GET",
        access_control_request_headers="authorization",
    )
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Authorization" in answer.headers["access-control-allow-headers"]
    assert "GET" in answer.headers["access-control-allow-methods"]


@pytest.mark.parametrize("path", HEALTH)
def test_health_has_no_tag_and_is_never_kept(gallery: Site, path: str) -> None:
    answer = gallery.ask(path)
    assert answer.status_code == 200
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


def test_errors_have_the_shape_of_their_address(gallery: Site) -> None:
    page = gallery.ask("/nothing")
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "<h1" in page.text
    for path in ("/api/v1/nothing", "/api/v1/models/nothing", "/api/v1/models/nothing/uptime", "/badge/nothing.json"):
        problem = gallery.ask(path)
        assert (problem.status_code, problem.headers["content-type"]) == (404, "application/problem+json"), path
        assert set(problem.json()) >= {"title", "status", "detail"}
        assert problem.json()["status"] == 404
    for path in ("/v1/models/nothing", "/v1/models/moonshot/nothing", "/v1/nothing"):
        refused = gallery.ask(path)
        assert (refused.status_code, refused.headers["content-type"]) == (404, "application/json"), path
        assert set(refused.json()["error"]) == {"message", "type", "param", "code"}
    for path in ("/badge/nothing.svg", "/badge/nothing.svg?metric=uptime", "/badge/nothing.dot.svg"):
        badge = gallery.ask(path)
        assert (badge.status_code, badge.headers["content-type"]) == (404, "image/svg+xml"), path
        assert "unknown" in badge.text


def test_an_unknown_dot_is_a_dot_too(gallery: Site) -> None:
    known, unknown = gallery.ask(f"/badge/{SLUG}.dot.svg"), gallery.ask("/badge/nothing.dot.svg")
    assert _size(unknown.text) == _size(known.text)


def _size(svg: str) -> list[str]:
    return [part for part in svg.split(">", 1)[0].split() if part.startswith(("width=", "height=", "viewBox="))]


@pytest.mark.parametrize("path", ["/", "/api/v1/models", f"/models/{SLUG}", "/badge/all.svg", f"/v1/models/{GOOD}", "/livez"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_what_is_only_read_cannot_be_written(gallery: Site, path: str, method: str) -> None:
    answer = gallery.ask(path, method)
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
    assert answer.headers["access-control-allow-origin"] == "*"


def test_a_document_stays_the_same_to_the_byte_until_something_was_judged(gallery: Site) -> None:
    documents = [gallery.ask("/api/v1/models") for _ in range(60)]
    tags = {answer.headers["etag"]: answer.content for answer in documents}
    assert len({*tags.values()}) == len(tags)
    assert all(tags[answer.headers["etag"]] == answer.content for answer in documents)
    assert len(tags) < 10


@pytest.mark.parametrize("path", DATED)
def test_feeds_say_when_they_changed_and_take_the_date_back(gallery: Site, path: str) -> None:
    changed = gallery.ask(path).headers["last-modified"]
    for method in ("GET", "HEAD"):
        again = gallery.ask(path, method, if_modified_since=changed)
        assert (again.status_code, again.content, again.headers["last-modified"]) == (304, b"", changed)
    assert gallery.ask(path, if_modified_since="Fri, 20 Nov 2020 10:00:00 GMT").status_code == 200
    assert gallery.ask(path, if_modified_since=changed, if_none_match='"another"').status_code == 200
