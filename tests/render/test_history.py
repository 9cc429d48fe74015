"""The year at a glance."""

import msgspec
import pytest

from statuspage.domain.view import DayMinutes, DaySummary, DayView, PageView
from statuspage.domain.words import Status
from statuspage.render.pages import Renderer
from statuspage.render.year_rows import PageDays, months
from tests.render import world
from tests.render.html import Element, read


def a_day(date: str, incidents: tuple[str, ...] = (), **minutes: int) -> DayView:
    return DayView(date=date, ratio=1.0, judged=288, failed=0, excluded=0, minutes=DayMinutes(**minutes), incidents=incidents)


@pytest.fixture
def page() -> PageView:
    whole = world.page(2)
    first = (a_day("2026-10-31", ("i-6e21",), major_outage=30), a_day("2026-11-01", ("i-6e21",), partial_outage=5))
    second = (a_day("2026-10-31"), a_day("2026-11-01", ("i-7f3a",), partial_outage=9))
    models = tuple(msgspec.structs.replace(model, days=days) for model, days in zip(whole.models, (first, second), strict=True))
    return msgspec.structs.replace(whole, models=models)


def shown(renderer: Renderer, page: PageView) -> Element:
    return read(renderer.history.page(page, renderer.history.days(page)))


def test_each_day_is_told_in_words_with_the_models_it_concerned(renderer: Renderer, page: PageView) -> None:
    cells = [cell for cell in shown(renderer, page).find(class_="day", data_status=True) if cell.tag != "i"]

    assert [(cell.attributes["data-status"], cell.one("span", class_="vh").words) for cell in cells] == [
        ("partial_outage", "Sun 1 Nov 2026: Partial outage: Kimi K3, Kimi K2.6"),
        ("major_outage", "Sat 31 Oct 2026: Outage: Kimi K3"),
    ]
    assert cells[1].attributes["href"] == "/incidents/i-6e21"


def test_a_month_begins_on_its_weekday_and_counts_the_incidents_that_began_in_it(page: PageView) -> None:
    made = months(PageDays().of(page), 2026, {})

    assert [(month.month, month.starts, len(month.cells), month.began) for month in made] == [
        ("2026-10", 3, 31, 1),
        ("2026-11", 6, 30, 1),
    ]
    assert [cell.number for cell in made[1].cells if cell.status is not None] == [1]


def test_the_table_says_the_same(renderer: Renderer, page: PageView) -> None:
    rows = shown(renderer, page).one("table", class_="all-days").one("tbody").find("tr")

    assert [[cell.words for cell in row.children] for row in rows] == [
        ["Sun 1 Nov 2026", "Partial outage", "Kimi K3, Kimi K2.6", "Kimi K2.6: server errors, Kimi K3: overloaded"],
        ["Sat 31 Oct 2026", "Outage", "Kimi K3", "Kimi K2.6: server errors"],
    ]


def test_days_older_than_the_bars_are_those_read_before(renderer: Renderer, page: PageView) -> None:
    old = DaySummary(date="2026-02-03", status=Status.MAJOR_OUTAGE, models=(page.models[1].key,))
    hidden = DaySummary(date="2026-11-01", status=Status.MAJOR_OUTAGE)
    page = msgspec.structs.replace(page, older_days=(old, hidden))

    assert [day.date for day in renderer.history.days(page)] == ["2026-02-03", "2026-10-31", "2026-11-01"]
    assert "Tue 3 Feb 2026: Outage: Kimi K2.6" in shown(renderer, page).words


def test_many_models_are_counted_and_not_listed(renderer: Renderer, page: PageView) -> None:
    whole = world.page(8)
    models = tuple(msgspec.structs.replace(model, days=(a_day("2026-11-20", major_outage=9),)) for model in whole.models)
    text = shown(renderer, msgspec.structs.replace(whole, models=models)).words

    assert "Fri 20 Nov 2026: Outage: Kimi K3, Kimi K2.6, Kimi K2 Thinking and 5 more" in text


def test_one_model_has_a_year_of_its_own(renderer: Renderer, page: PageView) -> None:
    model = page.models[1]
    told = read(renderer.history.page(page, (DaySummary(date="2025-05-05", status=Status.OPERATIONAL),), 2025, model))

    assert told.one("h1").words == "History 2025"
    assert told.one("span", data_model=model.slug).attributes["data-status"] == model.status
    assert [option.words for option in told.find("option") if "selected" in option.attributes] == [model.name]
    assert "Mon 5 May 2025: Operational" in told.words


def test_a_year_of_which_nothing_is_known_says_so(renderer: Renderer, page: PageView) -> None:
    assert "Nothing is known of this year." in read(renderer.history.page(page, (), 2024)).words
    assert "Nothing is known of this year." in shown(renderer, world.page(0)).words


def test_it_is_made_again_when_a_day_changed_and_not_for_a_probe(renderer: Renderer, page: PageView) -> None:
    before = renderer.history.sheets(page)[0].shows
    checked = msgspec.structs.replace(page.models[0], checked_at_ms=1, hours=())
    worse = msgspec.structs.replace(page.models[0], days=(a_day("2026-11-01", major_outage=1),))

    def shows(model: object) -> object:
        return renderer.history.sheets(msgspec.structs.replace(page, models=(model, page.models[1])))[0].shows

    assert shows(checked) == before
    assert shows(worse) != before
