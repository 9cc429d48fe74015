"""Choices of the operator's forms."""

from statuspage.render.rooms.room import Option
from statuspage.service.roster import Roster


def model_options(roster: Roster) -> tuple[Option, ...]:
    """Every watched model by its key, private ones too."""
    return tuple(Option(entry.key, f"{entry.model.name} · {entry.key}") for entry in roster.entries())
