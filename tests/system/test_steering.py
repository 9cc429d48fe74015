"""What people steer from a terminal is shown by a running server without a restart, and is over by itself."""

import json
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.system.outside import Site, Upstream, command, config, serving, until

KEY, OTHER = "moonshot/kimi-k3", "moonshot/kimi-k2.6"
TAKEN_OVER_S = 5.0


@pytest.fixture
def site(tmp_path: Path, upstream: Upstream) -> Iterator[Site]:
    path = config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3", "kimi-k2.6"]}})
    with serving(path) as running:
        running.until_status(KEY, "operational")
        running.until_status(OTHER, "operational")
        yield running


def steer(site: Site, words: str) -> Any:  # noqa: ANN401 - any document
    done = command(*shlex.split(words), "--config", site.folder / "statuspage.yml", "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def soon(seconds: float) -> str:
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()


def incidents(site: Site) -> dict[str, Any]:
    return {each["id"]: each for each in site.json("/api/v1/incidents")["incidents"]}


def test_an_incident_by_hand_goes_through_its_life(site: Site) -> None:
    opened = steer(site, f"incident open --title Logins --impact major --model {KEY} --message 'We **look**.'")
    assert until(lambda: opened["id"] in incidents(site), TAKEN_OVER_S)
    assert incidents(site)[opened["id"]] == opened
    assert (opened["auto"], opened["models"], opened["status"]) == (False, [KEY], "investigating")
    steer(site, f"incident update {opened['id']} --status identified --message 'The cache.'")
    resolved = steer(site, f"incident resolve {opened['id']} --message Emptied.")
    assert until(lambda: incidents(site)[opened["id"]]["resolved_at"] is not None, TAKEN_OVER_S)
    assert [update["body"] for update in resolved["updates"]] == ["Emptied.", "The cache.", "We **look**."]
    assert [each["id"] for each in steer(site, "incident list")["incidents"]] == [opened["id"]]


def test_a_maintenance_is_blue_on_every_surface_until_it_is_ended(site: Site) -> None:
    times = f"--start {soon(-1)} --end {soon(600)}"
    added = steer(site, f"maintenance add --title Upgrade {times} --model {KEY} --message Short.")
    site.until_status(KEY, "under_maintenance", TAKEN_OVER_S)
    assert set(site.levels(KEY).values()) == {"blue"}
    assert set(site.levels(OTHER).values()) == {"green"}
    assert site.model(KEY)["reason"].endswith("UTC: Upgrade")
    assert site.json("/api/v1/maintenance")["maintenance"][0]["status"] == "in_progress"
    active = site.json("/api/v2/scheduled-maintenances/active.json")["scheduled_maintenances"]
    assert [each["name"] for each in active] == ["Upgrade"]
    assert "SUMMARY:Upgrade" in site.ask("/maintenance.ics").text
    before = site.json("/api/v1/models/moonshot-kimi-k3/uptime?window=24h")
    assert until(lambda: sum(sample["class"] == "maintenance" for sample in site.samples(KEY)) >= 2)
    after = site.json("/api/v1/models/moonshot-kimi-k3/uptime?window=24h")
    assert after["days"][-1]["judged"] - before["days"][-1]["judged"] <= 1
    assert steer(site, f"maintenance end {added['id']}")["status"] == "completed"
    site.until_status(KEY, "operational", TAKEN_OVER_S)


def test_a_maintenance_begins_and_ends_by_itself(site: Site) -> None:
    steer(site, f"maintenance add --title All --start {soon(4)} --end {soon(7)} --message Short.")
    site.until_status(KEY, "under_maintenance")
    assert site.model(OTHER)["status"] == "under_maintenance"
    assert site.json("/api/v1/models")["page"]["level"] == "blue"
    site.until_status(KEY, "operational")
    assert until(lambda: site.json("/api/v1/maintenance")["maintenance"][0]["status"] == "completed")


def test_an_override_says_that_it_is_one_and_expires(site: Site) -> None:
    steer(site, f"override set {KEY} major_outage --reason 'Seen by hand' --until {soon(6)}")
    model = site.until_status(KEY, "major_outage", TAKEN_OVER_S)
    assert (model["label"], model["level"]) == ("Set by an operator", "red")
    assert "Seen by hand" in model["reason"]
    assert set(site.levels(KEY).values()) == {"red"}
    assert site.until_status(KEY, "operational")["class"] == "ok"
    steer(site, f"override set {KEY} no_data --reason Away --until {soon(600)}")
    site.until_status(KEY, "no_data", TAKEN_OVER_S)
    assert steer(site, "override list")["overrides"][0]["reason"] == "Away"
    steer(site, f"override clear {KEY}")
    site.until_status(KEY, "operational", TAKEN_OVER_S)


WINDOW = "--start 2099-01-02T00:00:00Z --end 2099-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("override set moonshot/kimi-k33 retired --reason r --until 2099-01-01T00:00:00Z", "did you mean moonshot/kimi-k3?"),
        ("incident resolve nothing --message m", "There is no incident 'nothing'."),
        ("maintenance cancel nothing", "There is no maintenance 'nothing'."),
        (f"maintenance add --title t {WINDOW} --message m", "is not after the start"),
        (f"maintenance add --title t {WINDOW} --start soon --message m", "'soon' is no time"),
    ],
)
def test_what_is_typed_wrong_ends_with_one_sentence_and_status_2(
    tmp_path: Path, upstream: Upstream, words: str, sentence: str
) -> None:
    path = config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3"]}})
    done = command(*shlex.split(words), "--config", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
