"""The party that signs people in, asked over the way out."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

import msgspec

from statuspage.config.fleet import Config
from statuspage.domain.clock import Clock
from statuspage.outbound.client import Call, Outbound
from statuspage.outbound.failures import TransportFailure
from statuspage.outbound.phases import Phases
from statuspage.service.oidc import OidcError, SignIn

_TIMEOUT_S: Final = 10.0
_MOST_BYTES: Final = 256 * 1024
_HEADERS: Final = {"Accept": "application/json"}
_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
_AWAY: Final = "The party that signs people in does not answer; try again, or sign in with a password."


def sign_in_of(config: Config, clock: Clock) -> SignIn | None:
    """The configured party, ready to be asked."""
    if config.oidc is None:
        return None
    outbound = Outbound(monotonic_s=clock.monotonic_s)

    async def ask(url: str, form: Mapping[str, str] | None) -> dict[str, Any]:
        call = Call(
            method="GET" if form is None else "POST",
            url=url,
            headers={"Accept": "application/json"}
            | ({} if form is None else {"Content-Type": "application/x-www-form-urlencoded"}),
            body=b"" if form is None else urlencode(form).encode(),
            allow_private=config.allow_private_networks,
            max_body_bytes=_MOST_BYTES,
        )
        try:
            async with asyncio.timeout(_TIMEOUT_S), outbound.ask(call, Phases(outbound.monotonic_s)) as reply:
                chunks = []
                while (chunk := await reply.chunk()) is not None:
                    chunks.append(chunk)
            if not 200 <= reply.status < 300:
                raise OidcError(_AWAY)
            return msgspec.json.decode(b"".join(chunks), type=dict[str, Any])
        except (TransportFailure, TimeoutError, msgspec.MsgspecError):
            raise OidcError(_AWAY) from None

    return SignIn(config.oidc, config.site.url, ask, clock)
