"""One visit: every provider, then what is around the monitor."""

import asyncio
from collections.abc import AsyncIterator, Sequence

from statuspage.config.fleet import Config, Provider
from statuspage.domain.clock import Clock
from statuspage.domain.sample import Sample
from statuspage.service.doctor.entitlement import entitlement_findings, price_finding
from statuspage.service.doctor.finding import Exam, Examiner, Finding, State, Step
from statuspage.service.doctor.money import balance_findings
from statuspage.service.doctor.surface import NO_KEY, key_findings, models_finding, surface_finding
from statuspage.service.doctor.surroundings import canary_findings, clock_finding, official_finding
from statuspage.service.doctor.tier import tier_findings


class Doctor:
    """Examines accounts; asks only free addresses, and spends nothing."""

    def __init__(self, config: Config, examiner: Examiner, clock: Clock) -> None:
        self._config = config
        self._examiner = examiner
        self._clock = clock

    async def visit(self, providers: Sequence[str]) -> AsyncIterator[tuple[Finding, ...]]:
        """The findings of each provider in that order, and at last those of the monitor itself."""
        visits = [asyncio.ensure_future(self._provider(self._config.provider(name))) for name in providers]
        around = asyncio.ensure_future(self._canaries())
        try:
            for visit in (*visits, around):
                yield tuple(await visit)
        finally:
            for visit in (*visits, around):
                visit.cancel()

    async def _provider(self, provider: Provider) -> list[Finding]:
        if provider.not_configured is not None:
            return [
                Finding(
                    provider=provider.name,
                    step=Step.KEY,
                    state=State.PROBLEM,
                    message=f"Nothing can be asked: {provider.not_configured}.",
                    fix="Put the key where api_key points, or correct the reference.",
                ),
                *await self._official(provider),
            ]
        slots: list[int | None] = list(range(len(provider.keys))) or [None]
        names = provider.key_names or (NO_KEY,)
        exams = [await self._examiner.catalog(provider.name, slot) for slot in slots]
        balances = [await self._examiner.balance(provider.name, slot) for slot in slots]
        return [*self._read(provider, names, exams, balances), *await self._official(provider)]

    def _read(self, provider: Provider, names: Sequence[str], exams: Sequence[Exam], balances: Sequence[Sample]) -> list[Finding]:
        models = [model for model in self._config.models if model.provider == provider.name]
        price = price_finding(provider, models, exams)
        told = [sample.balance for sample in balances if sample.balance is not None]
        return [
            *key_findings(provider, names, exams, balances),
            surface_finding(provider, exams, self._config),
            models_finding(provider, exams),
            *entitlement_findings(provider, models, names, exams),
            *tier_findings(provider, models, exams, told),
            *balance_findings(provider, names, balances, self._clock.now_ms()),
            *([] if price is None else [price]),
            clock_finding(provider, exams),
        ]

    async def _official(self, provider: Provider) -> list[Finding]:
        url = provider.official_status
        return [] if url is None else [official_finding(provider, url, await self._examiner.reach(url))]

    async def _canaries(self) -> list[Finding]:
        urls = self._config.canaries
        failures = await asyncio.gather(*(self._examiner.reach(url) for url in urls))
        return canary_findings(dict(zip(urls, failures, strict=True)))
