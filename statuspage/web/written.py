"""What the write API reads and answers: bodies, preconditions, errors."""

from collections.abc import Mapping
from typing import Final, TypeVar

import msgspec
from litestar.response import Response

from statuspage.domain.clock import moment_ms
from statuspage.domain.errors import UnknownNameError, WrongInputError
from statuspage.domain.model import slug_of
from statuspage.render.documents import Json, dump
from statuspage.render.encoded import encode
from statuspage.render.headers import NO_STORE, headers_for
from statuspage.service.desks import Desks
from statuspage.web.answer import AnyRequest, answer
from statuspage.web.problems import PROBLEM, BadRequest, UnknownModel, problem, title_of

_MOST_BYTES: Final = 256 * 1024
_JSON: Final = headers_for(b"application/json", NO_STORE)
_IN_PATHS: Final = ("incident", "maintenance")
_Body = TypeVar("_Body")


class Conflict(Exception):  # noqa: N818 - a state, not a fault
    """Somebody else was quicker; `current` is what there is now."""

    def __init__(self, status: int, current: Mapping[str, Json]) -> None:
        super().__init__("Somebody else changed this meanwhile; look at `current` before you change it.")
        self.status = status
        self.current = current


async def body_of(request: AnyRequest, kind: type[_Body]) -> _Body:
    """The JSON body in that shape. Raises `BadRequest` naming the place."""
    raw = await request.body()
    if len(raw) > _MOST_BYTES:
        raise BadRequest(f"The body has {len(raw)} bytes; at most {_MOST_BYTES} are taken")
    try:
        return msgspec.json.decode(raw or b"{}", type=kind)
    except msgspec.ValidationError as error:
        raise BadRequest(f"The body cannot be used: {error}") from None
    except msgspec.DecodeError as error:
        raise BadRequest(f"The body is no JSON: {error}") from None


def time_of(name: str, value: str | None) -> int | None:
    """A time of a body as UTC milliseconds. Raises `BadRequest`."""
    if value is None:
        return None
    try:
        return moment_ms(value)
    except ValueError:
        raise BadRequest(f"{name} must be a time such as 2026-11-20T10:00:00Z, not {value[:60]!r}") from None


def key_of(slug: str, desks: Desks) -> str:
    """The key of a watched model, private ones too. Raises `UnknownModel`."""
    for key in desks.fleet().providers:
        if slug_of(key) == slug:
            return key
    raise UnknownModel(slug)


def told(request: AnyRequest, value: Mapping[str, Json], status: int = 200) -> Response[bytes]:
    """What was written, with the tag that `If-Match` takes."""
    return answer(request, encode(dump(value), _JSON, status=status))


def seen(request: AnyRequest, *current: Mapping[str, Json]) -> bool:
    """Whether the client named the state it saw (`If-Match`), which then must be one of these. Raises `Conflict` (412)."""
    wanted = request.headers.get("if-match")
    if wanted is None:
        return False
    tags = {tag.strip().removeprefix("W/") for tag in wanted.split(",")}
    known = {each.etag.decode() for state in current for each in encode(dump(state), _JSON).variants.values()}
    if "*" not in tags and tags.isdisjoint(known):
        raise Conflict(412, current[0])
    return True


def wrong_input(request: AnyRequest, error: WrongInputError) -> Response[bytes]:
    """404 for an incident or a maintenance that there is not, else 400; the sentence names the remedy."""
    unknown = isinstance(error, UnknownNameError) and error.kind in _IN_PATHS
    return answer(request, problem(404 if unknown else 400, str(error)))


def conflict(request: AnyRequest, error: Conflict) -> Response[bytes]:
    """409 or 412 as a problem that shows what there is now."""
    body = {
        "type": "about:blank",
        "title": title_of(error.status),
        "status": error.status,
        "detail": str(error),
        "current": error.current,
    }
    return answer(request, encode(msgspec.json.encode(body), headers_for(PROBLEM, NO_STORE), status=error.status))
