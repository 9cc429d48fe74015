"""Tells OpenFeature clients that flags changed, so that they evaluate anew (OFREP 0.3, `eventStreams`)."""

from collections.abc import Callable
from typing import Final

import msgspec

from statuspage.render.events import PING, RETRY, frame
from statuspage.service.flags import Flags
from statuspage.service.flagset import FlagSet

PATH: Final = "/ofrep/v1/events"
_HELLO: Final = RETRY + PING
INACTIVITY_S: Final = 120
"""After so long out of sight a client may hang up, and evaluates anew when it comes back."""


class FlagCast:
    """What listeners are told: `refetchEvaluation`, whenever the flags are another set than the one they know."""

    def __init__(self, flags: Flags) -> None:
        self.tell: Callable[[bytes], None] = lambda _frames: None
        """Whoever keeps the connections puts itself here."""
        self._flags = flags
        flags.changed.append(self._changed)

    def since(self, last_event_id: str | None) -> bytes:
        """A newcomer's first frames: whoever knew another set is told at once."""
        known = last_event_id is None or last_event_id == self._flags.now.tag
        return _HELLO if known else RETRY + self._refetch()

    def from_now_on(self) -> bytes:
        """The first frames of a newcomer who has evaluated already."""
        return _HELLO

    def _changed(self, _flags: FlagSet) -> None:
        self.tell(self._refetch())

    def _refetch(self) -> bytes:
        tag = self._flags.now.tag
        data = {"type": "refetchEvaluation", "etag": tag, "lastModified": self._flags.changed_at_ms // 1000}
        return frame("message", msgspec.json.encode(data), tag)
