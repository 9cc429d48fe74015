"""What is private or secret is nowhere to be seen."""

import pytest

from tests.system.outside import KEY, Site

PRIVATE = ("moonshot/kimi-k2.6", "moonshot-kimi-k2.6")
UNKNOWN = ("moonshot/kimi-k9.9", "moonshot-kimi-k9.9")
SHAPES = [
    "/models/{1}",
    "/models/{1}?window=7d",
    "/history?model={1}",
    "/api/v1/models/{1}",
    "/api/v1/models/{1}/samples",
    "/api/v1/models/{1}/uptime",
    "/api/v1/models/{1}/latency",
    "/v1/models/{0}",
    "/badge/{1}.svg",
    "/badge/{1}.svg?metric=uptime",
    "/badge/{1}.json",
    "/badge/{1}.dot.svg",
    "/embed/{1}",
    "/oembed?url=SITE/models/{1}",
    "/api/v1/models?keys={0}",
]

SHEETS = ["/incidents", "/compare", "/history", "/history?year=2026", "/methodology"]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_a_private_model_answers_as_an_unknown_one(gallery: Site, shape: str, method: str) -> None:
    private, unknown = (gallery.ask(shape.format(*names).replace("SITE", gallery.url), method) for names in (PRIVATE, UNKNOWN))
    assert private.status_code == unknown.status_code
    assert private.content.replace(PRIVATE[0].encode(), UNKNOWN[0].encode()) == unknown.content
    assert {**private.headers, "date": ""} == {**unknown.headers, "date": ""}


@pytest.mark.parametrize(
    "path", ["/", "/api/v1/models", "/v1/models", "/badge/all.json", "/models/moonshot-fault-server_error", *SHEETS]
)
def test_a_private_model_is_named_nowhere(gallery: Site, path: str) -> None:
    text = gallery.ask(path).text
    assert "moonshot/kimi-k2.6" not in text
    assert "moonshot-kimi-k2.6" not in text


def test_what_to_use_instead_is_never_private(gallery: Site) -> None:
    models = gallery.models()
    assert models["moonshot/fault-server_error"]["use_instead"] == "moonshot/kimi-k3"
    assert models["moonshot/fault-quota_exhausted"]["use_instead"] is None


def test_nobody_reads_our_key_or_the_number_of_our_account(gallery: Site) -> None:
    slug = "moonshot-fault-quota_exhausted"
    seen = [gallery.ask(path).text for path in ("/", f"/models/{slug}", f"/api/v1/models/{slug}", "/api/v1/models")]
    seen.append(gallery.ask(f"/api/v1/models/{slug}/samples").text)
    kept = [path.read_bytes() for path in gallery.folder.glob("history.db*")]
    for planted in (KEY, KEY[3:], "4f6a1c0d8e2b4f67", "fc2g5zoo9r1111"):
        assert planted not in "".join(seen)
        assert planted not in gallery.log
        assert not any(planted.encode() in each for each in kept)
