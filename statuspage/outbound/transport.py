"""An httpx transport for probes: one fresh, guarded, timed connection per request, nothing pooled.

httpx's own pool costs 0.6 ms of CPU per fresh connection and reports wrong times with many requests in flight;
this one costs a fifth of that and sees every phase.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from typing import Final
from urllib.parse import quote

import httpx

from statuspage.outbound.connect import connect
from statuspage.outbound.connection import Connection
from statuspage.outbound.failures import BadRequestError, failure_of
from statuspage.outbound.guard import permitted
from statuspage.outbound.phases import Phases
from statuspage.outbound.resolve import resolve
from statuspage.outbound.tls import shared_context

MAX_BODY_BYTES: Final = 1024 * 1024
_HANDSHAKE_S: Final = 24 * 3600.0
"""asyncio wants a bound of its own; the probe's deadline is the one that counts."""
_UNSAFE: Final = (b"\r", b"\n", b"\0")


class FreshTransport(httpx.AsyncBaseTransport):
    """Resolves, guards, connects, speaks HTTP/1.1 and hangs up, anew for every request.

    Request extensions: `phases` (a `Phases`), `allow_private` (bool), `max_body_bytes` (int). Reads no proxy from the
    environment and follows no redirect. Raises `TransportFailure` only; the deadline is the caller's.
    """

    def __init__(self, *, monotonic_s: Callable[[], float], context: Callable[[], ssl.SSLContext] = shared_context) -> None:
        self._monotonic_s = monotonic_s
        self._context = context

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        phases = request.extensions.get("phases")
        if not isinstance(phases, Phases):
            phases = Phases(self._monotonic_s)
        try:
            message = _message(request)
            connection, transport = await self._open(request, phases)
            try:
                transport.write(message)
                await connection.head()
            except BaseException:
                connection.close()
                raise
        except Exception as error:
            raise failure_of(error, phases.reached) from error
        phases.answered()
        body = Body(connection, phases)
        return httpx.Response(connection.status, headers=connection.headers, stream=body, extensions={"body": body})

    async def _open(self, request: httpx.Request, phases: Phases) -> tuple[Connection, asyncio.WriteTransport]:
        url = request.url
        tls = url.scheme == "https"
        host = url.raw_host.decode("ascii").strip("[]")
        port = url.port or (443 if tls else 80)
        if not host or url.scheme not in ("http", "https"):
            raise BadRequestError("the address is no http or https URL")
        context = self._ssl_context() if tls else None
        addresses = permitted(host, await resolve(host, port), allow_private=bool(request.extensions.get("allow_private")))
        phases.resolved()
        sock = await connect(addresses, port)
        phases.connected(tls=tls)
        limit = request.extensions.get("max_body_bytes")
        # From here on the loop owns the socket, and closes it when the handshake fails or is cancelled.
        transport, connection = await asyncio.get_running_loop().create_connection(
            lambda: Connection(
                phases=phases,
                max_body_bytes=limit if isinstance(limit, int) else MAX_BODY_BYTES,
                bodyless=request.method == "HEAD",
            ),
            sock=sock,
            ssl=context,
            server_hostname=host.rstrip(".") if tls else None,
            ssl_handshake_timeout=_HANDSHAKE_S if tls else None,
        )
        if tls:
            phases.secured()
        return connection, transport

    def _ssl_context(self) -> ssl.SSLContext:
        try:
            return self._context()
        except OSError as error:
            raise BadRequestError("the trusted certificates cannot be loaded: check SSL_CERT_FILE and SSL_CERT_DIR") from error


class Body(httpx.AsyncByteStream):
    """The response's body as it is on the wire; `ended_early` tells whether it was cut."""

    def __init__(self, connection: Connection, phases: Phases) -> None:
        self._connection = connection
        self._phases = phases

    @property
    def ended_early(self) -> bool:
        return self._connection.ended_early

    async def chunk(self) -> bytes | None:
        """The next piece; None at the end. Raises `TransportFailure`."""
        try:
            return await self._connection.chunk()
        except Exception as error:
            raise failure_of(error, self._phases.reached) from error

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while (data := await self.chunk()) is not None:
            yield data

    async def aclose(self) -> None:
        self._connection.close()


def body_of(response: httpx.Response) -> Body:
    """The body of a response of this transport."""
    body = response.extensions["body"]
    assert isinstance(body, Body)  # noqa: S101 - for the type checker: the transport put it there
    return body


def _message(request: httpx.Request) -> bytes:
    target = quote(request.url.raw_path, safe=b"/?%:@!$&'()*+,;=~-._")
    lines = [b"%s %s HTTP/1.1" % (request.method.encode("ascii"), target.encode("ascii"))]
    for name, value in request.headers.raw:
        if any(bad in value for bad in _UNSAFE):
            raise BadRequestError(f"the header {name.decode('latin-1')} holds a line break")
        lines.append(b"%s: %s" % (name, value))
    return b"\r\n".join((*lines, b"", b"")) + request.content
