"""Whether arguments fit a JSON Schema, by a real validator."""

from collections.abc import Mapping

_MAX_CHARS = 120


def violation(schema: Mapping[str, object], arguments: object) -> str | None:
    """The first violation as place and keyword, without the model's own values; None when the arguments fit."""
    from jsonschema import Draft202012Validator

    error = min(Draft202012Validator(schema).iter_errors(arguments), key=lambda each: list(map(str, each.path)), default=None)
    if error is None:
        return None
    place = ".".join(map(str, error.path)) if error.validator != "additionalProperties" else ""
    return f"{_SAYS.get(str(error.validator), str(error.validator))}{f' at {place}' if place else ''}"[:_MAX_CHARS]


_SAYS = {
    "required": "a required argument is missing",
    "type": "wrong type",
    "enum": "not one of the allowed values",
    "additionalProperties": "an argument that does not exist",
    "minimum": "too small",
    "maximum": "too large",
    "minItems": "too few items",
    "uniqueItems": "an item stands twice",
    "minLength": "an empty text",
    "maxLength": "too long",
}
