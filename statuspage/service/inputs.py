"""What people type, checked: one sentence with the remedy for what cannot be used."""

import re
from collections.abc import Sequence
from typing import Final

from statuspage.domain.errors import WrongInputError
from statuspage.domain.model import nearest

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Among them marks that turn text around, and the surrogates that stand for an argument's bytes that are no UTF-8."""
MOST_TITLE_CHARS: Final = 200
MOST_BODY_CHARS: Final = 20_000


def text(name: str, value: str, most: int = MOST_BODY_CHARS) -> str:
    """The text without blanks around it and without control characters. Raises `WrongInputError` for an empty or endless one."""
    kept = _CONTROL.sub(" ", value.replace("\r\n", "\n")).strip()
    if not kept:
        raise WrongInputError(f"The {name} is empty; say in a few words what readers should know.")
    if len(kept) > most:
        raise WrongInputError(f"The {name} has {len(kept)} characters; at most {most} are taken.")
    return kept


def line(name: str, value: str, most: int = MOST_TITLE_CHARS) -> str:
    """The same on one line."""
    return " ".join(text(name, value, most).split())


def one_of(name: str, value: str, choices: Sequence[str]) -> str:
    """One of the choices. Raises `WrongInputError` naming them."""
    if value not in choices:
        near = nearest(value, choices)
        hint = "." if near is None else f"; did you mean {near}?"
        raise WrongInputError(f"{value!r} is no {name}, choose one of {', '.join(choices)}{hint}")
    return value
