"""One POST to a channel's address: guarded, pinned, bounded, no redirects; the outcome in our own words."""

import asyncio
from collections.abc import Mapping
from typing import Final

import msgspec

from statuspage.domain.delivering import Outcome
from statuspage.outbound.client import Call, Outbound, Reply
from statuspage.outbound.failures import TransportFailure
from statuspage.outbound.phases import Phases

TIMEOUT_S: Final = 20.0
MAX_ANSWER_BYTES: Final = 64 * 1024
_GONE: Final = 410


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What came back: an outcome, and the body where one was read."""

    outcome: Outcome
    status: int | None = None
    body: bytes = b""


async def post(
    outbound: Outbound,
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    allow_private: bool,
    method: str = "POST",
) -> Answer:
    """Any 2xx is delivered; 410 is gone for good; everything else may be tried again."""
    call = Call(
        method=method,
        url=url,
        headers={"Content-Type": "application/json", **headers},
        body=body,
        allow_private=allow_private,
        max_body_bytes=MAX_ANSWER_BYTES,
    )
    try:
        async with asyncio.timeout(TIMEOUT_S), outbound.ask(call, Phases(outbound.monotonic_s)) as reply:
            answer = await _whole(reply)
    except TransportFailure as failure:
        return Answer(outcome=Outcome(error=failure.detail or failure.class_name))
    except TimeoutError:
        return Answer(outcome=Outcome(error=f"no answer within {TIMEOUT_S:g} s"))
    return Answer(outcome=_outcome(reply), status=reply.status, body=answer)


def _outcome(reply: Reply) -> Outcome:
    status = reply.status
    if 200 <= status < 300:
        return Outcome()
    if 300 <= status < 400:
        return Outcome(error=f"HTTP {status}: redirects are not followed; configure the address it leads to")
    if status == _GONE:
        return Outcome(error="HTTP 410: the receiver is gone for good", gone=True)
    return Outcome(error=f"HTTP {status}", retry_after_s=_seconds(reply.headers.get("retry-after")))


def _seconds(text: str | None) -> float | None:
    """The seconds of a `Retry-After`; a date is not read, as the schedule waits long enough."""
    return float(text) if text is not None and text.isascii() and text.isdigit() else None


async def _whole(reply: Reply) -> bytes:
    chunks = []
    while (chunk := await reply.chunk()) is not None:
        chunks.append(chunk)
    return b"".join(chunks)
