"""The shared cases, where they lie beside the checkout."""

import json
from pathlib import Path
from typing import Any

import pytest

from statuspage.official.reader import read
from statuspage.official.registry import engine_for

SHARED = Path(__file__).parents[3] / "shared" / "fixtures" / "official" / "cases.json"
CASES: list[dict[str, Any]] = json.loads(SHARED.read_text(encoding="utf-8"))["cases"] if SHARED.exists() else []


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_a_shared_case_reads_as_expected(case: dict[str, Any]) -> None:
    body = json.dumps(case["body"]).encode()
    engine = engine_for(body)
    assert engine is not None
    assert engine.name == case["vendor"]
    expected = case["expect"]
    found = read(engine, body, focus=expected.get("filter", {}).get("product_id"))
    assert found.severity == expected["worst"]
    assert [each.name for each in found.incidents.items] == expected["open_incidents"]
    if "components" in expected:
        assert {each.name: each.status for each in found.components.items} == expected["components"]
