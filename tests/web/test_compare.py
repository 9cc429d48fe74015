"""Models compared by HTTP: figures with intervals, a verdict on each pair, nothing of what is private."""

import msgspec
import pytest

from statuspage.domain.uptime import uptime
from statuspage.render.compare_rows import MOST
from statuspage.service.questions import Questions
from statuspage.storage.memory import MemoryStore
from statuspage.web.app import web_application
from statuspage.web.fast import FrontDoor
from tests.render import world
from tests.service.world import HandClock
from tests.web.asking import ask
from tests.web.parts import parts

MODELS = world.page(20).models
WELL, OTHER = MODELS[1], MODELS[4]


def measured(index: int, judged: int, failed: int) -> object:
    model = MODELS[index]
    return msgspec.structs.replace(model, uptime={**model.uptime, "7d": uptime(judged, failed, judged)})


class Page:
    fresh_until_s = float("inf")

    def __init__(self) -> None:
        self.documents: dict[str, object] = {}
        changed = {1: measured(1, 100, 5), 4: measured(4, 100, 10), 5: measured(5, 2000, 1000)}
        models = tuple(changed.get(at, model) for at, model in enumerate(MODELS))
        self.page = msgspec.structs.replace(world.page(20), models=models)


@pytest.fixture(scope="module")
def door() -> FrontDoor:
    page = Page()
    return web_application(
        shelf=page,  # type: ignore[arg-type]  # what the front door and the questions use of it
        parts=parts(questions=Questions(page, MemoryStore(), HandClock()), health=object()),  # type: ignore[arg-type]
        error_page=lambda _status, detail: detail.encode(),
    )


async def test_the_first_is_set_against_each_of_the_others(door: FrontDoor) -> None:
    keys = [WELL.key, OTHER.key, MODELS[5].key]
    found = await ask(door, f"/api/v1/compare?models={','.join(keys)}&models=secret/x")
    assert (found.status, found.header("access-control-allow-origin")) == (200, "*")
    assert [each["model"] for each in found.json["models"]] == keys
    assert found.json["unknown"] == ["secret/x"]
    contrasts = [each for each in found.json["contrasts"] if each["of"] == "success"]
    assert [(each["a"], each["b"]) for each in contrasts] == [(keys[0], keys[1]), (keys[0], keys[2])]
    assert contrasts[0]["verdict"] == "not distinguishable yet: 335 more calls"
    assert (contrasts[0]["more_calls"], contrasts[0]["difference"]) == (335, 0.05)
    assert contrasts[1]["verdict"] == f"{keys[0]} is better"
    assert contrasts[1]["low"] > 0


async def test_a_success_costs_the_call_and_its_failures(door: FrontDoor) -> None:
    (found,) = (await ask(door, f"/api/v1/compare?models={WELL.key}")).json["models"]
    cost = found["usd_per_successful_call"]
    assert found["usd_per_call"] == pytest.approx((1000 * 0.95 + 500 * 4.0) / 1e6)
    assert cost["expected"] == pytest.approx(found["usd_per_call"] / 0.95)
    assert cost["low"] < cost["expected"] < cost["high"]
    assert cost["high"] == pytest.approx(found["usd_per_call"] / found["uptime"]["low"])


@pytest.mark.parametrize("window", ["24h", "7d", "30d", "90d"])
async def test_every_window_has_its_figures_and_one_tag(door: FrontDoor, window: str) -> None:
    path = f"/api/v1/compare?models={WELL.key},{OTHER.key}&window={window}"
    first = await ask(door, path)
    again = await ask(door, path, if_none_match=str(first.header("etag")))
    assert (first.json["window"], again.status) == (window, 304)
    assert all(each["uptime"]["samples"] > 0 for each in first.json["models"])


async def test_unasked_it_compares_what_the_page_does(door: FrontDoor) -> None:
    found = (await ask(door, "/api/v1/compare")).json
    assert len(found["models"]) > 1
    nobody = (await ask(door, "/api/v1/compare?models=secret/x")).json
    assert (nobody["models"], nobody["contrasts"]) == ([], [])


@pytest.mark.parametrize(
    ("query", "named"),
    [("window=1y", "24h, 7d"), ("models=", "models"), ("models=" + ",".join(f"a/{n}" for n in range(MOST + 1)), str(MOST))],
)
async def test_what_cannot_be_used_is_refused(door: FrontDoor, query: str, named: str) -> None:
    found = await ask(door, f"/api/v1/compare?{query}")
    assert (found.status, found.header("content-type")) == (400, "application/problem+json")
    assert named in found.json["detail"]
