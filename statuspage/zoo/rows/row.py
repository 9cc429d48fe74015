"""The record of one failure that the zoo can play."""

from collections.abc import Callable
from enum import Flag, auto

import msgspec

from statuspage.zoo.reply import Reply
from statuspage.zoo.scene import Scene

Play = Callable[[Scene], Reply]
Edit = Callable[[dict[str, object]], dict[str, object]]


class Reach(Flag):
    """Which requests a row concerns when it is played for a whole vendor."""

    CHAT = auto()
    CATALOG = auto()
    BALANCE = auto()
    EVERYTHING = CHAT | CATALOG | BALANCE


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One failure; `number` is its row of the failure taxonomy, None for what the taxonomy does not number.

    `class_name` is the class it should be told as. `hides` takes the model off `/models`, `lists` puts it on; `edit` changes its
    entry there. `instead` says how to meet a failure that no answer of a server can play.
    """

    number: int | None = None
    name: str
    title: str
    class_name: str | None
    play: Play | None = None
    reach: Reach = Reach.CHAT
    hides: bool = False
    lists: bool = False
    edit: Edit | None = None
    instead: str | None = None

    @property
    def label(self) -> str:
        """How it is asked for."""
        return self.name if self.number is None else str(self.number)


def row(  # noqa: PLR0913 - a line of the tables of rows, columns in order
    number: int,
    name: str,
    title: str,
    *,
    play: Play | None = None,
    class_name: str | None = "",
    reach: Reach = Reach.CHAT,
    hides: bool = False,
    lists: bool = False,
    edit: Edit | None = None,
    instead: str | None = None,
) -> Row:
    """A numbered row; without `class_name` its name is its class."""
    told = name if class_name == "" else class_name
    return Row(
        number=number,
        name=name,
        title=title,
        class_name=told,
        play=play,
        reach=reach,
        hides=hides,
        lists=lists,
        edit=edit,
        instead=instead,
    )
