"""What the front page says, and in which order."""

import gzip

import msgspec
import pytest

from statuspage import paths
from statuspage.domain.maintenance import Maintenance
from statuspage.domain.view import ModelView, PageView, UptimeView
from statuspage.domain.words import Status
from statuspage.render.assets import Assets
from statuspage.render.looks import LOOKS, NOT_WELL_FIRST
from statuspage.render.pages import Renderer
from tests.render import world
from tests.render.html import Element, read

HOSTILE = '"><script>alert(1)</script>{{ 7*7 }}&amp;'


def front(renderer: Renderer, page: PageView) -> Element:
    return read(renderer.front(page))


def with_models(*models: ModelView) -> PageView:
    return msgspec.structs.replace(world.page(0), models=models)


def test_the_headline_is_the_pages_own_sentence(renderer: Renderer) -> None:
    page = front(renderer, world.page(20))

    assert page.one("h1").words == "Kimi K3 is overloaded; 3 other models have trouble."
    hero = page.one("section", id="hero")
    assert hero.attributes["data-status"] == "partial_outage"
    assert "Partial outage since 20 Nov 2026, 09:48 UTC" in hero.words
    assert "from 1 place, next 20 Nov, 10:00:48 UTC" in hero.words


@pytest.mark.parametrize(
    ("count", "well", "expected"),
    [(0, True, "Nothing is measured yet."), (1, True, "Kimi K3 works."), (5, True, "All 5 models work."),
     (5, False, "4 of 5 models work; partial outage elsewhere.")],
)  # fmt: skip
def test_a_page_without_a_sentence_counts(renderer: Renderer, count: int, well: bool, expected: str) -> None:
    assert front(renderer, world.page(count, well=well, sentence="")).one("h1").words == expected


def test_every_model_has_one_row_with_slug_and_status(renderer: Renderer) -> None:
    page = world.page(20)
    rows = front(renderer, page).find("li", data_model=True)

    assert {row.attributes["data-model"]: row.attributes["data-status"] for row in rows} == {
        model.slug: model.status.value for model in page.models
    }
    assert len(rows) == 20


def test_those_not_well_come_first_in_their_group(renderer: Renderer) -> None:
    for group in front(renderer, world.page(40)).find("details", class_="group"):
        ranks = [NOT_WELL_FIRST.index(Status(row.attributes["data-status"])) for row in group.find("li")]
        assert ranks == sorted(ranks)


def test_groups_keep_the_order_of_the_configuration(renderer: Renderer) -> None:
    groups = front(renderer, world.page(20)).find("details", class_="group")

    assert [group.one("h2").words for group in groups][:3] == ["Moonshot", "OpenRouter", "Together"]
    assert groups[0].one("summary").words == "Moonshot 4 models · 1 not well"


def test_a_row_not_well_says_why_and_what_to_use_instead(renderer: Renderer) -> None:
    row = front(renderer, world.page(20)).one("li", data_model="moonshot-kimi-k3")

    assert row.one("p", class_="why").words == (
        "Kimi K3 is overloaded: 4 of the last 5 requests were refused. Use moonshot/kimi-k2.6 instead."
    )
    assert row.one("p", class_="why").one("a").attributes["href"] == "/models/moonshot-kimi-k2.6"


@pytest.mark.parametrize("status", list(Status))
def test_a_status_is_a_shape_and_a_word_besides_its_colour(renderer: Renderer, status: Status) -> None:
    page = with_models(msgspec.structs.replace(world.model(1), status=status))
    content = front(renderer, page)
    row = content.one("li", data_model=True)

    assert row.one("use").attributes["href"] == f"#{status}"
    assert content.one("symbol", id=status.value).children
    assert row.one("span", class_="word").words == LOOKS[status].word


def test_a_row_tells_uptime_with_coverage_first_word_and_price(renderer: Renderer) -> None:
    uptime = {"90d": UptimeView(ratio=0.99999, low=0.99, high=1.0, samples=25000, coverage=0.9799)}
    row = front(renderer, with_models(msgspec.structs.replace(world.model(1), uptime=uptime))).one("li", data_model=True)

    assert row.one("p", class_="uptime").words == "Uptime 99.99% 97% measured"
    assert row.one("p", class_="first").words.startswith("First word 431 ms")
    assert row.one("p", class_="price").words == "Price $0.95 · $4 in · out"


def test_what_is_not_known_is_a_dash_and_never_zero(renderer: Renderer) -> None:
    bare = msgspec.structs.replace(
        world.model(1), status=Status.NO_DATA, uptime={}, latency=None, price=None, days=(), hours=(), checked_at_ms=None,
        since_ms=None,
    )  # fmt: skip
    page = front(renderer, with_models(bare))
    row = page.one("li", data_model=True)

    assert [figure.words for figure in row.find("p", class_="figure")] == ["Uptime – not measured", "First word –", "Price –"]
    assert row.one("div", class_="bars").attributes["aria-label"] == "Last 90 days: not measured"
    assert "Not measured yet." in page.one("section", id="hero").words


