"""The page of methods says what runs."""

import msgspec

from statuspage.domain.classes import CLASSES
from statuspage.domain.policy import Policy
from statuspage.domain.view import PageView
from statuspage.render.pages import Renderer
from tests.render import world
from tests.render.html import Element, read


def shown(renderer: Renderer, page: PageView) -> Element:
    return read(renderer.methodology.page(page))


def test_every_profile_says_how_often_how_long_and_what_it_costs_at_most(renderer: Renderer) -> None:
    page = world.page(3)
    first, second = shown(renderer, page).find("table")[0].find("tr")[1:]

    assert [cell.words for cell in first.find("td")] == [
        "chat, tools", "15 minutes", "30 seconds", "16 tokens", "up to 4, 20 seconds apart", "11 minutes", "2,880", "$0.96"
    ]  # fmt: skip
    assert second.one("th").words == "Kimi K2.6, Kimi K2 Thinking"
    assert [cell.words for cell in second.find("td")][-2:] == ["17,280", "$1.31"]


def test_a_price_nobody_knows_is_said(renderer: Renderer) -> None:
    page = world.page(3)
    page = msgspec.structs.replace(page, models=tuple(msgspec.structs.replace(model, price=None) for model in page.models))
    text = shown(renderer, page).words

    assert "Of 3 models no price is known." in text
    assert "$" not in text


def test_its_thresholds_are_those_of_the_policy(renderer: Renderer) -> None:
    page = world.page(2)
    stricter = msgspec.structs.replace(page.method, policy=Policy(window_major=7, window=11))

    assert "8 of the last 12 scheduled requests failed" in shown(renderer, page).words
    changed = shown(renderer, msgspec.structs.replace(page, method=stricter))
    numbers = {row.one("th").words: row.one("td").words for row in changed.one("table", class_="numbers-of").find("tr")}
    assert "7 of the last 11 scheduled requests failed" in changed.words
    assert (numbers["window_major"], numbers["interval_s"]) == ("7", "300")


def test_every_class_has_its_row_fault_and_colour(renderer: Renderer) -> None:
    rows = {
        row.one("code").text: [cell.words for cell in row.find("td")]
        for table in shown(renderer, world.page(1)).find("table", class_="classes")
        for row in table.find("tr")[1:]
    }

    assert set(rows) == set(CLASSES)
    assert rows["engine_overloaded"] == ["Overloaded", "failed", "red"]
    assert rows["slow"] == ["Slow", "slow", "yellow"]
    assert rows["quota_exhausted"][2] == "grey"
    assert rows["maintenance"][2] == "blue"


def test_without_neutral_hosts_it_says_what_cannot_be_told(renderer: Renderer) -> None:
    page = world.page(1)

    assert "2 neutral hosts are asked" in shown(renderer, page).words
    blind = msgspec.structs.replace(page, method=msgspec.structs.replace(page.method, canaries=0))
    assert "No neutral hosts are configured" in shown(renderer, blind).words


def test_it_is_made_again_for_a_price_and_not_for_a_probe(renderer: Renderer) -> None:
    page = world.page(2)
    before = renderer.methodology.sheets(page)[0].shows
    checked = msgspec.structs.replace(page.models[1], checked_at_ms=1, reason="other", hours=())
    dearer = msgspec.structs.replace(page.models[1], price=msgspec.structs.replace(world.model(1).price, input=99.0))  # type: ignore[type-var]

    def shows(model: object) -> object:
        return renderer.methodology.sheets(msgspec.structs.replace(page, models=(page.models[0], model)))[0].shows

    assert shows(checked) == before
    assert shows(dearer) != before
