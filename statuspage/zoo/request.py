"""One HTTP/1.1 request as it was read, and the parser of its bytes."""

from typing import Final
from urllib.parse import unquote

import msgspec

MAX_HEAD_BYTES: Final = 64 * 1024
MAX_BODY_BYTES: Final = 8 * 1024 * 1024
_END_OF_HEAD: Final = b"\r\n\r\n"


class BadRequestError(Exception):
    """What arrived is not HTTP/1.1 that this server reads; carries the HTTP status to answer with."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A request; header names are lower case, `served_before` counts earlier requests of the same connection."""

    method: str
    path: str
    query: str = ""
    headers: dict[str, str] = {}
    body: bytes = b""
    served_before: int = 0

    @property
    def key(self) -> str | None:
        """The API key, from `Authorization: Bearer` or `x-api-key`; None when neither is sent."""
        bearer = self.headers.get("authorization", "")
        if bearer[:7].lower() == "bearer ":
            return bearer[7:].strip() or None
        return self.headers.get("x-api-key") or None

    @property
    def wants_close(self) -> bool:
        """Whether the client asks to close the connection after the answer."""
        return "close" in self.headers.get("connection", "").lower()


def read_request(buffer: bytearray, served_before: int) -> Request | None:
    """Takes one whole request off the front of `buffer`; None while it is incomplete.

    Raises `BadRequestError` for what is not HTTP/1.1 or is beyond the size bounds.
    """
    end = buffer.find(_END_OF_HEAD)
    if end < 0:
        if len(buffer) > MAX_HEAD_BYTES:
            raise BadRequestError(431, "the request's headers are larger than 64 KiB")
        return None
    lines = buffer[:end].decode("latin-1").split("\r\n")
    words = lines[0].split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        raise BadRequestError(400, "the first line is not an HTTP/1.1 request line")
    headers: dict[str, str] = {}
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if not colon:
            raise BadRequestError(400, "a header line has no colon")
        headers[name.lower()] = value.strip()
    start = end + len(_END_OF_HEAD)
    found = (
        _chunked_body(buffer, start) if "chunked" in headers.get("transfer-encoding", "") else _sized_body(buffer, start, headers)
    )
    if found is None:
        return None
    body, consumed = found
    del buffer[:consumed]
    path, _, query = words[1].partition("?")
    return Request(method=words[0], path=unquote(path), query=query, headers=headers, body=body, served_before=served_before)


def _sized_body(buffer: bytearray, start: int, headers: dict[str, str]) -> tuple[bytes, int] | None:
    announced = headers.get("content-length", "0")
    if not announced.isdigit():
        raise BadRequestError(400, "Content-Length is not a number")
    length = int(announced)
    if length > MAX_BODY_BYTES:
        raise BadRequestError(413, "the request's body is larger than 8 MiB")
    if len(buffer) < start + length:
        return None
    return bytes(buffer[start : start + length]), start + length


def _chunked_body(buffer: bytearray, start: int) -> tuple[bytes, int] | None:
    body = bytearray()
    at = start
    while True:
        line_end = buffer.find(b"\r\n", at)
        if line_end < 0:
            return None
        try:
            size = int(bytes(buffer[at:line_end]).split(b";")[0], 16)
        except ValueError:
            raise BadRequestError(400, "a chunk has no size") from None
        if size < 0 or len(body) + size > MAX_BODY_BYTES:
            raise BadRequestError(413, "the request's body is larger than 8 MiB")
        at = line_end + 2
        if len(buffer) < at + size + 2:
            return None
        body += buffer[at : at + size]
        at += size + 2
        if size == 0:
            return bytes(body), at
