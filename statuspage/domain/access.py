"""Who may do what: scopes, roles, users, tokens, sessions, and the book of what they did."""

import hmac
from enum import StrEnum
from hashlib import sha256
from typing import Final, Protocol

import msgspec

TOKEN_PREFIX: Final = "sp_"  # noqa: S105 - how our tokens begin, so that scanners of leaked secrets know them
MIN_PASSWORD_CHARS: Final = 12
SESSION_MS: Final = 14 * 86_400_000
IDLE_MS: Final = 3 * 86_400_000


class Scope(StrEnum):
    """What a token or a session is good for; each includes those before it."""

    READ = "read"
    OPERATE = "operate"
    ADMIN = "admin"

    def covers(self, wanted: "Scope") -> bool:
        """Whether this scope is enough for that one."""
        return _ORDER.index(self) >= _ORDER.index(wanted)


_ORDER: Final = (Scope.READ, Scope.OPERATE, Scope.ADMIN)


class Role(StrEnum):
    """What a user is."""

    VIEWER = "viewer"
    OPERATOR = "operator"
    ADMIN = "admin"

    @property
    def scope(self) -> Scope:
        """What the role may do."""
        return {Role.VIEWER: Scope.READ, Role.OPERATOR: Scope.OPERATE, Role.ADMIN: Scope.ADMIN}[self]


class User(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who signs in; `password` is an argon2 hash, None where another party signs them in (OIDC)."""

    name: str
    role: Role
    created_ms: int
    password: str | None = None

    def __repr__(self) -> str:
        return f"User({self.name!r}, {self.role.value})"


class TokenRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A token by its digest; the token itself was shown once and is nowhere."""

    name: str
    scope: Scope
    digest: str
    created_ms: int


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A sign-in by the digest of its cookie; `csrf` is what its forms must carry."""

    digest: str
    user: str
    csrf: str
    created_ms: int
    seen_ms: int

    def over(self, now_ms: int) -> bool:
        """Whether it has lasted long enough, or was left alone for too long."""
        return now_ms >= self.created_ms + SESSION_MS or now_ms >= self.seen_ms + IDLE_MS


class Principal(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever asks, by name; with a session the value that its forms carry, with a token the token's own name."""

    name: str
    scope: Scope
    csrf: str | None = None
    token: str | None = None


class AuditEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One write: who, what, to what, from where."""

    at_ms: int
    who: str
    what: str
    subject: str = ""
    place: str = ""


class AccessStore(Protocol):
    """Users, tokens, sessions and the audit book as they are stored. Raises `StorageError`."""

    async def users(self) -> tuple[User, ...]:
        """Everybody, by name."""
        ...

    async def keep_user(self, user: User) -> None:
        """Stores a user, replacing the one of that name, and ends all of their sessions."""
        ...

    async def remove_user(self, name: str) -> bool:
        """Forgets a user with all sessions; whether there was one."""
        ...

    async def tokens(self) -> tuple[TokenRecord, ...]:
        """Every token, by name."""
        ...

    async def keep_token(self, token: TokenRecord) -> bool:
        """Stores a token; False where the name is taken."""
        ...

    async def remove_token(self, name: str) -> bool:
        """Revokes a token; whether there was one."""
        ...

    async def sessions(self) -> tuple[Session, ...]:
        """Every session."""
        ...

    async def keep_session(self, session: Session) -> None:
        """Stores a session, replacing the one of that digest."""
        ...

    async def remove_session(self, digest: str) -> None:
        """Ends a session."""
        ...

    async def audit(self, entry: AuditEntry) -> None:
        """Writes a line into the book."""
        ...

    async def audited(self, limit: int) -> tuple[AuditEntry, ...]:
        """The newest lines, newest first."""
        ...


def digest_of(secret: str) -> str:
    """What is stored of a token or a cookie: they are random enough that no slower hash is needed."""
    return sha256(secret.encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Equality that takes the same time wherever two secrets differ."""
    return hmac.compare_digest(one.encode(), other.encode())
