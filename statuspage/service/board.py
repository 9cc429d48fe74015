"""The board: every watched model as it is now, and what readers may see of it."""

import math
from collections.abc import Iterable
from datetime import tzinfo
from typing import Final

from statuspage import __version__
from statuspage.config.fleet import Config
from statuspage.domain.days import MS_PER_HOUR, zone_of
from statuspage.domain.incident import Incident
from statuspage.domain.ports import Store, WatchedModel
from statuspage.domain.reading import stale_at_ms
from statuspage.domain.sample import Sample
from statuspage.domain.speech import headline
from statuspage.domain.view import ModelView, PageView, SiteView
from statuspage.domain.words import page_status
from statuspage.service.bookkeeping import Changes
from statuspage.service.entry import EVIDENCE, Entry
from statuspage.service.history import since_ms, summed_up
from statuspage.service.naming import Told, spoken_names
from statuspage.service.view import model_view

_POLL_AFTER_S: Final = 15
_POLLS_PER_STALENESS: Final = 4
_DEFAULT_STALE_S: Final = 660
_RESOLVED_SHOWN_MS: Final = 14 * 24 * MS_PER_HOUR


class Board:
    """Entries by key, in the order of the configuration, once `load` has asked storage what it knows of them."""

    def __init__(self, config: Config, *, simulation: bool = False) -> None:
        self._config = config
        self._entries: dict[str, Entry] = {}
        self._incidents: dict[str, Incident] = {}
        self._stale_shown: set[str] = set()
        public = [model for model in config.models if model.public]
        self._public = tuple(model.key for model in public)
        shortest_s = min((model.max_stale_s for model in public), default=_DEFAULT_STALE_S)
        self._max_stale_s = math.ceil(max((model.max_stale_s for model in public), default=_DEFAULT_STALE_S))
        self._provider_titles = {provider.name: provider.title for provider in config.providers}
        self._spoken_names = spoken_names(config)
        self._dependants: dict[str, tuple[str, ...]] = {
            key: tuple(model.key for model in public if key in model.fallback) for key in self._public
        }
        self.poll_after_seconds: Final = max(1, min(_POLL_AFTER_S, int(shortest_s / _POLLS_PER_STALENESS)))
        self.zone: Final[tzinfo] = zone_of(config.site.timezone)
        self.site: Final = SiteView(
            title=config.site.title,
            url=config.site.url,
            language=config.site.language,
            timezone=config.site.timezone,
            simulation=simulation,
            version=__version__,
            canaries=bool(config.canaries),
        )

    async def load(self, store: Store, now_ms: int) -> None:
        """Registers the configured models and takes over what is stored of them."""
        watched = [
            WatchedModel(key=model.key, interval_s=model.interval_s, aliases=model.aliases) for model in self._config.models
        ]
        known = await store.watch(watched, now_ms)
        keys = list(known)
        past = await store.past(keys, *since_ms(now_ms))
        recent = await store.recent(keys, EVIDENCE)
        for model in self._config.models:
            spoken_name = self._spoken_names[model.key]
            entry = Entry(model, self._config.provider(model.provider), spoken_name, known[model.key], now_ms)
            entry.history = summed_up(past[model.key], now_ms)
            entry.evidence.extend(stored.sample for stored in reversed(recent[model.key]))
            self._entries[model.key] = entry
        for incident in await store.incidents(now_ms - _RESOLVED_SHOWN_MS):
            self._note(incident)

    def entry(self, key: str) -> Entry:
        """The entry of a watched model."""
        return self._entries[key]

    async def take_over(self, entry: Entry, sample: Sample, changes: Changes, store: Store, now_ms: int) -> None:
        """Makes changes that are stored the truth of now."""
        hour_is_over = entry.hour is not None and entry.hour.start_ms != changes.hour.start_ms
        entry.state = changes.state
        entry.hour = changes.hour
        entry.day = changes.days[-1]
        entry.spent_until_ms = max(entry.spent_until_ms, sample.at_ms)
        entry.evidence.append(sample)
        if changes.counted or changes.visible:
            entry.changed_at_ms = now_ms
        if changes.incident is not None:
            self._note(changes.incident)
        self._stale_shown.discard(entry.key)
        if hour_is_over:
            past = await store.past([entry.key], *since_ms(now_ms))
            entry.history = summed_up(past[entry.key], now_ms)

    def dependants(self, key: str) -> tuple[str, ...]:
        """Public models that name this one as what to use instead."""
        return self._dependants.get(key, ())

    # What the shelf asks.

    def keys(self) -> tuple[str, ...]:
        """Public models in the order of the configuration."""
        return self._public

    def gone_stale(self, now_ms: int) -> Iterable[str]:
        """Public models whose shown status is too old by now; each is named once."""
        for key in self._public:
            stale_ms = self._stale_ms(key)
            if stale_ms is not None and stale_ms < now_ms:
                self._stale_shown.add(key)
                self._entries[key].changed_at_ms = stale_ms
                yield key

    def next_stale_ms(self) -> float:
        """When the next shown status goes stale, infinity when none will."""
        return min((stale_ms + 1 for key in self._public if (stale_ms := self._stale_ms(key)) is not None), default=math.inf)

    def model(self, key: str, now_ms: int) -> ModelView:
        """A model as of now."""
        entry = self._entries[key]
        use_instead = (self._entries[other] for other in entry.model.fallback if other in self._dependants)
        return model_view(entry, tuple(use_instead), self._known_incidents(key), self.site.url, self.zone, now_ms)

    def page(self, models: tuple[ModelView, ...], generated_at_ms: int) -> PageView:
        """The page over these models."""
        shown = {model.key for model in models}
        incidents = [incident for incident in self._incidents.values() if shown.intersection(incident.models)]
        incidents.sort(key=lambda incident: (incident.resolved_at_ms is not None, -incident.started_at_ms))
        return PageView(
            site=self.site,
            status=page_status([model.status for model in models]),
            generated_at_ms=generated_at_ms,
            poll_after_seconds=self.poll_after_seconds,
            max_stale_seconds=self._max_stale_s,
            models=models,
            incidents=tuple(incidents),
            provider_names=self._provider_titles,
            sentence=headline([self._spoken(model) for model in models]),
        )

    def _spoken(self, model: ModelView) -> Told:
        return Told(self._spoken_names[model.key], model.status, model.class_name)

    def _stale_ms(self, key: str) -> int | None:
        if key in self._stale_shown:
            return None
        entry = self._entries[key]
        return stale_at_ms(entry.state, entry.model.max_stale_s)

    def _known_incidents(self, key: str) -> tuple[Incident, ...]:
        return tuple(incident for incident in self._incidents.values() if key in incident.models)

    def _note(self, incident: Incident) -> None:
        self._incidents[incident.id] = incident
        is_open = incident.resolved_at_ms is None
        for key in incident.models:
            if key in self._entries:
                self._entries[key].incident = incident if is_open else None
