"""Feeds and the calendar: what strict readers make of them."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import feedparser
import icalendar
import msgspec
import pytest

from statuspage.domain.plan import Plan, as_read
from statuspage.domain.view import PageView
from statuspage.render.atom import history_atom, model_atom
from statuspage.render.calendar import maintenance_ics
from statuspage.render.feed_entries import Entry, entries, made_of
from statuspage.render.json_feed import json_feed
from statuspage.render.markdown import rendered
from statuspage.render.rss import history_rss
from tests.render.people import HOUR_MS, WEEKLY, eventful, update
from tests.render.world import NOW_MS, page

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize("make", [history_atom, history_rss])
def test_a_strict_reader_finds_every_entry(make: object) -> None:
    body = (history_atom if make is history_atom else history_rss)(eventful())
    read = feedparser.parse(body)
    assert read.bozo == 0
    assert read.feed.title == "Kimi model status: history"
    assert len(read.entries) == 6
    assert len({entry.id for entry in read.entries}) == 6
    assert all(entry.link.startswith("https://status.example/incidents") for entry in read.entries)


def test_atom_has_what_the_rfc_demands() -> None:
    root = ET.fromstring(history_atom(eventful()))
    for element in (root, *root.iter(f"{ATOM}entry")):
        assert all(element.find(f"{ATOM}{name}") is not None for name in ("id", "title", "updated"))
    assert {link.get("rel") for link in root.findall(f"{ATOM}link")} == {"self", "alternate"}
    updated = [each.findtext(f"{ATOM}updated") or "" for each in root.iter(f"{ATOM}entry")]
    assert updated == sorted(updated, reverse=True)
    assert root.findtext(f"{ATOM}updated") == updated[0]
    assert root.findtext(f"{ATOM}id") == "tag:status.example,2005:/history"


def test_an_entry_carries_every_update_the_newest_first_and_no_harm() -> None:
    (entry,) = [each for each in entries(eventful()) if each.id == "tag:status.example,2005:Incident/inc1"]
    assert entry.html.index("Monitoring") < entry.html.index("Investigating")
    assert "<br><strong>Monitoring</strong> - <strong>Better</strong>" in entry.html
    assert "<script" not in entry.html
    assert "href" not in entry.html
    assert "\x00" not in entry.title


def test_a_models_feed_tells_of_it_alone() -> None:
    made = eventful()
    k26 = next(model for model in made.models if model.key == "moonshot/kimi-k2.6")
    read = feedparser.parse(model_atom(made, k26))
    assert [entry.title for entry in read.entries] == ["Kimi was away"]
    assert read.bozo == 0


def test_an_empty_feed_is_valid_and_does_not_tick() -> None:
    early, late = page(2, well=True), msgspec.structs.replace(page(2, well=True), generated_at_ms=NOW_MS + 1)
    assert history_atom(early) == history_atom(late)
    assert feedparser.parse(history_atom(early)).bozo == 0
    assert made_of(early) == made_of(late)


def test_the_json_feed_says_the_same() -> None:
    made = eventful()
    feed = json.loads(json_feed(made))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["id"] for item in feed["items"]] == [entry.id for entry in entries(made)]
    assert all(item["content_html"] for item in feed["items"])


def test_the_calendar_names_every_maintenance() -> None:
    made = eventful()
    body = maintenance_ics(made)
    calendar = icalendar.Calendar.from_ical(body)
    found: list[Any] = calendar.walk("VEVENT")
    events = {str(event["UID"]).partition("@")[0]: event for event in found}
    assert set(events) == {"mnt1", "mnt2", "mnt3", "mnt4"}
    assert events["mnt3"]["STATUS"] == "CANCELLED"
    assert events["mnt2"]["RRULE"]["FREQ"] == ["WEEKLY"]
    assert events["mnt2"]["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]
    assert not calendar.errors
    assert b"\r\n" in body
    assert max(map(len, body.split(b"\r\n"))) <= 75
    assert body == maintenance_ics(msgspec.structs.replace(made, generated_at_ms=NOW_MS + 1))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*a* `b`", "<p><em>a</em> <code>b</code></p>"),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"),
        ("[a](https://x.example/)", '<p><a href="https://x.example/" rel="noopener noreferrer nofollow">a</a></p>'),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"),
    ],
)
def test_what_people_write_can_do_no_harm(text: str, html: str) -> None:
    assert rendered(text) == html


def test_a_rule_in_the_calendar_counts_from_its_first_window() -> None:
    first_ms = WEEKLY.starts_at_ms - 7 * 24 * HOUR_MS
    repeating = msgspec.structs.replace(WEEKLY, repeats_from_ms=first_ms, rrule="FREQ=WEEKLY;COUNT=3")
    calendar = icalendar.Calendar.from_ical(maintenance_ics(msgspec.structs.replace(page(), maintenances=(repeating,))))
    event: Any = calendar.walk("VEVENT")[0]
    assert round(event.decoded("dtstart").timestamp() * 1000) == first_ms // 1000 * 1000
    assert (event.decoded("dtend") - event.decoded("dtstart")).total_seconds() == 3600


def test_the_windows_of_a_rule_come_and_go_without_a_trace() -> None:
    plan = Plan(
        id="plan",
        title="Every day",
        starts_at_ms=NOW_MS,
        ends_at_ms=NOW_MS + HOUR_MS,
        rrule="FREQ=DAILY",
        updates=(update(1, "scheduled", of="plan"),),
        cut={NOW_MS + 24 * HOUR_MS: NOW_MS + 24 * HOUR_MS + 60_000},
        version=3,
    )

    def read_at(at_ms: int) -> tuple[bytes, list[Entry]]:
        made = msgspec.structs.replace(page(1, well=True), maintenances=(as_read(plan, (), at_ms),))
        return maintenance_ics(made), entries(made)

    body, found = read_at(NOW_MS - 1)
    assert b"SEQUENCE:3\r\n" in body
    assert b"X-PUBLISHED-TTL:PT1H\r\n" in body
    assert "FREQ=DAILY (UTC)" in found[0].html
    for hours in (0, 2, 24, 25, 240):
        assert read_at(NOW_MS + hours * HOUR_MS) == (body, found)


def test_atom_keeps_the_rules_that_w3cs_validator_adds() -> None:
    root = ET.fromstring(history_atom(eventful()))
    made = root.findall(f"{ATOM}entry")
    for element in (root, *made):
        assert [child.tag for child in element].count(f"{ATOM}id") == 1
        assert all(datetime.fromisoformat(each.text or "").tzinfo for each in element.findall(f"{ATOM}updated"))
        assert all(urlsplit(each.get("href")).netloc for each in element.findall(f"{ATOM}link"))
        assert (element.findtext(f"{ATOM}title") or "").strip()
    ids = [each.findtext(f"{ATOM}id") or "" for each in (root, *made)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"tag:[a-z0-9.-]+,\d{4}:[\w/.~-]+", each) for each in ids)
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    for entry in made:
        alternates = [
            (each.get("type"), each.get("hreflang")) for each in entry.findall(f"{ATOM}link") if each.get("rel") == "alternate"
        ]
        assert len(set(alternates)) == len(alternates) == 1
        assert (entry.findtext(f"{ATOM}published") or "") <= (entry.findtext(f"{ATOM}updated") or "")


def test_rss_keeps_the_rules_that_w3cs_validator_adds() -> None:
    channel = ET.fromstring(history_rss(eventful())).find("channel")
    assert channel is not None
    own = channel.find(f"{ATOM}link")
    assert own is not None
    assert (own.get("rel"), own.get("href")) == ("self", "https://status.example/history.rss")
    assert all((channel.findtext(name) or "").strip() for name in ("title", "link", "description", "language"))
    items = channel.findall("item")
    for element in (channel, *items):
        date = element.findtext("pubDate") or ""
        assert re.fullmatch(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT", date)
        assert parsedate_to_datetime(date).strftime("%a") == date[:3]
    guids = [item.find("guid") for item in items]
    assert all(guid is not None and guid.get("isPermaLink") == "false" for guid in guids)
    assert len({guid.text for guid in guids if guid is not None}) == len(items) == 6
    for item in items:
        assert not re.search(r"<(script|iframe|object|embed|meta|img)\b| (style|on\w+)=", item.findtext("description") or "")


@pytest.mark.parametrize("make", [history_atom, history_rss, json_feed, maintenance_ics])
def test_no_character_that_a_document_may_not_have(make: Callable[[PageView], bytes]) -> None:
    text = make(eventful()).decode()
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]", text)
