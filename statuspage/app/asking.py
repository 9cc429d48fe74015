"""How the product asks: probes bound to the configured accounts and models."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import msgspec
import structlog

from statuspage.app.metering import PAID, most_of
from statuspage.config.fleet import Config, Model, Provider
from statuspage.domain.catalog import CatalogEntry, entry_of
from statuspage.domain.classes import CLASSES
from statuspage.domain.clock import Clock
from statuspage.domain.errors import StorageError
from statuspage.domain.identity import Trait
from statuspage.domain.ports import Store
from statuspage.domain.sample import Sample
from statuspage.domain.spending import UNKNOWN_RATE
from statuspage.domain.view import PriceView
from statuspage.domain.words import ProbeKind
from statuspage.outbound.canary import failure_of_canary
from statuspage.outbound.client import Outbound
from statuspage.outbound.ping import failure_of_ping
from statuspage.probes.catalog import list_models
from statuspage.probes.endpoints import pinned_endpoint
from statuspage.probes.probe import run
from statuspage.probes.registry import PROBES
from statuspage.probes.target import ProbeContext, ProbeTarget
from statuspage.service.budget import Budget
from statuspage.service.keyslots import KeySlots
from statuspage.service.prices import configured_price, shipped_price
from statuspage.service.seats import Seats
from statuspage.vendors.evidence import Pace

Settled = Callable[[str, int | None, Sample], None]
"""Hears of a sample once no other key is left to try: provider, slot, sample."""
Dated = Callable[[str, str | None], None]
"""Hears the host and the `Date` header of every answer."""
_OTHER_KEYS_S: Final = 3.0
"""So early in a check another key may still be tried in the same check."""

log = structlog.get_logger()


def _no_clock(_host: str, _date: str | None) -> None:
    """Where nobody compares clocks."""


def _no_list(_key: str) -> PriceView | None:
    """Where nobody reads lists."""
    return None


def _nobody(_provider: str, _index: int | None, _sample: Sample) -> None:
    """Where nobody listens."""


class Asking:
    """Asks models by key, providers by name, canaries by address; remembers which parameters a model rejects."""

    def __init__(
        self,
        config: Config,
        clock: Clock,
        store: Store | None,
        seats: Seats,
        budget: Budget | None = None,
        price_of: Callable[[str], PriceView | None] = _no_list,
    ) -> None:
        """`budget` is asked before anything that costs money, None asks nobody; `price_of` is a model's newest price."""
        self.slots: Final = KeySlots(config, clock, knows_history=store is not None)
        self.settled: Settled = _nobody
        self._budget = budget
        self._price_of = price_of
        self._clock = clock
        self._allow_private = config.allow_private_networks
        self._store = store
        self._seats = seats
        self._rpm = {provider.name: provider.rpm for provider in config.providers}
        self._providers = {provider.name: provider for provider in config.providers}
        self._targets = _targets(config)
        self._learnt: dict[str, frozenset[str]] = {}
        self._learning: set[asyncio.Task[None]] = set()
        self.dated: Dated = _no_clock
        self._outbound = Outbound(monotonic_s=clock.monotonic_s, heard=self._heard)
        self._context = ProbeContext(
            clock=clock,
            outbound=self._outbound,
            learnt=self._learnt,
            learn=self._learn,
            asked_lately=self._pace,
            turn=seats.take,
        )

    async def remember(self) -> None:
        """Takes over what was learnt before a restart."""
        if self._store is not None:
            self._learnt.update(await self._store.learnt())

    async def probe(self, key: str, kind: ProbeKind, cases: tuple[str, ...] = ()) -> Sample:
        """Asks a model, or for `catalog` the provider of that name, once.

        `tools` takes a seat for each of its requests, so its caller holds none; `cases` are those to run, empty is all.
        """
        target = msgspec.structs.replace(self._targets[key], cases=cases)
        provider, index = target.provider, self.slots.choose(target.provider)
        began_s = self._clock.monotonic_s()
        sample = await self._with_slot(target, index, kind)
        tried: set[int] = set()
        while index is not None and self._clock.monotonic_s() - began_s < _OTHER_KEYS_S:
            tried.add(index)
            other = self.slots.instead(provider, sample, tried)
            if other is None or not await self._seats.account(provider).once_more(_OTHER_KEYS_S):
                break
            index = other
            again = await self._with_slot(target, index, kind)
            again = msgspec.structs.replace(again, attempts=sample.attempts + again.attempts)
            sample = again if self._store is not None else self._with_note(again, sample, provider, tried, index)
        self.settled(provider, index, sample)
        return sample

    def _with_note(self, sample: Sample, refused: Sample, provider: str, tried: set[int], index: int) -> Sample:
        """Where no operator hears of keys, the sample says which was refused."""
        slots = self.slots.slots(provider)
        bad = ", ".join(slots[each].reference for each in sorted(tried))
        note = f"{bad}: {CLASSES[refused.class_name].label.lower()}; {slots[index].reference} was used instead."
        return msgspec.structs.replace(sample, message=f"{sample.message} {note}" if sample.message else note)

    async def with_slot(self, provider: str, index: int, kind: ProbeKind) -> Sample:
        """Asks a provider with one of its keys, whatever that key is worth."""
        return await self._with_slot(self._targets[provider], index, kind)

    async def _with_slot(self, target: ProbeTarget, index: int | None, kind: ProbeKind) -> Sample:
        """One probe with one key, where the budget allows it."""
        target = self._priced(target)

        async def ask() -> Sample:
            if index is None:
                return await run(kind, target, self._context)
            bound = msgspec.structs.replace(target, api_key=self.slots.key(target.provider, index))
            return self.slots.saw(target.provider, index, await run(kind, bound, self._context))

        if self._budget is None or kind not in PAID or target.not_configured is not None:
            return await ask()
        return await self._budget.spend(target.key, kind, most_of(target, kind), target.rate or UNKNOWN_RATE, ask)

    def worst_usd(self, key: str) -> float:
        """The worst that one chat probe of a model may cost."""
        target = self._priced(self._targets[key])
        most = most_of(target, ProbeKind.CHAT)
        return (target.rate or UNKNOWN_RATE).of(most.input_tokens, most.output_tokens)

    def _priced(self, target: ProbeTarget) -> ProbeTarget:
        """The target with its newest price: lists change while the process runs."""
        price = self._price_of(target.key)
        if price is None:
            return target
        return msgspec.structs.replace(
            target,
            rate=price.rate,
            rate_is_configured=price.source == "config",
        )

    async def listing(self, provider: str) -> tuple[CatalogEntry, ...] | None:
        """What a provider's `/models` lists; None when there was no list to be had."""
        target = self._targets[provider]
        index = self.slots.choose(provider)
        key = target.api_key if index is None else self.slots.key(provider, index)
        listing, _ = await list_models(self._outbound, target.vendor, target.base_url, key, allow_private=target.allow_private)
        models = listing.models
        return None if models is None else tuple(entry_of(model.id, model.raw) for model in models)

    async def endpoint(self, key: str) -> dict[Trait, str | None]:
        """What a router says of the upstream that a model is pinned to."""
        target = self._targets[key]
        index = self.slots.choose(target.provider)
        if index is not None:
            target = msgspec.structs.replace(target, api_key=self.slots.key(target.provider, index))
        return await pinned_endpoint(target, self._outbound)

    def adopt(self, models: Sequence[Model]) -> None:
        """Knows how to ask models that were added while the process runs."""
        self.slots.adopt(models)
        self._targets |= {model.key: _model(model, self._providers[model.provider]) for model in models}

    async def reach(self, url: str) -> str | None:
        """Asks a canary: None when it answered, else the class of the failure."""
        return await failure_of_canary(self._outbound, url, allow_private=self._allow_private)

    async def ping(self, url: str) -> str | None:
        """Pings whoever watches over us: None when the ping was taken, else why not."""
        return await failure_of_ping(self._outbound, url, allow_private=self._allow_private)

    def _heard(self, host: str, date: str | None) -> None:
        self.dated(host, date)

    def _pace(self, provider: str) -> Pace:
        account = self._seats.account(provider)
        return Pace(last_minute=account.asked_lately(), in_flight=account.in_flight, rpm=self._rpm[provider])

    def _learn(self, key: str, parameter: str) -> None:
        self._learnt[key] = self._learnt.get(key, frozenset()) | {parameter}
        if self._store is not None:
            task = asyncio.ensure_future(self._keep(self._store, key))
            self._learning.add(task)
            task.add_done_callback(self._learning.discard)

    async def _keep(self, store: Store, key: str) -> None:
        try:
            await store.learn(key, sorted(self._learnt[key]))
        except StorageError as error:
            log.warning("a rejected parameter could not be remembered", model=key, error=str(error))


