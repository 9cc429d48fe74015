"""Passwords as argon2id hashes; hashing takes tens of milliseconds on purpose and runs in a thread."""

import asyncio
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys() -> str:
    """The hash that is checked where there is no user, so that nobody can tell by the time."""
    return _hasher().hash("nobody knows this password")


async def hashed(password: str) -> str:
    """What is stored of a password."""
    return await asyncio.to_thread(_hasher().hash, password)


async def fits(stored: str | None, password: str) -> bool:
    """Whether the password is the one behind the hash; without a hash it never is, and takes as long."""
    return await asyncio.to_thread(_fits, stored, password)


def _fits(stored: str | None, password: str) -> bool:
    from argon2.exceptions import Argon2Error, InvalidHashError

    try:
        _hasher().verify(stored or _nobodys(), password)
    except (Argon2Error, InvalidHashError):
        return False
    return stored is not None
