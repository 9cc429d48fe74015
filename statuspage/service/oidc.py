"""Signing in through another party (OpenID Connect Core 1.0: code flow with PKCE), behind the extra `oidc`."""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable, Mapping
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urlencode

import msgspec

from statuspage.config.fleet import Oidc
from statuspage.domain.access import Role
from statuspage.domain.clock import Clock

WITHIN_MS: Final = 10 * 60_000
"""How long somebody may take to sign in there."""
_KNOWN_MS: Final = 3_600_000
"""How long the party's own description is believed."""
_ALGORITHMS: Final = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]
_SKEW_S: Final = 60

Ask = Callable[[str, Mapping[str, str] | None], Awaitable[dict[str, Any]]]
"""The JSON of an address: of a GET, or of a POST where a form is given. Raises `OidcError`."""


class OidcError(Exception):
    """Why somebody could not be signed in, in a sentence for them."""


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """A sign-in on its way, kept by the browser that began it."""

    state: str
    nonce: str
    verifier: str
    until_ms: int


class SignIn:
    """One other party, described by its discovery document."""

    def __init__(self, config: Oidc, site_url: str, ask: Ask, clock: Clock) -> None:
        self._config = config
        self._redirect = f"{site_url}/admin/oidc/callback"
        self._ask = ask
        self._clock = clock
        self._described: dict[str, Any] = {}
        self._until_ms = 0

    async def begin(self) -> tuple[str, Begun]:
        """Where to send the browser, and what it keeps meanwhile. Raises `OidcError`."""
        party = await self._party()
        begun = Begun(
            state=secrets.token_urlsafe(24),
            nonce=secrets.token_urlsafe(24),
            verifier=secrets.token_urlsafe(48),
            until_ms=self._clock.now_ms() + WITHIN_MS,
        )
        challenge = urlsafe_b64encode(sha256(begun.verifier.encode()).digest()).decode().rstrip("=")
        query = {
            "response_type": "code",
            "client_id": self._config.client_id,
            "redirect_uri": self._redirect,
            "scope": "openid email profile",
            "state": begun.state,
            "nonce": begun.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{party['authorization_endpoint']}?{urlencode(query)}", begun

    async def finish(self, begun: Begun | None, state: str, code: str) -> tuple[str, Role]:
        """Name and role of whoever came back. Raises `OidcError`."""
        if begun is None or self._clock.now_ms() >= begun.until_ms or not secrets.compare_digest(begun.state, state):
            raise OidcError("This sign-in is too old or was begun in another browser: begin again.")
        party = await self._party()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._redirect,
            "client_id": self._config.client_id,
            "code_verifier": begun.verifier,
        }
        if self._config.client_secret is not None:
            form["client_secret"] = self._config.client_secret.reveal()
        answer = await self._ask(party["token_endpoint"], form)
        claims = self._claims(str(answer.get("id_token", "")), await self._ask(party["jwks_uri"], None), begun.nonce)
        name = str(claims.get("email") or claims.get("preferred_username") or claims.get("sub") or "")[:64]
        if not name or claims.get("email_verified") is False:
            raise OidcError("The other party does not say who you are, or has not verified your address.")
        return name, self._role(claims, name)

    def _role(self, claims: Mapping[str, Any], name: str) -> Role:
        said = claims.get(self._config.claim)
        held = {name, *(said if isinstance(said, list) else [said])}
        for role, names in (
            (Role.ADMIN, self._config.admins),
            (Role.OPERATOR, self._config.operators),
            (Role.VIEWER, self._config.viewers),
        ):
            if "*" in names or held.intersection(names):
                return role
        raise OidcError("You are known, but have no role here: ask an admin.")

    def _claims(self, token: str, keys: Mapping[str, Any], nonce: str) -> Mapping[str, Any]:
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        expected = jwt.JWTClaimsRegistry(
            now=self._clock.now_ms() // 1000,
            leeway=_SKEW_S,
            iss={"essential": True, "value": self._config.issuer},
            aud={"essential": True, "value": self._config.client_id},
            exp={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            decoded = jwt.decode(token, KeySet.import_key_set(dict(keys)), algorithms=_ALGORITHMS)  # type: ignore[arg-type]
            expected.validate(decoded.claims)
        except (JoseError, ValueError, KeyError, TypeError):
            raise OidcError("The other party's answer is not what was agreed; the sign-in is refused.") from None
        return decoded.claims

    async def _party(self) -> dict[str, Any]:
        now_ms = self._clock.now_ms()
        if now_ms >= self._until_ms:
            found = await self._ask(f"{self._config.issuer.rstrip('/')}/.well-known/openid-configuration", None)
            if found.get("issuer") != self._config.issuer:
                raise OidcError("The other party calls itself something else than `oidc.issuer`; nobody is signed in.")
            self._described, self._until_ms = found, now_ms + _KNOWN_MS
        return self._described
