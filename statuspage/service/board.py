"""The board: every watched model as it is now, and what readers may see of it."""

import math
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import tzinfo
from typing import Final

import msgspec

from statuspage import __version__
from statuspage.config.fleet import Config, Model
from statuspage.domain.days import MS_PER_HOUR, hour_start_ms, zone_of
from statuspage.domain.incident import Incident
from statuspage.domain.maintenance import Maintenance, in_order
from statuspage.domain.pins import Detour, Pin, next_turn_ms, pin_at
from statuspage.domain.plan import Plan, as_read
from statuspage.domain.policy import DEFAULT_POLICY, Policy
from statuspage.domain.ports import Store, WatchedModel
from statuspage.domain.rollup import Bucket
from statuspage.domain.sample import Sample
from statuspage.domain.speech import headline, with_detour
from statuspage.domain.view import DaySummary, ModelView, PageView, SiteView, Spoken
from statuspage.domain.words import page_status
from statuspage.service.bookkeeping import Changes
from statuspage.service.casebook import Casebook
from statuspage.service.entry import EVIDENCE, Entry
from statuspage.service.fleet import Fleet
from statuspage.service.history import DAYS_KEPT, since_ms, summed_up
from statuspage.service.method import method_of
from statuspage.service.naming import spoken_names
from statuspage.service.view import model_view

_POLL_AFTER_S: Final = 15
_POLLS_PER_STALENESS: Final = 4
_DEFAULT_STALE_S: Final = 660
_READ_AT_ONCE: Final = 5
"""Models whose history is read in one go: memory that a start needs once is never given back."""
_RESOLVED_SHOWN_MS: Final = 14 * 24 * MS_PER_HOUR
_INCIDENTS_KEPT_MS: Final = DAYS_KEPT * 24 * MS_PER_HOUR
"""The bars name the incidents of their days."""


