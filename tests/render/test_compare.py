"""Models beside one another."""

import msgspec
import pytest

from statuspage.domain.sample import Timings, Tokens
from statuspage.domain.view import LatencyView, ModelView, PageView, ToolsView
from statuspage.domain.words import Status
from statuspage.render.compare_rows import SORTS, compared, usual_choice
from statuspage.render.pages import Renderer
from statuspage.render.spans import floor_of_uptimes, spans
from tests.render import world
from tests.render.html import read

KIMIS = ("moonshot/kimi-k2.6", "openrouter/moonshotai/kimi-k2.6", "together/moonshotai/Kimi-K2.6")


def with_model(page: PageView, key: str, **fields: object) -> PageView:
    changed: list[ModelView] = [msgspec.structs.replace(model, **fields) if model.key == key else model for model in page.models]
    return msgspec.structs.replace(page, models=tuple(changed))


@pytest.fixture
def page() -> PageView:
    whole = world.page(20)
    fast = tuple(
        msgspec.structs.replace(sample, timings_ms=Timings(first_content=500.0, total=750.0), tokens=Tokens(input=14, output=12))
        for sample in whole.models[1].evidence
    )
    return with_model(
        whole,
        KIMIS[0],
        latency_by_window={"30d": LatencyView(first_content_p50=420, first_content_p95=1300, total_p50=800)},
        tools=ToolsView(state="verified", passed=41, samples=42, low=0.877, high=0.99),
        evidence=fast,
    )


def test_each_model_has_its_figures_and_a_dash_for_what_is_not_known(renderer: Renderer, page: PageView) -> None:
    shown = read(renderer.compare.page(page, KIMIS[:2], asked=True))
    first, second = (
        [cell.words for cell in row.find("td")] for row in shown.one("table", class_="compare").find("tr", data_model=True)
    )

    assert first[1:] == ["420 ms", "1.3 s", "48", "Verified 41 of 42, at least 87.7%", "$0.95", "$4", "$0.00297"]
    assert first[0].startswith("99.")
    assert (second[1], second[2], second[4]) == ("–", "–", "–")
    assert shown.one("tr", data_model="moonshot-kimi-k2.6").attributes["data-status"] == "operational"


def test_a_successful_call_costs_its_price_over_the_lower_bound_of_success(page: PageView) -> None:
    (row,) = compared(page, KIMIS[:1], "30d")

    assert row.uptime.low is not None
    assert row.call_usd == pytest.approx((1000 * 0.95 + 500 * 4.0) / 1e6 / row.uptime.low)


@pytest.mark.parametrize("sort", SORTS)
def test_it_sorts_the_best_first_and_the_unknown_last(page: PageView, sort: str) -> None:
    keys = [model.key for model in page.models[:12]]
    figures = [SORTS[sort](row) for row in compared(page, keys, "24h", sort)]
    known = [figure for figure in figures if figure is not None]

    assert known
    assert known == sorted(known)
    assert figures == [*known, *[None] * (len(figures) - len(known))]


def test_a_column_that_sorts_says_so_and_every_column_is_a_link(renderer: Renderer, page: PageView) -> None:
    shown = read(renderer.compare.page(page, KIMIS, "7d", "p50", asked=True))
    heads = shown.one("table", class_="compare").find("th", scope="col")

    assert [head.words for head in heads if "aria-sort" in head.attributes] == ["First word, median"]
    assert heads[1].one("a").attributes["href"] == f"/compare?models={','.join(KIMIS)}&window=7d&sort=uptime"
    assert shown.one("b", aria_current="true").words == "7d"


def test_unasked_it_compares_the_model_that_most_providers_serve(renderer: Renderer, page: PageView) -> None:
    (sheet,) = renderer.compare.sheets(page)

    assert usual_choice(page.models) == KIMIS
    assert [row.attributes["data-model"] for row in read(sheet.body()).find("tr", data_model=True)] == [
        "moonshot-kimi-k2.6", "openrouter-moonshotai-kimi-k2.6", "together-moonshotai-Kimi-K2.6"
    ]  # fmt: skip
    assert sheet.takes_query
    assert usual_choice(page.models[:4]) == tuple(model.key for model in page.models[:4])
    assert usual_choice(()) == ()


def test_unknown_keys_are_named_and_stay_words(renderer: Renderer, page: PageView) -> None:
    hostile = '"><script>alert(1)</script>'
    shown = read(renderer.compare.page(page, (KIMIS[0], hostile), asked=True))

    assert f"Unknown here: {hostile}." in shown.words
    assert len(shown.find("script")) == 2
    assert "None of these models is known here." in read(renderer.compare.page(page, (hostile,), asked=True)).words


def test_the_form_offers_every_model_with_the_chosen_ones_ticked(renderer: Renderer, page: PageView) -> None:
    form = read(renderer.compare.page(page, KIMIS, asked=True)).one("form")
    boxes = form.find("input", type="checkbox")

    assert [box.attributes["value"] for box in boxes] == [model.key for model in page.models]
    assert {box.attributes["value"] for box in boxes if "checked" in box.attributes} == set(KIMIS)
    assert (form.attributes["action"], form.attributes["method"]) == ("/compare", "get")


def test_without_models_there_is_a_page_all_the_same(renderer: Renderer) -> None:
    assert "None of these models is known here." in read(renderer.compare.page(world.page(0), ())).words


def test_it_is_made_again_for_a_figure_and_not_for_a_mere_probe(renderer: Renderer, page: PageView) -> None:
    before = renderer.compare.sheets(page)[0].shows
    checked = with_model(page, KIMIS[0], checked_at_ms=1)
    down = with_model(page, KIMIS[0], status=Status.MAJOR_OUTAGE)

    assert renderer.compare.sheets(checked)[0].shows == before
    assert renderer.compare.sheets(down)[0].shows != before


def test_a_span_lies_between_its_figures_on_the_scale_of_all() -> None:
    drawn = spans([(250.0, 250.0, 500.0), None, (0.0, 900.0, 2000.0)], 0.0, 1000.0)

    assert [None if each is None else (each.line, each.dot) for each in drawn.rows] == [
        ("M250 8H500", "M250 8h0"), None, ("M0 8H1000", "M900 8h0")
    ]  # fmt: skip
    assert drawn.ticks == (0.0, 250.0, 500.0, 750.0, 1000.0)


@pytest.mark.parametrize(("lowest", "floor"), [(1.0, 0.999), (0.9991, 0.999), (0.9962, 0.996), (0.94, 0.9), (0.3, 0.0)])
def test_the_scale_of_uptimes_begins_at_the_round_share_below(lowest: float, floor: float) -> None:
    assert floor_of_uptimes(lowest) == pytest.approx(floor)
