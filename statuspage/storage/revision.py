"""The revision: one number that grows with every stored check."""

from typing import Final

from sqlalchemy import bindparam, select, update

from statuspage.storage.statement import Write
from statuspage.storage.tables import revision

_GROW: Final = update(revision).values(number=revision.c.number + bindparam("by"))
CURRENT: Final = select(revision.c.number)


def grow(by: int) -> Write:
    """Adds that many checks; 0 proves only that the database can be written."""
    return Write(_GROW, ("by",), [(by,)])
