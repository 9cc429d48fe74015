"""Where the data of a pasted address may lie, and what a wrong answer gives away of the engine. Decided once per address."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from statuspage.official.reader import Engine
from statuspage.official.registry import ENGINES

_ANYWHERE: Final = ("/api/v2/summary.json", "/summary.json", "/index.json", "/api/v1/summary", "/v2/summary.json", "/feed.xml")
"""Where data lie on pages of nobody in particular, most common first."""
_DATA: Final = re.compile(r"(?:\.(?:json|xml|rss|atom)|/(?:summary|feed|rss|atom|incidents|components))/?$")
_LOOKED_THROUGH: Final = 300_000
"""Bytes of a web page that are searched for marks."""


def candidates(url: str, *, likely: str | None = None, hinted: str | None = None) -> tuple[str, ...]:
    """Addresses to ask for data, most likely first; the last is the page itself.

    An address that looks like data comes first; then what the host is known for, what a wrong answer hinted at, and what
    the vendor is known for (`likely`); then the common places.
    """
    return tuple(dict.fromkeys(_candidates(url, likely, hinted)))


def _candidates(url: str, likely: str | None, hinted: str | None) -> Iterator[str]:
    parts = urlsplit(url)
    page = urlunsplit(parts._replace(fragment=""))
    if _DATA.search(parts.path):
        yield page
    base = urlunsplit(parts._replace(path=parts.path.rstrip("/"), query="", fragment=""))
    host = (parts.hostname or "").rstrip(".")
    for engine in ENGINES.values():
        if runs_on(host, engine):
            elsewhere = engine.locate(host) if engine.locate is not None else None
            if elsewhere is not None:
                yield elsewhere
            yield from _under(base, engine)
    for name in (hinted, likely):
        if name is not None and name in ENGINES:
            yield from _under(base, ENGINES[name])
    yield from (base + path for path in _ANYWHERE)
    yield page


def _under(base: str, engine: Engine) -> Iterator[str]:
    return (base + path for path in engine.paths)


def runs_on(host: str, engine: Engine) -> bool:
    """Whether a host is one that is known to run on the engine, or lies below one: compared by whole labels."""
    return any(host == known or host.endswith(f".{known}") for known in engine.hosts)


def engine_of_host(*hosts: str) -> Engine | None:
    """The engine that one of these hosts is known for."""
    return next((engine for host in hosts for engine in ENGINES.values() if runs_on(host, engine)), None)


def hint(body: bytes) -> str | None:
    """The engine that a web page gives away by naming it, where it names exactly one."""
    said = body[:_LOOKED_THROUGH].decode("utf-8", errors="replace").lower()
    named = {engine.marks: engine.name for engine in reversed(ENGINES.values()) if any(mark in said for mark in engine.marks)}
    return next(iter(named.values())) if len(named) == 1 else None


def beside(data_url: str, engine: Engine) -> str | None:
    """The address of the engine's second document, None where it has none."""
    if engine.extra_path is None:
        return None
    parts = urlsplit(data_url)
    base = next(
        (parts.path.removesuffix(path) for path in sorted(engine.paths, key=len, reverse=True) if parts.path.endswith(path)), ""
    )
    return urlunsplit(parts._replace(path=base + engine.extra_path, query="", fragment=""))
