"""The small page for iframes, and oEmbed's answer."""

from xml.etree import ElementTree as ET

import msgspec
import pytest

from statuspage import paths
from statuspage.domain.languages import CHINESE
from statuspage.domain.words import Status
from statuspage.render.assets import Assets
from statuspage.render.embed import HEIGHT, WIDTH, Frame, oembed_fields, oembed_json, oembed_xml, slug_of_url
from statuspage.render.environment import build_environment
from statuspage.render.language import speaking, tr
from statuspage.render.looks import LOOKS
from tests.render import world
from tests.render.html import read

SITE = world.page(1).site
HOSTILE = '"><script>alert(1)</script>&'


@pytest.fixture(scope="module")
def frame() -> Frame:
    return Frame(build_environment(paths.TEMPLATES, Assets(paths.STATIC)))


def test_the_frame_says_name_and_status_without_a_script_and_links_to_the_page(frame: Frame) -> None:
    page = frame.of(SITE, world.model(0)).decode()

    assert "■</span>Outage</llm-status>" in page
    assert 'href="https://status.example/models/moonshot-kimi-k3" target="_blank" rel="noopener"' in page
    assert "data-theme" not in page
    assert 'data-theme="dark"' in frame.of(SITE, world.model(0), "dark").decode()


def test_an_unknown_model_is_grey(frame: Frame) -> None:
    page = frame.of(SITE, None).decode()

    assert "Unknown" in page
    assert 'data-level="grey"' in page
    assert "<script" not in page


def test_a_hostile_name_is_words(frame: Frame) -> None:
    page = frame.of(SITE, msgspec.structs.replace(world.model(0), name=HOSTILE))

    assert b"<script>alert" not in page
    read(page)


def test_every_shape_has_its_character_and_the_module_knows_the_same() -> None:
    assets = Assets(paths.STATIC)
    module = assets.files[assets.path("embed.js")].content.decode()

    assert len({look.glyph for look in LOOKS.values()}) == len(Status)
    for status, look in LOOKS.items():
        glyph = look.glyph.replace("\N{VARIATION SELECTOR-15}", "\\uFE0E")
        with speaking(CHINESE):
            chinese = tr(look.word)
        assert f'{status.value}: ["{status.level.value}", "{glyph}", "{look.word}", "{chinese}"]' in module


def test_the_frame_speaks_the_reader_s_language(frame: Frame) -> None:
    with speaking(CHINESE):
        page = frame.of(SITE, world.model(0)).decode()
        unknown = frame.of(SITE, None).decode()

    assert '<html lang="zh-CN">' in page
    assert "■</span>严重中断</llm-status>" in page
    assert "未知" in unknown


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://status.example/models/a-b", "a-b"),
        ("http://STATUS.example/models/a-b/?x=y#z", "a-b"),
        ("https://status.example/embed/a-b", "a-b"),
        ("https://status.example/", None),
        ("https://status.example/incidents/a-b", None),
        ("https://status.example.org/models/a-b", None),
        ("https://status.example:444/models/a-b", None),
        ("https://else.example/models/a-b", None),
        ("javascript://status.example/models/a-b", None),
        ("/models/a-b", None),
        ("http://[/models/a", None),
        ("", None),
    ],
)
def test_only_addresses_of_this_site_name_a_model(url: str, slug: str | None) -> None:
    assert slug_of_url(url, "https://status.example") == slug


def test_a_site_below_a_path_knows_its_own() -> None:
    assert slug_of_url("https://a.example/status/models/a-b", "https://a.example/status") == "a-b"
    assert slug_of_url("https://a.example/models/a-b", "https://a.example/status") is None


def test_the_answer_is_an_iframe_no_larger_than_asked_for() -> None:
    fields = oembed_fields(world.model(0), SITE, None, None)
    assert (fields["version"], fields["type"], fields["width"], fields["height"]) == ("1.0", "rich", WIDTH, HEIGHT)
    small = oembed_fields(world.model(0), SITE, 200, 40)
    assert (small["width"], small["height"]) == (200, 40)
    assert 'width="200" height="40"' in str(small["html"])
    assert oembed_fields(world.model(0), SITE, 5000, 5000)["width"] == WIDTH


def test_both_forms_say_the_same_and_no_name_breaks_out() -> None:
    fields = oembed_fields(msgspec.structs.replace(world.model(0), name=HOSTILE), SITE, None, None)
    told = msgspec.json.decode(oembed_json(fields))
    root = ET.fromstring(oembed_xml(fields))

    assert {each.tag: each.text for each in root} == {name: str(value) for name, value in told.items()}
    html = ET.fromstring(told["html"].replace(' loading="lazy"', ""))
    assert html.get("title") == f"Status of {HOSTILE}"
