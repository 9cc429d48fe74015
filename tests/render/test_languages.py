"""Pages in Chinese: every word of ours, and no machine word."""

import re

import msgspec
import pytest

from statuspage import paths
from statuspage.domain.classes import CLASSES
from statuspage.domain.incident import IncidentUpdate
from statuspage.domain.languages import CHINESE, ENGLISH, accepted
from statuspage.domain.reading import Reading
from statuspage.domain.speech import label, reason
from statuspage.domain.view import PageView, Spoken
from statuspage.domain.words import Fault, Status
from statuspage.render.assets import Assets
from statuspage.render.language import speaking, tr
from statuspage.render.localised import in_words, page_in_words
from statuspage.render.pages import Renderer
from tests.render.people import eventful
from tests.render.world import model, page


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer(paths.TEMPLATES, Assets(paths.STATIC))


def spoken_page() -> PageView:
    """The world's page, with what its words are spoken from."""
    made = eventful()
    told = [
        msgspec.structs.replace(
            each,
            evidence=(),  # what a probe noted is stored in English
            reading=Reading(status=each.status, class_name=each.class_name, fault=each.fault or Fault.NONE, failed=4, of=5),
        )
        for each in made.models
    ]
    spoken = tuple(Spoken(each.name, each.status, each.class_name) for each in told)
    return msgspec.structs.replace(made, models=tuple(told), spoken=spoken)


def words_of(html: bytes) -> str:
    """What a reader sees, without names, code and machine words."""
    text = html.decode()
    for pattern in (r"<script.*?</script>", r"<svg.*?</svg>", r"<code.*?</code>", r"<head>.*?</head>"):
        text = re.sub(pattern, " ", text, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", text)


def test_the_front_page_speaks_chinese(renderer: Renderer) -> None:
    made = spoken_page()
    with speaking(CHINESE):
        html = renderer.front(made)
    text = words_of(html)
    assert '<html lang="zh-CN"' in html.decode()
    assert "过载" in text
    assert "维护" in text
    for word in ("Uptime", "Measured", "since", "Open incidents", "not measured", "Operational", "today", "Model ", " works"):
        assert word not in text, word


@pytest.mark.parametrize("status", list(Status))
def test_every_label_fits_and_every_reason_is_one_sentence(status: Status) -> None:
    with speaking(CHINESE):
        for name in CLASSES:
            told = Reading(status=status, class_name=name, fault=Fault.PROVIDER, failed=4, of=5)
            assert 0 < len(label(told, tr)) <= 24
            said = reason("Kimi K3", told, tr)
            assert "Kimi K3" in said
            assert not re.search(r"[a-z]{4,}", said.replace("Kimi", "").replace("proxy", "")), said


def test_machine_words_are_never_translated() -> None:
    one = msgspec.structs.replace(model(0), reading=Reading(status=Status.MAJOR_OUTAGE, class_name="engine_overloaded"))
    with speaking(CHINESE):
        said = in_words(one)
    assert (said.status, said.class_name, said.key) == (one.status, one.class_name, one.key)
    assert said.label == "过载"
    assert in_words(one) == one


def test_the_headline_speaks(renderer: Renderer) -> None:
    with speaking(CHINESE):
        assert "Kimi K3 过载" in page_in_words(spoken_page()).sentence
        assert "未找到" in renderer.not_found(page(1).site).decode()


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", ENGLISH),
        ("zh-CN,zh;q=0.9,en;q=0.8", CHINESE),
        ("zh-TW", CHINESE),
        ("en-GB,en;q=0.9,zh;q=0.8", ENGLISH),
        ("de,zh;q=0.5", CHINESE),
        ("de", ENGLISH),
        ("zh;q=0, en", ENGLISH),
        ("zh;q=x", ENGLISH),
        ("*", ENGLISH),
        ("," * 500 + "zh", ENGLISH),
    ],
)
def test_which_language_a_browser_asks_for(header: str, language: str) -> None:
    assert accepted(header, ENGLISH) == language


@pytest.mark.parametrize("index", [0, 1, 6, 13, 17])
def test_a_model_page_speaks_chinese(renderer: Renderer, index: int) -> None:
    made = spoken_page()
    with speaking(CHINESE):
        text = words_of(renderer.model_page(made, made.models[index]))
    for word in ("Uptime", "Measured", "since", "The ", "newest", "Judged", "First word", "Whole", "Lifecycle", "Tool", "What "):
        assert word not in text, word


def test_every_other_page_speaks_chinese(renderer: Renderer) -> None:
    made = spoken_page()
    with speaking(CHINESE):
        sheets = [(sheet.path, words_of(sheet.body())) for sheet in renderer.sheets(made)]
        sheets.append(("/subscribe", words_of(renderer.subscribe.form(made, takes_email=True))))
    for path, text in sheets:
        if path == "/schema":
            continue  # the documents of the API are in English
        for word in ("The ", " is ", " of ", "Uptime", "Incidents", "Models", "Every probe"):
            assert word not in text.replace("This monitor", ""), (path, word, text[max(0, text.find(word) - 60) :][:160])


def test_pages_say_in_chinese_what_the_monitor_wrote_of_an_incident(renderer: Renderer) -> None:
    made = spoken_page()
    told = msgspec.structs.replace(
        made.archive[0],
        title="Kimi K3: overloaded",
        auto=True,
        updates=(IncidentUpdate(id="u1", status="investigating", body="Also affected: GLM 5.", at_ms=made.generated_at_ms),),
    )
    made = msgspec.structs.replace(made, archive=(told, *made.archive[1:]))
    with speaking(CHINESE):
        pages = {sheet.path: words_of(sheet.body()) for sheet in renderer.sheets(made)}
    for path in ("/incidents", f"/incidents/{told.id}"):
        assert "Kimi K3：过载" in pages[path], path
        assert "同样受影响：GLM 5。" in pages[path], path
    with speaking(ENGLISH):
        assert "Also affected: GLM 5." in words_of(renderer.incidents.timeline(made))
