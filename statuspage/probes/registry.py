"""The kinds of probes: one line each."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from statuspage.domain.sample import Sample
from statuspage.domain.words import ProbeKind
from statuspage.probes.balance import probe_balance
from statuspage.probes.catalog import probe_catalog
from statuspage.probes.chat import probe_chat
from statuspage.probes.target import ProbeContext, ProbeTarget
from statuspage.probes.tools import probe_tools

PROBES: Final[Mapping[ProbeKind, Callable[[ProbeTarget, ProbeContext], Awaitable[Sample]]]] = {
    ProbeKind.CHAT: probe_chat,
    ProbeKind.CATALOG: probe_catalog,
    ProbeKind.TOOLS: probe_tools,
    ProbeKind.BALANCE: probe_balance,
}
