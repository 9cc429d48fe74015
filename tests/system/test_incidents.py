"""A vendor that is down is one incident, however many of its models are watched, and a flap does not make another."""

from pathlib import Path
from typing import Any

from tests.system.outside import Site, Upstream, command, config, serving, until

KEYS = ["moonshot/kimi-k2.6", "moonshot/kimi-k3"]


def _incidents(site: Site) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = site.json("/api/v1/incidents")["incidents"]
    return found


def _open(site: Site) -> list[dict[str, Any]]:
    return [each for each in _incidents(site) if each["resolved_at"] is None]


def test_a_vendor_that_is_down_is_one_incident_over_its_models(tmp_path: Path, upstream: Upstream) -> None:
    providers = {"moonshot": {"models": ["kimi-k3", "kimi-k2.6"]}, "openrouter": {"models": ["moonshotai/kimi-k3"]}}
    path = config(tmp_path, upstream, providers)
    with serving(path) as site:
        for key in [*KEYS, "openrouter/moonshotai/kimi-k3"]:
            site.until_status(key, "operational")
        upstream.do(lambda zoo: zoo.cut("moonshot"))
        assert until(lambda: [sorted(each["models"]) for each in _open(site)] == [KEYS])
        opened = _open(site)[0]
        assert opened["title"].startswith("2 models of ")
        assert (opened["auto"], opened["impact"]) == (True, "critical")
        words = ["--status", "identified", "--message", "The vendor knows.", "--config", path]
        done = command("incident", "update", opened["id"], *words)
        assert done.returncode == 0, done.stderr
        upstream.do(lambda zoo: zoo.restore("moonshot"))
        assert until(lambda: not _open(site))
        closed = _incidents(site)[0]
        assert "The incident lasted 1 minute" in closed["updates"][0]["body"]
        assert "The vendor knows." in [update["body"] for update in closed["updates"]]
        upstream.do(lambda zoo: zoo.cut("moonshot"))
        assert until(lambda: bool(_open(site)))
        assert [each["id"] for each in _incidents(site)] == [opened["id"]]
        assert any(update["body"].startswith("It is back") for update in _open(site)[0]["updates"])
