"""What a page and a document say of a model's life."""

import msgspec

from statuspage.domain.view import HappenedView, LifecycleView, PriceView
from statuspage.render.lifecycle import life_rows
from statuspage.render.model_documents import model_document
from statuspage.render.pages import Renderer
from tests.render import world
from tests.render.html import read

LIFE = LifecycleView(
    listed=False,
    context_length=262_144,
    capabilities=("tools", "vision"),
    retires_on="2026-12-31",
    successor="kimi-<k4>",
    price=PriceView(input=1.0, output=2.0, source="discovered"),
    events=(
        HappenedView(at_ms=world.NOW_MS, kind="price_changed", sentence="It costs <more>.", facts={"old": "$1", "new": "$2"}),
    ),
)
MODEL = msgspec.structs.replace(world.model(1, well=True), lifecycle=LIFE, retires_on="2026-12-31")


def test_the_page_tells_list_last_day_successor_context_and_events(renderer: Renderer) -> None:
    page = read(renderer.model_page(world.page(3), MODEL))
    rows = {row.one("th").words: row.one("td").words for row in page.one("table", class_="life").find("tr")}
    assert {name: text for name, text in rows.items() if name != "First watched"} == {
        "On the vendor's list": "no, but it works",
        "Last day": "Thu 31 Dec 2026",
        "Nearest listed id": "kimi-<k4>",
        "Context": "262,144 tokens",
        "Listed abilities": "tools, images",
    }
    assert "It costs <more>." in page.one("ul", class_="events").words


def test_the_document_has_events_with_old_and_new() -> None:
    document = msgspec.json.decode(model_document(MODEL))
    assert document["events"] == [
        {"at": "2026-11-20T10:00:00.000Z", "kind": "price_changed", "sentence": "It costs <more>.", "old": "$1", "new": "$2"}
    ]
    assert document["lifecycle"] == {
        "listed": False,
        "context_length": 262_144,
        "capabilities": ["tools", "vision"],
        "successor": "kimi-<k4>",
        "listed_price": {"input": 1.0, "output": 2.0},
    }


def test_what_is_not_known_is_null_and_not_shown() -> None:
    model = world.model(1)
    document = msgspec.json.decode(model_document(model))
    assert document["events"] == []
    assert set(document["lifecycle"].values()) == {None}
    assert [row.caption for row in life_rows(model) if row.at_ms is None] == []
