"""Reads the answer to `GET /models`, in the shapes vendors give it."""

from datetime import date
from typing import Final

import msgspec

from statuspage.domain.catalog import day_said

MAX_MODELS: Final = 20_000
_LIST_KEYS: Final = ("data", "models", "result")
_ID_KEYS: Final = ("id", "name", "model")


class ListedModel(msgspec.Struct, frozen=True, kw_only=True):
    """One entry; `raw` is the vendor's own object."""

    id: str
    raw: dict[str, object] = {}
    expires_on: date | None = None
    """The day from which the vendor no longer serves it."""


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """What `/models` answered; `models` is None when it was no list. `status` is None when nothing answered."""

    status: int | None
    models: tuple[ListedModel, ...] | None = None

    def find(self, model_id: str) -> ListedModel | None:
        """The entry of that id; case and a leading `models/` do not matter."""
        wanted = _plain(model_id)
        return next((model for model in self.models or () if _plain(model.id) == wanted), None)


def read_models(body: bytes) -> tuple[ListedModel, ...] | None:
    """The models in that body, None when it is no list of models."""
    try:
        found: object = msgspec.json.decode(body)
    except (ValueError, RecursionError):
        return None
    if isinstance(found, dict):
        found = next((inner for key in _LIST_KEYS if isinstance(inner := found.get(key), list)), None)
    if not isinstance(found, list):
        return None
    models = [model for entry in found[:MAX_MODELS] if (model := _model(entry)) is not None]
    return tuple(models) if models or not found else None


def _model(entry: object) -> ListedModel | None:
    if isinstance(entry, str) and entry:
        return ListedModel(id=entry[:200])
    if not isinstance(entry, dict):
        return None
    name = next((found for key in _ID_KEYS if isinstance(found := entry.get(key), str) and found), None)
    return ListedModel(id=name[:200], raw=entry, expires_on=day_said(entry.get("expiration_date"))) if name else None


def _plain(model_id: str) -> str:
    return model_id.removeprefix("models/").casefold()
