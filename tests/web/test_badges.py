"""Badges that were asked for with a question."""

import pytest

from statuspage.domain.words import Status
from statuspage.render.looks import LOOKS
from statuspage.render.pages import Renderer
from tests.web.asking import ask
from tests.web.test_pages import door, renderer

__all__ = ["renderer"]
SLUG = "moonshot-kimi-k3"
GREY = LOOKS[Status.NO_DATA].colour.encode()


@pytest.mark.parametrize("name", [f"{SLUG}.svg", f"{SLUG}.json", f"{SLUG}.dot.svg", "all.svg", "all.json", "all.dot.svg"])
async def test_a_badge_answers_whatever_the_status_and_refuses_what_it_does_not_know(renderer: Renderer, name: str) -> None:
    kind = "application/json" if name.endswith(".json") else "image/svg+xml"
    found = await ask(door(renderer), f"/badge/{name}?metric=status&cachebust=1")
    assert (found.status, found.header("content-type")) == (200, kind)
    assert found.header("cache-control") == "public, max-age=60, s-maxage=60"
    assert found.header("cross-origin-resource-policy") == "cross-origin"
    for wrong, choice in (("metric=x", "ttft"), ("window=1h", "30d"), ("style=round", "plastic"), (f"label={'x' * 101}", "100")):
        refused = await ask(door(renderer), f"/badge/{name}?{wrong}")
        assert (refused.status, refused.header("content-type")) == (400, "application/problem+json"), wrong
        assert choice in refused.json["detail"]


@pytest.mark.parametrize("name", ["nobody.svg", "nobody.dot.svg"])
async def test_a_picture_of_an_unknown_model_is_grey(renderer: Renderer, name: str) -> None:
    for query in ("", "?style=plastic&label=mine"):
        found = await ask(door(renderer), f"/badge/{name}{query}")
        assert (found.status, found.header("content-type")) == (404, "image/svg+xml")
        assert b"unknown" in found.body
        assert GREY in found.body


@pytest.mark.parametrize("name", ["nobody.json", "nobody.png", "nobody", ".svg", ".json"])
async def test_whatever_else_is_a_problem_or_a_picture_and_never_a_page(renderer: Renderer, name: str) -> None:
    found = await ask(door(renderer), f"/badge/{name}")
    assert found.status == 404
    assert found.header("content-type") in ("application/problem+json", "image/svg+xml")


async def test_the_dot_of_the_page_has_its_name(renderer: Renderer) -> None:
    found = await ask(door(renderer), "/badge/all.dot.svg?x=y")
    assert b'aria-label="Kimi model status: partial outage"' in found.body
