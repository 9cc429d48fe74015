"""Users, tokens, sessions and the audit book in SQL."""

from collections.abc import Callable, Sequence
from typing import Final

import msgspec
from sqlalchemy import bindparam, delete, insert, select

from statuspage.domain.access import AuditEntry, Session, TokenRecord, User
from statuspage.storage.engine import Database, execute
from statuspage.storage.revision import CURRENT
from statuspage.storage.statement import Write, delete_where
from statuspage.storage.steering import STEER
from statuspage.storage.tables import audit, sessions, tokens, users

_AUDIT_NAMES: Final = ("at_ms", "who", "what", "subject", "place")
_AUDIT: Final = insert(audit).values({name: bindparam(name) for name in _AUDIT_NAMES})
_FORGET_SESSIONS: Final = delete_where(sessions, "user")
_FORGET_SESSION: Final = delete_where(sessions, "digest")


class SqlAccess:
    """Access as an open database has it (`AccessStore`)."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._of = database

    async def users(self) -> tuple[User, ...]:
        async with self._of().reading() as connection:
            rows = await connection.execute(select(users.c.data).order_by(users.c.name))
            return tuple(msgspec.json.decode(data, type=User) for (data,) in rows)

    async def keep_user(self, user: User) -> None:
        row = (user.name, msgspec.json.encode(user))
        ended = Write(_FORGET_SESSIONS, ("user",), [(user.name,)])
        await self._write([self._of().upsert(users, [row]), ended, STEER])

    async def remove_user(self, name: str) -> bool:
        async with self._of().writing() as connection:
            gone = await connection.execute(delete(users).where(users.c.name == name))
            await execute(connection, [Write(_FORGET_SESSIONS, ("user",), [(name,)]), STEER])
        return gone.rowcount > 0

    async def tokens(self) -> tuple[TokenRecord, ...]:
        async with self._of().reading() as connection:
            rows = await connection.execute(select(tokens.c.data).order_by(tokens.c.name))
            return tuple(msgspec.json.decode(data, type=TokenRecord) for (data,) in rows)

    async def keep_token(self, token: TokenRecord) -> bool:
        async with self._of().writing() as connection:
            if (await connection.execute(select(tokens.c.name).where(tokens.c.name == token.name))).first() is not None:
                return False
            row = (token.name, msgspec.json.encode(token))
            await execute(connection, [self._of().upsert(tokens, [row]), STEER])
        return True

    async def remove_token(self, name: str) -> bool:
        async with self._of().writing() as connection:
            gone = await connection.execute(delete(tokens).where(tokens.c.name == name))
            await execute(connection, [STEER])
        return gone.rowcount > 0

    async def sessions(self) -> tuple[Session, ...]:
        async with self._of().reading() as connection:
            rows = await connection.execute(select(sessions.c.data))
            return tuple(msgspec.json.decode(data, type=Session) for (data,) in rows)

    async def keep_session(self, session: Session) -> None:
        row = (session.digest, session.user, msgspec.json.encode(session))
        await self._write([self._of().upsert(sessions, [row])])

    async def remove_session(self, digest: str) -> None:
        await self._write([Write(_FORGET_SESSION, ("digest",), [(digest,)]), STEER])

    async def audit(self, entry: AuditEntry) -> None:
        row = (entry.at_ms, entry.who, entry.what, entry.subject, entry.place)
        await self._write([Write(_AUDIT, _AUDIT_NAMES, [row])])

    async def audited(self, limit: int) -> tuple[AuditEntry, ...]:
        wanted = select(*(audit.c[name] for name in _AUDIT_NAMES)).order_by(audit.c.number.desc()).limit(limit)
        async with self._of().reading() as connection:
            rows = await connection.execute(wanted)
            return tuple(AuditEntry(**dict(zip(_AUDIT_NAMES, row, strict=True))) for row in rows)

    async def _write(self, writes: Sequence[Write]) -> None:
        await self._of().transact(writes, CURRENT)
