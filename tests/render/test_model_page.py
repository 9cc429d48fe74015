"""What a model's page tells."""

import msgspec
import pytest

from statuspage.domain.series import Series, SpeedPoint
from statuspage.domain.view import LatencyPoint, PriceView, ToolCaseView, ToolsView
from statuspage.render.model_page import instead
from statuspage.render.pages import Renderer
from tests.render import world
from tests.render.html import Element, read


@pytest.fixture
def page(renderer: Renderer) -> Element:
    everything = world.page(20)
    return read(renderer.model_page(everything, everything.models[0]))


def test_it_says_what_is_wrong_since_when_and_what_to_use_instead(page: Element) -> None:
    hero = page.one("section", id="hero")

    assert hero.one("h1").words == "Kimi K3"
    assert hero.one("p", class_="lead").words == (
        "Kimi K3 is overloaded: 4 of the last 5 requests were refused. Use Kimi K2.6 instead."
    )
    assert "Outage since 20 Nov 2026, 09:48 UTC." in hero.words
    assert "every 5 minutes" in hero.words
    assert page.one("article").attributes["data-model"] == "moonshot-kimi-k3"
    assert page.one("article").attributes["data-status"] == "major_outage"


def test_it_names_the_rule_and_shows_the_newest_probes(page: Element) -> None:
    first = page.one("table", class_="evidence").find("tr")[1]
    cells = [cell.words for cell in first.find("td")]

    assert "4 of 5 requests in one burst failed (red from 3 of 5 on)." in page.words
    assert cells[0] == "20 Nov, 09:59:48 UTC"
    assert cells[1].startswith("Overloaded · the vendor The vendor says it is overloaded. {")
    assert cells[2:] == ["429", "3 ms", "18 ms", "41 ms", "233 ms", "–", "234 ms", "chatcmpl-0000e1c"]


def test_every_drawing_has_a_table_beside_it(page: Element) -> None:
    tables = [alternative.one("table") for alternative in page.find("details", class_="alternative")]

    assert [len(table.find("tr")) - 1 for table in tables] == [90, 24]
    assert [cell.words for cell in tables[1].find("tr")[1].find("td")][-1] == "4 × Overloaded, 2 × Slow, 1 × Gateway timeout"
    assert tables[0].find("tr")[1].find("th")[0].words == "Fri 20 Nov 2026"


def test_a_day_names_its_incidents(renderer: Renderer) -> None:
    everything = world.page(20)
    model = msgspec.structs.replace(
        everything.models[0], days=(msgspec.structs.replace(everything.models[0].days[-1], incidents=("i-7f3a", "i-gone")),)
    )
    page = read(renderer.model_page(everything, model))
    links = page.find("details", class_="alternative")[0].one("tbody").find("a")

    assert [(link.words, link.attributes["href"]) for link in links] == [
        ("Kimi K3: overloaded", "/incidents/i-7f3a"),
        ("Incident", "/incidents/i-gone"),
    ]


def test_it_draws_first_word_whole_answer_and_what_did_not_go_well(page: Element) -> None:
    figures = page.find("figure", class_="chart")

    assert [figure.find("figcaption")[0].text.split("Zoom")[0].strip() for figure in figures] == [
        "Time to first word", "Time to the whole answer", "What did not go well"
    ]  # fmt: skip
    assert figures[2].one("p", class_="legend").words == "Overloaded 4 Gateway timeout 1 Slow 2"
    assert "hidden" in figures[0].one("button").attributes


def test_another_window_draws_speed_as_well(renderer: Renderer) -> None:
    everything = world.page(2)
    model = everything.models[1]
    day_ms = 86_400_000
    at = [world.NOW_MS - back * day_ms for back in (2, 1, 0)]
    points = tuple(
        LatencyPoint(at_ms=at_ms, first_content_p50=500, first_content_p95=900, total_p50=800, total_p95=1500) for at_ms in at
    )
    told = Series(window="30d", points=points, outcomes=(), speeds=tuple(SpeedPoint(at_ms=at_ms, tokens_s=48.4) for at_ms in at))
    page = read(renderer.model_page(everything, model, told))
    current = page.one("p", class_="tabs").one("a", aria_current="true")

    assert (current.words, current.attributes["href"]) == ("30d", "/models/moonshot-kimi-k2.6?window=30d#charts")
    assert "Tokens per second" in page.words
    assert "Every request of this window went well." in page.words
    assert [cell.words for cell in page.find("details", class_="alternative")[1].find("tr")[1].find("td")] == [
        "500 ms", "900 ms", "800 ms", "1.5 s", "48", "–"
    ]  # fmt: skip


def test_every_window_has_its_interval_and_coverage(page: Element) -> None:
    rows = page.one("table", class_="windows").find("tr")[1:]

    assert [row.one("th").words for row in rows] == ["24h", "7d", "30d", "90d"]
    assert [cell.words for cell in rows[0].find("td")] == ["98.61%", "96.48% – 99.45%", "288", "100%"]


