"""Every kind of channel against a real receiver on loopback."""

import asyncio
import json
import time

import msgspec
import pytest
from standardwebhooks import Webhook as Verifier

from statuspage.domain.delivering import Outcome
from statuspage.domain.notice import INCIDENT_RESOLVED, STATUS_CHANGED, Audience, Notice, Severity
from statuspage.domain.secret import Secret
from statuspage.notify.apprise import Apprise
from statuspage.notify.discord import Discord
from statuspage.notify.encodings.registry import ENCODINGS
from statuspage.notify.message import Endpoint, Message, compose
from statuspage.notify.pagerduty import PagerDuty
from statuspage.notify.registry import CHANNEL_KINDS, kind_of
from statuspage.notify.slack import Slack
from statuspage.notify.webhook import Webhook
from statuspage.outbound.client import Outbound
from tests.notify.receiver import receiving
from tests.wire import response, serving

KEY = "whsec_" + "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0"
DATA = {"key": "zoo/a", "old_status": "operational", "status": "major_outage", "slug": "zoo-a", "name": "A <b>", "since": None}


def notice(kind: str = STATUS_CHANGED, severity: Severity = Severity.FAILURE, incident: str | None = "i1") -> Notice:
    return Notice(
        id="msg_1",
        kind=kind,
        at_ms=1_795_000_000_000,
        audience=Audience.PUBLIC,
        severity=severity,
        subject="zoo/a",
        title="A <b> has STOPPED working",
        body="A is overloaded: 4 of 5 requests were refused.",
        group="zoo",
        incident=incident,
        url="http://page.example/models/zoo-a",
        data=msgspec.Raw(json.dumps(DATA).encode()),
    )


def endpoint(kind: str, url: str, secret: Secret | None = None, routing_key: Secret | None = None) -> Endpoint:
    return Endpoint(
        name="hook",
        kind=kind,
        url=Secret(url),
        secret=secret,
        routing_key=routing_key,
        allow_private=True,
        site_title="Zoo",
        site_url="http://page.example",
    )


def outbound() -> Outbound:
    return Outbound(monotonic_s=time.monotonic)


def now_ms() -> int:
    return time.time_ns() // 1_000_000


async def test_a_webhook_is_signed_so_that_the_standard_library_verifies_it() -> None:
    async with receiving() as receiver:
        hook = Webhook(endpoint("webhook", receiver.url("/hook"), secret=Secret(KEY)), outbound(), now_ms)
        assert await hook.send(compose([notice()])) == Outcome()

    (got,) = receiver.got
    assert (got.method, got.path) == ("POST", "/hook")
    body = Verifier(KEY).verify(got.body, got.headers)
    assert body["type"] == "component.status_changed"
    assert body["data"] == DATA
    assert got.headers["webhook-id"] == "msg_1"


async def test_a_secret_of_any_form_signs() -> None:
    async with receiving() as receiver:
        hook = Webhook(endpoint("webhook", receiver.url(), secret=Secret("plain words, 1")), outbound(), now_ms)
        await hook.send(compose([notice()]))
    assert receiver.got[0].headers["webhook-signature"].startswith("v1,")


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (204, Outcome()),
        (302, Outcome(error="HTTP 302: redirects are not followed; configure the address it leads to")),
        (410, Outcome(error="HTTP 410: the receiver is gone for good", gone=True)),
        (500, Outcome(error="HTTP 500")),
    ],
)
async def test_what_the_receivers_answer_means(status: int, expected: Outcome) -> None:
    async with receiving() as receiver:
        receiver.answers = [response(status, "", location=receiver.url("/elsewhere"))]
        hook = Webhook(endpoint("webhook", receiver.url()), outbound(), now_ms)
        assert await hook.send(compose([notice()])) == expected
    assert len(receiver.got) == 1


async def test_a_receiver_may_name_its_pause() -> None:
    async with receiving() as receiver:
        receiver.answers = [response(429, "", **{"retry-after": "120"})]
        outcome = await Webhook(endpoint("webhook", receiver.url()), outbound(), now_ms).send(compose([notice()]))
    assert outcome.retry_after_s == 120


async def test_a_private_address_is_refused_with_the_reason() -> None:
    async with receiving() as receiver:
        closed = msgspec.structs.replace(endpoint("webhook", receiver.url()), allow_private=False)
        outcome = await Webhook(closed, outbound(), now_ms).send(compose([notice()]))
    assert outcome.error is not None
    assert "loopback" in outcome.error
    assert receiver.got == []


@pytest.mark.parametrize("name", ENCODINGS)
def test_every_encoding_tells_of_a_change_and_of_an_incident(name: str) -> None:
    for made in (notice(), notice(INCIDENT_RESOLVED, Severity.SUCCESS)):
        body = json.loads(ENCODINGS[name](made, endpoint("webhook", "http://x/")).body)
        assert "A <b>" in json.dumps(body)


