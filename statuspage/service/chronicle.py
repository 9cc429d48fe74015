"""What happened to models beyond their statuses: told to storage, and the newest of it kept for their pages."""

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Final

import structlog

from statuspage.domain.clock import Clock
from statuspage.domain.errors import StorageError
from statuspage.domain.event import Event
from statuspage.domain.ports import Store
from statuspage.domain.view import HappenedView

_SHOWN: Final = 20
_LOADED: Final = 5_000
_SHOWN_FOR_MS: Final = 400 * 86_400_000

log = structlog.get_logger()


class Chronicle:
    """The events of a model's life; `renamed` are earlier keys and the keys that continue them."""

    def __init__(self, store: Store, clock: Clock, renamed: Mapping[str, str]) -> None:
        self._store = store
        self._clock = clock
        self._renamed = dict(renamed)
        self._public: dict[str, deque[HappenedView]] = {}

    async def load(self) -> None:
        """Takes over the public events of the last thirteen months."""
        for event in reversed(await self._store.told(self._clock.now_ms() - _SHOWN_FOR_MS, _LOADED)):
            self._keep(event)

    async def tell(self, happened: Sequence[Event]) -> None:
        """Stores events and shows the public ones; what cannot be stored is shown all the same and logged."""
        if not happened:
            return
        try:
            await self._store.tell(happened)
        except StorageError as error:
            log.warning("events could not be stored", first=happened[0].sentence, count=len(happened), error=str(error))
        for event in happened:
            self._keep(event)
            log.info("something happened", kind=event.kind, subject=event.subject, sentence=event.sentence)

    def of(self, key: str) -> tuple[HappenedView, ...]:
        """The newest public events of a model, newest first."""
        return tuple(reversed(self._public.get(key, ())))

    def _keep(self, event: Event) -> None:
        if event.public:
            key = self._renamed.get(event.subject, event.subject)
            view = HappenedView(at_ms=event.at_ms, kind=event.kind, sentence=event.sentence, facts=event.facts)
            self._public.setdefault(key, deque(maxlen=_SHOWN)).append(view)
