"""Alerts seen from outside: a real server, a real receiver, a vendor that dies and comes back."""

import json
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook as Verifier

from tests.notify.receiver import Receiver
from tests.system.outside import Upstream, command, config, serving, until
from tests.wire import response

KEY = "moonshot/kimi-k3"
SECRET = "whsec_" + "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0"
CHANGED = "component.status_changed"


class Inbox(Receiver):
    """A receiver on the upstream's loop."""

    def bodies(self, kind: str = CHANGED, path: str = "/public") -> list[dict[str, Any]]:
        found = [json.loads(got.body) for got in self.got if got.path == path]
        return [body for body in found if body["type"] == kind]

    def changes(self, path: str = "/public") -> list[tuple[str, str]]:
        return [(body["data"]["old_status"], body["data"]["status"]) for body in self.bodies(path=path)]


@pytest.fixture
def inbox(upstream: Upstream) -> Inbox:
    made = Inbox()
    url = upstream.misbehaving(made.script)
    made.port = int(url.rpartition(":")[2].partition("/")[0])
    return made


def channels(inbox: Inbox) -> list[dict[str, str]]:
    return [
        {"name": "hook", "kind": "webhook", "url": inbox.url("/public"), "secret": "env:HOOK", "audience": "public"},
        {"name": "ops", "kind": "webhook", "url": inbox.url("/ops"), "audience": "operator"},
    ]


def test_both_directions_are_told_once_and_signed(
    tmp_path: Path, upstream: Upstream, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOOK", SECRET)
    file = config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3"]}}, notify=channels(inbox))
    with serving(file) as site:
        site.until_status(KEY, "operational")
        inbox.answers = [response(500, ""), response(500, "")]
        upstream.do(lambda zoo: zoo.cut("moonshot"))
        assert until(lambda: all(len(inbox.changes(path)) > 1 for path in ("/public", "/ops")), within_s=30)
        upstream.do(lambda zoo: zoo.restore())
        assert until(lambda: ("major_outage", "operational") in inbox.changes(), within_s=30)

    told = inbox.changes()
    assert set(told) <= {
        ("operational", "partial_outage"),
        ("operational", "major_outage"),
        ("partial_outage", "major_outage"),
        ("major_outage", "operational"),
        ("major_outage", "partial_outage"),
        ("major_outage", "degraded_performance"),
        ("degraded_performance", "operational"),
        ("partial_outage", "operational"),
    }
    ids: dict[str, set[bytes]] = {}
    for got in inbox.got:
        if got.path == "/public":
            ids.setdefault(got.headers["webhook-id"], set()).add(got.body)
            Verifier(SECRET).verify(got.body, got.headers)
    assert all(len(bodies) == 1 for bodies in ids.values()), "the same id, the same body"
    down = inbox.bodies()[0]["data"]
    assert down["key"] == KEY
    assert down["slug"] == "moonshot-kimi-k3"
    assert down["reason"]


def test_an_empty_account_is_the_operators_alone(tmp_path: Path, upstream: Upstream, inbox: Inbox) -> None:
    file = config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3"]}}, notify=channels(inbox))
    with serving(file) as site:
        site.until_status(KEY, "operational")
        upstream.do(lambda zoo: zoo.play("moonshot/kimi-k3", "quota_exhausted"))
        site.until_status(KEY, "no_data")
        assert until(lambda: any("account" in str(body["data"].get("kind")) for body in inbox.bodies("operator.event", "/ops")))
    assert [got.path for got in inbox.got if got.path == "/public"] == []
    sentences = [body["data"]["sentence"] for body in inbox.bodies("operator.event", "/ops")]
    assert any("Top up" in sentence for sentence in sentences)


def test_what_was_not_delivered_before_a_crash_is_delivered_after_it(tmp_path: Path, upstream: Upstream, inbox: Inbox) -> None:
    file = config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3"]}}, notify=channels(inbox))
    with serving(file) as site:
        site.until_status(KEY, "operational")
        inbox.answers = [response(500, "")] * 50
        upstream.do(lambda zoo: zoo.cut("moonshot"))
        assert until(lambda: inbox.changes() and inbox.changes("/ops"))
        site.process.kill()
        site.process.wait()
    before = {got.headers["webhook-id"] for got in inbox.got if got.path == "/public"}
    inbox.answers.clear()
    inbox.got.clear()
    with serving(file):
        assert until(inbox.changes, within_s=30)
    assert before & {got.headers["webhook-id"] for got in inbox.got}


def test_a_channel_can_be_tried(tmp_path: Path, upstream: Upstream, inbox: Inbox) -> None:
    file = config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3"]}}, notify=channels(inbox))
    asked = command("notify", "test", "hook", "--config", file, "--json", env={"HOOK": SECRET})
    assert (asked.returncode, json.loads(asked.stdout)) == (0, {"channel": "hook", "delivered": True, "error": None})
    assert inbox.bodies("webhook.test")

    unknown = command("notify", "test", "nobody", "--config", file)
    assert unknown.returncode == 2
    assert "hook, ops" in unknown.stderr

    log = command("notify", "log", "--config", file, "--json")
    assert (log.returncode, log.stdout) == (0, "")
