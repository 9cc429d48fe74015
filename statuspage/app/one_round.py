"""One round of probes without a history: what `statuspage probe` runs."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import nullcontext

import msgspec

from statuspage.app.asking import Asking
from statuspage.config.discovered import discovered
from statuspage.config.fleet import Config
from statuspage.domain.catalog import CatalogEntry
from statuspage.domain.doubt import doubt
from statuspage.domain.policy import Policy
from statuspage.domain.sample import Sample
from statuspage.domain.state import ModelState
from statuspage.domain.verdict import advance, grade
from statuspage.domain.words import Judgement, Kind, ProbeKind, Status
from statuspage.service.clock import SystemClock
from statuspage.service.seats import AccountLimit, Seats
from statuspage.service.selfcheck import SelfCheck

_DOUBTED = {Status.OPERATIONAL, Status.NO_DATA}


class _Round:
    def __init__(self, config: Config) -> None:
        self._config = config
        self._clock = SystemClock()
        limits = (AccountLimit(provider=each.name, rpm=each.rpm, concurrency=each.concurrency) for each in config.providers)
        self._seats = Seats(limits, config.concurrency, self._clock)
        self._asking = Asking(config, self._clock, None, self._seats)
        self._selfcheck = SelfCheck(self._clock, config.canaries, self._asking.reach)
        self._models = {model.key: model for model in config.models}

    async def listing(self, provider: str) -> tuple[CatalogEntry, ...] | None:
        """What a provider lists, asked under its pace."""
        async with self._seats.take(provider):
            return await self._asking.listing(provider)

    async def ask(self, key: str, kind: ProbeKind, *, confirm: bool) -> Sample:
        """One sample; after a failure as many more as the verdict asks for, and then the newest that bears it out."""
        model = self._models.get(key)
        if model is None or kind is ProbeKind.TOOLS:
            return await self._measure(key, key, kind)
        policy = Policy(confirm_probes=model.confirm_probes, confirm_spacing_s=model.confirm_spacing_s)
        state = ModelState()
        sample = first = grade(await self._measure(key, model.provider, kind), state, policy)
        step = advance(state, sample, policy, self._clock.now_ms())
        newest = {sample.judgement: sample}
        while confirm and first.judgement is Judgement.FAILED and step.confirm_in_s is not None:
            await self._clock.sleep(step.confirm_in_s)
            sample = await self._measure(key, model.provider, kind)
            newest[sample.judgement] = sample
            step = advance(step.state, msgspec.structs.replace(sample, kind=Kind.CONFIRM), policy, self._clock.now_ms())
        if confirm and step.state.status in _DOUBTED:
            return sample
        return newest.get(Judgement.FAILED, sample)

    async def _measure(self, key: str, provider: str, kind: ProbeKind) -> Sample:
        held = nullcontext() if kind is ProbeKind.TOOLS else self._seats.take(provider)
        async with held:
            began = self._selfcheck.mark()
            sample = await self._asking.probe(key, kind)
        return doubt(sample, await self._selfcheck.wellness(sample, since=began))


async def with_listed(config: Config) -> Config:
    """The configuration with what its discovering providers list at this moment; a provider without a list adds nothing."""
    wanted = [each for each in config.providers if each.discover is not None and each.not_configured is None]
    if not wanted:
        return config
    this = _Round(config)
    listings = await asyncio.gather(*(this.listing(provider.name) for provider in wanted))
    for provider, listing in zip(wanted, listings, strict=True):
        added = discovered(config, provider, listing or ())
        config = msgspec.structs.replace(config, models=(*config.models, *added))
    return config


async def one_round(config: Config, asked: Sequence[tuple[str, ProbeKind]], *, confirm: bool) -> AsyncIterator[Sample]:
    """The samples as they come."""
    this = _Round(config)
    tasks = [asyncio.ensure_future(this.ask(key, kind, confirm=confirm)) for key, kind in asked]
    try:
        for finished in asyncio.as_completed(tasks):
            yield await finished
    finally:
        for task in tasks:
            task.cancel()