def test_a_filter_box_appears_from_twelve_models_on(renderer: Renderer) -> None:
    assert front(renderer, world.page(11)).find("label", id="filter") == []
    assert "hidden" in front(renderer, world.page(12)).one("label", id="filter").attributes


def test_open_incidents_stand_above_and_resolved_ones_below_the_models(renderer: Renderer) -> None:
    text = renderer.front(world.page(20)).decode()

    opened, rows, resolved = (text.index(mark) for mark in ('id="incident-i-7f3a"', "data-model=", 'id="incident-i-6e21"'))
    assert opened < rows < resolved


def test_an_incident_is_told_and_leads_to_its_own_page(renderer: Renderer) -> None:
    incident = front(renderer, world.page(20)).one("article", id="incident-i-7f3a")

    assert incident.one("h3").one("a").attributes["href"] == "/incidents/i-7f3a"
    assert "Investigating · began 20 Nov 2026, 09:48 UTC" in incident.words
    assert "4 of the last 5 requests were refused." in incident.words


def test_maintenance_stands_between_incidents_and_models(renderer: Renderer) -> None:
    page = world.page(4)
    planned = Maintenance(
        id="m-1", title="New hardware", status="scheduled", models=(page.models[1].key,), starts_at_ms=world.NOW_MS + 3_600_000,
        ends_at_ms=world.NOW_MS + 7_200_000,
    )  # fmt: skip
    over = msgspec.structs.replace(planned, id="m-0", title="Old hardware", status="completed")
    text = renderer.front(msgspec.structs.replace(page, maintenances=(planned, over))).decode()
    told = read(text.encode()).one("article", id="maintenance-m-1")

    assert told.words == "New hardware Scheduled · 20 Nov 2026, 11:00 UTC – 20 Nov 2026, 12:00 UTC Kimi K2.6"
    assert "Old hardware" not in text
    assert text.index("incident-i-7f3a") < text.index("maintenance-m-1") < text.index("data-model=")


def test_times_are_absolute_with_a_machine_readable_form(renderer: Renderer) -> None:
    times = front(renderer, world.page(20)).find("time")

    assert times
    assert all(time.words.endswith("UTC") and time.attributes["datetime"].endswith("Z") for time in times)


def test_one_polite_line_and_one_link_to_the_data(renderer: Renderer) -> None:
    page = front(renderer, world.page(20))

    assert page.one(aria_live="polite").attributes["role"] == "status"
    assert page.one("link", type="application/json").attributes["href"] == "/api/v1/models"


def test_readers_of_feeds_and_calendars_find_them(renderer: Renderer) -> None:
    page = front(renderer, world.page(20))

    for kind, path in (
        ("application/atom+xml", "/history.atom"),
        ("application/rss+xml", "/history.rss"),
        ("application/feed+json", "/feed.json"),
        ("text/calendar", "/maintenance.ics"),
    ):
        assert page.one("link", rel="alternate", type=kind).attributes["href"] == path


def test_a_simulation_says_so(renderer: Renderer) -> None:
    page = world.page(3)
    simulated = msgspec.structs.replace(page, site=msgspec.structs.replace(page.site, simulation=True))

    assert "Simulation." in front(renderer, simulated).one("p", class_="simulation").words
    assert front(renderer, page).find("p", class_="simulation") == []


def test_without_canaries_the_page_says_so(renderer: Renderer) -> None:
    page = world.page(3)
    blind = msgspec.structs.replace(page, site=msgspec.structs.replace(page.site, canaries=False))

    assert "No neutral hosts are configured" in front(renderer, blind).one(id="methodology").words
    assert "No neutral hosts are configured" not in front(renderer, page).one(id="methodology").words


def test_hostile_words_stay_words(renderer: Renderer) -> None:
    hostile = msgspec.structs.replace(
        world.model(0), name=HOSTILE, reason=HOSTILE, provider=HOSTILE, label=HOSTILE, use_instead=HOSTILE
    )
    page = with_models(hostile)
    page = msgspec.structs.replace(
        page, sentence=HOSTILE, site=msgspec.structs.replace(page.site, title=HOSTILE, version=HOSTILE),
        incidents=tuple(msgspec.structs.replace(one, title=HOSTILE) for one in world.page(3).incidents),
    )  # fmt: skip

    for content in (renderer.front(page), renderer.model_page(page, hostile), renderer.error(page.site, HOSTILE, HOSTILE)):
        root = read(content)
        assert all(script.attributes["src"].startswith("/static/") for script in root.find("script"))
        assert HOSTILE in root.one("h1").text


def test_a_page_of_rows_made_before_is_the_same_page(renderer: Renderer) -> None:
    page = world.page(20)

    assert renderer.front(page, {model.key: renderer.row(model) for model in page.models}) == renderer.front(page)


def test_fifty_models_weigh_at_most_forty_kilobytes_with_everything(renderer: Renderer) -> None:
    front = renderer.front(world.page(50))
    assets = Assets(paths.STATIC).files
    files = [front, *(asset.content for path, asset in assets.items() if path.encode() in front)]

    assert sum(len(gzip.compress(content, 6)) for content in files) <= 40_000
    assert 4 <= len(files) <= 5
    assert len(gzip.compress(renderer.front(world.page(50)), 6)) < 20_000
