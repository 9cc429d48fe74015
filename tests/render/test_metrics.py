"""The page as metrics: promtool's opinion, and that what is not known has no series."""

import json
import re
import subprocess
from pathlib import Path

import msgspec
import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_openmetrics
from prometheus_client.parser import text_string_to_metric_families as read_text

from statuspage.domain.sample import Sample, Tokens
from statuspage.domain.tally import Tally
from statuspage.domain.view import ModelView
from statuspage.domain.words import Fault, ProbeKind, Status
from statuspage.render.metrics import exposed, page_metrics, probe_metrics
from tests.render.people import HOSTILE, eventful
from tests.render.world import NOW_MS, model

DEPLOY = Path(__file__).parents[2] / "deploy"
OPENMETRICS = "application/openmetrics-text; version=1.0.0"


def tally() -> Tally:
    made = Tally()
    for class_name in ("ok", "ok", "server_error"):
        made.add(
            Sample(
                model="moonshot/kimi-k3",
                at_ms=0,
                probe=ProbeKind.CHAT,
                class_name=class_name,
                fault=Fault.NONE,
                tokens=Tokens(input=10),
                cost_usd=0.001,
            )
        )
    return made


def page_body(accept: str = "") -> bytes:
    return exposed(page_metrics(eventful(), tally(), {"ops": 3}), accept, process=True)[0]


def probe_body(of: ModelView) -> dict[str, float]:
    body, _ = exposed(probe_metrics(of, NOW_MS), "")
    return {
        " ".join((sample.name, *sample.labels.values())): sample.value
        for family in read_text(body.decode())
        for sample in family.samples
    }


def lint(body: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["promtool", "check", "metrics"], input=body, capture_output=True, check=False)


@pytest.mark.parametrize("body", [page_body(), exposed(probe_metrics(model(1), NOW_MS), "")[0]], ids=["page", "probe"])
def test_promtool_has_nothing_to_say(body: bytes) -> None:
    checked = lint(body)
    assert (checked.returncode, checked.stderr) == (0, b"")


def test_both_formats_say_the_same() -> None:
    text = {family.name for family in read_text(page_body().decode())}
    assert {family.name for family in read_openmetrics(page_body(OPENMETRICS).decode())} == text  # type: ignore[no-untyped-call]


def test_a_hostile_name_stays_a_label() -> None:
    made = eventful()
    hostile = msgspec.structs.replace(made.models[0], key=f"x/{HOSTILE}\n")
    body, _ = exposed(page_metrics(msgspec.structs.replace(made, models=(hostile,)), tally(), {}), "")
    assert lint(body).returncode == 0
    assert list(read_text(body.decode()))


def series(name: str) -> dict[str, float]:
    families = read_text(page_body().decode())
    return {
        " ".join(value for label, value in sample.labels.items() if label != "provider"): sample.value
        for family in families
        for sample in family.samples
        if sample.name == name
    }


def test_up_is_absent_where_nobody_knows() -> None:
    up = series("statuspage_up")
    for each in eventful().models:
        known = {Status.OPERATIONAL: 1, Status.DEGRADED_PERFORMANCE: 1, Status.PARTIAL_OUTAGE: 0, Status.MAJOR_OUTAGE: 0}
        assert up.get(each.key) == known.get(each.status)


def test_a_status_is_one_of_all() -> None:
    of_model = {name: value for name, value in series("statuspage_component_status").items() if "moonshot/kimi-k3 " in name}
    assert len(of_model) == len(Status)
    assert [name.split()[1] for name, value in of_model.items() if value] == ["major_outage"]


def test_figures_of_the_process() -> None:
    assert series("statuspage_probes_total")["ok chat moonshot/kimi-k3"] == 2
    assert series("statuspage_probe_cost_usd_total")["moonshot/kimi-k3"] == pytest.approx(0.003)
    assert series("statuspage_messages_waiting") == {"ops": 3}
    assert series("statuspage_incidents_open") == {"": 1}


def test_a_good_probe() -> None:
    body = probe_body(model(1))
    assert body["probe_success"] == 1
    assert body["probe_http_status_code"] == 200
    phases = [body[f"probe_http_duration_seconds {name}"] for name in ("resolve", "connect", "tls", "processing", "transfer")]
    assert sum(phases) == pytest.approx(body["probe_duration_seconds"])
    assert body["probe_age_seconds"] > 0


def test_a_failed_probe_is_no_success_and_an_excluded_one_is_nothing() -> None:
    assert probe_body(model(0))["probe_success"] == 0
    grey = model(13)
    assert grey.status is Status.NO_DATA
    assert "probe_success" not in probe_body(grey)
    assert probe_body(msgspec.structs.replace(model(1), evidence=())) == {}


@pytest.mark.parametrize("arguments", [("check", "rules", "alerts.yml"), ("test", "rules", "alerts_test.yml")])
def test_the_alert_rules(arguments: tuple[str, ...]) -> None:
    done = subprocess.run(["promtool", *arguments], cwd=DEPLOY / "prometheus", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_configuration_and_the_dashboard_name_metrics_that_exist() -> None:
    checked = subprocess.run(
        ["promtool", "check", "config", "prometheus.yml"],
        cwd=DEPLOY / "prometheus",
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    told = page_body().decode()
    dashboard = json.loads((DEPLOY / "grafana" / "statuspage.json").read_text(encoding="utf-8"))
    for panel in dashboard["panels"]:
        names = re.findall(r"statuspage_\w+", panel["targets"][0]["expr"])
        assert names
        assert [name for name in names if f"# TYPE {name} " not in told] == []


@pytest.mark.parametrize("reloaded", [True, False])
def test_it_tells_whether_the_newest_configuration_is_in_effect(reloaded: bool) -> None:
    body, _ = exposed(page_metrics(eventful(), tally(), {}, reloaded=reloaded), "")
    assert f"statuspage_config_last_reload_successful {int(reloaded)}.0".encode() in body