class Board:
    """Entries by key, in the order of the configuration, once `load` has asked storage what it knows of them."""

    def __init__(self, config: Config, *, simulation: bool = False, policy: Policy = DEFAULT_POLICY) -> None:
        self._policy = policy
        self._entries: dict[str, Entry] = {}
        self.cases: Final = Casebook(self.find)
        self._plans: tuple[Plan, ...] = ()
        self._turn_ms = math.inf
        self._pins_shown: dict[str, tuple[Pin | None, Detour | None]] = {}
        self._stale_shown: set[str] = set()
        self._arrange(config)
        shortest_s = min((model.max_stale_s for model in self._expected(config)), default=_DEFAULT_STALE_S)
        self._provider_titles = {provider.name: provider.title for provider in config.providers}
        self.poll_after_seconds: Final = max(1, min(_POLL_AFTER_S, int(shortest_s / _POLLS_PER_STALENESS)))
        self.older_days: tuple[DaySummary, ...] = ()
        """Days of this year that are older than the bars."""
        self.zone: Final[tzinfo] = zone_of(config.site.timezone)
        self.site: Final = SiteView(
            title=config.site.title,
            url=config.site.url,
            language=config.site.language,
            timezone=config.site.timezone,
            simulation=simulation,
            version=__version__,
            canaries=bool(config.canaries),
            contact=config.site.contact,
        )

    async def load(self, store: Store, now_ms: int) -> None:
        """Registers the configured models and takes over what is stored of them."""
        self._entries |= await self._admitted(self._config, self._config.models, store, now_ms)
        for incident in await store.incidents(now_ms - _INCIDENTS_KEPT_MS):
            self.cases.note(incident)

    async def grow(self, models: Sequence[Model], store: Store, now_ms: int) -> None:
        """Watches more models from here on, behind those there are."""
        config = msgspec.structs.replace(self._config, models=(*self._config.models, *models))
        self._entries |= await self._admitted(config, models, store, now_ms)
        self._arrange(config)

    def _arrange(self, config: Config) -> None:
        """What follows from which models there are."""
        public = [model for model in config.models if model.public]
        self._config = config
        self._method = method_of(config, self._policy)
        self._public = tuple(model.key for model in public)
        self._max_stale_s = math.ceil(max((model.max_stale_s for model in public), default=_DEFAULT_STALE_S))
        self._spoken_names = spoken_names(config)
        self._dependants: dict[str, tuple[str, ...]] = {
            key: tuple(model.key for model in public if key in model.fallback) for key in self._public
        }

    @staticmethod
    def _expected(config: Config) -> list[Model]:
        """Public models, with what those have in common that may be added later."""
        later = [config.templates[each.name] for each in config.providers if each.discover and each.name in config.templates]
        return [*(model for model in config.models if model.public), *later]

    async def _admitted(self, config: Config, models: Sequence[Model], store: Store, now_ms: int) -> dict[str, Entry]:
        """Entries of these models with their stored history; nothing is shown of them yet."""
        names = spoken_names(config)
        watched = [WatchedModel(key=model.key, interval_s=model.interval_s, aliases=model.aliases) for model in models]
        known = await store.watch(watched, now_ms)
        admitted = {}
        for first in range(0, len(models), _READ_AT_ONCE):
            some = models[first : first + _READ_AT_ONCE]
            keys = [model.key for model in some]
            past = await store.past(keys, *since_ms(now_ms))
            recent = await store.recent(keys, EVIDENCE)
            for model in some:
                entry = Entry(model, config.provider(model.provider), names[model.key], known[model.key], now_ms, self._policy)
                if entry.retired_at_ms is not None:
                    past |= await store.past([model.key], *since_ms(entry.retired_at_ms))
                entry.history = summed_up(past[model.key], now_ms, entry.retired_at_ms)
                entry.evidence.extend(stored.sample for stored in reversed(recent[model.key]))
                admitted[model.key] = entry
        return admitted

    def entry(self, key: str) -> Entry:
        """The entry of a watched model."""
        return self._entries[key]

    def find(self, key: str) -> Entry | None:
        """The entry of that key, None where nobody watches it."""
        return self._entries.get(key)

    def entries(self) -> tuple[Entry, ...]:
        """All watched models, also those that are not public."""
        return tuple(self._entries.values())

    def fleet(self) -> Fleet:
        """What people may name, discovered models among it."""
        return Fleet(
            providers={entry.key: entry.provider.name for entry in self._entries.values()},
            public=frozenset(self._public),
            renamed={alias: entry.key for entry in self._entries.values() for alias in entry.model.aliases},
        )

    async def take_over(self, entry: Entry, sample: Sample, changes: Changes, store: Store, now_ms: int) -> None:
        """Makes changes that are stored the truth of now."""
        ended = entry.hour
        entry.state = changes.state
        entry.hour = changes.hour
        entry.day = changes.days[-1]
        entry.spent_until_ms = max(entry.spent_until_ms, sample.at_ms)
        entry.evidence.append(sample)
        if changes.counted or changes.visible:
            entry.changed_at_ms = now_ms
        if changes.case is not None:
            self.cases.kept(changes.case)
        self._stale_shown.discard(entry.key)
        if ended is not None and ended.start_ms != changes.hour.start_ms:
            await self._read_history(entry, ended, store, now_ms)

    def after(self, entry: Entry, changes: Changes, now_ms: int) -> ModelView:
        """A model as readers will see it once these changes are stored."""
        later = copy(entry)
        later.state = changes.state
        later.hour = changes.hour
        later.day = changes.days[-1]
        later.changed_at_ms = now_ms
        return self._view(later, now_ms)

    async def _read_history(self, entry: Entry, ended: Bucket, store: Store, now_ms: int) -> None:
        """The completed hours and days anew, as the hour `ended` is over; a retired model keeps its last hours."""
        retired_at_ms = entry.retired_at_ms
        long_over = retired_at_ms is not None and ended.start_ms > hour_start_ms(retired_at_ms)
        kept = entry.history.hours if long_over else ()
        hours_ms, days_ms = since_ms(retired_at_ms or now_ms)
        past = (await store.past([entry.key], now_ms if kept else hours_ms, days_ms))[entry.key]
        history = summed_up(past, now_ms, retired_at_ms)
        entry.history = msgspec.structs.replace(history, hours=kept) if kept else history

    def dependants(self, key: str) -> tuple[str, ...]:
        """Public models that name this one as what to use instead."""
        return self._dependants.get(key, ())

    def plan(self, plans: Sequence[Plan]) -> None:
        """Has the page tell of these plans of maintenance."""
        self._plans = tuple(plans)

    def pin(self, pins: Mapping[str, tuple[Pin, ...]], detours: Mapping[str, Detour], now_ms: int) -> None:
        """Has readers told these instead of what is measured, by key; models that are not named are as measured."""
        for entry in self._entries.values():
            entry.pins = pins.get(entry.key, ())
            entry.detour = detours.get(entry.key)
        self._turn_ms = now_ms  # what holds by now is compared with what is shown

    def under(self, entry: Entry, pin: Pin | None, now_ms: int) -> ModelView:
        """A model as it would look now under that pin, or under none."""
        other = copy(entry)
        other.pins = () if pin is None else (msgspec.structs.replace(pin, until_ms=max(pin.until_ms, now_ms + 1)),)
        return self._view(other, now_ms)

    # What the shelf asks.

    def keys(self) -> tuple[str, ...]:
        """Public models in the order of the configuration."""
        return self._public

    def gone_stale(self, now_ms: int) -> Iterable[str]:
        """Public models whose shown status is too old by now, or under another pin than before; each is named once."""
        if now_ms >= self._turn_ms:
            yield from self._turned(now_ms)
        for key in self._public:
            stale_ms = self._stale_ms(key)
            if stale_ms is not None and stale_ms < now_ms:
                self._stale_shown.add(key)
                self._entries[key].changed_at_ms = stale_ms
                yield key

    def _turned(self, now_ms: int) -> Iterable[str]:
        turns = []
        for key in self._public:
            entry = self._entries[key]
            held = (pin_at(entry.pins, now_ms), _held(entry, now_ms))
            turns += [next_turn_ms(entry.pins, now_ms), None if held[1] is None else held[1].until_ms]
            if held != self._pins_shown.get(key, (None, None)):
                self._pins_shown[key] = held
                self._stale_shown.discard(key)
                entry.changed_at_ms = now_ms
                yield key
        self._turn_ms = min((turn_ms for turn_ms in turns if turn_ms is not None), default=math.inf)

    def next_stale_ms(self) -> float:
        """When the next shown status goes stale or comes under another pin, infinity when none will."""
        stale_ms = (stale_ms + 1 for key in self._public if (stale_ms := self._stale_ms(key)) is not None)
        return min(self._turn_ms, min(stale_ms, default=math.inf))

    def model(self, key: str, now_ms: int) -> ModelView:
        """A model as of now."""
        return self._view(self._entries[key], now_ms)

    def page(self, models: tuple[ModelView, ...], generated_at_ms: int) -> PageView:
        """The page over these models."""
        shown = {model.key for model in models}
        oldest_ms = generated_at_ms - _RESOLVED_SHOWN_MS
        archive = self._archive(shown)
        incidents = [each for each in archive if each.resolved_at_ms is None or each.resolved_at_ms >= oldest_ms]
        incidents.sort(key=lambda incident: (incident.resolved_at_ms is not None, -incident.started_at_ms))
        spoken = tuple(self._spoken(model) for model in models)
        return PageView(
            site=self.site,
            status=page_status([model.status for model in models]),
            generated_at_ms=generated_at_ms,
            poll_after_seconds=self.poll_after_seconds,
            max_stale_seconds=self._max_stale_s,
            models=models,
            incidents=tuple(incidents),
            archive=archive,
            maintenances=self._maintenances(models, generated_at_ms),
            provider_names=self._provider_titles,
            older_days=self.older_days,
            method=self._method,
            sentence=headline(spoken),
            spoken=spoken,
        )

    def _archive(self, shown: set[str]) -> tuple[Incident, ...]:
        """What readers may know of all incidents: those of public models, without the others."""
        # A tuple, at once: the page is made in a thread of its own while checks go on.
        known = [
            msgspec.structs.replace(incident, models=tuple(key for key in incident.models if key in shown))
            for incident in self.cases.all()
            if not incident.models or shown.intersection(incident.models)
        ]
        known.sort(key=lambda incident: (-incident.started_at_ms, incident.id))
        return tuple(known)

    def _maintenances(self, models: Sequence[ModelView], now_ms: int) -> tuple[Maintenance, ...]:
        """What readers may know of the plans: those of public models, and of the whole page."""
        found = []
        for plan in self._plans:
            keys = [model.key for model in models if plan.covers(model.key, model.provider)]
            if keys:
                told = as_read(plan, keys, now_ms)
                if told.ends_at_ms >= now_ms - _INCIDENTS_KEPT_MS:
                    found.append(told)
        return in_order(found)

    def _view(self, entry: Entry, now_ms: int) -> ModelView:
        use_instead = (self._entries[other] for other in entry.model.fallback if other in self._dependants)
        view = model_view(entry, tuple(use_instead), self.cases.of(entry.key), self.site.url, self.zone, now_ms)
        detour = _held(entry, now_ms)
        other = None if detour is None else self._entries.get(detour.key)
        if detour is None or other is None or not other.model.public:
            return view
        said = with_detour(view.reason, detour, other.spoken_name)
        return msgspec.structs.replace(view, use_instead=other.key, reason=said, detour=detour, detour_name=other.spoken_name)

    def _spoken(self, model: ModelView) -> Spoken:
        return Spoken(self._spoken_names[model.key], model.status, model.class_name)

    def _stale_ms(self, key: str) -> int | None:
        if key in self._stale_shown:
            return None
        return self._entries[key].stale_at_ms(self._pins_shown.get(key, (None, None))[0])


def _held(entry: Entry, at_ms: int) -> Detour | None:
    """What an operator names at that moment to use instead."""
    return entry.detour if entry.detour is not None and entry.detour.holds(at_ms) else None
