"""Where vendors tell of themselves, as of 2026. A page is only read when the configuration names it under `official_status`."""

import msgspec


class OfficialPage(msgspec.Struct, frozen=True):
    """A vendor's status page: its address, the engine it runs on, and the component that is its API, where it has one."""

    url: str
    engine: str
    component: str | None = None
