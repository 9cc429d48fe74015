"""Query parameters, read with one sentence for what cannot be used."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from litestar.datastructures import MultiDict

from statuspage.web.answer import AnyRequest
from statuspage.web.problems import BadRequest

_LONGEST_QUERY: Final = 4_000
"""Twelve keys of full length, and some."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def short_enough(request: AnyRequest) -> None:
    """Nothing, for a question of a length that somebody may mean. Raises BadRequest for a longer one."""
    length = len(request.scope["query_string"])
    if length > _LONGEST_QUERY:
        raise BadRequest(f"The address asks too much: {length} characters after the question mark, at most {_LONGEST_QUERY}")


def choice(params: Mapping[str, str], name: str, choices: tuple[str, ...], default: str) -> str:
    """One of the choices. Raises BadRequest naming them."""
    value = params.get(name, default)
    if value not in choices:
        raise BadRequest(f"{_short(value)} is no {name}; choose one of {', '.join(choices)}")
    return value


def whole_number(params: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    """A whole number within bounds. Raises BadRequest naming them."""
    value = params.get(name)
    if value is None:
        return default
    if not (value.isascii() and value.isdigit() and len(value) < 10 and least <= int(value) <= most):
        raise BadRequest(f"{name} must be a whole number from {least} to {most}, not {_short(value)}")
    return int(value)


def amount(params: Mapping[str, str], name: str) -> float | None:
    """A sum in US dollars above nothing, None where none is named. Raises BadRequest."""
    value = params.get(name)
    if value is None:
        return None
    try:
        found = float(value)
    except ValueError:
        found = math.nan
    if not (math.isfinite(found) and found > 0):
        raise BadRequest(f"{name} must be a sum in US dollars such as 0.002, not {_short(value)}")
    return found


def names(params: MultiDict[str], name: str) -> tuple[str, ...] | None:
    """Names with commas between them or said several times, each once; None where none are asked for. Raises BadRequest."""
    if name not in params:
        return None
    found = tuple(dict.fromkeys(each.strip() for some in params.getall(name) for each in some.split(",") if each.strip()))
    if not found:
        raise BadRequest(f"{name} names nothing; write names with commas between them, or leave it out")
    return found


def moment_ms(params: Mapping[str, str], name: str, default: int) -> int:
    """A time as UTC milliseconds. Raises BadRequest when it is not RFC 3339."""
    value = params.get(name)
    if value is None:
        return default
    try:
        # A `+` of an offset that was not encoded arrives as a space.
        moment = datetime.fromisoformat(value.replace(" ", "+") if "T" in value else value)
    except ValueError:
        raise BadRequest(f"{name} must be a time such as 2026-11-20T10:00:00Z, not {_short(value)}") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        return (moment.astimezone(UTC) - _EPOCH) // timedelta(milliseconds=1)
    except OverflowError:
        raise BadRequest(f"{name} is out of range: {_short(value)}") from None


def _short(value: str) -> str:
    return repr(value if len(value) <= 60 else f"{value[:60]}…")
