"""The keys of every provider while the process runs: which one asks, and what is learnt of it."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Final

import msgspec

from statuspage.config.fleet import Config, Model, Provider
from statuspage.domain.clock import Clock
from statuspage.domain.keyslots import (
    MONEY,
    REJECTED,
    Slot,
    SlotState,
    after,
    as_outage,
    auth_outage,
    believes_in_balance,
    blameless,
    choose,
    rested,
)
from statuspage.domain.sample import Sample
from statuspage.domain.secret import Secret
from statuspage.domain.words import ProbeKind

Listener = Callable[[str, int, Slot, Slot, Sample], None]
"""Hears of every answer to a key: provider, slot, the slot before and after, the sample."""

_FREE: Final = frozenset({ProbeKind.CATALOG, ProbeKind.BALANCE})


def _nobody(_provider: str, _index: int, _before: Slot, _after: Slot, _sample: Sample) -> None:
    """Where nobody listens."""


class KeySlots:
    """Slots by provider, in the order of the configuration; a provider without a key has none."""

    def __init__(self, config: Config, clock: Clock, *, knows_history: bool = True) -> None:
        self.listener: Listener = _nobody
        self._clock = clock
        self._knows_history = knows_history
        self._providers = {provider.name: provider for provider in config.providers}
        self._slots = {provider.name: [Slot(reference=name) for name in _names(provider)] for provider in config.providers}
        self._models: dict[str, set[str]] = {provider.name: set() for provider in config.providers}
        self.adopt(config.models)

    def adopt(self, models: Iterable[Model]) -> None:
        """Counts these models among those of their accounts."""
        for model in models:
            self._models[model.provider].add(model.key)

    def slots(self, provider: str) -> tuple[Slot, ...]:
        """The slots of a provider as they are."""
        return tuple(self._slots[provider])

    def restore(self, provider: str, known: Sequence[Slot]) -> None:
        """Takes over what was known of the same references before a restart, which may have brought other keys with it."""
        by_reference = {slot.reference: _trusted_again(slot) for slot in known}
        self._slots[provider] = [by_reference.get(slot.reference, slot) for slot in self._slots[provider]]

    def choose(self, provider: str) -> int | None:
        """The slot to ask with; None where no key is configured."""
        now_ms = self._clock.now_ms()
        slots = self._slots[provider] = [rested(slot, now_ms) for slot in self._slots[provider]]
        return choose(slots)

    def instead(self, provider: str, sample: Sample, tried: Collection[int]) -> int | None:
        """Another active slot, where that sample speaks against the key alone."""
        if sample.class_name not in MONEY | REJECTED:
            return None
        slots = self._slots[provider]
        other = choose(slots, without=tried)
        return other if other is not None and slots[other].state is SlotState.ACTIVE else None

    def key(self, provider: str, index: int) -> Secret:
        """The key in that slot."""
        return self._providers[provider].keys[index]

    def saw(self, provider: str, index: int, sample: Sample) -> Sample:
        """Learns from a sample that was taken with that slot; the sample as it may be believed."""
        now_ms = self._clock.now_ms()
        slots = self._slots[provider]
        before = slots[index]
        vendor = self._providers[provider].vendor
        open_list = vendor.router or vendor.base_url is None
        slots[index] = after(before, sample, self._models[provider], open_list=open_list, now_ms=now_ms)
        if sample.class_name in MONEY and sample.probe not in _FREE and believes_in_balance(before, now_ms):
            sample = msgspec.structs.replace(sample, confident=False)
        if self._knows_history and sample.class_name == "invalid_key" and self._outage(provider, now_ms):
            sample = sample if sample.probe in _FREE else as_outage(sample)
        self.listener(provider, index, before, slots[index], sample)
        return sample

    def _outage(self, provider: str, now_ms: int) -> bool:
        """Whether the surface rejects good keys; then none of them is to blame."""
        here = self._providers[provider]
        same = [name for name, each in self._providers.items() if (each.vendor, each.base_url) == (here.vendor, here.base_url)]
        if not auth_outage([self._slots[name] for name in self._independent(same)], now_ms):
            return False
        for name in same:
            self._slots[name] = [blameless(slot, now_ms) for slot in self._slots[name]]
        return True

    def _independent(self, names: Sequence[str]) -> list[str]:
        """Those that do not share a key with an earlier one: the same key is the same account."""
        seen: set[Secret] = set()
        found = []
        for name in names:
            keys = set(self._providers[name].keys)
            if not keys & seen:
                found.append(name)
            seen |= keys
        return found


def _trusted_again(slot: Slot) -> Slot:
    """A key that no free address has proven bad deserves another try."""
    if slot.state in (SlotState.INVALID, SlotState.DISABLED) and not slot.proven_bad:
        return Slot(reference=slot.reference, accepted_at_ms=slot.accepted_at_ms)
    return slot


def _names(provider: Provider) -> tuple[str, ...]:
    """A reference for each key; a key that came without one is called by its place."""
    return tuple(
        provider.key_names[place] if place < len(provider.key_names) else f"key {place + 1}"
        for place in range(len(provider.keys))
    )
