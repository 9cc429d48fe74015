"""What a statuspage server knows of models, at hand when a call needs it: which one to ask first."""

import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Final, Literal, Self
from urllib.parse import quote, urlencode

import msgspec

from statuspage.client.background import Background
from statuspage.client.backoff import full_jitter_s
from statuspage.client.server import Answer, Server, ServerAwayError
from statuspage.domain.clock import moment_ms
from statuspage.domain.secret import Secret

_FASTEST_S: Final = 1.0
_SLOWEST_S: Final = 300.0
_POLL_S: Final = 15.0
_RANKS: Final[Mapping[str, int]] = {
    "operational": 0,
    "degraded_performance": 1,
    "partial_outage": 2,
    "no_data": 2,
    "under_maintenance": 3,
    "major_outage": 4,
    "retired": 5,
}
"""A model that nobody knows of is better than one that is known to be down, and worse than one that is known to work."""
_UNKNOWN: Final = _RANKS["no_data"]

By = Literal["order", "price", "latency"]


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """What the server said of one model; it says nothing any more once `stale_ms` has passed."""

    status: str
    checked_at_ms: int | None
    max_stale_seconds: float

    def at(self, now_ms: float) -> str:
        """The status as of now."""
        if self.status in ("retired", "under_maintenance"):
            return self.status
        stale = self.checked_at_ms is None or now_ms > self.checked_at_ms + self.max_stale_seconds * 1000
        return "no_data" if stale else self.status


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """The selector's answer: the choice, then what comes after it."""

    models: tuple[str, ...]
    valid_until_ms: int


def ordered(models: Sequence[str], words: Mapping[str, Word], chosen: Chosen | None, now_ms: float) -> tuple[str, ...]:
    """All of these models, the best first: by what is known of each, then as the selector has them, then as they were given."""
    places = {} if chosen is None or now_ms > chosen.valid_until_ms else {key: at for at, key in enumerate(chosen.models)}

    def rank(key: str) -> tuple[int, int]:
        known = words.get(key)
        return _UNKNOWN if known is None else _RANKS.get(known.at(now_ms), _UNKNOWN), places.get(key, len(places))

    return tuple(sorted(models, key=rank))


class Evidence:
    """The order of now of some models (`prefer`), from a statuspage server.

    It is read in a thread of its own, as often as the server asks for; asking for the order never waits. While the server is
    away what it said last holds until it is stale, and then nothing is known and the models keep their order.
    """

    def __init__(
        self,
        url: str,
        models: Sequence[str],
        *,
        token: str | Secret | None = None,
        by: By = "order",
        capability: Literal["chat", "tools"] = "chat",
        chance: Callable[[], float] = random.random,
        now_ms: Callable[[], float] = lambda: time.time() * 1000,
    ) -> None:
        """`by` is who goes first among models that work: `order` as given, `price` or `latency` as the server's selector says.

        `token` is `env:NAME`, `file:/path` or a `Secret`, for a private page. Raises `ValueError` in one sentence.
        """
        self._server = Server(url, token)
        self._models = tuple(dict.fromkeys(models))
        self._by = by
        keys = ",".join(self._models)
        self._list = f"/api/v1/models?keys={quote(keys, safe=',/')}"
        asked = {"models": keys, "capability": capability, "prefer": by}
        self._route = f"/api/v1/route?{urlencode(asked, safe=',/')}"
        self._chance = chance
        self._now_ms = now_ms
        self._words: Mapping[str, Word] = {}
        self._chosen: Chosen | None = None
        self._etags: dict[str, str] = {}
        self._skew_ms = 0.0
        """How far the server's clock is ahead of ours, as far as `Date` tells."""
        self._poll_s = _POLL_S
        self._failures = 0
        self._reading = threading.Lock()
        self._background = Background("statuspage evidence", self._read)

    def __call__(self) -> tuple[str, ...] | None:
        """The models, the best first; None while nothing is known."""
        self._background.begin(0.0)
        if not self._words:
            return None
        return ordered(self._models, self._words, self._chosen, self._now_ms() + self._skew_ms)

    def status(self, key: str) -> str:
        """What may be said of a model now, a word of the page; `no_data` where nothing is known."""
        self._background.begin(0.0)
        known = self._words.get(key)
        return "no_data" if known is None else known.at(self._now_ms() + self._skew_ms)

    def rank(self, key: str) -> int:
        """How good a model is by what may be said of it now: 0 works, more is worse; what is not known is in the middle."""
        return _RANKS.get(self.status(key), _UNKNOWN)

    def refresh(self, timeout_s: float = 2.0) -> None:
        """Reads at once, and returns when that is done or the time is up; before a program's first call, if it likes."""
        reader = threading.Thread(target=self._read, name="statuspage evidence", daemon=True)
        reader.start()
        reader.join(timeout_s)

    def close(self) -> None:
        """Reads nothing more."""
        self._background.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _read(self) -> float:
        """Reads what the server knows now; seconds to rest."""
        with self._reading:
            try:
                listed = self._ask(self._list)
                if listed is not None:
                    self._words = _words(listed)
                    self._poll_s = max(_FASTEST_S, float(listed.get("poll_after_seconds", _POLL_S)))
                if self._by != "order":
                    self._choose()
            except (ServerAwayError, msgspec.MsgspecError, ValueError, TypeError, KeyError, AttributeError):
                self._failures += 1
                return min(_SLOWEST_S, self._poll_s + full_jitter_s(self._failures, self._chance) * 4)
            self._failures = 0
            return self._poll_s * (1 + self._chance() / 10)

    def _choose(self) -> None:
        """Asks the selector; where nothing is suitable it says so, and the order is that of the statuses alone."""
        document = self._ask(self._route, none_suits=503)
        if document is not None:
            self._chosen = _chosen(document) if "choice" in document else None

    def _ask(self, path: str, none_suits: int = 200) -> dict[str, Any] | None:
        """The document; None where it is the one of last time. Raises `ServerAwayError`."""
        answer = self._server.ask(path, etag=self._etags.get(path))
        self._compare_clocks(answer)
        if answer.status == 304:
            return None
        if answer.status not in (200, none_suits):
            raise ServerAwayError(f"status {answer.status}")
        document: dict[str, Any] = msgspec.json.decode(answer.body, type=dict[str, Any])
        if answer.status == 200 and answer.etag is not None:
            self._etags[path] = answer.etag
        else:
            self._etags.pop(path, None)
        return document

    def _compare_clocks(self, answer: Answer) -> None:
        if answer.date_ms is not None:
            ahead_ms = answer.date_ms + 500 - self._now_ms()
            self._skew_ms = ahead_ms if abs(ahead_ms) > 2000 else 0.0  # `Date` has whole seconds


def _words(document: Mapping[str, Any]) -> dict[str, Word]:
    return {
        key: Word(
            status=str(model["status"]),
            checked_at_ms=None if model["checked_at"] is None else moment_ms(model["checked_at"]),
            max_stale_seconds=float(model["max_stale_seconds"]),
        )
        for key, model in document["models"].items()
    }


def _chosen(document: Mapping[str, Any]) -> Chosen:
    return Chosen(models=(document["choice"]["model"], *document["fallbacks"]), valid_until_ms=moment_ms(document["valid_until"]))
