"""Signed webhooks (Standard Webhooks 1.0.0): one POST a notice, the same id however often it is tried."""

from collections.abc import Callable
from datetime import UTC, datetime

from statuspage.domain.delivering import Outcome
from statuspage.domain.secret import Secret
from statuspage.notify.encodings.registry import ENCODINGS
from statuspage.notify.message import Endpoint, Message
from statuspage.notify.post import post
from statuspage.outbound.client import Outbound


class Webhook:
    """One receiver; without a secret the bodies are not signed."""

    def __init__(self, endpoint: Endpoint, outbound: Outbound, now_ms: Callable[[], int]) -> None:
        self._endpoint = endpoint
        self._outbound = outbound
        self._now_ms = now_ms

    async def send(self, message: Message) -> Outcome:
        url = self._endpoint.url
        if url is None:
            return Outcome(error="its address could not be read from the configuration")
        notice = message.newest
        encoded = ENCODINGS[self._endpoint.format](notice, self._endpoint)
        at_s = self._now_ms() // 1000
        headers = {"Content-Type": encoded.content_type, "webhook-id": notice.id, "webhook-timestamp": str(at_s)}
        if self._endpoint.secret is not None:
            headers["webhook-signature"] = signature(self._endpoint.secret, notice.id, at_s, encoded.body)
        answer = await post(self._outbound, url.reveal(), encoded.body, headers, allow_private=self._endpoint.allow_private)
        return answer.outcome


def signature(secret: Secret, message_id: str, at_s: int, body: bytes) -> str:
    """`v1,` and the HMAC of `id.timestamp.body`; a secret that is no `whsec_` key in base64 is used as the bytes it is."""
    from standardwebhooks import Webhook as Signer

    text = secret.reveal()
    try:
        signer = Signer(text)
    except ValueError:
        signer = Signer(text.encode())
    return signer.sign(message_id, datetime.fromtimestamp(at_s, UTC), body.decode())
