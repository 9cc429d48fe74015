"""YAML paths: how a problem says where it is."""

import json
import re
from typing import Final

_PLAIN: Final = re.compile(r"[A-Za-z0-9_-]+")


def child(path: str, key: str) -> str:
    """The path of a key of the mapping at `path`: `a.b`, or `a["b.c"]` where the key is not a plain word."""
    if not _PLAIN.fullmatch(key):
        return f"{path}[{json.dumps(key)}]"
    return f"{path}.{key}" if path else key


def item(path: str, index: int) -> str:
    """The path of an entry of the list at `path`, counted from 0."""
    return f"{path}[{index}]"
