"""Readers subscribe, confirm, hear and leave: a real server, a real mail server, a real receiver."""

import json
import re
from collections.abc import Iterator
from email.header import decode_header, make_header
from email.message import Message as Letter
from pathlib import Path

import httpx
import pytest
from standardwebhooks import Webhook as Verifier

from tests.notify.sink import Sink, sinking
from tests.system.outside import Site, Upstream, command, config, serving, until
from tests.system.test_alerts import Inbox

KEY, OTHER = "moonshot/kimi-k3", "moonshot/kimi-k2.6"


@pytest.fixture
def sink() -> Iterator[Sink]:
    with sinking() as opened:
        yield opened


@pytest.fixture
def site(tmp_path: Path, upstream: Upstream, sink: Sink) -> Iterator[Site]:
    mail = {"url": "env:SMTP_URL", "from": "status@example.com"}
    file = config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3", "kimi-k2.6"]}}, mail=mail)
    with serving(file, env={"SMTP_URL": sink.url}) as opened:
        opened.until_status(KEY, "operational")
        yield opened


def send(site: Site, path: str, **fields: str | list[str]) -> httpx.Response:
    return httpx.post(f"{site.url}{path}", data=fields, trust_env=False)


def link(letter: Letter, place: str) -> str:
    parts = letter.get_payload()
    assert isinstance(parts, list)
    part = parts[0]
    assert isinstance(part, Letter)
    text = part.get_payload(decode=True)
    assert isinstance(text, bytes)
    found = re.search(rf"http\S+(/{place}/\S+)", text.decode())
    assert found is not None, text
    return found[1]


def test_a_reader_subscribes_hears_and_leaves(site: Site, sink: Sink, upstream: Upstream) -> None:
    asked = send(site, "/subscribe", kind="email", address="ada@example.com", model=[KEY], language="zh-CN")
    assert asked.status_code == 200
    assert until(lambda: sink.letters)
    confirm = link(sink.letters[0], "subscribe/confirm")
    assert "确认" in str(sink.letters[0]["Subject"]) or "utf-8" in str(sink.letters[0]["Subject"]).lower()

    assert site.ask(confirm).status_code == 200
    upstream.do(lambda zoo: zoo.play("moonshot/kimi-k2.6", "server_error"))
    site.until_status(OTHER, "major_outage")
    assert send(site, confirm).status_code == 200
    upstream.do(lambda zoo: zoo.play("moonshot/kimi-k3", "server_error"))
    assert until(lambda: len(sink.letters) > 1, within_s=40)
    letter = sink.letters[1]
    subject = str(make_header(decode_header(str(letter["Subject"]))))
    assert subject.endswith("kimi-k3 已停止工作"), "a link that was only looked at confirms nothing"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    leave = str(letter["List-Unsubscribe"]).strip("<> \r\n").removeprefix("http://127.0.0.1:8000")
    assert site.ask(leave).status_code == 200
    listed = json.loads(command("subscribers", "list", "--config", site.folder / "statuspage.yml", "--json").stdout)
    assert [each["address"] for each in listed] == ["ada@example.com"], "a GET unsubscribes nobody"
    one_click = httpx.post(f"{site.url}{leave}", data={"List-Unsubscribe": "One-Click"}, trust_env=False)
    assert (one_click.status_code, one_click.history) == (200, [])
    assert json.loads(command("subscribers", "list", "--config", site.folder / "statuspage.yml", "--json").stdout) == []
    assert site.ask(leave).status_code == 404


def test_the_answer_tells_nobody_who_has_subscribed(site: Site, sink: Sink) -> None:
    first = send(site, "/subscribe", kind="email", address="ada@example.com")
    assert until(lambda: sink.letters)
    send(site, link(sink.letters[0], "subscribe/confirm"))
    again = send(site, "/subscribe", kind="email", address="ada@example.com")
    assert first.text == again.text


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"kind": "email", "address": "nobody"}, "no e-mail address"),
        ({"kind": "email", "address": "a@b.example\r\nBcc: c@d.example"}, "no e-mail address"),
        ({"kind": "email", "address": "a@b.example", "model": "x/y"}, "no model x/y"),
        ({"kind": "webhook", "address": "ftp://x.example/"}, "neither http"),
        ({"kind": "webhook", "address": "http://169.254.169.254/"}, "refused"),
    ],
)
def test_what_is_not_taken_is_said(site: Site, fields: dict[str, str], says: str) -> None:
    answer = send(site, "/subscribe", **fields)
    assert answer.status_code == 400
    assert says in answer.text


def test_another_sites_page_cannot_subscribe_anybody(site: Site, sink: Sink) -> None:
    answer = httpx.post(
        f"{site.url}/subscribe", data={"address": "a@b.example"}, headers={"origin": "https://evil.example"}, trust_env=False
    )
    assert answer.status_code == 400
    assert sink.letters == []


def test_letters_are_not_sent_without_end(site: Site, sink: Sink) -> None:
    answers = [send(site, "/subscribe", kind="email", address="ada@example.com").status_code for _ in range(5)]
    assert answers == [200, 200, 200, 400, 400]
    assert until(lambda: len(sink.letters) == 3)


def test_a_webhook_of_the_public_is_tried_and_signed(site: Site, upstream: Upstream) -> None:
    inbox = Inbox()
    inbox.port = int(upstream.misbehaving(inbox.script).rpartition(":")[2].partition("/")[0])
    answer = send(site, "/subscribe", kind="webhook", address=inbox.url("/public"))
    assert answer.status_code == 200
    secret = re.search(r"whsec_\w+", answer.text)
    assert secret is not None
    (got,) = inbox.got
    Verifier(secret[0]).verify(got.body, got.headers)

    upstream.do(lambda zoo: zoo.play("moonshot/kimi-k3", "server_error"))
    assert until(lambda: ("operational", "major_outage") in inbox.changes() or inbox.changes(), within_s=30)
    for each in inbox.got:
        Verifier(secret[0]).verify(each.body, each.headers)
    refused = send(site, "/subscribe", kind="webhook", address="http://127.0.0.1:9/")
    assert refused.status_code == 400
    assert "did not take the test message" in refused.text
