"""A party that signs people in, in a few lines: real keys, real signatures."""

import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from tests.service.world import START_MS

ISSUER = "https://id.example"


class Issuer:
    """Knows one person; `spoil` changes what the next token says."""

    def __init__(self, issuer: str = ISSUER) -> None:
        self.issuer = issuer
        self.key = RSAKey.generate_key(2048, parameters={"kid": "k1"})
        self.claims: dict[str, Any] = {"sub": "1", "email": "ada@example.com", "email_verified": True, "groups": ["ops-team"]}
        self.spoil: dict[str, Any] = {}
        self.asked: dict[str, str] = {}
        self.forms: list[Mapping[str, str]] = []
        self.now_s = START_MS // 1000

    def visit(self, url: str) -> str:
        """What the browser does there: signs in and comes back with a code; returns the state."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        return self.asked["state"]

    async def ask(self, url: str, form: Mapping[str, str] | None) -> dict[str, Any]:
        path = urlsplit(url).path
        if path.endswith("openid-configuration"):
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }
        if path.endswith("/keys"):
            return dict(KeySet([self.key]).as_dict(private=False))
        assert form is not None
        self.forms.append(form)
        challenge = self.asked["code_challenge"]
        assert urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=") == challenge
        return {"id_token": self.token()}

    def token(self) -> str:
        said = {
            "iss": self.issuer,
            "aud": self.asked["client_id"],
            "nonce": self.asked["nonce"],
            "iat": self.now_s,
            "exp": self.now_s + 300,
            **self.claims,
            **self.spoil,
        }
        return jwt.encode({"alg": "RS256", "kid": "k1"}, said, self.key)


def now_s() -> int:
    return int(time.time())
