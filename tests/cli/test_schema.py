import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from statuspage.cli.schema import schema
from statuspage.vendors.registry import VENDORS

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.yml"))


@pytest.fixture(scope="module")
def printed() -> dict[str, Any]:
    result = CliRunner().invoke(schema, [])
    assert result.exit_code == 0
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def _errors(printed: dict[str, Any], document: object) -> list[str]:
    return [error.json_path for error in Draft202012Validator(printed).iter_errors(document)]


def test_it_prints_json_schema_2020_12(printed: dict[str, Any]) -> None:
    assert printed["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(printed)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_it_accepts_the_examples(printed: dict[str, Any], path: Path) -> None:
    assert _errors(printed, yaml.safe_load(path.read_text(encoding="utf-8"))) == []


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 4


@pytest.mark.parametrize(
    "document, path",
    [
        ({"providers": {}, "sitee": {}}, "$"),
        ({"providers": {"a": {"vendor": "grok"}}}, "$.providers.a.vendor"),
        ({"providers": {"a": {"intervall": "5m"}}}, "$.providers.a"),
        ({"providers": {"a": {"interval": "5"}}}, "$.providers.a.interval"),
        ({"providers": {"a": {"api_key": "sk-plain"}}}, "$.providers.a.api_key"),
        ({"providers": {"a": {"rpm": -1}}}, "$.providers.a.rpm"),
        ({"providers": {"a": {"models": [{"name": "x"}]}}}, "$.providers.a.models[0]"),
        ({}, "$"),
    ],
)
def test_it_refuses_what_check_config_refuses(printed: dict[str, Any], document: object, path: str) -> None:
    assert _errors(printed, document) == [path]


def test_it_lets_variables_stand_where_a_text_has_a_form(printed: dict[str, Any]) -> None:
    document = {"providers": {"a": {"vendor": "${V}", "interval": "${I:-5m}", "api_key": "${REFERENCE}"}}}
    assert _errors(printed, document) == []


def test_it_proposes_the_vendors(printed: dict[str, Any]) -> None:
    vendor = printed["$defs"]["ProviderSection"]["properties"]["vendor"]
    assert vendor["anyOf"][0]["enum"] == list(VENDORS)


def test_every_section_is_closed_and_described(printed: dict[str, Any]) -> None:
    sections = [definition for definition in printed["$defs"].values() if definition.get("type") == "object"]
    assert len(sections) >= 12
    for section in sections:
        assert section["additionalProperties"] is False
        assert section["title"]
        assert section["description"]
        assert all("description" in entry for entry in section["properties"].values()), section["title"]
