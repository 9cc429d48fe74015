"""A running service follows its configuration: what is valid takes effect, what is not is said, and nothing is lost."""

import json
import os
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from threading import Event

import httpx

from tests.ports import free_port
from tests.system.outside import STATUSPAGE, Site, Upstream, command, config, environment, moment, serving, until
from tests.system.test_alerts import Inbox
from tests.wire import response

KEPT, OLD, NEW = "moonshot/kimi-k3", "moonshot/kimi-k2.6", "moonshot/kimi-k2.7-code"
PROBING = {"interval": "2s", "max_stale": "60s"}


def models(*more: object) -> dict[str, dict[str, object]]:
    return {"moonshot": {"models": ["kimi-k3", *more]}}


def until_titled(site: Site, title: str) -> None:
    assert until(lambda: f"<title>{title}" in site.ask("/").text), site.log


def test_a_changed_file_takes_effect_and_a_renamed_model_keeps_what_is_known_of_it(tmp_path: Path, upstream: Upstream) -> None:
    upstream.do(lambda zoo: zoo.play(OLD, "server_error"))
    with serving(config(tmp_path, upstream, models("kimi-k2.6"), probing=PROBING)) as site:
        site.until_status(KEPT, "operational")
        red = site.until_status(OLD, "major_outage")
        incident = site.json("/api/v1/incidents")["incidents"][0]
        samples = [sample["id"] for sample in site.samples(OLD)]

        renamed = {"id": "kimi-k2.7-code", "aliases": ["kimi-k2.6"], "interval": "10m"}
        config(tmp_path, upstream, models(renamed), probing=PROBING, site={"title": "Renamed"})
        assert until(lambda: NEW in site.models()), site.log
        model = site.model(NEW)
        assert (model["status"], model["since"]) == (red["status"], red["since"])
        assert [sample["id"] for sample in site.samples(NEW)][: len(samples)] == samples
        assert OLD not in site.models()
        (now,) = [each for each in site.json("/api/v1/incidents")["incidents"] if each["id"] == incident["id"]]
        assert (now["models"], now["started_at"]) == ([NEW], incident["started_at"])
        until_titled(site, "Renamed")
        asked = upstream.do(lambda zoo: zoo.asked[KEPT])
        assert until(lambda: upstream.do(lambda zoo: zoo.asked[KEPT]) > asked)
        assert "Traceback" not in site.log
        assert site.stop()[0] == 0


def test_a_file_with_mistakes_changes_nothing_and_is_said(tmp_path: Path, upstream: Upstream) -> None:
    file = config(tmp_path, upstream, models(), probing=PROBING)
    good = file.read_text()
    with serving(file) as site:
        site.until_status(KEPT, "operational")
        made = command("token", "create", "--name", "eye", "--scope", "read", "--json", "--config", file)
        bearer = f"Bearer {json.loads(made.stdout)['token']}"
        file.write_text(good.replace('"kimi-k3"', '"kimi-k3", {"id": "kimi-k2.6", "intervall": "0s"}'))
        site.process.send_signal(signal.SIGHUP)
        assert until(lambda: "configuration" in site.ask("/readyz?verbose").text), site.log
        assert site.ask("/readyz").status_code == 200
        assert list(site.models()) == [KEPT]
        assert "providers.moonshot.models[1].intervall" in site.log
        (said,) = [line for line in site.log.splitlines() if "a problem of the configuration" in line]
        assert 'did you mean \\"interval\\"' in said
        assert "intervall" not in site.ask("/readyz?verbose").text
        assert "\nstatuspage_config_last_reload_successful 0.0" in site.ask("/metrics").text
        assert until(lambda: "providers.moonshot.models[1].intervall" in site.ask("/admin", authorization=bearer).text)

        file.write_text(good)
        assert until(lambda: "configuration" not in site.ask("/readyz?verbose").text), site.log
        assert site.stop()[0] == 0


def test_another_database_needs_a_restart(tmp_path: Path, upstream: Upstream) -> None:
    with serving(config(tmp_path, upstream, models(), probing=PROBING)) as site:
        config(tmp_path, upstream, models("kimi-k2.6"), database=f"sqlite+aiosqlite:///{tmp_path}/other.db", probing=PROBING)
        assert until(lambda: "restart to change `database`" in site.log), site.log
        assert list(site.models()) == [KEPT]
        assert not (tmp_path / "other.db").exists()


def test_a_changed_file_of_a_key_is_used(tmp_path: Path, upstream: Upstream) -> None:
    key = tmp_path / "moonshot.key"
    providers = {"moonshot": {"models": ["kimi-k3"], "api_key": "file:moonshot.key"}}
    with serving(config(tmp_path, upstream, providers, probing=PROBING)) as site:
        assert until(lambda: site.model(KEPT)["class"] == "not_configured"), site.model(KEPT)
        key.write_text("sk-zoo-0123456789abcdefPLANTED\n")
        site.until_status(KEPT, "operational")
        assert "PLANTED" not in site.log


def test_nobody_is_answered_by_an_error_while_one_configuration_takes_the_place_of_another(
    tmp_path: Path, upstream: Upstream
) -> None:
    addresses = ("/", "/?lang=zh-CN", "/api/v1/models", "/readyz", "/api/v1/models/moonshot-kimi-k3/samples", "/metrics")
    with serving(config(tmp_path, upstream, models(), probing=PROBING)) as site, ThreadPoolExecutor(len(addresses)) as readers:
        site.until_status(KEPT, "operational")
        over = Event()

        def read(address: str) -> set[int]:
            seen = set()
            with httpx.Client(base_url=site.url, trust_env=False, timeout=15) as client:
                while not over.is_set():
                    seen.add(client.get(address).status_code)
            return seen

        reading = [readers.submit(read, address) for address in addresses]
        for number in range(1, 4):
            config(tmp_path, upstream, models(), probing=PROBING, site={"title": f"Number {number}"})
            until_titled(site, f"Number {number}")
        over.set()
        assert [each.result() for each in reading] == [{200}] * len(addresses)


