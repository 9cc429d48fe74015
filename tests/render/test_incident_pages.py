"""The timeline of incidents, and the page of each."""

import msgspec

from statuspage.domain.incident import Affected, Incident, IncidentUpdate
from statuspage.domain.view import DayView, PageView
from statuspage.render.pages import Renderer
from statuspage.render.people_documents import maintenance_url
from tests.render import world
from tests.render.html import Element, read
from tests.render.people import eventful

HOSTILE = "<script>alert(1)</script>\n\nsecond *line*"


def page_of(renderer: Renderer, page: PageView, incident: Incident) -> Element:
    return read(renderer.incidents.incident(page, incident))


def test_the_timeline_is_newest_first_by_month_with_models_and_how_long(renderer: Renderer) -> None:
    page = world.page(20)
    timeline = read(renderer.incidents.timeline(page))

    assert [one.words for one in timeline.find("h2")] == ["November 2026"]
    first, second = timeline.find("article", class_="incident")
    assert first.words.startswith("Kimi K3: overloaded Critical · Investigating · began 20 Nov 2026, 09:48 UTC")
    assert "data-open" in first.attributes
    assert first.one("p", class_="concerned").one("a").attributes["href"] == "/models/moonshot-kimi-k3"
    assert "lasted 1 h" in second.words
    assert timeline.one("p", class_="lead").words == "1 incident is open."


def test_without_incidents_the_timeline_says_so(renderer: Renderer) -> None:
    timeline = read(renderer.incidents.timeline(world.page(2, well=True)))

    assert "Nothing has happened in the last 90 days." in timeline.words
    assert "No incident is open." in timeline.words


def test_an_incident_tells_when_it_began_who_opened_it_and_which_models(renderer: Renderer) -> None:
    page = world.page(20)
    told = page_of(renderer, page, page.incidents[0])
    row = told.one("tr", data_model="moonshot-kimi-k3")

    assert "Began 20 Nov, 09:48:00 UTC, noticed 20 Nov, 09:50:00 UTC." in told.words
    assert "Opened automatically, from our measurements." in told.words
    assert row.attributes["data-status"] == "major_outage"
    assert row.find("td")[0].words == "Outage"
    assert row.find("a")[1].attributes["href"] == "/api/v1/models/moonshot-kimi-k3/samples?from=2026-11-20T09:48:00.000Z"
    assert told.one("link", rel="canonical").attributes["href"] == "https://status.example/incidents/i-7f3a"


def test_it_shows_the_probes_that_failed_meanwhile_and_no_others(renderer: Renderer) -> None:
    page = world.page(20)
    probes = page_of(renderer, page, page.incidents[0]).one("table", class_="evidence").find("tr", data_judgement=True)

    assert [probe.attributes["data-judgement"] for probe in probes] == ["failed"] * 3
    assert page_of(renderer, page, page.incidents[1]).find("table", class_="evidence") == []


def test_it_counts_what_failed_on_the_days_touched(renderer: Renderer) -> None:
    page = world.page(1)
    day = DayView(date="2026-11-20", ratio=0.9, judged=120, failed=12, excluded=0, incidents=("i-7f3a",))
    other = msgspec.structs.replace(day, date="2026-11-19", failed=99, incidents=())
    page = msgspec.structs.replace(page, models=(msgspec.structs.replace(page.models[0], days=(other, day)),))

    assert "12 of 120" in page_of(renderer, page, page.incidents[0]).one("tr", data_model=True).words


def test_each_model_has_its_own_time_and_impact(renderer: Renderer) -> None:
    page = world.page(2)
    start = page.incidents[0].started_at_ms
    incident = msgspec.structs.replace(
        page.incidents[0],
        models=tuple(model.key for model in page.models),
        affected=(Affected(key=page.models[1].key, impact="minor", since_ms=start + 60_000, until_ms=start + 120_000),),
    )
    first, second = page_of(renderer, page, incident).find("tr", data_model=True)

    assert [cell.words for cell in first.find("td")][1:4] == ["Critical", "20 Nov, 09:48:00 UTC", "still"]
    assert [cell.words for cell in second.find("td")][1:4] == ["Minor", "20 Nov, 09:49:00 UTC", "20 Nov, 09:50:00 UTC"]


def test_a_persons_words_carry_a_name_and_a_postmortem_comes_first(renderer: Renderer) -> None:
    page = world.page(20)
    learnt = IncidentUpdate(id="u-9", status="postmortem", body="A cable was cut.", at_ms=world.NOW_MS, author="Ada")
    incident = msgspec.structs.replace(page.incidents[1], auto=False, updates=(learnt, *page.incidents[1].updates))
    told = page_of(renderer, page, incident)

    assert [one.words for one in told.find("h2")] == ["What was learnt", "What happened", "Models and evidence"]
    assert "A cable was cut. 20 Nov 2026, 10:00 UTC · Ada" in told.words
    assert "Opened by a person." in told.words
    assert "it lasted 1 h" in told.words
    assert len(told.one("ol", class_="updates").find("li")) == 1


def test_what_people_wrote_is_markdown_and_no_script(renderer: Renderer) -> None:
    page = world.page(20)
    update = IncidentUpdate(id="u-1", status="identified", body=HOSTILE, at_ms=world.NOW_MS, author=HOSTILE)
    incident = msgspec.structs.replace(page.incidents[0], title=HOSTILE, updates=(update,))
    told = page_of(renderer, page, incident)

    assert len(told.find("script")) == 2
    assert [one.text for one in told.one("ol", class_="updates").one("div", class_="said").find("p")] == [
        "<script>alert(1)</script>",
        "second line",
    ]


def test_a_page_is_made_anew_only_when_what_it_shows_changed(renderer: Renderer) -> None:
    page = world.page(20)
    checked = msgspec.structs.replace(page.models[0], checked_at_ms=world.NOW_MS)
    better = msgspec.structs.replace(page.models[0], status=page.models[1].status)

    def shown(first: object) -> dict[str, object]:
        changed = msgspec.structs.replace(page, models=(first, *page.models[1:]))
        return {sheet.path: sheet.shows for sheet in renderer.incidents.sheets(changed)}

    before = shown(page.models[0])
    assert set(before) == {"/incidents", "/incidents/i-7f3a", "/incidents/i-6e21"}
    assert shown(checked) == before
    assert [path for path, shows in shown(better).items() if shows != before[path]] == ["/incidents/i-7f3a"]


def test_only_the_newest_and_the_open_ones_lie_ready(renderer: Renderer) -> None:
    page = world.page(1)
    closed = page.incidents[1]
    many = tuple(msgspec.structs.replace(closed, id=f"i-{number}") for number in range(250))
    still_open = msgspec.structs.replace(page.incidents[0], id="i-open")
    page = msgspec.structs.replace(page, archive=(*many, still_open))
    paths = [sheet.path for sheet in renderer.incidents.sheets(page)]

    assert len(paths) == 1 + 200 + 1
    assert paths[-1] == "/incidents/i-open"


def test_every_maintenance_is_found_where_feeds_and_documents_say(renderer: Renderer) -> None:
    page = eventful()
    html = renderer.incidents.timeline(page).decode()
    for each in page.maintenances:
        assert maintenance_url(each.id, page.site.url) == f"{page.site.url}/incidents#maintenance-{each.id}"
        assert html.count(f'id="maintenance-{each.id}"') == 1
    assert "Work on A &lt;b&gt;" in html
    later = msgspec.structs.replace(page, maintenances=page.maintenances[1:])
    assert renderer.incidents.sheets(page)[0].shows != renderer.incidents.sheets(later)[0].shows
