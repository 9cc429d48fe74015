"""The visible map of rows: by number, by class name and by nickname."""

from typing import Final

from statuspage.domain.model import nearest
from statuspage.zoo.rows.catalog import CATALOG
from statuspage.zoo.rows.hostile import HOSTILE
from statuspage.zoo.rows.ourselves import OURSELVES
from statuspage.zoo.rows.refused import REFUSED
from statuspage.zoo.rows.row import Row
from statuspage.zoo.rows.tools import TOOLS
from statuspage.zoo.rows.transport import TRANSPORT
from statuspage.zoo.rows.wrong import WRONG

ALL: Final = (*TRANSPORT, *REFUSED, *WRONG, *TOOLS, *CATALOG, *OURSELVES, *HOSTILE)
ROWS: Final[dict[str, Row]] = {row.label: row for row in ALL} | {row.name: row for row in ALL}
"""Every row by its number and by its name; the names of classes are among them."""

NICKNAMES: Final[dict[str, str]] = {
    "overloaded": "21",
    "rate_limit": "23",
    "region_blocked": "43;variant=region",
    "null-choices": "64;variant=null",
    "no-choices": "64;variant=empty",
    "router_account": "35",
    "unexpected_call": "84;variant=needless",
    "408": "52;variant=408",
    "409": "52;variant=409",
    "425": "52;variant=425",
    "timeout": "14",
    "truncated": "68",
    "retired": "46",
    "reset": "12",
    "html": "63",
}
"""Other names for a row, with a variant where the name says one."""


def find_row(name: str) -> Row:
    """The row of that number, class name or row name. Raises `KeyError` with a sentence."""
    row = ROWS.get(name)
    if row is None:
        near = nearest(name, [*ROWS, *NICKNAMES])
        hint = f"; the nearest is {near!r}" if near else ""
        raise KeyError(f"the zoo knows no failure row {name!r}{hint}")
    return row
