"""The operator's rooms of models, flags, money and people."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from statuspage.app.answering import application
from statuspage.app.product import Product
from statuspage.domain.access import Role, Scope
from statuspage.domain.sample import Sample, Tokens
from statuspage.domain.words import Fault, ProbeKind
from statuspage.service.by_hand import AGAIN_S
from tests.web.asking import ask
from tests.web.backstage import HIDDEN, KEY, Person, alerts, backstage, person

SLUG = "moonshot-kimi-k3"


@pytest.fixture
async def product(tmp_path: Path) -> AsyncIterator[Product]:
    async with backstage(tmp_path) as made:
        yield made


@pytest.fixture
async def admin(product: Product) -> Person:
    return await person(product, Role.ADMIN, "ada")


async def test_models_are_shown_with_how_they_are_watched_and_keys_by_reference(admin: Person) -> None:
    page = await admin.page("/admin/models")
    assert f"{HIDDEN}, private" in page
    assert "<code>env:MOONSHOT_KEY</code>" in page
    assert "60 a minute" in page
    assert "PLANTED" not in page
    assert "sk-" not in page


async def test_a_model_has_its_newest_probes_with_what_came_back(product: Product, admin: Person) -> None:
    seen = Sample(
        model=KEY,
        at_ms=product.clock.now_ms(),
        probe=ProbeKind.CHAT,
        class_name="unclassified",
        fault=Fault.PROVIDER,
        http_status=418,
        message="It fails in a way we do not know.",
        evidence='{"error": "I am a <teapot>"}',
    )
    product.board.entry(KEY).evidence.appendleft(seen)
    page = await admin.page(f"/admin/models/{SLUG}")
    assert "I am a &lt;teapot&gt;" in page
    assert "418" in page
    assert (await admin.look("/admin/models/none")).status == 404


async def test_a_check_is_asked_for_once_in_ten_seconds(product: Product, admin: Person) -> None:
    path = f"/admin/models/{SLUG}/check"
    assert (await admin.send(path)).header("location") == f"/admin/models/{SLUG}?done=checking"
    again = await admin.send(path)
    assert again.status == 400
    assert alerts(again.body.decode()) == ["This model was checked by hand just now; try again in 10 s."]
    await product.clock.sleep(AGAIN_S)
    assert (await admin.send(path)).status == 303
    assert (await admin.send("/admin/models/none/check")).status == 404


async def test_programs_ask_for_checks_too(product: Product) -> None:
    token = await product.access.create_token("robot", Scope.OPERATE)
    door = application(product)
    said = f"Bearer {token}"
    first = await ask(door, f"/api/v1/models/{SLUG}/check", "POST", authorization=said)
    assert (first.status, first.json["model"]) == (202, KEY)
    second = await ask(door, f"/api/v1/models/{SLUG}/check", "POST", authorization=said)
    assert (second.status, second.header("retry-after")) == (429, "10")
    assert (await ask(door, "/api/v1/models/moonshot-secret-model/check", "POST", authorization=said)).status == 202
    assert (await ask(door, "/api/v1/models/none/check", "POST", authorization=said)).status == 404


async def test_a_flag_is_dealt_and_switched_off(product: Product, admin: Person, tmp_path: Path) -> None:
    assert (await admin.send("/admin/flags", key="new-picker", percent="25")).status == 303
    assert "25 %" in await admin.page("/admin/flags")
    assert (await admin.send("/admin/flags", key="new-picker", state="off")).status == 303
    kept = json.loads((tmp_path / "flags.json").read_text(encoding="utf-8"))["flags"]["new-picker"]
    assert kept["state"] == "DISABLED"
    assert (await admin.send("/admin/flags/one", key="new-picker", state="on")).status == 303
    wrong = await admin.send("/admin/flags/one", key="new-picker", percent="101")
    assert alerts(wrong.body.decode()) == ["percent must be from 0 to 100, not 101."]
    wrong = await admin.send("/admin/flags", key="new-picker", percent="101")
    assert alerts(wrong.body.decode()) == ["percent must be from 0 to 100, not 101."]
    (tmp_path / "flags.json").write_text("{", encoding="utf-8")
    product.flagging.flags.look()
    page = await admin.page("/admin/flags")
    assert "the file of flags cannot be used, and the flags stay as they were" in page
    assert "new-picker" in page
    assert 'action="/admin/flags' not in page  # nobody's broken work is replaced


async def test_the_month_is_told_by_cap_and_by_model(product: Product, admin: Person) -> None:
    sample = Sample(
        model=KEY,
        at_ms=product.clock.now_ms(),
        probe=ProbeKind.CHAT,
        class_name="ok",
        fault=Fault.NONE,
        tokens=Tokens(input=20, output=10),
        cost_usd=0.25,
    )
    await product.bookkeeper.enter(sample)
    page = await admin.page("/admin/budget")
    assert "This month so far: $0.25." in page
    assert "$25.00" in page
    assert KEY in page


async def test_a_token_is_shown_once_and_revoked(product: Product, admin: Person) -> None:
    made = await admin.send("/admin/people/tokens", name="grafana", scope="read")
    html = made.body.decode()
    found = re.search(r"<code>(sp_[\w-]+)</code>", html)
    assert made.status == 200
    assert made.header("cache-control") == "no-store"
    assert found is not None
    assert product.access.by_token(found[1]) is not None
    assert found[1] not in await admin.page("/admin/people")
    assert found[1] not in await admin.page("/admin/audit")
    taken = await admin.send("/admin/people/tokens", name="grafana", scope="read")
    assert alerts(taken.body.decode()) == ["There is a token 'grafana' already: revoke it or take another name."]
    assert (await admin.send("/admin/people/revoke", name="grafana")).status == 303
    assert product.access.by_token(found[1]) is None


async def test_people_come_change_and_go_but_the_last_admin_stays(product: Product, admin: Person) -> None:
    form = {"name": "bob", "role": "viewer", "password": "another long password"}
    assert (await admin.send("/admin/people/users", **form)).status == 303
    assert await product.access.sign_in("bob", form["password"], "here") is not None
    assert (await admin.send("/admin/people/role", name="bob", role="operator")).status == 303
    assert (await admin.send("/admin/people/password", name="bob", password="a third long password")).status == 303
    assert await product.access.sign_in("bob", form["password"], "there") is None
    assert [(user.name, user.role) for user in product.access.users()] == [("ada", Role.ADMIN), ("bob", Role.OPERATOR)]
    for path, more in (("role", {"role": "viewer"}), ("remove", {})):
        last = await admin.send(f"/admin/people/{path}", name="ada", **more)
        assert alerts(last.body.decode()) == ["'ada' is the last admin: make another one first."]
    assert (await admin.send("/admin/people/remove", name="bob")).status == 303
    assert [user.name for user in product.access.users()] == ["ada"]


async def test_a_password_that_is_too_short_is_told_and_not_shown(admin: Person) -> None:
    answer = await admin.send("/admin/people/users", name="bob", role="viewer", password="PLANTED-1")
    html = answer.body.decode()
    assert alerts(html) == ["The password is too short: take at least 12 characters."]
    assert 'value="bob"' in html
    assert "PLANTED" not in html


async def test_operators_may_not_manage_people(product: Product) -> None:
    operator = await person(product, Role.OPERATOR, "olga")
    page = await operator.page("/admin/people")
    assert "/admin/people/" not in page
    assert (await operator.send("/admin/people/tokens", name="mine", scope="admin")).status == 403
    assert product.access.tokens() == ()
