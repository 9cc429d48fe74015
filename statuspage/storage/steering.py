"""The steering counter: one number that grows with everything people change, in whatever process they change it."""

from typing import Final

from sqlalchemy import bindparam, select, update

from statuspage.storage.statement import Write
from statuspage.storage.tables import steering

STEERED: Final = select(steering.c.number)
STEER: Final = Write(
    update(steering).values(number=steering.c.number + bindparam("by")),
    ("by",),
    [(1,)],
)
"""Belongs into the transaction of every such change, so that a running server takes it over."""
