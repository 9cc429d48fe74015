"""The zoo's own address: what it is playing, and orders to play something else."""

from typing import TYPE_CHECKING, Final

import msgspec

from statuspage.zoo.alteration import Alteration
from statuspage.zoo.fault import FaultError
from statuspage.zoo.reply import Reply, as_json, whole
from statuspage.zoo.request import Request
from statuspage.zoo.rows.registry import ALL, NICKNAMES
from statuspage.zoo.vendors.registry import SIMULATED

if TYPE_CHECKING:
    from statuspage.zoo.zoo import Zoo

CONTROL: Final = "/_zoo"


class Order(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`POST /_zoo`: any of these, `calm` and `restore` first."""

    calm: str | None = None
    restore: str | None = None
    cut: str | None = None
    models: str | None = None
    row: str | int | None = None
    rate: float = 1.0
    alter: Alteration | None = None


def control(zoo: "Zoo", request: Request) -> Reply:
    """`GET /_zoo` describes the zoo; `POST /_zoo` plays, calms, cuts and restores."""
    if request.method == "POST":
        try:
            _obey(zoo, msgspec.json.decode(request.body, type=Order))
        except (msgspec.DecodeError, FaultError, ValueError) as error:
            return whole(400, as_json({"error": {"message": str(error)}}))
    return whole(200, as_json(_described(zoo)))


def _obey(zoo: "Zoo", order: Order) -> None:
    if order.calm is not None:
        zoo.calm(None if order.calm == "all" else order.calm)
    if order.restore is not None:
        zoo.restore(None if order.restore == "all" else order.restore)
    if order.cut is not None:
        zoo.cut("*" if order.cut == "all" else order.cut)
    if order.alter is not None:
        zoo.alter_by(order.alter)
    if order.row is not None:
        zoo.play(order.models or "all", order.row, order.rate)


def _described(zoo: "Zoo") -> dict[str, object]:
    rows = [
        {"row": row.number, "name": row.name, "title": row.title, "class": row.class_name, "instead": row.instead} for row in ALL
    ]
    urls = {prefix: zoo.url(prefix) for prefix in SIMULATED}
    return {"urls": urls, "requests": dict(zoo.requests), "asked": dict(zoo.asked), "rows": rows, "nicknames": NICKNAMES}
