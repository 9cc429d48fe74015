"""What people write: incidents, maintenance, overrides. Each write counts itself in the steering counter."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from statuspage.domain.errors import EditedMeanwhileError
from statuspage.domain.incident import Incident
from statuspage.domain.notice import Notice
from statuspage.domain.override import Override
from statuspage.domain.plan import Plan
from statuspage.storage.engine import Database, execute
from statuspage.storage.incidents import incident_writes
from statuspage.storage.outbox import notice_writes
from statuspage.storage.statement import Write, delete_where
from statuspage.storage.steering import STEER
from statuspage.storage.tables import incidents, maintenances, models, overrides

_FORGET_OVERRIDE: Final = delete_where(overrides, "model")


async def write_incident(
    database: Database, incident: Incident, after: int | None, numbers: Mapping[str, int], notices: Sequence[Notice]
) -> None:
    """Stores an incident that follows version `after`, None for a new one. Raises `EditedMeanwhileError`."""
    writes = [*incident_writes(database, [incident], numbers), *notice_writes(notices), STEER]
    async with database.writing() as connection:
        await _compare(connection, incidents, incident.id, after)
        await execute(connection, writes)


async def write_plan(database: Database, plan: Plan, after: int | None, notices: Sequence[Notice]) -> None:
    """Stores a plan of maintenance that follows version `after`, None for a new one. Raises `EditedMeanwhileError`."""
    row = (plan.id, plan.version, msgspec.json.encode(plan))
    async with database.writing() as connection:
        await _compare(connection, maintenances, plan.id, after)
        await execute(connection, [database.upsert(maintenances, [row]), *notice_writes(notices), STEER])


async def plans_of(connection: AsyncConnection) -> tuple[Plan, ...]:
    """Every plan, in the order of their ids."""
    rows = await connection.execute(select(maintenances.c.data).order_by(maintenances.c.id))
    return tuple(msgspec.json.decode(row.data, type=Plan) for row in rows)


def override_writes(database: Database, override: Override, number: int) -> list[Write]:
    """What replaces the override of a model."""
    return [database.upsert(overrides, [(number, msgspec.json.encode(override))]), STEER]


def clearing_writes(number: int) -> list[Write]:
    """What takes the override of a model away."""
    return [Write(_FORGET_OVERRIDE, ("model",), [(number,)]), STEER]


async def overrides_of(connection: AsyncConnection) -> tuple[Override, ...]:
    """Every override under the model's key of today, in the order of keys."""
    rows = await connection.execute(select(models.c.key, overrides.c.data).join_from(overrides, models).order_by(models.c.key))
    return tuple(msgspec.structs.replace(msgspec.json.decode(row.data, type=Override), key=row.key) for row in rows)


async def _compare(connection: AsyncConnection, table: Table, row_id: str, after: int | None) -> None:
    found = (await connection.execute(select(table.c.version).where(table.c.id == row_id))).scalar_one_or_none()
    if found != after:
        msg = f"{row_id} was changed by somebody else meanwhile; look at it again before you change it."
        raise EditedMeanwhileError(msg)
