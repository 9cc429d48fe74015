"""Subscribers: who asked to hear, of what, and the way to forget them."""

from collections.abc import Sequence

from statuspage.domain.subscription import EMAIL, Subscriber
from statuspage.render.language import ntr, tr
from statuspage.render.rooms.room import Cell, Form, Room, Section, Table, cell, moment, named

AT = "/admin/subscribers"


def subscribers_room(subscribers: Sequence[Subscriber], *, whole: bool) -> Room:
    """Everybody, oldest first; without `whole` only the beginning of an address is shown."""
    confirmed = sum(each.confirmed_ms is not None for each in subscribers)
    rows = tuple(
        (
            Cell(text=each.address if whole else masked(each), note=each.language),
            cell(tr("e-mail") if each.kind == EMAIL else tr("webhook")),
            cell(", ".join(each.models) or tr("everything")),
            moment(each.created_ms),
            moment(each.confirmed_ms),
            Cell(forms=(_forgetting(each),)),
        )
        for each in subscribers
    )
    columns = (tr("Address"), tr("Kind"), tr("Hears of"), tr("Asked"), tr("Confirmed"), "")
    table = Table(caption=tr("Subscribers"), columns=columns, rows=rows, empty=tr("Nobody has subscribed yet."))
    note = ntr("{count} of them confirmed.", "{count} of them confirmed.", confirmed).format(count=confirmed)
    return Room(title=tr("Subscribers"), at=AT, sections=(Section(title=tr("Everybody"), note=note, table=table),))


def masked(subscriber: Subscriber) -> str:
    """The address, told to whoever knows it and to nobody else."""
    if subscriber.kind == EMAIL:
        local, _, domain = subscriber.address.rpartition("@")
        return f"{local[:1]}…@{domain}"
    return f"{subscriber.address[:12]}…"


def _forgetting(each: Subscriber) -> Form:
    return Form(
        action=f"{AT}/forget",
        submit=tr("Forget"),
        fields=(named("subscriber", each.id),),
        about=each.address,
    )
