"""How the doctor asks: `/models` and balances with one key at a time, other addresses without any."""

import asyncio

import msgspec

from statuspage.app.asking import account_target
from statuspage.config.fleet import Config
from statuspage.domain.clock import Clock
from statuspage.domain.sample import Sample
from statuspage.domain.words import ProbeKind
from statuspage.outbound.canary import failure_of_canary
from statuspage.outbound.client import Outbound
from statuspage.outbound.failures import failure_of
from statuspage.outbound.phases import Phases
from statuspage.probes.catalog import CatalogReply, ask_catalog, judge_catalog
from statuspage.probes.judge import finding
from statuspage.probes.outcome import Facts, sample_of
from statuspage.probes.probe import run
from statuspage.probes.siblings import settle_region
from statuspage.probes.target import ProbeContext, ProbeTarget
from statuspage.service.doctor.finding import Exam
from statuspage.vendors.evidence import Ask, Classified

_TIMEOUT_S = 20.0
_ACCEPTS = " accepts it"


class Examining:
    """Asks providers by name; never a chat, so that nothing is spent."""

    def __init__(self, config: Config, clock: Clock) -> None:
        self._clock = clock
        self._allow_private = config.allow_private_networks
        self._providers = {provider.name: provider for provider in config.providers}
        self._outbound = Outbound(monotonic_s=clock.monotonic_s)
        self._context = ProbeContext(clock=clock, outbound=self._outbound)

    async def catalog(self, provider: str, index: int | None) -> Exam:
        """Asks `/models`, and, where the key is rejected, the sibling surfaces of the same vendor."""
        target = self._target(provider, index)
        at_ms = self._clock.now_ms()
        phases = Phases(self._clock.monotonic_s)
        reply = CatalogReply()
        heard_at_ms = at_ms
        found: Classified | None = None
        try:
            async with asyncio.timeout(_TIMEOUT_S):
                reply = await ask_catalog(
                    self._outbound,
                    target.vendor,
                    target.base_url,
                    target.revealed_key,
                    allow_private=target.allow_private,
                    phases=phases,
                )
                heard_at_ms = self._clock.now_ms()
                found = judge_catalog(reply, target.vendor, now_ms=at_ms)
                if found.ask is Ask.SIBLINGS:
                    found = await settle_region(found, target, self._context)
        except TimeoutError as error:
            failure = failure_of(error, phases.reached)
            found = found or finding(failure.class_name, failure.detail)
        facts = Facts(at_ms=at_ms, probe=ProbeKind.CATALOG, http_status=reply.status, headers=reply.headers)
        moved = found.class_name == "wrong_region" and found.detail is not None
        return Exam(
            sample=sample_of(found, facts, target),
            models=reply.listing.models,
            headers=reply.headers,
            heard_at_ms=heard_at_ms,
            accepted_by=found.detail.removesuffix(_ACCEPTS) if moved and found.detail else None,
        )

    async def balance(self, provider: str, index: int | None) -> Sample:
        """Asks what is left behind one key."""
        return await run(ProbeKind.BALANCE, self._target(provider, index), self._context)

    async def reach(self, url: str) -> str | None:
        """Asks an address without any key."""
        return await failure_of_canary(self._outbound, url, allow_private=self._allow_private)

    def _target(self, provider: str, index: int | None) -> ProbeTarget:
        account = self._providers[provider]
        target = msgspec.structs.replace(account_target(account), timeout_s=_TIMEOUT_S)
        return target if index is None else msgspec.structs.replace(target, api_key=account.keys[index])