def test_it_offers_badges_to_copy(page: Element) -> None:
    texts = [snippet.one("code").text for snippet in page.find("div", class_="snippet")]

    assert texts[0] == (
        "[![Kimi K3](https://status.example/badge/moonshot-kimi-k3.svg)](https://status.example/models/moonshot-kimi-k3)"
    )
    assert "img.shields.io/endpoint?url=https%3A%2F%2Fstatus.example%2Fbadge%2Fmoonshot-kimi-k3.json" in texts[2]
    assert all("hidden" in button.attributes for button in page.find("button", data_copy=True))


def test_a_model_never_measured_has_a_page_too(renderer: Renderer) -> None:
    bare = msgspec.structs.replace(
        world.model(13), uptime={}, latency=None, price=None, days=(), hours=(), evidence=(), checked_at_ms=None,
        since_ms=None, decided_by=None,
    )  # fmt: skip
    page = read(renderer.model_page(world.page(0), bare))

    assert "Not measured yet." in page.words
    assert "No probe of this model has been recorded yet." in page.words
    assert "Nothing was measured in the last 24 hours." in page.words


def test_it_says_when_a_model_retires(renderer: Renderer) -> None:
    everything = world.page(4)

    assert "Retires on Thu 31 Dec 2026." in read(renderer.model_page(everything, everything.models[3])).words


def test_a_rule_with_a_full_stop_does_not_get_another(renderer: Renderer) -> None:
    model = msgspec.structs.replace(world.model(1), decided_by="A probe succeeded.")

    assert "A probe succeeded.." not in read(renderer.model_page(world.page(2), model)).words


def test_a_page_that_is_not_there_looks_like_the_others(renderer: Renderer) -> None:
    page = read(renderer.not_found(world.page(1).site))

    assert page.one("h1").words == "Not found"
    assert page.one("meta", name="robots").attributes["content"] == "noindex"


def test_our_own_fault_tells_nothing_of_the_inside(renderer: Renderer) -> None:
    assert read(renderer.broken(world.page(1).site)).one("h1").words == "Our own fault"


def test_it_shows_tools_by_case_with_intervals(renderer: Renderer) -> None:
    everything = world.page(3)
    cases = (
        ToolCaseView(name="simple", title="One call", passed=28, samples=28, low=0.879, high=1.0),
        ToolCaseView(name="parallel", title="Two calls", passed=0, samples=4, low=0.0, high=0.49, class_name="calls_collapsed"),
        ToolCaseView(name="json_in_text", title="JSON", passed=0, samples=0, low=0.0, high=1.0, counts=False),
    )
    tools = ToolsView(state="likely", passed=28, samples=32, low=0.719, high=0.95, cases=cases)
    tested = msgspec.structs.replace(everything.models[0], tools=tools)
    shown = read(renderer.model_page(everything, tested))
    rows = shown.one("table", class_="cases").find("tr")[1:]
    assert [[cell.words for cell in row.find("td")] for row in rows] == [
        ["28 of 28", "87.9% – 100%", "–"],
        ["0 of 4", "0.0% – 49.0%", "Collapsed calls"],
        ["not judged", "–", "–"],
    ]
    assert "28 of 32 cases passed in the last 7 days: with 95% confidence between 71.9% and 95.0% do. Verified is" in shown.words
    assert read(renderer.row(tested).encode()).one("span", class_="tools").words == "Tools likely"


def test_a_model_whose_tools_are_not_tested_has_no_light(page: Element, renderer: Renderer) -> None:
    assert page.find("table", class_="cases") == []
    assert read(renderer.row(world.page(1).models[0]).encode()).find("span", class_="tools") == []


@pytest.mark.parametrize(("source", "as_of", "says"), [
    ("config", None, "from our configuration"),
    ("discovered", "2026-11-20", "list (Fri 20 Nov 2026)"),
    ("table", "2026-11-20", "from a list of Fri 20 Nov 2026"),
])  # fmt: skip
def test_a_price_says_where_it_is_from_and_of_when(renderer: Renderer, source: str, as_of: str | None, says: str) -> None:
    page = world.page(2)
    price = PriceView(input=3.0, output=15.0, source=source, as_of=as_of)
    body = renderer.model_page(page, msgspec.structs.replace(page.models[1], price=price)).decode()
    assert says in body


def test_the_same_model_elsewhere_is_named_with_its_place() -> None:
    made = world.page(20)
    first, second = made.models[0], made.models[5]
    twin = msgspec.structs.replace(second, name=first.name)
    here = msgspec.structs.replace(first, use_instead=twin.key)
    made = msgspec.structs.replace(made, models=(here, twin))
    assert instead(made, here) == f"{first.name} at {made.provider_names.get(twin.provider, twin.provider)}"
    assert instead(made, msgspec.structs.replace(here, name="Another")) == first.name
    assert instead(made, msgspec.structs.replace(here, use_instead=None)) is None
