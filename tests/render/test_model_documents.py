"""The JSON and CSV about one model."""

import csv
import io
import json

import msgspec
import pytest

from statuspage.domain.ports import StoredSample
from statuspage.domain.view import ModelView, ToolCaseView, ToolsView
from statuspage.render.documents import fragment
from statuspage.render.model_documents import latency_document, model_document, samples_csv, samples_document, uptime_document
from tests.render import world


@pytest.fixture
def model() -> ModelView:
    return world.model(0)


def stored(model: ModelView) -> list[StoredSample]:
    return [StoredSample(id=f"1-{sample.at_ms}", sample=sample, vantage="here") for sample in reversed(model.evidence)]


def test_the_models_own_document_adds_to_the_dropdowns_object(model: ModelView) -> None:
    told = json.loads(model_document(model))
    in_dropdown = json.loads(b"{" + fragment(model) + b"}")[model.key]

    assert {key: told[key] for key in in_dropdown} == in_dropdown
    assert told["key"] == model.key
    assert len(told["days"]) == 90
    assert told["evidence"][0]["class"] == "engine_overloaded"
    assert told["decided_by"] == model.decided_by


def test_tools_are_told_case_by_case(model: ModelView) -> None:
    case = ToolCaseView(name="simple", title="One call", passed=3, samples=4, low=0.301, high=0.954, class_name="missing_call")
    tools = ToolsView(state="unproven", passed=3, samples=4, low=0.301, high=0.954, cases=(case,))
    told = json.loads(model_document(msgspec.structs.replace(model, tools=tools)))

    assert told["tools"] == {"state": "unproven", "passed": 3, "samples": 4, "low": 0.301}
    assert told["tool_cases"]["cases"] == [
        {
            "name": "simple", "title": "One call", "passed": 3, "samples": 4, "low": 0.301, "high": 0.954,
            "class": "missing_call", "counts": True,
        }
    ]  # fmt: skip
    assert json.loads(model_document(model))["tool_cases"] is None


def test_uptime_has_the_contracts_keys_and_the_days_of_its_window(model: ModelView) -> None:
    told = json.loads(uptime_document(model, "7d"))

    assert list(told) == ["model", "window", "ratio", "low", "high", "samples", "coverage", "days"]
    assert [day["date"] for day in told["days"]] == [f"2026-11-{day}" for day in range(14, 21)]
    assert list(told["days"][0]) == ["date", "ratio", "judged", "failed", "excluded", "minutes", "incidents"]
    assert list(told["days"][0]["minutes"]) == [
        "major_outage", "partial_outage", "degraded_performance", "under_maintenance", "no_data",
    ]  # fmt: skip


@pytest.mark.parametrize(("window", "days"), [("24h", 2), ("30d", 30), ("90d", 90)])
def test_a_window_touches_so_many_days(model: ModelView, window: str, days: int) -> None:
    assert len(json.loads(uptime_document(model, window))["days"]) == days


def test_latency_tells_its_points_oldest_first(model: ModelView) -> None:
    told = json.loads(latency_document(model.key, "24h", model.hours))

    assert list(told) == ["model", "window", "points"]
    assert list(told["points"][0]) == ["at", "first_content_p50", "first_content_p95", "total_p50", "total_p95"]
    assert told["points"][-1]["at"] == "2026-11-20T10:00:00.000Z"


def test_samples_have_the_contracts_keys(model: ModelView) -> None:
    told = json.loads(samples_document(model.key, stored(model), "1-99"))

    assert list(told) == ["model", "samples", "next"]
    assert told["next"] == "1-99"
    assert list(told["samples"][0]) == [
        "id", "at", "kind", "judgement", "class", "fault", "http_status", "first_content_ms", "total_ms", "tokens", "cost_usd",
        "vantage", "request_id",
    ]  # fmt: skip
    assert told["samples"][0]["tokens"] == {"input": 14, "output": 2, "reasoning": None}


def test_samples_as_csv_leave_the_unknown_empty(model: ModelView) -> None:
    rows = list(csv.DictReader(io.StringIO(samples_csv(stored(model)).decode(), newline="")))

    assert len(rows) == len(model.evidence)
    assert (rows[0]["class"], rows[0]["input_tokens"], rows[0]["reasoning_tokens"]) == ("ok", "14", "")
    assert rows[-1]["first_content_ms"] == ""


def test_csv_keeps_a_spreadsheet_from_running_a_vendors_text(model: ModelView) -> None:
    evil = msgspec.structs.replace(model.evidence[0], request_id='=HYPERLINK("https://evil.example")')

    text = samples_csv([StoredSample(id="1-1", sample=evil, vantage="here")]).decode()

    assert next(csv.DictReader(io.StringIO(text)))["request_id"] == '\'=HYPERLINK("https://evil.example")'
