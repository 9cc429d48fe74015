"""The use cases of access: tokens, signing in and out, the first admin, and the audit book."""

import secrets
from typing import Final

import msgspec
import structlog

from statuspage.domain.access import (
    MIN_PASSWORD_CHARS,
    TOKEN_PREFIX,
    AuditEntry,
    Principal,
    Role,
    Scope,
    Session,
    TokenRecord,
    User,
    digest_of,
    same,
)
from statuspage.domain.clock import Clock
from statuspage.domain.errors import StorageError, WrongInputError
from statuspage.domain.ports import Store
from statuspage.domain.subscription import Attempts
from statuspage.service.passwords import fits, hashed

_NAME_CHARS: Final = 64
_MINUTE_MS: Final = 60_000
_TRIES: Final = 10
_WITHIN_MS: Final = 15 * _MINUTE_MS
_SEEN_EVERY_MS: Final = 5 * _MINUTE_MS
"""How often a session's last use is written."""

log = structlog.get_logger()


class TooManyAttempts(Exception):  # noqa: N818 - an answer, not a fault
    """Somebody tried too often; `retry_after_s` says when to come back."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__("Too many attempts to sign in. Wait a while.")
        self.retry_after_s = retry_after_s


class Access:
    """Knows every user, token and session; what other processes change is taken over through the steering counter."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._users: dict[str, User] = {}
        self._tokens: dict[str, TokenRecord] = {}
        self._sessions: dict[str, Session] = {}
        self._tries = Attempts(_TRIES, _WITHIN_MS)
        self._first: str | None = None

    async def load(self) -> None:
        """Takes over what is stored."""
        self._users = {user.name: user for user in await self._store.access.users()}
        self._tokens = {token.digest: token for token in await self._store.access.tokens()}
        self._sessions = {session.digest: session for session in await self._store.access.sessions()}

    # Tokens.

    async def create_token(self, name: str, scope: Scope) -> str:
        """Makes a token and returns it, this once. Raises `WrongInputError`."""
        _check_name(name)
        token = f"{TOKEN_PREFIX}{secrets.token_urlsafe(32)}"
        record = TokenRecord(name=name, scope=scope, digest=digest_of(token), created_ms=self._clock.now_ms())
        if not await self._store.access.keep_token(record):
            raise WrongInputError(f"There is a token {name!r} already: revoke it or take another name.")
        await self.load()
        return token

    async def revoke_token(self, name: str) -> None:
        """Revokes a token. Raises `WrongInputError`."""
        if not await self._store.access.remove_token(name):
            raise WrongInputError(f"There is no token {name!r}; `statuspage token list` lists them.")
        await self.load()

    def tokens(self) -> tuple[TokenRecord, ...]:
        """Every token, by name."""
        return tuple(sorted(self._tokens.values(), key=lambda token: token.name))

    def by_token(self, token: str) -> Principal | None:
        """Whom a token speaks for."""
        found = self._tokens.get(digest_of(token))
        return None if found is None else Principal(name=f"token {found.name}", scope=found.scope, token=found.name)

    # Users.

    async def add_user(self, name: str, role: Role, password: str) -> User:
        """Makes a user. Raises `WrongInputError`."""
        _check_name(name)
        if name in self._users:
            raise WrongInputError(f"There is a user {name!r} already.")
        return await self._keep(name, role, password)

    async def set_password(self, name: str, password: str) -> None:
        """Gives a user another password; all of their sessions end. Raises `WrongInputError`."""
        await self._keep(name, self._known(name).role, password)

    async def set_role(self, name: str, role: Role) -> None:
        """Gives a user another role; all of their sessions end, and the last admin stays one. Raises `WrongInputError`."""
        user = self._known(name)
        if role is not Role.ADMIN:
            self._check_not_last(user)
        await self._store.access.keep_user(msgspec.structs.replace(user, role=role))
        await self.load()

    async def remove_user(self, name: str) -> None:
        """Forgets a user; the last admin stays. Raises `WrongInputError`."""
        self._check_not_last(self._known(name))
        await self._store.access.remove_user(name)
        await self.load()

    def users(self) -> tuple[User, ...]:
        """Everybody, by name."""
        return tuple(sorted(self._users.values(), key=lambda user: user.name))

    # Signing in.

    def first_token(self) -> str | None:
        """The one-time token with which the first admin is made; None where there is a user or an admin's token."""
        if self._users or any(token.scope is Scope.ADMIN for token in self._tokens.values()):
            self._first = None
        elif self._first is None:
            self._first = secrets.token_urlsafe(24)
        return self._first

    async def begin(self, given: str, name: str, password: str, place: str) -> str:
        """Makes the first admin and signs them in; returns the cookie. Raises `WrongInputError`, `TooManyAttempts`."""
        self._try(f"first {place}")
        expected = self.first_token()
        if expected is None or not same(given, expected):
            raise WrongInputError("This token does not open the door: the log of `statuspage serve` has the right one.")
        await self.add_user(name, Role.ADMIN, password)
        self._first = None
        await self.audit(name, "became the first admin", place=place)
        return await self._open(name)

    async def sign_in(self, name: str, password: str, place: str) -> str | None:
        """The cookie of a new session; None for a wrong name or password, which look alike. Raises `TooManyAttempts`."""
        self._try(f"user {name.lower()[:_NAME_CHARS]}")
        self._try(f"place {place}")
        user = self._users.get(name)
        if not await fits(None if user is None else user.password, password):
            await self.audit(name[:_NAME_CHARS], "failed to sign in", place=place)
            return None
        await self.audit(name, "signed in", place=place)
        return await self._open(name)

    async def sign_in_trusted(self, name: str, role: Role, place: str) -> str:
        """The cookie for somebody whom another party has signed in (OIDC)."""
        if name not in self._users or self._users[name].role is not role:
            await self._store.access.keep_user(User(name=name, role=role, created_ms=self._clock.now_ms()))
            await self.load()
        await self.audit(name, "signed in by another party", place=place)
        return await self._open(name)

    async def sign_out(self, cookie: str) -> None:
        """Ends a session."""
        digest = digest_of(cookie)
        self._sessions.pop(digest, None)
        await self._store.access.remove_session(digest)

    async def by_cookie(self, cookie: str) -> Principal | None:
        """Whom a session speaks for; one that is over is forgotten."""
        session = self._sessions.get(digest_of(cookie))
        if session is None:
            return None
        now_ms = self._clock.now_ms()
        user = self._users.get(session.user)
        if user is None or session.over(now_ms):
            await self.sign_out(cookie)
            return None
        if now_ms - session.seen_ms > _SEEN_EVERY_MS:
            await self._keep_session(msgspec.structs.replace(session, seen_ms=now_ms))
        return Principal(name=user.name, scope=user.role.scope, csrf=session.csrf)

    # The book.

    async def audit(self, who: str, what: str, subject: str = "", place: str = "") -> None:
        """Writes a line; what cannot be written is logged, and hinders nothing."""
        entry = AuditEntry(at_ms=self._clock.now_ms(), who=who, what=what, subject=subject, place=place)
        try:
            await self._store.access.audit(entry)
        except StorageError as error:
            log.warning("the audit book could not be written", who=who, what=what, error=str(error))

    async def audited(self, limit: int = 200) -> tuple[AuditEntry, ...]:
        """The newest lines, newest first."""
        return await self._store.access.audited(limit)

    def _try(self, name: str) -> None:
        if not self._tries.allowed(name, self._clock.now_ms()):
            raise TooManyAttempts(_WITHIN_MS // 1000)

    def _known(self, name: str) -> User:
        if name not in self._users:
            raise WrongInputError(f"There is no user {name!r}; `statuspage user list` lists them.")
        return self._users[name]

    def _check_not_last(self, user: User) -> None:
        admins = [each for each in self._users.values() if each.role is Role.ADMIN]
        if user.role is Role.ADMIN and len(admins) == 1:
            raise WrongInputError(f"{user.name!r} is the last admin: make another one first.")

    async def _keep(self, name: str, role: Role, password: str) -> User:
        if len(password) < MIN_PASSWORD_CHARS:
            raise WrongInputError(f"The password is too short: take at least {MIN_PASSWORD_CHARS} characters.")
        user = User(name=name, role=role, created_ms=self._clock.now_ms(), password=await hashed(password))
        await self._store.access.keep_user(user)
        await self.load()
        return user

    async def _open(self, name: str) -> str:
        cookie, now_ms = secrets.token_urlsafe(32), self._clock.now_ms()
        csrf = secrets.token_urlsafe(24)
        await self._keep_session(Session(digest=digest_of(cookie), user=name, csrf=csrf, created_ms=now_ms, seen_ms=now_ms))
        return cookie

    async def _keep_session(self, session: Session) -> None:
        await self._store.access.keep_session(session)
        self._sessions[session.digest] = session


def _check_name(name: str) -> None:
    if not (name and len(name) <= _NAME_CHARS and name.isprintable() and name == name.strip()):
        raise WrongInputError(f"A name has 1 to {_NAME_CHARS} printable characters, without spaces around it.")
