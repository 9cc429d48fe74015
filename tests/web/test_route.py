"""The selector by HTTP: its shape, its refusals, and nothing of what is private."""

import msgspec
import pytest

from statuspage.domain.view import ModelView, PageView
from statuspage.service.routing import Routing
from statuspage.web.app import web_application
from statuspage.web.fast import FrontDoor
from tests.render import world
from tests.web.asking import ask
from tests.web.parts import parts

PAGE = world.page(20)
RED, WORKS, ALSO = PAGE.models[0].key, PAGE.models[1].key, PAGE.models[4].key


class Shelf:
    fresh_until_s = float("inf")

    def __init__(self, page: PageView = PAGE) -> None:
        self.documents: dict[str, object] = {}
        self.page = page

    def model(self, _slug: str) -> ModelView | None:
        return None


def door(shelf: Shelf | None = None) -> FrontDoor:
    shown = shelf or Shelf()
    return web_application(
        shelf=shown,  # type: ignore[arg-type]  # what the front door uses of it
        parts=parts(questions=object(), health=object(), routing=Routing(lambda: shown.page)),
        error_page=lambda _status, detail: detail.encode(),
    )


async def test_it_has_the_shape_that_the_contract_fixes() -> None:
    found = await ask(door(), "/api/v1/route")
    assert found.status == 200
    assert list(found.json) == ["choice", "fallbacks", "rejected", "evidence_window", "flags", "valid_until"]
    assert list(found.json["choice"]) == ["model", "why"]
    assert found.json["evidence_window"] == "7d"
    assert found.json["valid_until"].endswith("Z")
    statuses = {model.key: model.status.value for model in PAGE.models}
    assert statuses[found.json["choice"]["model"]] == "operational"
    assert {each["model"] for each in found.json["rejected"]} | {found.json["choice"]["model"], *found.json["fallbacks"]} == set(
        statuses
    )


async def test_the_same_question_has_the_same_tag_until_the_evidence_changes() -> None:
    shelf = Shelf()
    one = door(shelf)
    first = await ask(one, "/api/v1/route?models=" + f"{WORKS},{ALSO}")
    again = await ask(one, "/api/v1/route?models=" + f"{WORKS},{ALSO}", if_none_match=str(first.header("etag")))
    assert again.status == 304
    index = [model.key for model in PAGE.models].index(first.json["choice"]["model"])
    models = list(PAGE.models)
    models[index] = msgspec.structs.replace(models[index], status=PAGE.models[0].status)
    shelf.page = msgspec.structs.replace(PAGE, models=tuple(models))
    changed = await ask(one, "/api/v1/route?models=" + f"{WORKS},{ALSO}", if_none_match=str(first.header("etag")))
    assert changed.status == 200
    assert changed.json["choice"]["model"] != first.json["choice"]["model"]


async def test_explained_it_sets_the_suitable_ones_side_by_side() -> None:
    found = (await ask(door(), "/api/v1/route?explain")).json
    assert [each["model"] for each in found["candidates"]] == [found["choice"]["model"], *found["fallbacks"]]
    found = (await ask(door(), "/api/v1/route?explain=1&prefer=latency")).json
    latencies = [each["first_content_p50"] for each in found["candidates"] if each["status"] == "operational"]
    assert latencies == sorted(latencies)


async def test_unknown_models_are_named_and_private_ones_no_different() -> None:
    found = await ask(door(), f"/api/v1/route?models={WORKS},moonshot/private&models=x")
    assert found.json["choice"]["model"] == WORKS
    assert found.json["rejected"] == [{"model": "moonshot/private", "why": "unknown"}, {"model": "x", "why": "unknown"}]


async def test_where_nothing_is_suitable_the_reasons_are_told() -> None:
    found = await ask(door(), f"/api/v1/route?models={RED}")
    assert (found.status, found.header("content-type")) == (503, "application/problem+json")
    assert found.header("retry-after") == "15"
    assert found.header("access-control-allow-origin") == "*"
    assert [each["model"] for each in found.json["rejected"]] == [RED]
    assert found.json["rejected"][0]["why"].startswith("major outage: Kimi K3 is overloaded")


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("capability=vision", "chat, tools"),
        ("prefer=luck", "price, latency"),
        ("max_price=cheap", "max_price"),
        ("max_price=-1", "max_price"),
        ("max_price=nan", "max_price"),
        ("models=", "models"),
        ("user=" + "u" * 201, "user"),
        ("models=" + "m" * 5000, "4000"),
    ],
)
async def test_what_cannot_be_used_is_refused_with_the_choices(query: str, named: str) -> None:
    found = await ask(door(), f"/api/v1/route?{query}")
    assert (found.status, found.header("content-type")) == (400, "application/problem+json")
    assert named in found.json["detail"]


async def test_head_answers_alike() -> None:
    get, head = await ask(door(), "/api/v1/route"), await ask(door(), "/api/v1/route", "HEAD")
    assert (head.status, head.body, head.header("etag")) == (200, b"", get.header("etag"))
