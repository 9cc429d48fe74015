"""A client of the zoo: httpx for what is HTTP, a raw socket for what is not."""

import asyncio
import json
import ssl
from collections.abc import Mapping
from typing import Any

import httpx
import msgspec

from statuspage.zoo.vendors.registry import SIMULATED
from statuspage.zoo.zoo import Zoo

KEY = "sk-zoo-0123456789"
_NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def client(key: str | None = KEY) -> httpx.AsyncClient:
    """A client that loads no certificates: loading them costs more than the test."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return httpx.AsyncClient(trust_env=False, verify=_NO_TLS, headers=headers, timeout=None)


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """What came back; `broken` names the transport error that ended it."""

    status: int = 0
    headers: Mapping[str, str] = {}
    body: bytes = b""
    broken: str | None = None

    @property
    def json(self) -> Any:  # noqa: ANN401 - any JSON
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def events(self) -> list[Any]:
        """The data of every server-sent event; `[DONE]` as text."""
        data = [line[6:] for line in self.text.splitlines() if line.startswith("data: ")]
        return [each if each == "[DONE]" else json.loads(each) for each in data]

    @property
    def error(self) -> Any:  # noqa: ANN401 - any JSON
        return self.json["error"]


def headers_of(prefix: str, key: str | None = KEY) -> dict[str, str]:
    if key is None:
        return {}
    return {"x-api-key": key} if SIMULATED[prefix].dialect == "anthropic" else {"Authorization": f"Bearer {key}"}


def address(zoo: Zoo, prefix: str, endpoint: str) -> str:
    inner = "/v1" if SIMULATED[prefix].dialect == "anthropic" else ""
    return f"{zoo.url(prefix)}{inner}/{endpoint}"


async def get(zoo: Zoo, prefix: str, endpoint: str = "models", key: str | None = KEY, fault: str | None = None) -> Answered:
    extra = {"X-Zoo-Fault": fault} if fault else {}
    return await _ask("GET", address(zoo, prefix, endpoint), headers_of(prefix, key) | extra)


async def chat(
    zoo: Zoo,
    prefix: str,
    model: str,
    *,
    stream: bool = True,
    key: str | None = KEY,
    fault: str | None = None,
    prompt: str = "Reply with one short word.",
    timeout_s: float = 5.0,
    more: Mapping[str, object] | None = None,
    **parameters: object,
) -> Answered:
    body: dict[str, object] = {"model": model, "messages": [{"role": "user", "content": prompt}], "max_tokens": 200}
    body |= {"stream": True} if stream else {}
    body |= parameters | dict(more or {})
    sent = {name: value for name, value in body.items() if value is not None}
    extra = {"X-Zoo-Fault": fault} if fault else {}
    endpoint = "messages" if SIMULATED[prefix].dialect == "anthropic" else "chat/completions"
    return await _ask("POST", address(zoo, prefix, endpoint), headers_of(prefix, key) | extra, sent, timeout_s)


async def _ask(
    method: str, url: str, headers: dict[str, str], body: dict[str, object] | None = None, timeout_s: float = 5.0
) -> Answered:
    got = bytearray()
    status, received = 0, dict[str, str]()
    try:
        async with (
            asyncio.timeout(timeout_s),
            client(None) as asker,
            asker.stream(method, url, headers=headers, json=body) as response,
        ):
            status, received = response.status_code, dict(response.headers)
            async for part in response.aiter_raw():
                got += part
                if len(got) > 3_000_000:
                    return Answered(status=status, headers=received, body=bytes(got), broken="enough")
    except (httpx.HTTPError, TimeoutError) as error:
        return Answered(status=status, headers=received, body=bytes(got), broken=type(error).__name__)
    return Answered(status=status, headers=received, body=bytes(got))


async def raw(zoo: Zoo, request: bytes, *, until_s: float = 2.0) -> bytes:
    """Sends bytes and reads until the other side closes or the time is up; a reset is shown as `!RESET`."""
    reader, writer = await asyncio.open_connection("127.0.0.1", zoo.port)
    writer.write(request)
    got = bytearray()
    try:
        async with asyncio.timeout(until_s):
            while part := await reader.read(65_536):
                got += part
    except TimeoutError:
        pass
    except ConnectionResetError:
        got += b"!RESET"
    finally:
        writer.close()
    return bytes(got)
