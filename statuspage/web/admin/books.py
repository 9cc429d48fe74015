"""`/admin/notifications`, `/admin/subscribers` and `/admin/audit`: what was told, to whom, and who did what."""

from typing import Final

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.response import Response

from statuspage.render.rooms import audit, notifications, subscribers
from statuspage.render.rooms.room import Room
from statuspage.service.backroom import Backroom
from statuspage.web.admin.hall import Hall, Sent
from statuspage.web.answer import AnyRequest
from statuspage.web.gate import Scope, admits


@get(notifications.AT, opt=admits(Scope.READ))
async def told(request: AnyRequest, hall: NamedDependency[Hall], backroom: NamedDependency[Backroom]) -> Response[bytes]:
    """The channels and the delivery log."""
    principal = await hall.enter(request)
    return hall.show(request, principal, await _notifications(backroom))


@post(f"{notifications.AT}/test", opt=admits(Scope.OPERATE), status_code=303)
async def try_channel(request: AnyRequest, hall: NamedDependency[Hall], backroom: NamedDependency[Backroom]) -> Response[bytes]:
    """Sends a test message through a channel."""

    async def trying(sent: Sent, _author: str) -> str:
        await backroom.try_channel(sent.text("channel"))
        return f"{notifications.AT}?done=taken"

    return await hall.take(request, lambda: _notifications(backroom), trying)


@post(f"{notifications.AT}/again", opt=admits(Scope.OPERATE), status_code=303)
async def again(request: AnyRequest, hall: NamedDependency[Hall], backroom: NamedDependency[Backroom]) -> Response[bytes]:
    """Has a message that was given up on tried once more."""

    async def waiting(sent: Sent, _author: str) -> str:
        await backroom.deliver_again(sent.text("message"), sent.text("channel"))
        return f"{notifications.AT}?done=again"

    return await hall.take(request, lambda: _notifications(backroom), waiting)


@get(subscribers.AT, opt=admits(Scope.READ))
async def subscribed(request: AnyRequest, hall: NamedDependency[Hall], backroom: NamedDependency[Backroom]) -> Response[bytes]:
    """Everybody who asked to hear; a viewer sees the beginning of addresses."""
    principal = await hall.enter(request)
    return hall.show(request, principal, await _subscribers(backroom, whole=principal.scope.covers(Scope.OPERATE)))


@post(f"{subscribers.AT}/forget", opt=admits(Scope.OPERATE), status_code=303)
async def forget(request: AnyRequest, hall: NamedDependency[Hall], backroom: NamedDependency[Backroom]) -> Response[bytes]:
    """Forgets a subscriber."""

    async def forgetting(sent: Sent, _author: str) -> str:
        await backroom.forget(sent.text("subscriber"))
        return f"{subscribers.AT}?done=forgotten"

    return await hall.take(request, lambda: _subscribers(backroom, whole=True), forgetting)


@get(audit.AT, opt=admits(Scope.READ))
async def audited(request: AnyRequest, hall: NamedDependency[Hall], backroom: NamedDependency[Backroom]) -> Response[bytes]:
    """The newest lines; `?who=` one person's, `?before=` (UTC milliseconds) older ones."""
    principal = await hall.enter(request)
    before = request.query_params.get("before", "")
    before_ms = int(before) if before.isascii() and before.isdigit() and len(before) < 16 else None
    room = audit.audit_room(await backroom.audited(), request.query_params.get("who") or None, before_ms)
    return hall.show(request, principal, room)


async def _notifications(backroom: Backroom) -> Room:
    return notifications.notifications_room(await backroom.channels(), await backroom.deliveries())


async def _subscribers(backroom: Backroom, *, whole: bool) -> Room:
    return subscribers.subscribers_room(await backroom.subscribers(), whole=whole)


router: Final = Router(path="/", route_handlers=[told, try_channel, again, subscribed, forget, audited])
