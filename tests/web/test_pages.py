"""Pages that are rendered when somebody asks: in the right type, the same for HEAD, silent about what is private."""

from collections.abc import Sequence

import msgspec
import pytest

from statuspage import paths
from statuspage.domain.incident import Incident
from statuspage.domain.ports import Past, StoredSample
from statuspage.domain.rollup import Bucket
from statuspage.domain.series import DAY_MS, HOUR_MS
from statuspage.domain.view import DaySummary, ModelView, PageView
from statuspage.domain.words import Status
from statuspage.render.assets import Assets
from statuspage.render.encoded import Document
from statuspage.render.pages import Renderer
from statuspage.service.almanac import Almanac
from statuspage.service.health import Health
from statuspage.service.questions import Questions
from statuspage.storage.memory import MemoryStore
from statuspage.web.app import web_application
from statuspage.web.fast import FrontDoor
from tests.render import world
from tests.render.html import read
from tests.web.asking import Answer, ask
from tests.web.parts import parts

PAGE = world.page(20)
OLD = msgspec.structs.replace(
    PAGE.incidents[1], id="i-old", started_at_ms=world.NOW_MS - 200 * 86_400_000, models=(PAGE.models[1].key,)
)


class Shelf:
    """A page of twenty models; nothing lies ready."""

    fresh_until_s = float("inf")

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.page: PageView = PAGE

    def model(self, slug: str) -> ModelView | None:
        return next((model for model in self.page.models if model.slug == slug), None)


class Clock:
    def now_ms(self) -> int:
        return world.NOW_MS

    def monotonic_s(self) -> float:
        return 0.0

    async def sleep(self, seconds: float) -> None:
        raise AssertionError(seconds)


class Store(MemoryStore):
    """Knows these incidents."""

    def __init__(self, *incidents: Incident) -> None:
        super().__init__()
        self.known = {incident.id: incident for incident in incidents}

    async def incident(self, incident_id: str) -> Incident | None:
        return self.known.get(incident_id)


@pytest.fixture(scope="session")
def renderer() -> Renderer:
    return Renderer(paths.TEMPLATES, Assets(paths.STATIC))


def door(renderer: Renderer, *incidents: Incident, store: Store | None = None, years: object = None) -> FrontDoor:
    store, shelf = store or Store(*incidents), Shelf()
    return web_application(
        shelf=shelf,  # type: ignore[arg-type]  # what the front door and the questions use of it
        parts=parts(
            questions=Questions(shelf, store, Clock()),  # type: ignore[arg-type]
            health=Health(store, lambda: False, Clock()),
            pages=renderer,
            almanac=years,
        ),
        error_page=lambda status, detail: renderer.refused(PAGE.site, status, detail),
    )


def title(answer: Answer) -> str:
    assert answer.header("content-type") == "text/html; charset=utf-8"
    return read(answer.body).one("h1").words


@pytest.mark.parametrize("incident_id", ["i-7f3a", "i-old"])
async def test_an_incident_answers_however_old_it_is(renderer: Renderer, incident_id: str) -> None:
    found = await ask(door(renderer, OLD), f"/incidents/{incident_id}")
    head = await ask(door(renderer, OLD), f"/incidents/{incident_id}", "HEAD")
    again = await ask(door(renderer, OLD), f"/incidents/{incident_id}", if_none_match=str(found.header("etag")))

    assert (found.status, found.header("access-control-allow-origin")) == (200, "*")
    assert "overloaded" in title(found) or "server errors" in title(found)
    assert (head.status, head.body, head.header("etag")) == (200, b"", found.header("etag"))
    assert again.status == 304


async def test_an_unknown_incident_and_a_private_one_answer_alike(renderer: Renderer) -> None:
    private = msgspec.structs.replace(OLD, id="i-private", models=("secret/model",))
    answers = [await ask(door(renderer, private), f"/incidents/{name}") for name in ("i-private", "i-unknown")]

    assert [answer.status for answer in answers] == [404, 404]
    assert answers[0].body == answers[1].body
    assert title(answers[0]) == "Not found"


async def test_of_an_incident_of_several_models_only_public_ones_are_told(renderer: Renderer) -> None:
    mixed = msgspec.structs.replace(OLD, id="i-mixed", models=("secret/model", PAGE.models[1].key))
    found = await ask(door(renderer, mixed), "/incidents/i-mixed")

    assert b"secret" not in found.body
    assert [row.attributes["data-model"] for row in read(found.body).find("tr", data_model=True)] == [PAGE.models[1].slug]


