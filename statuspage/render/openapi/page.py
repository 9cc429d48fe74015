"""`/schema`: the description for people, without any script."""

from typing import Any, Final

from jinja2 import Environment

from statuspage.domain.view import PageView
from statuspage.domain.words import Status
from statuspage.render.figures import DASH
from statuspage.render.icon import icon
from statuspage.render.openapi.document import made_of, openapi
from statuspage.render.sheets import Sheet

PATH: Final = "/schema"


class SchemaPage:
    """The page."""

    def __init__(self, environment: Environment) -> None:
        self._template: Final = environment.get_template("schema.html")

    def sheets(self, page: PageView) -> list[Sheet]:
        """The page, made again only when the description changes."""
        return [Sheet(path=PATH, shows=made_of(page), body=lambda: self._body(page))]

    def _body(self, page: PageView) -> bytes:
        document = openapi(page)
        return self._template.render(
            page=page,
            site=page.site,
            icon=icon(Status.NO_DATA),
            introduction=document["info"]["description"],
            tags=[(tag, _operations(document, tag["name"])) for tag in document["tags"]],
            shapes=[_shape(name, schema) for name, schema in sorted(document["components"]["schemas"].items())],
        ).encode()


def _operations(document: dict[str, Any], tag: str) -> list[dict[str, Any]]:
    return [
        {
            "path": path,
            "method": method.upper(),
            "description": "",
            "security": (),
            **operation,
            "body": _body(operation),
            "parameters": [_parameter(each) for each in operation.get("parameters", ())],
        }
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if tag in operation["tags"]
    ]


def _body(operation: dict[str, Any]) -> str | None:
    content = operation.get("requestBody", {}).get("content", {})
    return next((type_in_words(each["schema"]) for each in content.values()), None)


def _parameter(param: dict[str, Any]) -> dict[str, Any]:
    schema = param["schema"]
    bounds = f"{schema['minimum']:,} to {schema['maximum']:,}" if {"minimum", "maximum"} <= schema.keys() else None
    return {
        "name": param["name"],
        "where": param["in"],
        "description": param["description"],
        "choices": bounds or type_in_words(schema),
        "required": param.get("required", False),
        "default": schema.get("default", DASH),
    }


def _shape(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """One shape with its keys in words."""
    required = schema.get("required", ())
    return {
        "name": name,
        "description": schema.get("description", ""),
        "choices": schema.get("enum", ()),
        "keys": [
            {"name": key, "type": type_in_words(inner), "required": key in required, "description": inner.get("description", "")}
            for key, inner in schema.get("properties", {}).items()
        ],
    }


def type_in_words(schema: dict[str, Any]) -> str:
    """A schema as people read it: `number or null`, `list of Point`, `one of json, csv`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(type_in_words(each) for each in schema["anyOf"]))
    if "enum" in schema:
        return "one of " + ", ".join(map(str, schema["enum"])) if len(schema["enum"]) > 1 else str(schema["enum"][0])
    if schema.get("type") == "array":
        return f"list of {type_in_words(schema.get('items', {}))}"
    if schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"{type_in_words(schema['additionalProperties'])} by name"
    return str(schema.get("format") or schema.get("type") or "anything")