def test_who_listens_to_events_comes_again_and_is_told_everything(tmp_path: Path, upstream: Upstream) -> None:
    with serving(config(tmp_path, upstream, models(), probing=PROBING)) as site:
        site.until_status(KEPT, "operational")
        with httpx.Client(base_url=site.url, trust_env=False, timeout=15) as client:
            with client.stream("GET", "/api/v1/events") as stream:
                lines = stream.iter_lines()
                last = next(line for line in lines if line.startswith("id: "))
                config(tmp_path, upstream, models("kimi-k2.6"), probing=PROBING)
                assert until(lambda: "moonshot/kimi-k2.6" in site.models())
                assert all("error" not in line for line in lines)
            again = {"last-event-id": last.removeprefix("id: ")}
            with client.stream("GET", "/api/v1/events", headers=again) as stream:
                told = next(line for line in stream.iter_lines() if line.startswith("data: "))
        assert "moonshot/kimi-k2.6" in told


def test_a_site_becomes_private_at_once_and_its_readers_leave(tmp_path: Path, upstream: Upstream) -> None:
    with serving(config(tmp_path, upstream, models(), probing=PROBING)) as site:
        site.until_status(KEPT, "operational")
        way_in = site.log.split("/admin/setup?token=")[1].split()[0]
        with httpx.stream("GET", f"{site.url}/api/v1/events", timeout=15, trust_env=False) as stream:
            config(tmp_path, upstream, models(), probing=PROBING, site={"private": True})
            assert sum(1 for _ in stream.iter_lines()) > 0
        assert [site.ask(path).status_code for path in ("/", "/api/v1/models", "/api/v1/events")] == [401] * 3
        assert site.ask(f"/admin/setup?token={way_in}").status_code == 200
        config(tmp_path, upstream, models(), probing=PROBING)
        assert until(lambda: site.ask("/").status_code == 200)


def test_an_account_is_asked_no_faster_for_being_configured_anew(tmp_path: Path, upstream: Upstream) -> None:
    keys = ["moonshot/kimi-k3", "moonshot/kimi-k2.6", "moonshot/kimi-k2.7-code"]
    busy = {"interval": "1s", "max_stale": "60s"}
    providers = {"moonshot": {"models": [key.partition("/")[2] for key in keys], "rpm": 60}}
    with serving(config(tmp_path, upstream, providers, probing=busy)) as site:
        assert until(lambda: all(site.samples(key) for key in keys))
        for number in range(3):
            config(tmp_path, upstream, providers, probing=busy, site={"title": f"Number {number}"})
            until_titled(site, f"Number {number}")
        times = sorted(moment(sample["at"]) for key in keys for sample in site.samples(key))
    assert min((later - earlier).total_seconds() for earlier, later in pairwise(times)) >= 0.9


def test_a_subscriber_of_a_renamed_model_and_a_message_that_waits_are_not_forgotten(tmp_path: Path, upstream: Upstream) -> None:
    inbox = Inbox()
    inbox.port = int(upstream.misbehaving(inbox.script).rpartition(":")[2].partition("/")[0])
    with serving(config(tmp_path, upstream, models("kimi-k2.6"), probing=PROBING)) as site:
        site.until_status(OLD, "operational")
        wish = {"kind": "webhook", "address": inbox.url("/public"), "model": OLD}
        assert httpx.post(f"{site.url}/subscribe", data=wish, trust_env=False).status_code == 200
        renamed = {"id": "kimi-k2.7-code", "aliases": ["kimi-k2.6"]}
        config(tmp_path, upstream, models(renamed), probing=PROBING)
        assert until(lambda: NEW in site.models()), site.log
        site.until_status(NEW, "operational")
        inbox.answers = [response(500, "")]
        upstream.do(lambda zoo: zoo.play(NEW, "server_error"))
        site.until_status(NEW, "major_outage")
        assert until(lambda: len(inbox.bodies()) == 1)
        config(tmp_path, upstream, models(renamed), probing=PROBING, site={"title": "Anew"})
        until_titled(site, "Anew")
        assert until(lambda: inbox.bodies()[1:])
    refused, taken = inbox.bodies()[:2]
    assert refused == taken
    assert (taken["data"]["key"], taken["data"]["old_status"]) == (NEW, "operational")


def test_it_ends_with_its_terminal(tmp_path: Path, upstream: Upstream) -> None:
    file = config(tmp_path, upstream, models(), probing=PROBING)
    port = free_port()
    ours, theirs = os.openpty()
    arguments = [*STATUSPAGE, "serve", "--config", str(file), "--port", str(port)]
    process = subprocess.Popen(arguments, stdin=theirs, stdout=theirs, stderr=theirs, env=environment(), start_new_session=True)
    os.close(theirs)
    try:
        assert until(lambda: _answers(port))
        process.send_signal(signal.SIGHUP)
        assert until(lambda: b"the configuration is the one in effect" in os.read(ours, 100_000))
        os.close(ours)
        process.send_signal(signal.SIGHUP)
        assert process.wait(20) == 0
    finally:
        process.kill()


def _answers(port: int) -> bool:
    with suppress(httpx.TransportError):
        return httpx.get(f"http://127.0.0.1:{port}/livez", trust_env=False).status_code == 200
    return False