async def test_models_are_compared_by_keys_joined_or_repeated(renderer: Renderer) -> None:
    keys = [model.key for model in PAGE.models[:2]]
    joined = await ask(door(renderer), f"/compare?models={keys[0]},{keys[1]}")
    repeated = await ask(door(renderer), f"/compare?models={keys[0]}&models={keys[1]}")

    assert joined.status == 200
    assert joined.body == repeated.body
    assert [row.attributes["data-model"] for row in read(joined.body).find("tr", data_model=True)] == [
        model.slug for model in PAGE.models[:2]
    ]


async def test_a_private_model_is_as_unknown_as_any(renderer: Renderer) -> None:
    private = await ask(door(renderer), "/compare?models=secret/model")
    unknown = await ask(door(renderer), "/compare?models=nobody/model")

    assert private.body.replace(b"secret/", b"nobody/") == unknown.body


@pytest.mark.parametrize(
    ("query", "says"),
    [
        (f"models={','.join(f'a/{number}' for number in range(13))}", "At most 12 models"),
        (f"models={'x' * 4001}", "at most 4000"),
        ("window=1y", "'1y' is no window; choose one of 24h, 7d, 30d, 90d."),
        ("sort=colour", "'colour' is no sort; choose one of uptime,"),
    ],
)
async def test_a_question_that_makes_no_sense_is_refused_on_a_page(renderer: Renderer, query: str, says: str) -> None:
    refused = await ask(door(renderer), f"/compare?{query}")

    assert refused.status == 400
    assert title(refused) == "That cannot be shown"
    assert says in read(refused.body).words
    assert refused.header("content-security-policy")


class Kept(Store):
    """Has hours and days of every model."""

    async def past(self, keys: Sequence[str], hours_from_ms: int, days_from_ms: int) -> dict[str, Past]:
        hours = tuple(Bucket(start_ms=world.NOW_MS - back * HOUR_MS, judged=12) for back in (2, 1, 0))
        days = tuple(Bucket(start_ms=world.NOW_MS - back * DAY_MS, judged=288, classes={"slow": 3}) for back in (1, 0))
        return {key: Past(hours=hours, days=days) for key in keys}

    async def samples(self, key: str, from_ms: int, to_ms: int, limit: int, *, passive: bool = True) -> tuple[StoredSample, ...]:
        return ()


@pytest.mark.parametrize(("window", "rows"), [("24h", 3), ("7d", 3), ("30d", 2), ("90d", 2)])
async def test_a_models_page_shows_another_window(renderer: Renderer, window: str, rows: int) -> None:
    shown = await ask(door(renderer, store=Kept()), f"/models/{PAGE.models[1].slug}?window={window}")
    page = read(shown.body)

    assert shown.status == 200
    assert page.one("p", class_="tabs").one("a", aria_current="true").words == window
    assert len(page.find("details", class_="alternative")[1].find("tr")) == 1 + rows


async def test_an_unknown_window_of_a_model_is_refused_and_an_unknown_model_not_found(renderer: Renderer) -> None:
    refused = await ask(door(renderer), f"/models/{PAGE.models[1].slug}?window=1y")
    unknown = await ask(door(renderer), "/models/secret-model?window=7d")

    assert (refused.status, unknown.status) == (400, 404)
    assert "choose one of 24h, 7d, 30d, 90d" in read(refused.body).words
    assert title(unknown) == "Not found"


class Years(Almanac):
    """Knows one day of every year."""

    def __init__(self) -> None:
        """Reads nothing."""

    def this_year(self) -> int:
        return 2026

    async def year(self, year: int, models: Sequence[ModelView]) -> tuple[DaySummary, ...]:
        return (DaySummary(date=f"{year}-05-05", status=Status.MAJOR_OUTAGE, models=tuple(model.key for model in models)),)


async def test_a_year_is_shown_of_one_model_or_of_all(renderer: Renderer) -> None:
    model = PAGE.models[1]
    own = await ask(door(renderer, years=Years()), f"/history?model={model.slug}&year=2025")
    everybody = await ask(door(renderer, years=Years()), "/history?model=&year=2025")
    newest = await ask(door(renderer, years=Years()), "/history?model=")

    assert f"Mon 5 May 2025: Outage: {model.name}" in read(own.body).words
    assert "Mon 5 May 2025: Outage: Kimi K3, Kimi K2.6, Kimi K2 Thinking and 17 more" in read(everybody.body).words
    assert title(newest) == "History 2026"
    assert "Fri 20 Nov 2026" in read(newest.body).words


async def test_a_year_of_an_unknown_model_or_of_nonsense_is_refused(renderer: Renderer) -> None:
    unknown = await ask(door(renderer, years=Years()), "/history?model=secret-model")
    nonsense = await ask(door(renderer, years=Years()), "/history?year=26")
    endless = await ask(door(renderer, years=Years()), f"/history?model={'x' * 5000}")

    assert (unknown.status, nonsense.status, endless.status) == (404, 400, 400)
    assert "year must be a whole number from 2000 to 2999, not '26'." in read(nonsense.body).words
