"""What a badge says, in SVG and for shields.io."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import msgspec
import pytest

from statuspage.domain.words import Status
from statuspage.render.badge_query import METRICS, STYLES, BadgeQuery
from statuspage.render.badge_svg import LABEL_GROUND, badge_svg, dot_svg
from statuspage.render.badge_text import model_badge, page_badge, unknown_badge
from statuspage.render.looks import INFORMATION, LOOKS
from statuspage.render.shields import shields_endpoint
from statuspage.render.verdana import text_width
from tests.render import world
from tests.render.contrast import contrast

SVG = "{http://www.w3.org/2000/svg}"
SHIELDS = json.loads(Path(__file__).with_name("schemas").joinpath("shields-endpoint.schema.json").read_text())
HEIGHTS = {"flat": 20, "flat-square": 20, "plastic": 18, "for-the-badge": 28}


@pytest.mark.parametrize("style", STYLES)
def test_a_badge_is_named_for_those_who_do_not_see_it(style: str) -> None:
    root = ET.fromstring(badge_svg(model_badge(world.model(0)), style))

    assert root.get("role") == "img"
    assert root.get("aria-label", "").lower() == "kimi k3: outage"
    assert root.findtext(f"{SVG}title") == root.get("aria-label")
    assert root.get("height") == str(HEIGHTS[style])


@pytest.mark.parametrize("style", STYLES)
def test_a_badge_shows_label_and_message(style: str) -> None:
    root = ET.fromstring(badge_svg(model_badge(world.model(1)), style))

    assert {(text.text or "").lower() for text in root.iter(f"{SVG}text")} == {"kimi k2.6", "operational"}


@pytest.mark.parametrize("style", STYLES)
def test_the_two_grounds_fill_the_badge_and_the_words_fit(style: str) -> None:
    root = ET.fromstring(badge_svg(model_badge(world.model(10)), style))
    grounds = [rect for rect in root.iter(f"{SVG}rect") if rect.get("fill", "").startswith("#") and rect.get("rx") is None]
    words = [text for text in root.iter(f"{SVG}text") if text.get("fill") is None]

    assert sum(float(rect.get("width", "0")) for rect in grounds) == float(root.get("width", "0"))
    for rect, text in zip(grounds, words, strict=True):
        assert float(text.get("textLength", "0")) / 10 < float(rect.get("width", "0")) - 8


@pytest.mark.parametrize("style", STYLES)
def test_hostile_names_are_words_and_nothing_else(style: str) -> None:
    name = '</title><script>alert("1")</script>&\x00\ud83d\ude00'.encode("utf-16", "surrogatepass").decode("utf-16")
    model = msgspec.structs.replace(world.model(1), name=name.replace("\x00", " "))

    svg = badge_svg(model_badge(model), style)
    root = ET.fromstring(svg)

    assert b"<script" not in svg.lower()
    assert root.get("aria-label", "").lower().startswith("</title><script>")


def test_ids_of_different_badges_never_meet() -> None:
    ids = [
        set(re.findall(r'id="([^"]+)"', badge_svg(model_badge(world.model(index)), style).decode()))
        for index in range(6)
        for style in ("flat", "plastic")
    ]

    assert sum(map(len, ids)) == len(set().union(*ids)) == 24


@pytest.mark.parametrize("style", STYLES)
def test_a_badge_asks_nobody_for_anything(style: str) -> None:
    svg = badge_svg(model_badge(world.model(0)), style).decode().replace('xmlns="http://www.w3.org/2000/svg"', "")

    assert "http" not in svg
    assert "href" not in svg


@pytest.mark.parametrize("colour", sorted({look.colour for look in LOOKS.values()} | {LABEL_GROUND, INFORMATION}))
def test_white_words_are_legible_on_every_ground(colour: str) -> None:
    assert contrast("#ffffff", colour) >= 4.5


def test_an_own_label_replaces_the_name_and_an_empty_one_leaves_the_message_alone() -> None:
    model = world.model(1)
    alone = ET.fromstring(badge_svg(model_badge(model, BadgeQuery(label=""))))

    assert model_badge(model, BadgeQuery(label="mine")).label == "mine"
    assert alone.get("aria-label") == "operational"
    assert float(alone.get("width", "0")) < 90


def test_metrics_tell_their_figure_and_window() -> None:
    model = world.model(1)
    latency = model.latency
    assert latency is not None

    assert model_badge(model, BadgeQuery(metric="uptime", window="24h")).message == "98.61% (24h)"
    assert model_badge(model, BadgeQuery(metric="ttft")).message == f"{latency.first_content_p50} ms (24h)"


@pytest.mark.parametrize("metric", ["uptime", "latency", "ttft"])
def test_a_figure_that_is_not_known_is_no_data_and_never_zero(metric: str) -> None:
    bare = msgspec.structs.replace(world.model(1), uptime={}, latency=None)

    text = model_badge(bare, BadgeQuery(metric=metric, window="7d"))

    assert text.message == "no data (7d)"
    assert text.shields == "lightgrey"


def test_no_data_is_grey_and_an_error_for_shields() -> None:
    told = json.loads(shields_endpoint(model_badge(world.model(13))))

    assert told == {
        "schemaVersion": 1, "label": "DeepSeek V4 Reasoner", "message": "no data", "color": "lightgrey",
        "isError": True, "cacheSeconds": 300,
    }  # fmt: skip


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("style", STYLES)
def test_shields_gets_its_own_keys_only(metric: str, style: str) -> None:
    query = BadgeQuery(metric=metric, window="7d", style=style)
    for text in (*(model_badge(model, query) for model in world.page(20).models), page_badge(world.page(20), query)):
        jsonschema.validate(json.loads(shields_endpoint(text, query)), SHIELDS)


def test_an_unknown_model_is_grey() -> None:
    assert json.loads(shields_endpoint(unknown_badge()))["message"] == "unknown"
    assert LOOKS[Status.NO_DATA].colour.encode() in badge_svg(unknown_badge())


def test_the_page_has_a_badge_of_its_own() -> None:
    page = world.page(20)

    assert page_badge(page).label == "Kimi model status"
    assert page_badge(page).message == "partial outage"
    assert page_badge(page, BadgeQuery(metric="uptime", window="24h")).message == "98.61% (24h)"
    assert page_badge(world.page(0), BadgeQuery(metric="ttft")).message == "no data (24h)"


@pytest.mark.parametrize("status", list(Status))
def test_a_dot_is_a_shape_with_a_name(status: Status) -> None:
    root = ET.fromstring(dot_svg(status, 'Kimi "K3"'))

    assert root.get("aria-label") == f'Kimi "K3": {LOOKS[status].message}'
    assert (root.get("width"), root.get("height")) == ("16", "16")


def test_every_status_has_a_shape_of_its_own() -> None:
    assert len({look.drawing for look in LOOKS.values()}) == len(Status)


@pytest.mark.parametrize(("text", "pixels"), [("build", 27), ("passing", 41), ("", 0), ("月之暗面", 44)])
def test_widths_are_verdanas(text: str, pixels: float) -> None:
    assert text_width(text) == pytest.approx(pixels, abs=1)
