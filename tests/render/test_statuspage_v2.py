"""Statuspage's documents: their schema, the projection of our words, and that nothing in them ticks."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from statuspage.domain.view import PageView
from statuspage.domain.words import Status
from statuspage.render import statuspage_v2
from statuspage.render.statuspage_words import indicator
from tests.render.people import eventful
from tests.render.world import page

SCHEMA = json.loads((Path(__file__).parents[1] / "fixtures" / "statuspage-v2.schema.json").read_text(encoding="utf-8"))
DOCUMENTS: dict[str, Callable[[PageView], bytes]] = {
    name: getattr(statuspage_v2, name)
    for name in ("summary", "status", "components", "incidents", "unresolved", "maintenances", "upcoming", "active")
}


def read(name: str, made: PageView) -> Any:  # noqa: ANN401 - any document
    return json.loads(DOCUMENTS[name](made))


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("made", [eventful(), page(1, well=True), page(0)], ids=["eventful", "calm", "empty"])
def test_a_document_has_statuspages_shape(name: str, made: PageView) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(read(name, made))


def test_the_keys_are_in_statuspages_order() -> None:
    made = read("summary", eventful())
    assert list(made) == ["page", "components", "incidents", "scheduled_maintenances", "status"]
    assert list(made["incidents"][0])[:5] == ["id", "name", "status", "created_at", "updated_at"]
    assert list(made["components"][0])[-1] == "components"


def with_statuses(*statuses: Status) -> PageView:
    made = page(len(statuses), well=True)
    models = tuple(msgspec.structs.replace(model, status=status) for model, status in zip(made.models, statuses, strict=True))
    return msgspec.structs.replace(made, models=models)


UP, DOWN, PART, SLOW = Status.OPERATIONAL, Status.MAJOR_OUTAGE, Status.PARTIAL_OUTAGE, Status.DEGRADED_PERFORMANCE
WORK, GREY, GONE = Status.UNDER_MAINTENANCE, Status.NO_DATA, Status.RETIRED


@pytest.mark.parametrize(
    ("statuses", "word", "says"),
    [
        ((UP, UP), "none", "All Systems Operational"),
        ((UP, WORK), "none", "Service Under Maintenance"),
        ((UP, GONE), "none", "All Systems Operational"),
        ((UP, GREY), "minor", "Partially Degraded Service"),
        ((GREY, GREY), "minor", "Partially Degraded Service"),
        ((UP, SLOW), "minor", "Partially Degraded Service"),
        ((UP, PART), "major", "Partial System Outage"),
        ((UP, DOWN), "major", "Partial System Outage"),
        ((DOWN, DOWN, GONE), "critical", "Major Service Outage"),
        ((), "minor", "Partially Degraded Service"),
    ],
)
def test_the_indicator(statuses: tuple[Status, ...], word: str, says: str) -> None:
    assert read("status", with_statuses(*statuses))["status"] == {"indicator": word, "description": says}


def test_no_list_of_statuses_is_needed_for_an_indicator() -> None:
    assert indicator([])[0] != "none"


def test_what_is_not_known_is_never_green_and_what_is_retired_is_gone() -> None:
    components = read("components", with_statuses(GREY, GONE))["components"]
    models = [each for each in components if not each["group"]]
    assert [(each["status"], each["description"]) for each in models] == [("degraded_performance", "No recent measurement")]
    assert [each["status"] for each in components if each["group"]] == ["degraded_performance"]


def test_nothing_changes_with_a_mere_probe() -> None:
    before = eventful()
    models = tuple(
        msgspec.structs.replace(
            model, checked_at_ms=(model.checked_at_ms or 0) + 60_000, reason="5 of the last 6", uptime={}, latency=None
        )
        for model in before.models
    )
    after = msgspec.structs.replace(before, models=models, generated_at_ms=before.generated_at_ms + 60_000)
    assert statuspage_v2.steady(before) == statuspage_v2.steady(after)
    assert {name: make(before) for name, make in DOCUMENTS.items()} == {name: make(after) for name, make in DOCUMENTS.items()}


def test_a_renamed_model_keeps_its_id() -> None:
    made = page(1)
    (model,) = made.models

    def its_id(**changes: str | None) -> str:
        changed = msgspec.structs.replace(made, models=(msgspec.structs.replace(model, **changes),))
        found: str = read("components", changed)["components"][1]["id"]
        return found

    assert its_id(key="moonshot/new", first_key=model.key) == its_id()
    assert its_id(key="moonshot/new", first_key=None) != its_id()


def test_which_maintenance_is_where() -> None:
    made = eventful()
    ids = {name: [each["id"] for each in read(name, made)["scheduled_maintenances"]] for name in ("upcoming", "active")}
    assert ids == {"upcoming": ["mnt2"], "active": ["mnt1"]}
    assert {each["id"] for each in read("maintenances", made)["scheduled_maintenances"]} == {"mnt1", "mnt2", "mnt4"}
    assert [each["id"] for each in read("summary", made)["scheduled_maintenances"]] == ["mnt1", "mnt2"]


def test_incidents_and_their_states() -> None:
    made = eventful()
    assert [each["id"] for each in read("unresolved", made)["incidents"]] == ["inc1"]
    opened, learnt = read("incidents", made)["incidents"]
    assert (opened["status"], opened["monitoring_at"], opened["resolved_at"]) == ("monitoring", "2026-11-20T03:00:00.000Z", None)
    assert learnt["status"] == "postmortem"
    assert opened["shortlink"] == "https://status.example/incidents/inc1"
    assert [each["name"] for each in learnt["components"]] == ["Kimi K2.6", "Kimi K3"]
