"""Users, tokens, sessions and the audit book without a database: for simulations and tests."""

from statuspage.domain.access import AuditEntry, Session, TokenRecord, User


class MemoryAccess:
    """Access in memory (`AccessStore`)."""

    def __init__(self) -> None:
        self._users: dict[str, User] = {}
        self._tokens: dict[str, TokenRecord] = {}
        self._sessions: dict[str, Session] = {}
        self._audit: list[AuditEntry] = []

    async def users(self) -> tuple[User, ...]:
        return tuple(self._users[name] for name in sorted(self._users))

    async def keep_user(self, user: User) -> None:
        self._users[user.name] = user
        self._end(user.name)

    async def remove_user(self, name: str) -> bool:
        self._end(name)
        return self._users.pop(name, None) is not None

    async def tokens(self) -> tuple[TokenRecord, ...]:
        return tuple(self._tokens[name] for name in sorted(self._tokens))

    async def keep_token(self, token: TokenRecord) -> bool:
        return self._tokens.setdefault(token.name, token) is token

    async def remove_token(self, name: str) -> bool:
        return self._tokens.pop(name, None) is not None

    async def sessions(self) -> tuple[Session, ...]:
        return tuple(self._sessions.values())

    async def keep_session(self, session: Session) -> None:
        self._sessions[session.digest] = session

    async def remove_session(self, digest: str) -> None:
        self._sessions.pop(digest, None)

    async def audit(self, entry: AuditEntry) -> None:
        self._audit.append(entry)

    async def audited(self, limit: int) -> tuple[AuditEntry, ...]:
        return tuple(reversed(self._audit))[:limit]

    def _end(self, name: str) -> None:
        self._sessions = {digest: each for digest, each in self._sessions.items() if each.user != name}