def test_the_shapes_of_other_peoples_receivers() -> None:
    made, to = notice(), endpoint("webhook", "http://x/")
    event = json.loads(ENCODINGS["cloudevents"](made, to).body)
    assert (event["specversion"], event["id"], event["source"]) == ("1.0", "msg_1", "http://page.example")
    alerts = json.loads(ENCODINGS["alertmanager"](made, to).body)
    assert (alerts["version"], alerts["status"], alerts["alerts"][0]["labels"]["severity"]) == ("4", "firing", "critical")
    up = json.loads(ENCODINGS["alertmanager"](notice(severity=Severity.SUCCESS), to).body)
    assert (up["status"], up["alerts"][0]["fingerprint"]) == ("resolved", alerts["alerts"][0]["fingerprint"])


async def test_pagerduty_triggers_and_resolves_under_one_key() -> None:
    async with receiving() as receiver:
        sender = PagerDuty(endpoint("pagerduty", receiver.url("/v2/enqueue"), routing_key=Secret("R1")), outbound())
        await sender.send(compose([notice("incident.created")]))
        await sender.send(compose([notice(INCIDENT_RESOLVED, Severity.SUCCESS)]))
    first, last = (json.loads(got.body) for got in receiver.got)
    assert (first["event_action"], last["event_action"]) == ("trigger", "resolve")
    assert first["dedup_key"] == last["dedup_key"] == "statuspage:http://page.example:i1"
    assert (first["routing_key"], first["payload"]["severity"]) == ("R1", "critical")


async def test_discord_edits_its_message_and_writes_a_new_one_when_that_is_gone() -> None:
    async with receiving() as receiver:
        receiver.answers = [
            response(200, {"id": "m1"}),
            response(200, {"id": "m1"}),
            response(404, ""),
            response(200, {"id": "m2"}),
        ]
        sender = Discord(endpoint("apprise", "discord://12/token"), outbound(), receiver.url("/api/webhooks"))
        first = await sender.send(compose([notice()]))
        assert first.remote == "m1"
        assert (await sender.send(compose([notice()], "m1"))).remote == "m1"
        assert (await sender.send(compose([notice()], "m1"))).remote == "m2"
    asked = [(got.method, got.path) for got in receiver.got]
    assert asked == [
        ("POST", "/api/webhooks/12/token?wait=true"),
        ("PATCH", "/api/webhooks/12/token/messages/m1"),
        ("PATCH", "/api/webhooks/12/token/messages/m1"),
        ("POST", "/api/webhooks/12/token?wait=true"),
    ]
    assert json.loads(receiver.got[0].body)["allowed_mentions"] == {"parse": []}


async def test_slack_edits_its_message_and_escapes() -> None:
    async with receiving() as receiver:
        receiver.answers = [response(200, {"ok": True, "ts": "1.2", "channel": "C1"}), response(200, {"ok": False, "error": "x"})]
        sender = Slack(endpoint("apprise", "slack://xoxb-1/%23ops"), outbound(), receiver.url())
        first = await sender.send(compose([notice()]))
        second = await sender.send(compose([notice()], first.remote))
    assert first.remote == "C1 1.2"
    assert second.error == "Slack says x"
    posted, edited = (json.loads(got.body) for got in receiver.got)
    assert (posted["channel"], edited["channel"], edited["ts"]) == ("#ops", "C1", "1.2")
    assert "&lt;b&gt;" in posted["text"]


async def test_apprise_reaches_a_service_it_knows_and_refuses_this_machine() -> None:
    async with receiving() as receiver:
        sent = await Apprise(endpoint("apprise", f"json://127.0.0.1:{receiver.port}/in")).send(compose([notice()]))
        assert sent == Outcome()
        receiver.answers = [response(500, "")]
        failed = await Apprise(endpoint("apprise", f"json://127.0.0.1:{receiver.port}/in")).send(compose([notice()]))
    assert json.loads(receiver.got[0].body)["type"] == "failure"
    assert failed.error is not None
    for url in ("syslog://", "file:///tmp/x", "nonsense://x"):
        assert (await Apprise(endpoint("apprise", url)).send(compose([notice()]))).gone


def test_a_message_of_several_says_how_many_and_how_bad_it_is_now() -> None:
    other = msgspec.structs.replace(notice(), id="msg_2", subject="zoo/b", title="B has STOPPED working")
    up = msgspec.structs.replace(other, id="msg_3", title="B is WORKING again", severity=Severity.SUCCESS)
    message: Message = compose([notice(), other, up])
    assert message.severity is Severity.FAILURE
    assert "2" in message.title
    assert message.body.count("•") == 3
    assert compose([other, up]).severity is Severity.SUCCESS


@pytest.mark.parametrize(
    ("kind", "url", "expected"),
    [
        ("apprise", "discord://1/t", "discord"),
        ("apprise", "slack://xoxb-1/#ops", "slack"),
        ("apprise", "slack://A/B/C/#ops", "apprise"),
        ("webhook", "https://x/", "webhook"),
    ],
)
def test_which_sender_stands_behind_an_address(kind: str, url: str, expected: str) -> None:
    assert kind_of(endpoint(kind, url)) is CHANNEL_KINDS[expected]


def test_no_message_shows_a_secret() -> None:
    assert "xoxb" not in repr(endpoint("apprise", "slack://xoxb-1/#ops"))


async def test_a_receiver_that_hangs_up_is_an_outcome() -> None:
    async def closing(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        return

    async with serving(closing) as port:
        outcome = await Webhook(endpoint("webhook", f"http://127.0.0.1:{port}/"), outbound(), now_ms).send(compose([notice()]))
    assert outcome.error
