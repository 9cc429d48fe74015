"""OpenTelemetry, where the environment asks for it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Final
from urllib.parse import urlsplit

import structlog

from statuspage import __version__
from statuspage.config.fleet import Model, Provider
from statuspage.domain.sample import Sample
from statuspage.service.entry import Entry
from statuspage.telemetry.otel import Export, Whom, is_wanted

_NAMES: Final = {
    "moonshot": "moonshot_ai",
    "moonshot-cn": "moonshot_ai",
    "kimi-code": "moonshot_ai",
    "together": "together_ai",
    "fireworks": "fireworks_ai",
}
"""The convention's names of vendors, where they are not ours; it allows others than those it lists."""
_PORTS: Final = {"http": 80, "https": 443}

Hearer = Callable[[Sample], None]
"""Hears of a probe."""

log = structlog.get_logger()


@asynccontextmanager
async def exporting(
    hearers: list[Hearer], find: Callable[[str], Entry | None], environ: Mapping[str, str]
) -> AsyncIterator[None]:
    """Has every probe exported for the length of the block, where the environment names somebody to export to.

    `hearers` are told of every probe of a model, `find` knows a model by its key.
    """
    export = _export() if is_wanted(environ) else None
    if export is None:
        yield
        return

    def heard(sample: Sample) -> None:
        entry = find(sample.model)
        if entry is not None:
            export.record(sample, whom(entry.model, entry.provider))

    hearers.append(heard)
    try:
        yield
    finally:
        hearers.remove(heard)
        await asyncio.to_thread(export.close)


def whom(model: Model, provider: Provider) -> Whom:
    """Who is asked for a model."""
    address = urlsplit(provider.base_url)
    name = provider.vendor.name
    return Whom(
        provider=_NAMES.get(name, name.replace("-", "_")),
        model=model.id,
        address=address.hostname or "",
        port=address.port or _PORTS.get(address.scheme, 443),
    )


def _export() -> Export | None:
    try:
        return Export(__version__)
    except ImportError:
        log.warning("OTEL_EXPORTER_OTLP_ENDPOINT is set, but nothing is exported: install statuspage[otel]")
        return None
