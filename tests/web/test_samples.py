"""`POST /api/v1/samples`: who may tell of calls, what becomes of them, and what they never change."""

from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import msgspec
import pytest

from statuspage.app.answering import application
from statuspage.app.product import Product
from statuspage.domain.access import Role, Scope
from statuspage.domain.passive import MOST_CALLS
from statuspage.domain.report import cost_report
from statuspage.domain.words import Kind
from statuspage.web.gate import COOKIE
from tests.service.world import START_MS, HandClock
from tests.web.asking import Answer, ask
from tests.web.backstage import CONFIG, HIDDEN, KEY, backstage, person

TOLD = {"id": "c1", "model": KEY, "age_ms": 2_000, "class": "engine_overloaded", "http_status": 429, "total_ms": 80}
PASSIVE = "passive: {accept: true, tokens: [shop], per_minute: 600}\n"
DAY_MS = 86_400_000


class Programs:
    """The product, and programs with tokens."""

    def __init__(self, product: Product) -> None:
        self.product = product
        self.door = application(product)
        self.tokens: dict[str, str] = {}

    async def tell(self, *calls: object, name: str = "worker", scope: Scope = Scope.OPERATE) -> Answer:
        return await self.send({"calls": calls}, name, scope)

    async def send(self, body: object, name: str = "worker", scope: Scope = Scope.OPERATE) -> Answer:
        if name not in self.tokens:
            self.tokens[name] = await self.product.access.create_token(name, scope)
        sent = msgspec.json.encode(body)
        return await ask(self.door, "/api/v1/samples", "POST", sent, authorization=f"Bearer {self.tokens[name]}")

    async def kept(self) -> list[Kind]:
        return [each.sample.kind for each in await self.product.store.samples(KEY, 0, START_MS + DAY_MS, 100)]


@pytest.fixture
async def programs(tmp_path: Path) -> AsyncIterator[Programs]:
    async with backstage(tmp_path, CONFIG + PASSIVE) as product:
        yield Programs(product)


async def test_a_call_becomes_a_passive_sample_that_readers_can_tell(programs: Programs) -> None:
    answer = await programs.tell(TOLD)
    assert (answer.status, answer.json) == (200, {"accepted": 1, "repeated": 0, "unknown": []})
    shown = (await ask(programs.door, "/api/v1/models/moonshot-kimi-k3/samples")).json["samples"]
    assert [(each["kind"], each["class"], each["fault"], each["vantage"]) for each in shown] == [
        ("passive", "engine_overloaded", "provider", "programs")
    ]
    assert (shown[0]["tokens"], shown[0]["cost_usd"]) == ({"input": None, "output": None, "reasoning": None}, None)


async def test_a_batch_that_is_sent_again_counts_once(programs: Programs) -> None:
    await programs.tell(TOLD)
    again = await programs.tell({**TOLD, "age_ms": 9_000}, {**TOLD, "id": "c2"}, {**TOLD, "id": "c2"})
    assert again.json == {"accepted": 1, "repeated": 2, "unknown": []}
    assert await programs.kept() == [Kind.PASSIVE] * 2
    of_another = await programs.tell(TOLD, name="other")
    assert of_another.json["accepted"] == 1, "ids are a program's own"


async def test_calls_change_no_status_and_no_figure(programs: Programs) -> None:
    before = (await ask(programs.door, "/api/v1/models")).body
    entry = programs.product.board.entry(KEY)
    state = entry.state
    await programs.tell(*({**TOLD, "id": f"c{number}"} for number in range(60)))
    await programs.product.shelf.refresh()
    assert (await ask(programs.door, "/api/v1/models")).body == before
    assert (entry.state, entry.hour, entry.day, list(entry.evidence)) == (state, None, None, [])
    assert programs.product.budget.of(KEY) is None


async def test_the_ledger_says_who_told_and_probing_costs_nothing_more(programs: Programs) -> None:
    await programs.tell({**TOLD, "class": "ok", "http_status": 200, "tokens": {"input": 1000, "output": 100}, "cost_usd": 0.5})
    lines = await programs.product.store.spendings(START_MS - DAY_MS, START_MS + DAY_MS)
    assert [(line.subject, line.who, line.kind) for line in lines] == [(KEY, "worker", Kind.PASSIVE)]
    report = cost_report(lines, START_MS - DAY_MS, START_MS + DAY_MS)
    assert (report.total.probes, report.total.cost_usd, report.costs) == (0, 0.0, ())
    assert (report.programs["worker"].probes, report.programs["worker"].cost_usd) == (1, 0.5)


async def test_unknown_and_private_models_answer_alike(programs: Programs) -> None:
    answers = [await programs.tell({**TOLD, "model": key}) for key in (HIDDEN, "moonshot/no-such-model")]
    assert [(each.status, each.json["accepted"]) for each in answers] == [(200, 0)] * 2
    assert [each.json["unknown"] for each in answers] == [[HIDDEN], ["moonshot/no-such-model"]]
    assert await programs.product.store.samples(HIDDEN, 0, START_MS + DAY_MS, 10) == ()


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"calls": [TOLD, {**TOLD, "id": "c2", "class": "overloaded"}]}, "calls[1].class is no class that a call can meet"),
        ({"calls": [{**TOLD, "fault": "provider"}]}, "unknown field `fault` - at `$.calls[0]`"),
        ({"calls": [{**TOLD, "prompt": "secret"}]}, "unknown field `prompt`"),
        ({"calls": [{**TOLD, "age_ms": 10**12}]}, "calls[0].age_ms must be from 0 to"),
        ({"calls": [{**TOLD, "age_ms": "2s"}]}, "Expected `int`, got `str` - at `$.calls[0].age_ms`"),
        ({"calls": [{**TOLD, "http_status": 200, "class": "ok", "total_ms": -1}]}, "calls[0].total_ms must be from 0"),
        ({"calls": [TOLD] * (MOST_CALLS + 1)}, f"calls has {MOST_CALLS + 1} entries; at most {MOST_CALLS}"),
        ({}, "missing required field `calls`"),
        ([], "Expected `object`"),
    ],
)
async def test_a_batch_that_cannot_be_used_is_refused_whole_and_names_the_place(
    programs: Programs, body: object, sentence: str
) -> None:
    refused = await programs.send(body)
    assert (refused.status, refused.header("content-type")) == (400, "application/problem+json")
    assert sentence in refused.json["detail"]
    assert await programs.kept() == []


