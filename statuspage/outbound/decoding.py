"""Undoing a Content-Encoding with a bound on what comes out: a kilobyte must not become a gigabyte."""

import zlib
from typing import Final, Protocol

from statuspage.outbound.failures import MalformedError

_AUTO: Final = zlib.MAX_WBITS | 32
"""zlib's word for «a gzip or a zlib header»."""


class Decoder(Protocol):
    """Turns pieces of the body on the wire into pieces of the body meant; raises `MalformedError`."""

    def feed(self, data: bytes) -> bytes:
        """The next piece."""
        ...


class Plain:
    """Nothing to undo, only to count."""

    def __init__(self, limit_bytes: int) -> None:
        self._left = limit_bytes

    def feed(self, data: bytes) -> bytes:
        self._left -= len(data)
        if self._left < 0:
            raise MalformedError("the body exceeds its bound")
        return data


class Inflated:
    """gzip and deflate."""

    def __init__(self, limit_bytes: int) -> None:
        self._left = limit_bytes
        self._inflate = zlib.decompressobj(_AUTO)

    def feed(self, data: bytes) -> bytes:
        try:
            plain = self._inflate.decompress(data, self._left + 1)
        except zlib.error as error:
            raise MalformedError("the compressed body is broken") from error
        self._left -= len(plain)
        if self._left < 0:
            raise MalformedError("the decompressed body exceeds its bound")
        return plain


def decoder_for(content_encoding: str, limit_bytes: int) -> Decoder:
    """The decoder of that header; what we cannot undo raises `MalformedError`, since we asked for `identity`."""
    match content_encoding.strip().lower():
        case "" | "identity":
            return Plain(limit_bytes)
        case "gzip" | "x-gzip" | "deflate":
            return Inflated(limit_bytes)
    raise MalformedError("the body is compressed in a way that was not asked for")
