"""What a vendor's page claims of one model: of the model itself where the page lists it, else of the API, else as a whole."""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final

import msgspec

from statuspage.domain.official import (
    OfficialComponent,
    OfficialIncident,
    OfficialMaintenance,
    OfficialReading,
    Severity,
    severity_of,
    worst,
)
from statuspage.domain.words import Status

_TOKEN: Final = re.compile(r"[a-z]+\d*(?:\.\d+)*[a-z]*|\d+(?:\.\d+)*[a-z]*")
_POINT: Final = re.compile(r"(?<=\d)p(?=\d)")
"""Some hosts write `k2p6` for K2.6."""
_HARMLESS: Final = frozenset(
    {
        "api", "inference", "chat", "completion", "completions", "serverless", "endpoint", "model", "models", "instruct", "it",
        "turbo", "fp8", "fp4", "bf16", "hf", "latest",
    }
)  # fmt: skip
"""Words in names that do not make another model."""


class Scope(StrEnum):
    """What a claim speaks of."""

    MODEL = "model"
    COMPONENT = "component"
    PAGE = "page"


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A status as the vendor's page has it, for one model; `component` is the part of the page that says so.

    `published_ms` is when the vendor wrote down the oldest open incident behind it, None where it does not say.
    """

    status: Status
    scope: Scope
    component: str | None = None
    published_ms: int | None = None


def claim_of(reading: OfficialReading, model_id: str, names: Iterable[str], component: str | None) -> Claim | None:
    """The claim, None where the page could not be read or says nothing. `component` is the provider's part of the page."""
    if reading.severity is None:
        return None
    for scope, found in ((Scope.MODEL, _model(reading, model_id, names)), (Scope.COMPONENT, _provider(reading, component))):
        if found is not None and found.status is not None:
            concerned = [each for each in reading.incidents.items if found.name in each.components]
            running = [each for each in reading.maintenances.items if each.in_progress and found.name in each.components]
            status = _status(severity_of(found.status), concerned, running)
            return Claim(status=status, scope=scope, component=found.name, published_ms=_published(concerned))
    return Claim(status=reading.severity.status, scope=Scope.PAGE, published_ms=_published(reading.incidents.items))


def _status(severity: Severity | None, incidents: Sequence[OfficialIncident], running: Sequence[OfficialMaintenance]) -> Status:
    upkeep = Severity.MAINTENANCE if running else None
    return (worst(severity, upkeep, *(incident.severity for incident in incidents)) or Severity.NONE).status


def _published(incidents: Iterable[OfficialIncident]) -> int | None:
    times = [incident.published_ms for incident in incidents if incident.severity is not Severity.NONE]
    return min((at for at in times if at is not None), default=None)


def _model(reading: OfficialReading, model_id: str, names: Iterable[str]) -> OfficialComponent | None:
    """The component whose name is the model's but for words that do not matter; the closest of several."""
    organisation, _, bare_id = model_id.rpartition("/")
    ignored = _HARMLESS | set(_tokens(organisation))
    spellings = [_tokens(each) for each in (bare_id, *names)]
    cores = [_core(each, ignored) for each in spellings]
    found = [each for each in reading.components.items if (core := _core(_tokens(each.name), ignored)) and core in cores]
    closest = [max(len(set(_tokens(each.name)) & set(spelling)) for spelling in spellings) for each in found]
    return found[closest.index(max(closest))] if found else None


def _core(tokens: list[str], ignored: frozenset[str] | set[str]) -> list[str]:
    """What tells a model from others; nothing where no figure is in it, as in «Chat API»."""
    core = [token for token in tokens if token not in ignored]
    return core if any(char.isdigit() for token in core for char in token) else []


def _tokens(name: str) -> list[str]:
    return _TOKEN.findall(_POINT.sub(".", name.lower()))


def _provider(reading: OfficialReading, component: str | None) -> OfficialComponent | None:
    wanted = (component or "").casefold()
    return next((each for each in reading.components.items if each.name.casefold() == wanted), None)