async def test_a_token_needs_operate_unless_the_configuration_names_it(programs: Programs) -> None:
    assert (await ask(programs.door, "/api/v1/samples", "POST", b"{}")).status == 401
    assert (await programs.tell(TOLD, name="viewer", scope=Scope.READ)).status == 403
    assert (await programs.tell(TOLD, name="shop", scope=Scope.READ)).status == 200
    opening = await ask(programs.door, "/api/v1/incidents", "POST", b"{}", authorization=f"Bearer {programs.tokens['shop']}")
    assert opening.status == 403, "it may tell, and nothing else"


async def test_a_person_who_is_called_like_a_token_may_not_tell(programs: Programs) -> None:
    await programs.product.access.add_user("shop", Role.VIEWER, "a long enough password")
    cookie = await programs.product.access.sign_in("shop", "a long enough password", "here")
    answer = await ask(programs.door, "/api/v1/samples", "POST", b"{}", cookie=f"{COOKIE}={cookie}")
    assert answer.status == 403


async def test_more_calls_than_a_minute_takes_come_later(programs: Programs) -> None:
    many = [{**TOLD, "id": f"c{number}"} for number in range(400)]
    assert (await programs.tell(*many)).status == 200
    refused = await programs.tell(*({**each, "id": f"d{each['id']}"} for each in many))
    assert (refused.status, refused.header("retry-after"), refused.json["title"]) == (429, "20", "Too many requests")
    assert len(await programs.product.store.samples(KEY, 0, START_MS + DAY_MS, 1000)) == 400
    clock = programs.product.clock
    assert isinstance(clock, HandClock)
    clock.elapsed_s += 20
    assert (await programs.tell(*({**each, "id": f"d{each['id']}"} for each in many))).status == 200


async def test_it_takes_nothing_unless_the_configuration_says_so(tmp_path: Path) -> None:
    async with backstage(tmp_path) as product:
        refused = await Programs(product).tell(TOLD)
        assert refused.status == 403
        assert "passive.accept" in refused.json["detail"]


async def test_what_was_told_is_not_shown_once_it_is_no_longer_wanted(programs: Programs, tmp_path: Path) -> None:
    await programs.tell(TOLD)
    async with backstage(tmp_path, store=programs.product.store) as product:
        assert product.board.entry(KEY).told == {}


async def test_the_audit_book_is_not_filled_by_programs(programs: Programs) -> None:
    await programs.tell(TOLD)
    assert all(entry.subject != "/api/v1/samples" for entry in await programs.product.store.access.audited(10))


async def test_the_models_page_says_what_programs_report_beside_what_was_measured(programs: Programs) -> None:
    good = [{**TOLD, "id": f"g{number}", "class": "ok", "http_status": 200} for number in range(7)]
    ours = {**TOLD, "id": "q", "class": "quota_exhausted", "http_status": 429}
    await programs.tell(*good, TOLD, ours)
    await programs.tell(*good)
    await programs.product.shelf.refresh()
    document = (await ask(programs.door, "/api/v1/models/moonshot-kimi-k3")).json
    assert document["programs"] == {
        "calls": 9,
        "judged": 8,
        "answered": 7,
        "classes": {"ok": 7, "engine_overloaded": 1, "quota_exhausted": 1},
    }
    page = (await ask(programs.door, "/models/moonshot-kimi-k3", accept="text/html")).body.decode()
    assert "What programs report" in page
    assert "Of 8 that say something of the vendor 7 were answered." in page
    assert "the program's account" in unescape(page)
    other = (await ask(programs.door, "/models/moonshot-kimi-k2.6", accept="text/html")).body.decode()
    assert "What programs report" not in other


async def test_what_was_told_outlives_a_restart_and_is_forgotten_after_a_day(programs: Programs) -> None:
    await programs.tell(TOLD)
    entry = programs.product.board.entry(KEY)
    entry.told = {}
    await programs.product.hearsay.load()
    clock = programs.product.clock
    assert isinstance(clock, HandClock)
    assert programs.product.board.model(KEY, clock.now_ms()).programs is not None
    clock.elapsed_s += 26 * 3600
    await programs.tell({**TOLD, "id": "later", "class": "ok", "http_status": 200})
    assert [list(classes) for classes in entry.told.values()] == [["ok"]]


async def test_operators_see_which_program_told_of_what(programs: Programs) -> None:
    await programs.tell({**TOLD, "tokens": {"input": 1000, "output": 100}, "cost_usd": 0.5}, name="shop", scope=Scope.READ)
    page = await (await person(programs.product, Role.OPERATOR)).page("/admin/budget")
    told = page.partition("What programs told of")[2]
    assert "shop" in told
    assert "$0.50" in told
    assert "This month so far: $0.00" in page
