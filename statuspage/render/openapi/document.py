"""The OpenAPI 3.1 document of the running site."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from statuspage.domain.view import PageView
from statuspage.render.openapi.examples import EXAMPLES, SENT
from statuspage.render.openapi.operations import OPERATIONS, TAGS
from statuspage.render.openapi.parts import JSON, NOT_MODIFIED, Answer, Operation, Param

_REF: Final = "#/components/schemas/{name}"
_INTRODUCTION: Final = (
    "Everything here is readable without a key, from any origin. Every GET answers HEAD alike; what can be cached has a strong "
    "`ETag`. "
    "A figure that is not known is `null`, never 0. A **key** is `provider/model-id`, a **slug** the key as it stands in "
    "addresses. "
    "A model that is not public answers exactly as an unknown one does."
)


_BEARER: Final = "A token of `statuspage token create`; a session of the admin pages does as well."


def made_of(page: PageView) -> object:
    """What the document is made of: while it stays, so does the document."""
    site = page.site
    return site.title, site.url, site.version, _names(page)


def openapi(page: PageView) -> dict[str, Any]:
    """The document; its examples name a model of this page."""
    names = _names(page)
    shapes = list(
        {
            shape: None
            for each in OPERATIONS
            for shape in (each.body, *(answer.shape for answer in each.answers))
            if shape is not None
        }
    )
    schemas, components = msgspec.json.schema_components(shapes, ref_template=_REF)
    references = dict(zip(shapes, schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for each in OPERATIONS:
        paths.setdefault(each.path, {})[each.method] = _operation(each, references, names)
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": f"{page.site.title}: API",
            "version": page.site.version or "0",
            "description": _INTRODUCTION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": page.site.url}],
        "tags": [{"name": name, "description": says} for name, says in TAGS.items()],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": _BEARER}},
        },
    }


def openapi_json(page: PageView) -> bytes:
    """The document as bytes."""
    return msgspec.json.encode(openapi(page))


def _names(page: PageView) -> Mapping[str, str]:
    """What stands for `{slug}`, `{key}`, `{incident}` and `{url}` in examples."""
    model = page.models[0] if page.models else None
    return {
        "{slug}": "moonshot-kimi-k3" if model is None else model.slug,
        "{key}": "moonshot/kimi-k3" if model is None else model.key,
        "{url}": f"{page.site.url}/models/moonshot-kimi-k3" if model is None else model.url,
        "{incident}": page.archive[0].id if page.archive else "unknown",
    }


def _operation(operation: Operation, references: Mapping[type, dict[str, Any]], names: Mapping[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "operationId": _id(operation),
        "tags": [operation.tag],
        "summary": operation.summary,
    }
    if operation.description:
        made["description"] = operation.description
    if operation.scope is not None:
        made["security"] = [{"token": [operation.scope]}]
    if operation.params:
        made["parameters"] = [_parameter(each, names) for each in operation.params]
    if operation.body is not None:
        needed = any(field.required for field in msgspec.structs.fields(operation.body))
        made["requestBody"] = {"required": needed, "content": {JSON: _body(operation.body, references)}}
    made["responses"] = {str(answer.status): _answer(answer, references) for answer in operation.answers}
    return made


def _id(operation: Operation) -> str:
    words = "".join(char if char.isalnum() else " " for char in operation.path).split()
    return "_".join((operation.method, *words)) if words else f"{operation.method}_page"


def _parameter(param: Param, names: Mapping[str, str]) -> dict[str, Any]:
    schema = dict(param.schema)
    if param.choices:
        schema["enum"] = list(param.choices)
    if param.default is not None:
        schema["default"] = param.default
    made: dict[str, Any] = {"name": param.name, "in": param.where, "description": param.description, "schema": schema}
    if param.required:
        made["required"] = True
    if param.example is not None:
        made["example"] = names.get(param.example, param.example) if isinstance(param.example, str) else param.example
    return made


def _answer(answer: Answer, references: Mapping[type, dict[str, Any]]) -> dict[str, Any]:
    if answer.status == NOT_MODIFIED:
        return {"description": answer.description}
    content: dict[str, Any] = {answer.media: _content(answer, references)}
    content |= {media: {"schema": {"type": "string"}} for media in answer.also}
    return {"description": answer.description, "content": content}


def _body(shape: type[msgspec.Struct], references: Mapping[type, dict[str, Any]]) -> dict[str, Any]:
    return {"schema": references[shape], "example": EXAMPLES[shape, SENT]}


def _content(answer: Answer, references: Mapping[type, dict[str, Any]]) -> dict[str, Any]:
    if answer.shape is None:
        content: dict[str, Any] = {"schema": {} if answer.media.endswith("json") else {"type": "string"}}
        return content if answer.example is None else content | {"example": answer.example}
    reference = references[answer.shape]
    content = {"schema": {"type": "array", "items": reference} if answer.many else reference}
    example = EXAMPLES.get((answer.shape, answer.status)) or EXAMPLES.get((answer.shape, 200))
    if example is not None:
        content["example"] = [example] if answer.many else example
    return content
