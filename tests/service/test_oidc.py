"""Signing in through another party: what is agreed, and everything that is not."""

from typing import Any

import pytest
from joserfc.jwk import RSAKey

from statuspage.config.fleet import Oidc
from statuspage.domain.access import Role
from statuspage.service.oidc import WITHIN_MS, OidcError, SignIn
from tests.service.issuer import ISSUER, Issuer
from tests.service.world import HandClock

CONFIG = Oidc(issuer=ISSUER, client_id="statuspage", admins=("ada@example.com",), operators=("ops-team",), viewers=("*",))


class World:
    def __init__(self, config: Oidc = CONFIG) -> None:
        self.issuer = Issuer()
        self.clock = HandClock()
        self.sign_in = SignIn(config, "https://page.example", self.issuer.ask, self.clock)

    async def round(self) -> tuple[str, Role]:
        url, begun = await self.sign_in.begin()
        state = self.issuer.visit(url)
        return await self.sign_in.finish(begun, state, "code")


async def test_whoever_is_named_comes_in_with_the_highest_role() -> None:
    world = World()
    assert await world.round() == ("ada@example.com", Role.ADMIN)
    assert world.issuer.asked["redirect_uri"] == "https://page.example/admin/oidc/callback"
    world.issuer.claims["email"] = "bob@example.com"
    assert await world.round() == ("bob@example.com", Role.OPERATOR)
    world.issuer.claims["groups"] = []
    assert await world.round() == ("bob@example.com", Role.VIEWER)


async def test_whoever_is_not_named_stays_out() -> None:
    world = World(Oidc(issuer=ISSUER, client_id="statuspage", admins=("eve@example.com",)))
    with pytest.raises(OidcError, match="no role"):
        await world.round()


@pytest.mark.parametrize(
    "spoil",
    [
        {"iss": "https://evil.example"},
        {"aud": "somebody else"},
        {"nonce": "another"},
        {"exp": 1},
        {"nonce": None},
        {"email_verified": False},
    ],
)
async def test_a_token_that_says_something_else_is_refused(spoil: dict[str, Any]) -> None:
    world = World()
    world.issuer.spoil = spoil
    with pytest.raises(OidcError):
        await world.round()


async def test_a_token_under_another_key_is_refused() -> None:
    world = World()
    url, begun = await world.sign_in.begin()
    state = world.issuer.visit(url)
    honest = await world.issuer.ask(f"{ISSUER}/keys", None)
    world.issuer.key = RSAKey.generate_key(2048, parameters={"kid": "k1"})
    plain = world.issuer.ask

    async def ask(asked: str, form: Any) -> dict[str, Any]:  # noqa: ANN401
        return honest if asked.endswith("/keys") else await plain(asked, form)

    world.sign_in._ask = ask
    with pytest.raises(OidcError):
        await world.sign_in.finish(begun, state, "code")


async def test_another_browser_or_too_long_a_wait_is_refused() -> None:
    world = World()
    url, begun = await world.sign_in.begin()
    state = world.issuer.visit(url)
    for given, held in ((state, None), ("other", begun)):
        with pytest.raises(OidcError, match="begin again"):
            await world.sign_in.finish(held, given, "code")
    world.clock.elapsed_s += WITHIN_MS / 1000
    with pytest.raises(OidcError, match="begin again"):
        await world.sign_in.finish(begun, state, "code")


async def test_a_party_that_calls_itself_something_else_is_refused() -> None:
    world = World(Oidc(issuer="https://other.example", client_id="statuspage"))
    with pytest.raises(OidcError, match="issuer"):
        await world.sign_in.begin()