def _targets(config: Config) -> dict[str, ProbeTarget]:
    providers = {provider.name: provider for provider in config.providers}
    return {
        **{provider.name: account_target(provider) for provider in config.providers},
        **{model.key: _model(model, providers[model.provider]) for model in config.models},
    }


def account_target(provider: Provider) -> ProbeTarget:
    """The account alone, with its first key."""
    return ProbeTarget(
        key=provider.name,
        provider=provider.name,
        vendor=provider.vendor,
        base_url=provider.base_url,
        api_key=provider.api_key,
        allow_private=provider.allow_private,
        siblings=provider.siblings,
        private_siblings=provider.private_siblings,
        not_configured=provider.not_configured,
    )


def _model(model: Model, provider: Provider) -> ProbeTarget:
    price = configured_price(model) or shipped_price(model, provider)
    return ProbeTarget(
        key=model.key,
        provider=provider.name,
        vendor=provider.vendor,
        base_url=provider.base_url,
        model_id=model.id,
        api_key=provider.api_key,
        timeout_s=model.timeout_s,
        max_output_tokens=model.max_output_tokens,
        expect=model.expect,
        route_only=model.route_only,
        rate=None if price is None else price.rate,
        rate_is_configured=model.price is not None,
        allow_private=provider.allow_private,
        siblings=provider.siblings,
        private_siblings=provider.private_siblings,
        not_configured=provider.not_configured,
    )


def kinds_of(config: Config, kind: ProbeKind | None, keys: Iterable[str]) -> list[tuple[str, ProbeKind]]:
    """Whom to ask what for these models: catalog and balance once per provider, the rest once per model."""
    chosen: dict[tuple[str, ProbeKind], None] = {}
    wanted = set(keys)
    for model in config.models:
        if model.key in wanted:
            for each in (kind,) if kind else (each for each in model.probes if each in PROBES):
                whole_account = each in (ProbeKind.CATALOG, ProbeKind.BALANCE)
                chosen[(model.provider if whole_account else model.key, each)] = None
    return list(chosen)
