"""The operator's rooms: who comes in, what is written, and what is said when it is not."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from statuspage.app.answering import application
from statuspage.app.product import Product
from statuspage.domain.access import Role, Scope
from statuspage.domain.subscription import EMAIL, Subscriber
from statuspage.render.rooms.doors import DOORS
from tests.web.asking import ask
from tests.web.backstage import HIDDEN, KEY, OTHER, PASSWORD, Person, alerts, backstage, forms, person

HOUR = "2026-11-19T{:02d}:00"
OPENING = {"title": "Logins", "message": "We **look**.", "impact": "major", "status": "investigating"}


@pytest.fixture
async def product(tmp_path: Path) -> AsyncIterator[Product]:
    async with backstage(tmp_path) as made:
        yield made


@pytest.fixture
async def operator(product: Product) -> Person:
    return await person(product, Role.OPERATOR, "ada")


async def opened(operator: Person) -> str:
    answer = await operator.send("/admin/incidents", **OPENING, model=[KEY, OTHER])
    assert answer.status == 303
    location = answer.header("location")
    assert location is not None
    return location.partition("?")[0]


async def test_a_browser_without_a_session_is_led_to_the_login(product: Product) -> None:
    for path in (*DOORS, "/admin/incidents/none"):
        answer = await ask(application(product), path, accept="text/html")
        assert (answer.status, answer.header("location")) == (303, "/admin/login")


async def test_a_program_without_a_token_gets_a_problem(product: Product) -> None:
    answer = await ask(application(product), "/admin")
    assert (answer.status, answer.json["status"]) == (401, 401)


@pytest.mark.parametrize("role", list(Role))
async def test_everybody_who_is_signed_in_sees_every_room(product: Product, role: Role) -> None:
    somebody = await person(product, role)
    for path in DOORS:
        answer = await somebody.look(path)
        assert answer.status == 200
        assert answer.header("cache-control") == "no-store"
        html = answer.body.decode()
        assert re.search(rf'<a href="{path}" aria-current="page">', html)
        assert "PLANTED" not in html
        if role is Role.VIEWER:
            assert set(forms(html)) == {"/admin/logout"}


async def test_a_viewer_cannot_write_and_is_told_so_on_a_page(product: Product) -> None:
    viewer = await person(product, Role.VIEWER)
    answer = await viewer.send("/admin/incidents", **OPENING)
    assert answer.status == 403
    assert "This needs the scope operate; viewer has read." in answer.body.decode()
    assert await product.desks.incidents.known() == ()


async def test_a_form_that_is_not_ours_is_refused(product: Product, operator: Person) -> None:
    assert (await operator.send_raw("/admin/incidents", csrf="wrong", **OPENING)).status == 403
    assert await product.desks.incidents.known() == ()


async def test_an_incident_goes_from_opening_to_postmortem(product: Product, operator: Person) -> None:
    here = await opened(operator)
    page = await operator.page(f"{here}?done=opened")
    assert "The incident is open." in page
    assert "We <strong>look</strong>." in page
    for status, message in (("identified", "Found."), ("resolved", "Over."), ("postmortem", "A cache.")):
        assert (await operator.send(here, status=status, message=message)).status == 303
    (kept,) = await product.desks.incidents.known()
    assert [(update.status, update.author) for update in kept.updates] == [
        ("postmortem", "ada"),
        ("resolved", "ada"),
        ("identified", "ada"),
        ("investigating", "ada"),
    ]
    assert kept.resolved_at_ms is not None


async def test_title_impact_and_models_are_corrected_without_a_word_in_the_timeline(product: Product, operator: Person) -> None:
    here = await opened(operator)
    assert (await operator.send(f"{here}/head", title="Sign-in", impact="minor", model=[KEY])).status == 303
    (kept,) = await product.desks.incidents.known()
    assert (kept.title, kept.impact, kept.models, len(kept.updates)) == ("Sign-in", "minor", (KEY,), 1)


async def test_the_second_of_two_editors_is_told_and_loses_nothing(product: Product, operator: Person) -> None:
    here = await opened(operator)
    html = await operator.page(here)
    version = re.search(r'name="version" value="(\d+)"', html)
    assert version is not None
    assert (await operator.send(here, status="identified", message="First.", version=version[1])).status == 303
    second = await operator.send(here, status="monitoring", message="Second & mine.", version=version[1])
    html = second.body.decode()
    assert second.status == 409
    assert alerts(html) == ["Somebody else changed this meanwhile. Look at what it is now, then send the form again."]
    assert "Second &amp; mine.</textarea>" in html
    assert '<option value="monitoring" selected>' in html
    again = re.search(r'name="version" value="(\d+)"', html)
    assert again is not None
    assert (await operator.send(here, status="monitoring", message="Second & mine.", version=again[1])).status == 303
    (kept,) = await product.desks.incidents.known()
    assert [update.body for update in kept.updates] == ["Second & mine.", "First.", "We **look**."]


async def test_what_is_wrong_is_said_beside_the_form_that_keeps_what_was_typed(product: Product, operator: Person) -> None:
    answer = await operator.send("/admin/incidents", **{**OPENING, "title": "  ", "message": "Much typed."}, model=[HIDDEN])
    html = answer.body.decode()
    assert answer.status == 400
    assert alerts(html) == ["The title is empty; say in a few words what readers should know."]
    assert "Much typed.</textarea>" in html
    assert f'value="{HIDDEN}" checked' in html
    assert await product.desks.incidents.known() == ()


async def test_an_incident_that_there_is_not_is_a_page_that_says_so(operator: Person) -> None:
    answer = await operator.look("/admin/incidents/none")
    assert answer.status == 404
    assert answer.body.startswith(b"<!doctype html>")


async def test_maintenance_is_announced_and_cancelled(product: Product, operator: Person) -> None:
    form = {"title": "Upgrade", "message": "Short.", "starts_at": HOUR.format(10), "ends_at": HOUR.format(11), "timezone": "UTC"}
    answer = await operator.send("/admin/maintenance", **form, provider=["moonshot"])
    assert (answer.status, answer.header("location")) == (303, "/admin/maintenance?done=planned")
    endless = await operator.send("/admin/maintenance", **form, rrule="FREQ=DAILY", model=[KEY])
    assert endless.header("location") == "/admin/maintenance?done=endless"
    (first, second) = await product.desks.maintenance.known()
    for each in (first, second):
        cancelled = await operator.send(f"/admin/maintenance/{each.maintenance.id}/cancel", version=str(each.version))
        assert cancelled.status == 303
    assert {each.maintenance.status for each in await product.desks.maintenance.known()} == {"cancelled"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31"}, "never fires"),
        ({"ends_at": HOUR.format(9)}, "is not after the start"),
        ({"starts_at": "soon"}, "is no time"),
        ({"starts_at": ""}, "Fill in both"),
        ({"timezone": "Mars/Olympus"}, "is no time zone"),
    ],
)
async def test_maintenance_that_makes_no_sense_is_told_at_entry(operator: Person, change: dict[str, str], said: str) -> None:
    form = {"title": "Upgrade", "message": "Short.", "starts_at": HOUR.format(10), "ends_at": HOUR.format(11), "timezone": "UTC"}
    answer = await operator.send("/admin/maintenance", **{**form, **change})
    assert answer.status == 400
    (wrong,) = alerts(answer.body.decode())
    assert said in wrong


async def test_an_override_is_set_and_cleared(product: Product, operator: Person) -> None:
    form = {"model": KEY, "status": "partial_outage", "use_instead": OTHER, "reason": "We know more.", "until": HOUR.format(23)}
    assert (await operator.send("/admin/overrides", **form)).status == 303
    page = await operator.page("/admin/overrides")
    assert "We know more." in page
    (kept,) = await product.desks.overrides.known()
    assert (kept.key, kept.use_instead, kept.author) == (KEY, OTHER, "ada")
    assert (await operator.send("/admin/overrides/clear", model=KEY)).status == 303
    assert await product.desks.overrides.known() == ()
    (wrong,) = alerts((await operator.send("/admin/overrides/clear", model=KEY)).body.decode())
    assert wrong.startswith(f"There is no override of {KEY}")


async def test_a_channel_that_does_not_take_the_test_says_why_and_keeps_its_secrets(operator: Person) -> None:
    answer = await operator.send("/admin/notifications/test", channel="ops")
    html = answer.body.decode()
    assert answer.status == 400
    (wrong,) = alerts(html)
    assert wrong.startswith("The channel ops did not take the test message:")
    assert "PLANTED" not in html


async def test_a_message_that_was_given_up_on_is_tried_again(product: Product, operator: Person) -> None:
    await opened(operator)
    await product.dispatcher.address()
    line = product.lines[0]
    for _ in range(12):
        pause_s = await product.dispatcher.deliver(line)
        await product.clock.sleep(pause_s or 0.0)
    (dead,) = await product.store.outbox.log(9)
    assert dead.state.value == "dead"
    operator = await person(product, Role.OPERATOR, "bob")  # that took days, and sessions end
    assert "given up" in await operator.page("/admin/notifications")
    assert (await operator.send("/admin/notifications/again", message=dead.notice.id, channel="ops")).status == 303
    (waiting,) = await product.store.outbox.log(9)
    assert (waiting.state.value, waiting.attempts) == ("waiting", 0)
    assert "1 message waits." in await operator.page("/admin")
    assert (await operator.send("/admin/notifications/again", message=dead.notice.id, channel="ops")).status == 400


async def test_subscribers_are_masked_for_viewers_and_forgotten_by_operators(product: Product, operator: Person) -> None:
    kept = Subscriber(id="s1", kind=EMAIL, address="grace@example.com", created_ms=1, confirmed_ms=2)
    await product.store.subscribers.keep(kept)
    viewer = await person(product, Role.VIEWER)
    html = await viewer.page("/admin/subscribers")
    assert "g…@example.com" in html
    assert "grace" not in html
    assert "grace@example.com" in await operator.page("/admin/subscribers")
    assert (await operator.send("/admin/subscribers/forget", subscriber="s1")).status == 303
    assert await product.store.subscribers.all() == ()
    assert (await operator.send("/admin/subscribers/forget", subscriber="s1")).status == 400


async def test_every_write_is_in_the_audit_book(operator: Person) -> None:
    here = await opened(operator)
    await operator.send(here, status="resolved", message="Over.")
    page = await operator.page("/admin/audit?who=ada")
    assert f"<code>{here}</code>" in page
    assert "<code>/admin/incidents</code>" in page
    assert "signed in" in page
    assert "Nothing was written yet." in await operator.page("/admin/audit?who=nobody")


async def test_now_tells_of_private_models_and_of_what_is_under_way(product: Product, operator: Person) -> None:
    await opened(operator)
    page = await operator.page("/admin")
    assert HIDDEN in page
    assert "Logins" in page
    answer = await ask(application(product), "/")
    assert HIDDEN not in answer.body.decode()


async def test_it_speaks_chinese(operator: Person) -> None:
    page = await operator.page("/admin/incidents?lang=zh-CN")
    assert '<html lang="zh-CN"' in page
    assert "开启事件" in page
    assert "Open an incident" not in page


async def test_a_token_reads_and_writes_as_a_program(product: Product) -> None:
    token = await product.access.create_token("robot", Scope.READ)
    door = application(product)
    assert (await ask(door, "/admin/audit", authorization=f"Bearer {token}")).status == 200
    assert (await ask(door, "/admin/incidents", "POST", authorization=f"Bearer {token}")).status == 403


async def test_signing_in_leads_to_the_room_of_now(product: Product, operator: Person) -> None:
    body = f"name=ada&password={PASSWORD.replace(' ', '+')}".encode()
    kind = "application/x-www-form-urlencoded"
    answer = await ask(application(product), "/admin/login", "POST", body, content_type=kind)
    assert (answer.status, answer.header("location")) == (303, "/admin")
