"""`/embed/{slug}` and `/oembed` over HTTP."""

from urllib.parse import quote

import pytest

from statuspage.render.pages import Renderer
from tests.render import world
from tests.web.asking import ask
from tests.web.test_pages import door, renderer

__all__ = ["renderer"]
SLUG = "moonshot-kimi-k3"
PAGE = quote(f"https://status.example/models/{SLUG}", safe="")


async def test_a_frame_may_be_framed_by_anybody_and_does_little_else(renderer: Renderer) -> None:
    for path, status in ((f"/embed/{SLUG}", 200), (f"/embed/{SLUG}?theme=dark", 200), ("/embed/nobody", 404)):
        answer = await ask(door(renderer), path)
        head = await ask(door(renderer), path, "HEAD")
        policy = answer.header("content-security-policy") or ""
        assert answer.status == status
        assert "frame-ancestors *" in policy
        assert "default-src 'none'" in policy
        assert answer.header("content-type") == "text/html; charset=utf-8"
        assert answer.header("cross-origin-resource-policy") == "cross-origin"
        assert (head.status, head.body) == (status, b"")
    answer = await ask(door(renderer), f"/embed/{SLUG}")
    again = await ask(door(renderer), f"/embed/{SLUG}", if_none_match=str(answer.header("etag")))
    assert again.status == 304


async def test_an_unknown_theme_is_refused_with_the_choices(renderer: Renderer) -> None:
    answer = await ask(door(renderer), f"/embed/{SLUG}?theme=pink")
    assert answer.status == 400
    assert b"auto, light, dark" in answer.body


async def test_oembed_answers_in_both_forms(renderer: Renderer) -> None:
    answer = await ask(door(renderer), f"/oembed?url={PAGE}&format=json&maxwidth=300")
    assert (answer.status, answer.header("content-type")) == (200, "application/json")
    assert answer.json["type"] == "rich"
    assert answer.json["width"] == 300
    assert f"https://status.example/embed/{SLUG}" in answer.json["html"]
    assert (await ask(door(renderer), f"/oembed?url={PAGE}")).body == (
        await ask(door(renderer), f"/oembed?url={PAGE}&format=json")
    ).body
    told = await ask(door(renderer), f"/oembed?url={PAGE}&format=xml")
    assert (told.status, told.header("content-type")) == (200, "text/xml; charset=utf-8")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("url=", 400),
        (f"url={'x' * 2001}", 400),
        (f"url={PAGE}&maxwidth=wide", 400),
        (f"url={PAGE}&maxheight=0", 400),
        ("url=https%3A%2F%2Felse.example%2Fmodels%2Fmoonshot-kimi-k3", 404),
        ("url=https%3A%2F%2Fstatus.example%2Fmodels%2Fnobody", 404),
        ("url=https%3A%2F%2Fstatus.example%2F", 404),
        (f"url={PAGE}&format=yaml", 501),
    ],
)
async def test_oembed_refuses_what_it_cannot_answer(renderer: Renderer, query: str, status: int) -> None:
    answer = await ask(door(renderer), f"/oembed?{query}")
    assert answer.status == status
    assert answer.header("content-type") == "application/problem+json"
    assert answer.json["detail"]


def test_the_page_of_a_model_says_where_to_ask(renderer: Renderer) -> None:
    page = world.page(3)
    told = renderer.model_page(page, page.models[0]).decode()
    assert 'type="application/json+oembed"' in told
    assert f"https://status.example/oembed?url={PAGE.replace('%2F', '/')}&amp;format=json" in told
