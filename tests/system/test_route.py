"""The selector seen from outside: by HTTP, by a command, from the database."""

import json

from tests.system.conftest import GOOD
from tests.system.outside import Site, command


def test_the_server_and_the_command_choose_alike(gallery: Site) -> None:
    found = gallery.json("/api/v1/route")
    works = {key for key, model in gallery.models().items() if model["status"] == "operational"}
    assert {found["choice"]["model"], *found["fallbacks"]} == works
    assert "moonshot/kimi-k2.6" not in json.dumps(found)
    config, asked = gallery.folder / "statuspage.yml", ("--models", f"moonshot/fault-server_error,{GOOD}")
    for where in (["--url", gallery.url], ["--config", config]):
        done = command("route", "--json", *asked, *where)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["choice"]["model"] == GOOD
    table = command("route", "--url", gallery.url, *asked)
    assert table.returncode == 0
    assert table.stdout.startswith(f"{GOOD}: operational, ")
    assert "not moonshot/fault-server_error: " in table.stdout


def test_a_private_model_and_an_unknown_one_are_alike(gallery: Site) -> None:
    private, unknown = (gallery.ask(f"/api/v1/route?models={key}") for key in ("moonshot/kimi-k2.6", "moonshot/kimi-k9.9"))
    assert (private.status_code, unknown.status_code) == (503, 503)
    assert private.text.replace("k2.6", "k9.9") == unknown.text
    assert private.json()["rejected"] == [{"model": "moonshot/kimi-k2.6", "why": "unknown"}]
    done = command("route", "--url", gallery.url, "--models", "moonshot/kimi-k2.6")
    assert (done.returncode, "not moonshot/kimi-k2.6: unknown" in done.stdout) == (1, True)
    config = gallery.folder / "statuspage.yml"
    stored = command("route", "--config", config, "--models", "moonshot/kimi-k2.6", "--json")
    assert (stored.returncode, json.loads(stored.stdout)["rejected"]) == (1, private.json()["rejected"])


def test_tools_that_were_never_tested_are_no_capability(gallery: Site) -> None:
    refused = gallery.ask("/api/v1/route?capability=tools")
    assert refused.status_code == 503
    assert {"model": GOOD, "why": "tool calling is not tested"} in refused.json()["rejected"]
    assert int(refused.headers["retry-after"]) >= 1
