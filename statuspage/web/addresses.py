"""Every public address, for the documentation test and for readers of the code."""

from typing import Final

ADDRESSES: Final = (
    "/",
    "/models/{slug}",
    "/api/v1/models",
    "/api/v1/models/{slug}",
    "/api/v1/models/{slug}/samples",
    "/api/v1/models/{slug}/uptime",
    "/api/v1/models/{slug}/latency",
    "/v1/models",
    "/v1/models/{key}",
    "/badge/{slug}.svg",
    "/badge/{slug}.json",
    "/badge/{slug}.dot.svg",
    "/badge/all.svg",
    "/badge/all.json",
    "/static/{name}",
    "/livez",
    "/readyz",
    "/version",
)
