"""What people steer from a terminal is shown by a running server without a restart, and is over by itself."""

import functools
import json
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
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
    steer(site, f"maintenance add --title All --start {soon(6)} --end {soon(10)} --message Short.")
    site.until_status(KEY, "under_maintenance")
    assert site.model(OTHER)["status"] == "under_maintenance"
    assert site.json("/api/v1/models")["page"]["level"] == "blue"
    site.until_status(KEY, "operational")
    assert until(lambda: site.json("/api/v1/maintenance")["maintenance"][0]["status"] == "completed")


def test_an_override_says_that_it_is_one_and_expires(site: Site) -> None:
    steer(site, f"override set {KEY} major_outage --reason 'Seen by hand' --until {soon(12)}")
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


def test_a_program_steers_over_http_with_a_token_and_two_who_write_at_once_are_told(site: Site) -> None:
    token = steer(site, "token create --name deploy --scope operate")["token"]
    reader = steer(site, "token create --name looker --scope read")["token"]
    body = {"title": "Logins", "message": "We look.", "impact": "major", "models": [KEY]}
    with httpx.Client(base_url=site.url, trust_env=False, timeout=15) as client:
        assert client.post("/api/v1/incidents", json=body).status_code == 401
        assert until(lambda: client.get("/api/v1/overrides", headers=bearer(token)).status_code == 200, TAKEN_OVER_S)
        refused = functools.partial(client.post, "/api/v1/incidents", json=body, headers=bearer(reader))
        assert until(lambda: refused().status_code == 403, TAKEN_OVER_S)
        client.headers.update(bearer(token))
        opened = client.post("/api/v1/incidents", json=body)
        assert (opened.status_code, opened.json()["updates"][0]["author"]) == (201, "token deploy")
        path = f"/api/v1/incidents/{opened.json()['id']}"
        assert opened.json()["id"] in incidents(site), "what is written here is shown at once"
        tag = client.get(path, headers={"accept-encoding": "identity"}).headers["etag"]
        steer(site, f"incident update {opened.json()['id']} --status identified --message 'By hand.'")
        late = client.post(f"{path}/updates", json={"message": "By program."}, headers={"if-match": tag})
        assert (late.status_code, late.json()["current"]["status"]) == (412, "identified")
        assert client.post(f"{path}/updates", json={"status": "resolved", "message": "Over."}).status_code == 201
        assert [update["status"] for update in client.get(path).json()["updates"]] == ["resolved", "identified", "investigating"]

        work = {"title": "Upgrade", "message": "Short.", "starts_at": soon(-1), "ends_at": soon(600), "models": [OTHER]}
        announced = client.post("/api/v1/maintenance", json=work)
        assert (announced.status_code, announced.json()["status"]) == (201, "in_progress")
        assert site.model(OTHER)["status"] == "under_maintenance"
        assert client.delete(f"/api/v1/maintenance/{announced.json()['id']}").json()["status"] == "cancelled"
        assert site.model(OTHER)["status"] == "operational"

        shown = {"status": "partial_outage", "reason": "Seen by hand", "until": soon(600)}
        assert client.put("/api/v1/models/moonshot-kimi-k3/override", json=shown).status_code == 200
        assert site.model(KEY)["label"] == "Set by an operator"
        assert client.delete("/api/v1/models/moonshot-kimi-k3/override").status_code == 200
        assert site.model(KEY)["status"] == "operational"


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}
