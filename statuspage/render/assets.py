"""Static files under names that change with their content, so that browsers may keep them for ever."""

import hashlib
from pathlib import Path
from types import MappingProxyType
from typing import Final

import msgspec

_MEDIA_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".png": "image/png",
    ".ico": "image/x-icon",
}
_PREFIX: Final = "/static/"


class Asset(msgspec.Struct, frozen=True):
    """One file: the address it is served under, its media type, its bytes."""

    path: str
    media_type: str
    content: bytes


class Assets:
    """Reads a folder once. A folder named like a file (`page.css/`) is one asset: its files joined in order.

    What others wrote lies in a folder of its own under `vendor/`.
    """

    def __init__(self, directory: Path) -> None:
        found = [*sorted(directory.iterdir()), *sorted(directory.glob("vendor/*/*"))]
        self._by_name = {entry.name: _read(entry) for entry in found if entry.suffix in _MEDIA_TYPES}
        self.files: Final = MappingProxyType({asset.path: asset for asset in self._by_name.values()})
        """Every asset by its address."""

    def path(self, name: str) -> str:
        """The address of the asset of this name; KeyError names an asset that does not exist."""
        return self._by_name[name].path


def _read(entry: Path) -> Asset:
    parts = sorted(entry.iterdir()) if entry.is_dir() else [entry]
    content = b"".join(part.read_bytes() for part in parts)
    digest = hashlib.sha256(content).hexdigest()[:10]
    return Asset(f"{_PREFIX}{entry.stem}.{digest}{entry.suffix}", _MEDIA_TYPES[entry.suffix], content)
