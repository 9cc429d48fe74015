"""Tokens, passwords, sessions, the first admin and the book."""

import pytest

from statuspage.domain.access import IDLE_MS, SESSION_MS, Role, Scope
from statuspage.domain.errors import WrongInputError
from statuspage.service.access import Access, TooManyAttempts
from statuspage.storage.memory import MemoryStore
from tests.service.world import HandClock

PASSWORD = "a long enough password"


class World:
    def __init__(self) -> None:
        self.clock = HandClock()
        self.store = MemoryStore()
        self.access = Access(self.store, self.clock)

    async def signed_in(self, role: Role = Role.OPERATOR) -> str:
        await self.access.add_user("ada", role, PASSWORD)
        cookie = await self.access.sign_in("ada", PASSWORD, "here")
        assert cookie is not None
        return cookie


async def test_a_token_is_stored_as_a_digest_alone() -> None:
    world = World()
    token = await world.access.create_token("ci", Scope.OPERATE)
    assert token.startswith("sp_")
    assert token not in repr(await world.store.access.tokens())
    found = world.access.by_token(token)
    assert found is not None
    assert (found.name, found.scope) == ("token ci", Scope.OPERATE)
    with pytest.raises(WrongInputError, match="already"):
        await world.access.create_token("ci", Scope.READ)


async def test_what_another_process_revokes_is_revoked_at_the_next_look() -> None:
    world = World()
    token = await world.access.create_token("ci", Scope.READ)
    await Access(world.store, world.clock).revoke_token("ci")
    await world.access.load()
    assert world.access.by_token(token) is None


async def test_a_password_is_hashed_and_a_short_one_refused() -> None:
    world = World()
    with pytest.raises(WrongInputError, match="12"):
        await world.access.add_user("ada", Role.ADMIN, "short")
    user = await world.access.add_user("ada", Role.ADMIN, PASSWORD)
    assert user.password is not None
    assert user.password.startswith("$argon2id$")
    assert PASSWORD not in repr(user)


async def test_a_wrong_name_and_a_wrong_password_look_alike() -> None:
    world = World()
    await world.signed_in()
    assert await world.access.sign_in("ada", "wrong", "here") is None
    assert await world.access.sign_in("nobody", PASSWORD, "here") is None


async def test_attempts_are_counted_by_name_and_by_place() -> None:
    world = World()
    for number in range(10):
        await world.access.sign_in("ada", "wrong", f"place {number}")
    with pytest.raises(TooManyAttempts) as refused:
        await world.access.sign_in("ADA", PASSWORD, "elsewhere")
    assert refused.value.retry_after_s == 900


@pytest.mark.parametrize("end", ["time", "idle", "password", "removal", "sign-out"])
async def test_a_session_ends(end: str) -> None:
    world = World()
    cookie = await world.signed_in()
    assert await world.access.by_cookie(cookie) is not None
    match end:
        case "time":
            for _ in range(6):
                world.clock.elapsed_s += SESSION_MS / 1000 / 6
                await world.access.by_cookie(cookie)
        case "idle":
            world.clock.elapsed_s += IDLE_MS / 1000
        case "password":
            await world.access.set_password("ada", "another long password")
        case "removal":
            await world.access.remove_user("ada")
        case _:
            await world.access.sign_out(cookie)
    assert await world.access.by_cookie(cookie) is None
    await world.access.load()
    assert await world.access.by_cookie(cookie) is None


async def test_a_session_survives_a_restart() -> None:
    world = World()
    cookie = await world.signed_in(Role.VIEWER)
    again = Access(world.store, world.clock)
    await again.load()
    found = await again.by_cookie(cookie)
    assert found is not None
    assert (found.name, found.scope) == ("ada", Scope.READ)


async def test_the_first_admin_needs_the_token_of_the_log_and_comes_once() -> None:
    world = World()
    token = world.access.first_token()
    assert token is not None
    with pytest.raises(WrongInputError):
        await world.access.begin("wrong", "ada", PASSWORD, "here")
    assert await world.access.begin(token, "ada", PASSWORD, "here")
    assert world.access.first_token() is None
    with pytest.raises(WrongInputError):
        await world.access.begin(token, "eve", PASSWORD, "here")


async def test_the_last_admin_stays() -> None:
    world = World()
    await world.access.add_user("ada", Role.ADMIN, PASSWORD)
    with pytest.raises(WrongInputError, match="last admin"):
        await world.access.remove_user("ada")


async def test_the_book_tells_who_came_in() -> None:
    world = World()
    await world.signed_in()
    await world.access.sign_in("eve", "wrong", "there")
    assert [(line.who, line.what, line.place) for line in await world.access.audited()] == [
        ("eve", "failed to sign in", "there"),
        ("ada", "signed in", "here"),
    ]


@pytest.mark.parametrize("name", ["", " ada", "a\nb", "x" * 65])
async def test_a_name_must_be_one(name: str) -> None:
    with pytest.raises(WrongInputError):
        await World().access.create_token(name, Scope.READ)
