"""Feature flags seen from outside: set by a command, evaluated by real OpenFeature clients, taken over while the server runs."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from openfeature.contrib.provider.ofrep import OFREPProvider
from openfeature.evaluation_context import EvaluationContext
from openfeature.exception import FlagNotFoundError

from tests.system.outside import Site, Upstream, command, config, serving, until

TAKEN_OVER_S = 5.0
NODE = Path(sys.executable).parent / "node"
MODULES = Path(__file__).parents[2] / ".cache" / "npm"
ASK = """
const { OpenFeature } = require("@openfeature/server-sdk");
const { OFREPProvider } = require("@openfeature/ofrep-provider");
(async () => {
  await OpenFeature.setProviderAndWait(new OFREPProvider({ baseUrl: process.argv[1] }));
  const client = OpenFeature.getClient();
  const ada = { targetingKey: "ada", tier: "gold" };
  console.log(JSON.stringify({
    shared: await client.getBooleanDetails("shared", false, ada),
    many: await client.getNumberDetails("many", 0, ada),
    words: await client.getStringDetails("words", "", {}),
    thing: await client.getObjectDetails("thing", {}, ada),
    missing: await client.getBooleanDetails("missing", true, ada),
  }));
})().catch((error) => { console.error(error); process.exit(1); });
"""
FLAGS = {
    "flags": {
        "shared": {
            "state": "ENABLED",
            "variants": {"on": True, "off": False},
            "defaultVariant": "off",
            "targeting": {"fractional": [["on", 100], ["off", 0]]},
        },
        "many": {"state": "ENABLED", "variants": {"few": 1.5, "lots": 99.0}, "defaultVariant": "few"},
        "words": {"state": "ENABLED", "variants": {"hi": "hello"}, "defaultVariant": "hi"},
        "thing": {"state": "ENABLED", "variants": {"one": {"deep": [1, 2]}}, "defaultVariant": "one"},
        "whole": {"state": "ENABLED", "variants": {"n": 7}, "defaultVariant": "n"},
    },
    "metadata": {"flagSetId": "tests"},
}


@pytest.fixture
def site(tmp_path: Path, upstream: Upstream) -> Iterator[Site]:
    (tmp_path / "flags.json").write_text(json.dumps(FLAGS, indent=4), encoding="utf-8")
    with serving(config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3"]}}, flags="flags.json")) as running:
        yield running


def flag(site: Site, *words: str) -> subprocess.CompletedProcess[str]:
    return command("flag", *words, "--config", site.folder / "statuspage.yml")


def evaluated(site: Site, key: str, user: str = "ada") -> Any:  # noqa: ANN401 - any document
    asked = httpx.post(f"{site.url}/ofrep/v1/evaluate/flags/{key}", json={"context": {"targetingKey": user}}, trust_env=False)
    return asked.json()


def test_the_python_client_gets_values_of_every_kind(site: Site) -> None:
    provider = OFREPProvider(site.url)
    ada = EvaluationContext("ada", {"tier": "gold"})
    shared = provider.resolve_boolean_details("shared", False, ada)
    assert (shared.value, shared.variant, shared.reason) == (True, "on", "SPLIT")
    assert shared.flag_metadata["bucketing"] == "v2"
    assert provider.resolve_boolean_details("shared", True).value is False
    assert provider.resolve_float_details("many", 0.0, ada).value == 1.5
    assert provider.resolve_integer_details("whole", 0, ada).value == 7
    assert provider.resolve_string_details("words", "", ada).value == "hello"
    assert provider.resolve_object_details("thing", {}, ada).value == {"deep": [1, 2]}
    with pytest.raises(FlagNotFoundError):
        provider.resolve_boolean_details("missing", False, ada)
    assert flag(site, "set", "shared", "--state", "off").returncode == 0
    assert until(lambda: provider.resolve_boolean_details("shared", True, ada).reason == "DISABLED", TAKEN_OVER_S)
    assert provider.resolve_boolean_details("shared", True, ada).value is True


def test_the_node_client_gets_values_of_every_kind(site: Site) -> None:
    asked = subprocess.run([NODE, "-e", ASK, site.url], cwd=MODULES, capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stderr
    found = json.loads(asked.stdout)
    assert {name: each["value"] for name, each in found.items()} == {
        "shared": True,
        "many": 1.5,
        "words": "hello",
        "thing": {"deep": [1, 2]},
        "missing": True,
    }
    assert (found["shared"]["reason"], found["shared"]["variant"]) == ("SPLIT", "on")
    assert found["missing"]["errorCode"] == "FLAG_NOT_FOUND"


def test_a_command_sets_a_percentage_that_the_server_deals_by(site: Site) -> None:
    done = flag(site, "set", "new-ui", "--state", "on", "--percent", "30", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["percent"] == 30
    assert until(lambda: evaluated(site, "new-ui").get("reason") == "SPLIT", TAKEN_OVER_S)
    users = [f"user-{number}" for number in range(200)]
    inside = {user for user in users if evaluated(site, "new-ui", user)["value"]}
    assert 35 <= len(inside) <= 85
    assert inside == {user for user in users if evaluated(site, "new-ui", user)["value"]}
    site.until_status("moonshot/kimi-k3", "operational")
    assert [site.json(f"/api/v1/route?user={user}")["flags"]["new-ui"] for user in sorted(inside)[:3]] == [True] * 3
    text = (site.folder / "flags.json").read_text(encoding="utf-8")
    assert json.loads(text)["metadata"] == FLAGS["metadata"]
    assert list(json.loads(text)["flags"]) == ["shared", "many", "words", "thing", "whole", "new-ui"]
    listed = json.loads(flag(site, "list", "--json").stdout)["flags"]
    assert {name: listed[-1][name] for name in ("key", "state", "percent")} == {"key": "new-ui", "state": "on", "percent": 30}
    assert "new-ui" in flag(site, "list").stdout
    assert 'statuspage_flag_ratio{flag="new-ui"} 0.3\n' in site.ask("/metrics").text


def test_a_broken_file_changes_nothing_and_is_told_to_the_operator(site: Site) -> None:
    path = site.folder / "flags.json"
    path.write_text('{"flags": {"shared": {"state": "maybe", "variants": {"on": true}}}}', encoding="utf-8")
    assert until(lambda: "flag 'shared': `state` must be ENABLED" in site.ask("/readyz?verbose").text, TAKEN_OVER_S)
    assert "the file of flags cannot be used" in site.log
    assert evaluated(site, "shared")["value"] is True
    refused = flag(site, "set", "shared", "--state", "off")
    assert (refused.returncode, "Traceback" in refused.stderr) == (2, False)
    assert "cannot be used" in refused.stderr
    path.write_text(json.dumps({"flags": {}}), encoding="utf-8")
    assert until(lambda: evaluated(site, "shared").get("errorCode") == "FLAG_NOT_FOUND", TAKEN_OVER_S)
    assert "flags" not in site.ask("/readyz?verbose").text


def test_listeners_are_told_to_evaluate_anew(site: Site) -> None:
    url = httpx.post(f"{site.url}/ofrep/v1/evaluate/flags", json={}, trust_env=False).json()["eventStreams"][0]["url"]
    path = url[url.index("/ofrep") :]
    with httpx.stream("GET", site.url + path, trust_env=False, timeout=10) as stream:
        assert stream.headers["content-type"] == "text/event-stream"
        lines: Iterator[str] = stream.iter_lines()
        assert next(lines).startswith("retry: ")
        assert flag(site, "set", "shared", "--percent", "10").returncode == 0
        data = next(line for line in lines if line.startswith("data: "))
    assert json.loads(data.removeprefix("data: "))["type"] == "refetchEvaluation"


def test_without_a_file_in_the_configuration_there_are_no_flags(tmp_path: Path, upstream: Upstream) -> None:
    path = config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3"]}})
    done = command("flag", "set", "a", "--state", "on", "--config", path)
    assert (done.returncode, done.stderr) == (2, "Error: The configuration names no file of flags; add a line such as "
                                                  "`flags: flags.json` to it.\n")  # fmt: skip


def test_a_rollout_follows_the_evidence(tmp_path: Path, upstream: Upstream) -> None:
    gate = {"gate_model": "moonshot/kimi-k3", "gate_success_low": 0.2, "gate_hold": "1s", "route": "moonshot/kimi-k3"}
    flags = {"trial": {"state": "ENABLED", "variants": {"on": True, "off": False}, "defaultVariant": "off", "metadata": gate}}
    path = tmp_path / "flags.json"
    path.write_text(json.dumps({"flags": flags}), encoding="utf-8")
    with serving(config(tmp_path, upstream, {"moonshot": {"models": ["kimi-k3"]}}, flags="flags.json")) as running:

        def standing() -> dict[str, Any]:
            found: dict[str, Any] = json.loads(flag(running, "list", "--json").stdout)["flags"][0]["rollout"] or {}
            return found

        assert until(lambda: standing().get("percent") == 100)
        assert evaluated(running, "trial")["value"] is True
        assert "gate" not in json.dumps(evaluated(running, "trial"))
        assert running.json("/api/v1/route?user=ada")["choice"]["why"][0] == "flag trial is on for this user"
        assert flag(running, "set", "trial", "--state", "off").returncode == 0
        assert until(lambda: evaluated(running, "trial")["reason"] == "DISABLED", TAKEN_OVER_S)
        assert until(lambda: standing().get("evidence") == "off", TAKEN_OVER_S)
        refused = running.ask("/api/v1/route?user=ada")
        assert refused.json()["rejected"] == [{"model": "moonshot/kimi-k3", "why": "flag trial keeps it from this user"}]
        assert "a rollout takes a step" in running.log
