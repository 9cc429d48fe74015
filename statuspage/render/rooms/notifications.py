"""Notifications: the channels without their addresses, and what became of messages."""

from collections.abc import Sequence

from statuspage.domain.channel import ChannelState
from statuspage.domain.notice import Delivery, DeliveryState
from statuspage.render.figures import duration
from statuspage.render.language import mark, tr
from statuspage.render.rooms.room import Cell, Form, Room, Section, Table, cell, named

AT = "/admin/notifications"
_AUDIENCES = {"operator": mark("operators"), "public": mark("the public")}
_STATES = {
    DeliveryState.WAITING: mark("waits"),
    DeliveryState.DELIVERED: mark("delivered"),
    DeliveryState.DEAD: mark("given up"),
}


def notifications_room(channels: Sequence[ChannelState], deliveries: Sequence[Delivery]) -> Room:
    """Channels in the file's order; deliveries newest first."""
    columns = (tr("Channel"), tr("Kind"), tr("For"), tr("Manners"), tr("Waiting"), "")
    listed = Table(
        caption=tr("Channels"),
        columns=columns,
        rows=tuple(map(_channel, channels)),
        empty=tr("The configuration names no channel; its section notify adds one."),
    )
    log = Table(
        caption=tr("Delivery log"),
        columns=(tr("Message"), tr("Channel"), tr("State"), tr("Attempts"), tr("Why not"), ""),
        rows=tuple(map(_delivery, deliveries)),
        empty=tr("Nothing was sent yet."),
    )
    return Room(
        title=tr("Notifications"),
        at=AT,
        sections=(Section(title=tr("Channels"), table=listed), Section(title=tr("Delivery log"), table=log)),
    )


def _channel(channel: ChannelState) -> tuple[Cell, ...]:
    manners = [tr("quiet hours")] if channel.quiet else []
    if channel.remind_every_s is not None:
        manners.append(tr("reminds every {time}").format(time=duration(channel.remind_every_s)))
    trying = Form(
        action=f"{AT}/test",
        submit=tr("Send a test"),
        fields=(named("channel", channel.name),),
        about=channel.name,
    )
    return (
        cell(channel.name),
        Cell(text=channel.kind, note=channel.format),
        cell(tr(_AUDIENCES.get(channel.audience, channel.audience))),
        cell(", ".join(manners)),
        Cell(text=str(channel.waiting), at_ms=channel.due_ms) if channel.waiting else cell(0),
        Cell(forms=(trying,)),
    )


def _delivery(delivery: Delivery) -> tuple[Cell, ...]:
    again = Form(
        action=f"{AT}/again",
        submit=tr("Try again"),
        fields=(
            named("message", delivery.notice.id),
            named("channel", delivery.channel),
        ),
        about=delivery.notice.title,
    )
    dead = delivery.state is DeliveryState.DEAD
    return (
        Cell(text=delivery.notice.title, note=delivery.notice.kind),
        cell(delivery.channel),
        Cell(text=tr(_STATES[delivery.state]), at_ms=delivery.settled_ms or delivery.due_ms),
        cell(delivery.attempts),
        cell(delivery.error),
        Cell(forms=(again,) if dead and not delivery.channel.startswith("subscriber:") else ()),
    )
