"""OpenAI's list of models and its errors, with our status in every object, for clients that already speak them."""

from collections.abc import Sequence

from statuspage.domain.view import ModelView
from statuspage.render.documents import Json, dump


def models_list(models: Sequence[ModelView]) -> bytes:
    """`GET /v1/models`: `{"object": "list", "data": […]}`."""
    return dump({"object": "list", "data": [_object(model) for model in models]})


def model_card(model: ModelView) -> bytes:
    """`GET /v1/models/{key}`: one object of the list."""
    return dump(_object(model))


def error_document(message: str, code: str, kind: str = "invalid_request_error") -> bytes:
    """An error in OpenAI's shape; `code` such as `model_not_found`."""
    return dump({"error": {"message": message, "type": kind, "param": None, "code": code}})


def _object(model: ModelView) -> dict[str, Json]:
    return {
        "id": model.key,
        "object": "model",
        "created": 0 if model.first_seen_ms is None else model.first_seen_ms // 1000,
        "owned_by": model.provider,
        "status": model.status.value,
        "level": model.level.value,
    }
