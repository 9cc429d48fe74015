"""The bytes of one address in every encoding, ready to be handed out."""

import zlib
from hashlib import blake2b
from typing import Final

import msgspec
import zstandard

Headers = list[tuple[bytes, bytes]]

IDENTITY: Final = b"identity"
GZIP: Final = b"gzip"
ZSTD: Final = b"zstd"

_SMALLEST_COMPRESSED_BYTES: Final = 500
"""Below this, the headers of an encoding cost more than it saves."""
_LARGE_BYTES: Final = 256 * 1024
"""From here on compressing takes longer than rendering, so that speed comes before the last tenth of size."""
_GZIP_LEVEL, _GZIP_LEVEL_LARGE = 6, 1
_ZSTD_LEVEL, _ZSTD_LEVEL_LARGE = 6, 3


class Variant(msgspec.Struct, frozen=True):
    """One encoding of a document: what a 200 and what a 304 say."""

    etag: bytes
    body: bytes
    headers: Headers
    unchanged_headers: Headers
    modified: bytes | None = None
    """`Last-Modified`, where the document has one."""


class Document(msgspec.Struct, frozen=True):
    """One address: a variant by encoding; `identity` is always there."""

    status: int
    variants: dict[bytes, Variant]
    takes_query: bool
    """Whether a query string changes the answer, so that these bytes only serve the bare address."""
    language: str | None = None
    """The language it speaks, where a reader may choose another one."""

    @property
    def body(self) -> bytes:
        """The bytes as they are, not encoded."""
        return self.variants[IDENTITY].body


def gzip(body: bytes) -> bytes:
    """Gzip without a time stamp: the same bytes in, the same bytes out."""
    level = _GZIP_LEVEL if len(body) < _LARGE_BYTES else _GZIP_LEVEL_LARGE
    compressor = zlib.compressobj(level, zlib.DEFLATED, 31)
    return compressor.compress(body) + compressor.flush()


def zstd(body: bytes) -> bytes:
    """One Zstandard frame (RFC 8878)."""
    level = _ZSTD_LEVEL if len(body) < _LARGE_BYTES else _ZSTD_LEVEL_LARGE
    # Copied, because the library's result keeps the room for the worst case: 60 MB at 1,000 models.
    return bytes(memoryview(zstandard.ZstdCompressor(level=level).compress(body)))


def encode(
    body: bytes,
    headers: Headers,
    *,
    status: int = 200,
    compress: bool = True,
    takes_query: bool = False,
    language: str | None = None,
    unlike: Document | None = None,
) -> Document:
    """A document of these bytes under these headers; `unlike`, the address's last one, is kept when nothing differs.

    Every encoding has a strong ETag of its own, hashed over the bytes before compression.
    """
    digest = blake2b(body, digest_size=9).hexdigest()
    tag = f'"{digest}"'.encode()
    if unlike is not None and unlike.variants[IDENTITY].etag == tag and unlike.body == body:
        return unlike
    encodings = {IDENTITY: (tag, body)}
    if compress and len(body) >= _SMALLEST_COMPRESSED_BYTES:
        encodings[GZIP] = (f'"{digest}-gzip"'.encode(), gzip(body))
        encodings[ZSTD] = (f'"{digest}-zstd"'.encode(), zstd(body))
    varies = b"Accept-Encoding" if language is None else b"Accept-Encoding, Accept-Language"
    spoken = headers if language is None else [*headers, (b"content-language", language.encode())]
    variants = {name: _variant(name, etag, encoded, spoken, varies) for name, (etag, encoded) in encodings.items()}
    return Document(status, variants, takes_query, language)


def _variant(encoding: bytes, etag: bytes, body: bytes, headers: Headers, varies: bytes) -> Variant:
    common = [(name, value) for name, value in headers if name != b"content-type"]
    common += [(b"etag", etag), (b"vary", varies)]
    content = [(name, value) for name, value in headers if name == b"content-type"]
    content.append((b"content-length", str(len(body)).encode()))
    if encoding != IDENTITY:
        content.append((b"content-encoding", encoding))
    return Variant(etag, body, content + common, common, dict(headers).get(b"last-modified"))
