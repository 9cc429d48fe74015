"""Choices of the operator's forms."""

from statuspage.render.rooms.room import Option
from statuspage.service.backroom import Backroom


def model_options(backroom: Backroom) -> tuple[Option, ...]:
    """Every watched model by its key, private ones too."""
    return tuple(Option(model.key, f"{model.name} · {model.key}") for model in backroom.models())
