"""The API's description: whole, valid, with examples that are what they stand for."""

import json
import re
from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from statuspage import paths
from statuspage.render.assets import Assets
from statuspage.render.documents import assemble, fragment
from statuspage.render.model_documents import latency_document, model_document, uptime_document
from statuspage.render.openapi.document import made_of, openapi, openapi_json
from statuspage.render.openapi.examples import EXAMPLES
from statuspage.render.openapi.operations import OPERATIONS, TAGS
from statuspage.render.openapi.page import type_in_words
from statuspage.render.pages import Renderer
from statuspage.render.surfaces import MODEL_SURFACES, PAGE_SURFACES
from tests.render import world
from tests.render.golden import FOLDER, GOLDEN, written

PAGE = world.page(20)
DOCUMENT = openapi(PAGE)


def operation(path: str) -> dict[str, Any]:
    found: dict[str, Any] = DOCUMENT["paths"][path]["get"]
    return found


def validator(schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator({**schema, "components": DOCUMENT["components"]})


def schema_of(path: str, status: str = "200") -> dict[str, Any]:
    content = operation(path)["responses"][status]["content"]
    found: dict[str, Any] = next(iter(content.values()))["schema"]
    return found


def test_every_schema_is_one() -> None:
    for name, schema in DOCUMENT["components"]["schemas"].items():
        Draft202012Validator.check_schema(schema)
        assert schema.get("description") or "enum" in schema, name
    references = re.findall(r'"\$ref":"#/components/schemas/(\w+)"', openapi_json(PAGE).decode())
    assert set(references) <= set(DOCUMENT["components"]["schemas"])


def test_the_document_has_the_parts_that_openapi_asks_for() -> None:
    assert DOCUMENT["openapi"].startswith("3.1.")
    assert {"title", "version"} <= set(DOCUMENT["info"])
    ids = [each["operationId"] for methods in DOCUMENT["paths"].values() for each in methods.values()]
    assert len(set(ids)) == len(ids)
    for path, methods in DOCUMENT["paths"].items():
        for each in methods.values():
            assert each["summary"]
            assert set(each["tags"]) <= set(TAGS)
            assert each["responses"], path
            parameters = each.get("parameters", [])
            assert len({(one["name"], one["in"]) for one in parameters}) == len(parameters)
            in_path = {one["name"] for one in parameters if one["in"] == "path"}
            assert in_path == set(re.findall(r"{(\w+)}", path)), path
            assert all(one["required"] for one in parameters if one["in"] == "path")
            assert all(one["description"] and "example" in one for one in parameters), path
            assert all(response["description"] for response in each["responses"].values())


def test_choices_are_named() -> None:
    parameters = {one["name"]: one["schema"] for one in operation("/badge/{slug}.svg")["parameters"]}
    assert parameters["metric"]["enum"] == ["status", "uptime", "latency", "ttft"]
    assert parameters["window"]["enum"] == ["24h", "7d", "30d", "90d"]


@pytest.mark.parametrize(("shape", "status"), EXAMPLES, ids=lambda each: getattr(each, "__name__", str(each)))
def test_an_example_is_what_it_stands_for(shape: type, status: int) -> None:
    example = EXAMPLES[shape, status]
    validator({"$ref": f"#/components/schemas/{shape.__name__}"}).validate(example)
    msgspec.convert(example, shape, strict=False)


def test_every_json_answer_has_an_example() -> None:
    missing = [
        (each.path, answer.status)
        for each in OPERATIONS
        for answer in each.answers
        if answer.shape is not None and (answer.shape, answer.status) not in EXAMPLES and (answer.shape, 200) not in EXAMPLES
    ]
    assert missing == []


def test_what_is_rendered_is_what_is_described() -> None:
    validator(schema_of("/api/v1/models")).validate(json.loads(assemble(PAGE, map(fragment, PAGE.models))))
    for model in PAGE.models:
        validator(schema_of("/api/v1/models/{slug}")).validate(json.loads(model_document(model)))
        validator(schema_of("/api/v1/models/{slug}/uptime")).validate(json.loads(uptime_document(model, "7d")))
        validator(schema_of("/api/v1/models/{slug}/latency")).validate(
            json.loads(latency_document(model.key, "24h", model.hours))
        )


def test_every_ready_json_document_is_as_described() -> None:
    """Also those that another engineer adds: a surface without a description fails."""
    for surface in PAGE_SURFACES:
        if b"json" in dict(surface.headers)[b"content-type"]:
            validator(schema_of(surface.path)).validate(json.loads(surface.body(PAGE) or b""))
    for each in MODEL_SURFACES:
        if b"json" in dict(each.headers)[b"content-type"]:
            for model in PAGE.models:
                validator(schema_of(each.path)).validate(json.loads(each.body(model)))


def test_a_document_with_another_key_is_refused() -> None:
    """Freezes §5: to add a key, add it to the shape."""
    model = json.loads(model_document(PAGE.models[0]))
    assert not validator(schema_of("/api/v1/models/{slug}")).is_valid({**model, "another": 1})
    for key in model:
        assert not validator(schema_of("/api/v1/models/{slug}")).is_valid({name: model[name] for name in model if name != key}), (
            key
        )


def test_examples_name_a_model_that_is_there() -> None:
    example = operation("/probe")["parameters"][0]["example"]
    assert example == PAGE.models[0].key
    nobody = openapi(msgspec.structs.replace(PAGE, models=()))
    assert nobody["paths"]["/probe"]["get"]["parameters"][0]["example"] == "moonshot/kimi-k3"


def test_it_changes_only_with_what_it_is_made_of() -> None:
    later = msgspec.structs.replace(PAGE, generated_at_ms=PAGE.generated_at_ms + 1)
    assert made_of(later) == made_of(PAGE)
    assert openapi_json(later) == openapi_json(PAGE)


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.scripts: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if known.get("id"):
            self.ids.append(str(known["id"]))
        if tag == "a":
            self.links.append(str(known.get("href")))
        if tag == "script":
            self.scripts.append(known.get("src"))


def test_people_read_the_same_without_a_strangers_script() -> None:
    renderer = Renderer(paths.TEMPLATES, Assets(paths.STATIC))
    body = next(iter(renderer.schema.sheets(PAGE))).body().decode()
    seen = _Seen()
    seen.feed(body)
    assert all(src is not None and src.startswith("/static/") for src in seen.scripts)
    assert len(set(seen.ids)) == len(seen.ids)
    assert {link[1:] for link in seen.links if link.startswith("#")} <= set(seen.ids)
    for address in DOCUMENT["paths"]:
        assert f"<code>{address}</code>" in body


@pytest.mark.parametrize(("schema", "words"), [
    ({"anyOf": [{"type": "number"}, {"type": "null"}]}, "number or null"),
    ({"type": "array", "items": {"$ref": "#/components/schemas/Point"}}, "list of Point"),
    ({"enum": ["json", "csv"]}, "one of json, csv"),
    ({"enum": [1]}, "1"),
    ({"type": "object", "additionalProperties": {"type": "string"}}, "string by name"),
    ({}, "anything"),
])  # fmt: skip
def test_types_are_said_in_words(schema: dict[str, Any], words: str) -> None:
    assert type_in_words(schema) == words


@pytest.mark.parametrize("name", GOLDEN)
def test_the_documents_that_programs_rely_on_stay_as_they_are(name: str) -> None:
    """Names, order and values; `python -m tests.render.golden` writes them anew, which is a change for every reader."""
    assert (FOLDER / name).read_text(encoding="utf-8") == written(name)
