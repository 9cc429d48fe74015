"""The official `openai` SDK over a chain: its requests go to whichever model works, its answers come back as they were sent.

The SDK is no dependency of ours and is not imported: it is handed an httpx client.
"""

from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

import msgspec

from statuspage.client.chain import Chain
from statuspage.client.errors import ChatError
from statuspage.client.events import Done, Event, Text, Thought
from statuspage.client.provider import ChainError
from statuspage.client.sync import SyncChain
from statuspage.client.tee import Overheard, Tee
from statuspage.outbound.given import Asked, BrokenError, Given, async_client, client

_PATH: Final = "/chat/completions"
_OF_THE_WIRE: Final = frozenset(
    ("connection", "keep-alive", "content-length", "content-encoding", "transfer-encoding", "trailer", "upgrade", "te")
)
"""Headers that speak of the vendor's connection, which ends with us."""
_SAID_ELSEWHERE: Final = ("model", "messages", "tools", "stream", "stream_options")
_NO_RETRY: Final = ("x-should-retry", "false")
"""The SDK obeys it: what could help was tried, and a retry on top of ours would multiply the load."""


def async_http_client(chain: Chain) -> Any:  # noqa: ANN401 - an `httpx.AsyncClient`, which newer SDKs take but do not declare
    """For `openai.AsyncOpenAI(http_client=…)`. Raises `ChainError` where a model of the chain speaks another dialect."""
    return async_client(Relay(chain).answer)


def http_client(chain: SyncChain) -> Any:  # noqa: ANN401 - an `httpx.Client`, as above
    """For `openai.OpenAI(http_client=…)`, which closes the chain when it is closed. Raises `ChainError` as above."""
    return client(Relay(chain.chain).answer, chain.run, chain.close)


class Relay:
    """Answers chat completions over a chain's routes."""

    def __init__(self, chain: Chain) -> None:
        strange = [route.key for route in chain.routes if route.vendor.dialect != "openai"]
        if strange:
            problem = (
                f"The openai SDK speaks chat completions, {', '.join(strange)} another dialect: leave that out, or ask the chain."
            )
            raise ChainError((problem,))
        self._chain = chain

    async def answer(self, asked: Asked) -> Given:
        """The answer of the model that works: bytes as its vendor sent them; where none does, the last vendor's own refusal."""
        if asked.method != "POST" or not asked.path.endswith(_PATH):
            return _refusal(404, "not_found", f"A chain answers chat completions alone, not {asked.method} {asked.path}.")
        try:
            body: dict[str, Any] = msgspec.json.decode(asked.body, type=dict[str, Any])
        except msgspec.MsgspecError as error:
            return _refusal(400, "invalid_request", f"The request cannot be read: {error}.")
        tee = Tee(self._chain.outbound, lambda made: _worded(made, body))
        chain = self._chain.over(tee, streamed=body.get("stream") is True)
        events = chain.stream(body.get("messages", ()), tools=body.get("tools", ()), **_parameters(body))
        try:
            first = await _until_spoken(events)
        except ChatError as error:
            await events.aclose()  # type: ignore[attr-defined]  # an async generator
            return _refused(error, tee.heard)
        heard = tee.heard
        assert heard is not None  # noqa: S101 - for the type checker: somebody spoke
        return Given(heard.status, _headers(heard), _bytes(first, events, tee))


def _worded(made: bytes, body: Mapping[str, Any]) -> bytes:
    """The request as the program meant it: streamed only where it asked for that."""
    request: dict[str, Any] = msgspec.json.decode(made)
    for name in ("stream", "stream_options"):
        request.pop(name, None)
        if name in body:
            request[name] = body[name]
    return msgspec.json.encode(request)


def _parameters(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in _SAID_ELSEWHERE}


async def _until_spoken(events: AsyncIterator[Event]) -> Event:
    """The first event after which no other model is asked. Raises `ChatError`."""
    async for event in events:
        if isinstance(event, Text | Thought | Done):
            return event
    raise AssertionError  # the events end with `Done` or raise


async def _bytes(event: Event | None, events: AsyncIterator[Event], tee: Tee) -> AsyncIterator[bytes]:
    """What came, as it came. Raises `BrokenError` where it broke off, after everything that came."""
    broken: str | None = None
    try:
        while event is not None:
            if tee.heard is not None and (data := tee.heard.take()):
                yield data
            event = await anext(events, None)
    except ChatError as error:
        broken = str(error)
    finally:
        await events.aclose()  # type: ignore[attr-defined]  # an async generator
    if broken is not None:
        if tee.heard is not None and (data := tee.heard.take()):
            yield data
        raise BrokenError(broken)


def _headers(heard: Overheard) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in heard.headers.items() if name not in _OF_THE_WIRE)


def _refused(error: ChatError, heard: Overheard | None) -> Given:
    """The vendor's own refusal, else ours: where nobody answered, or what came with a good status was no answer."""
    if heard is not None and heard.status >= 300:
        headers = tuple(pair for pair in _headers(heard) if pair[0] != _NO_RETRY[0])
        return Given(heard.status, (*headers, _NO_RETRY), _once(heard.take()))
    later = () if error.retry_after_s is None else (("retry-after", str(max(1, round(error.retry_after_s)))),)
    status = 503 if later else 504 if "timeout" in error.class_name else 502
    return _refusal(status, error.class_name, str(error), *later)


def _refusal(status: int, code: str, sentence: str, *headers: tuple[str, str]) -> Given:
    """An error in OpenAI's shape."""
    body = msgspec.json.encode({"error": {"message": sentence, "type": "statuspage_chain", "param": None, "code": code}})
    return Given(status, (("content-type", "application/json"), _NO_RETRY, *headers), _once(body))


async def _once(body: bytes) -> AsyncIterator[bytes]:
    yield body
