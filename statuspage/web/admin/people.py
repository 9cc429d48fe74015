"""`/admin/people`: users and tokens."""

from collections.abc import Sequence
from typing import Final, TypeVar

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.response import Response

from statuspage.domain.access import Role
from statuspage.render.rooms.people import AT, people_room
from statuspage.render.rooms.room import Room
from statuspage.service.access import Access
from statuspage.service.inputs import one_of
from statuspage.web.admin.hall import Act, Hall, Sent
from statuspage.web.answer import AnyRequest
from statuspage.web.gate import Scope, admits

_Word = TypeVar("_Word", Role, Scope)


@get(AT, opt=admits(Scope.READ))
async def listed(request: AnyRequest, hall: NamedDependency[Hall], access: NamedDependency[Access]) -> Response[bytes]:
    """Everybody who may come in."""
    principal = await hall.enter(request)
    return hall.show(request, principal, await _room(access))


@post(f"{AT}/users", opt=admits(Scope.ADMIN), status_code=303)
async def add(request: AnyRequest, hall: NamedDependency[Hall], access: NamedDependency[Access]) -> Response[bytes]:
    """Makes a user."""

    async def adding(sent: Sent, _author: str) -> str:
        role = _chosen("role", sent.text("role"), tuple(Role))
        await access.add_user(sent.text("name"), role, sent.text("password"))
        return f"{AT}?done=added"

    return await _take(request, hall, access, adding)


@post(f"{AT}/role", opt=admits(Scope.ADMIN), status_code=303)
async def set_role(request: AnyRequest, hall: NamedDependency[Hall], access: NamedDependency[Access]) -> Response[bytes]:
    """Gives a user another role."""

    async def setting(sent: Sent, _author: str) -> str:
        await access.set_role(sent.text("name"), _chosen("role", sent.text("role"), tuple(Role)))
        return f"{AT}?done=role"

    return await _take(request, hall, access, setting)


@post(f"{AT}/password", opt=admits(Scope.ADMIN), status_code=303)
async def set_password(request: AnyRequest, hall: NamedDependency[Hall], access: NamedDependency[Access]) -> Response[bytes]:
    """Gives a user another password."""

    async def setting(sent: Sent, _author: str) -> str:
        await access.set_password(sent.text("name"), sent.text("password"))
        return f"{AT}?done=password"

    return await _take(request, hall, access, setting)


@post(f"{AT}/remove", opt=admits(Scope.ADMIN), status_code=303)
async def remove(request: AnyRequest, hall: NamedDependency[Hall], access: NamedDependency[Access]) -> Response[bytes]:
    """Forgets a user."""

    async def removing(sent: Sent, _author: str) -> str:
        await access.remove_user(sent.text("name"))
        return f"{AT}?done=removed"

    return await _take(request, hall, access, removing)


@post(f"{AT}/tokens", opt=admits(Scope.ADMIN), status_code=200)
async def make_token(request: AnyRequest, hall: NamedDependency[Hall], access: NamedDependency[Access]) -> Response[bytes]:
    """Makes a token, and shows it on the page that answers, this once."""

    async def making(sent: Sent, _author: str) -> Room:
        token = await access.create_token(sent.text("name"), _chosen("scope", sent.text("scope"), tuple(Scope)))
        return people_room(access.users(), access.tokens(), token)

    return await _take(request, hall, access, making)


@post(f"{AT}/revoke", opt=admits(Scope.ADMIN), status_code=303)
async def revoke(request: AnyRequest, hall: NamedDependency[Hall], access: NamedDependency[Access]) -> Response[bytes]:
    """Revokes a token."""

    async def revoking(sent: Sent, _author: str) -> str:
        await access.revoke_token(sent.text("name"))
        return f"{AT}?done=revoked"

    return await _take(request, hall, access, revoking)


async def _take(request: AnyRequest, hall: Hall, access: Access, act: Act) -> Response[bytes]:
    return await hall.take(request, lambda: _room(access), act, Scope.ADMIN)


async def _room(access: Access) -> Room:
    return people_room(access.users(), access.tokens())


def _chosen(name: str, value: str, words: Sequence[_Word]) -> _Word:
    """The word of that value. Raises `WrongInputError`."""
    one_of(name, value, [word.value for word in words])
    return next(word for word in words if word.value == value)


router: Final = Router(path="/", route_handlers=[listed, add, set_role, set_password, remove, make_token, revoke])
