"""Tells a statuspage server of a program's own calls: figures and classes, never what was asked or answered."""

import concurrent.futures.thread  # noqa: F401 - see `_at_the_end`
import logging
import random
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

import msgspec

from statuspage.client.background import Background
from statuspage.client.backoff import full_jitter_s
from statuspage.client.call import CallRecord
from statuspage.client.server import Answer, Server, ServerAwayError
from statuspage.domain.passive import CLASS_NAMES, OLDEST_MS
from statuspage.domain.secret import Secret

EVERY_S: Final = 5.0
MOST_WAITING: Final = 5_000
BATCH: Final = 200
_PATH: Final = "/api/v1/samples"
_LAST_WORD_S: Final = 2.0
"""How long a program's end may be held up by what is still to be told."""
_LATER: Final = (408, 425, 429)
_NOT_ADMITTED: Final = (401, 403, 404)
"""What its operator can put right: a token, a key of the configuration."""
_SLOWEST_S: Final = 300.0

log = logging.getLogger(__name__)


class Reporter:
    """Hears of every request (`on_call`) and tells the server every few seconds, from a thread of its own.

    It never blocks and never fails a call. What cannot be told yet is kept, at most `most` records; then the oldest are
    dropped and counted. What the server cannot use is dropped and logged.
    """

    def __init__(
        self,
        url: str,
        token: str | Secret,
        *,
        every_s: float = EVERY_S,
        most: int = MOST_WAITING,
        chance: Callable[[], float] = random.random,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """`token` is `env:NAME`, `file:/path` or a `Secret`. Raises `ValueError` in one sentence."""
        self.dropped = 0
        """Records that were lost for want of room, or of age."""
        self.refused = 0
        """Records that the server did not take."""
        self._server = Server(url, token)
        self._every_s = every_s
        self._most = most
        self._chance = chance
        self._monotonic_s = monotonic_s
        self._waiting: deque[tuple[float, CallRecord]] = deque()
        self._lock = threading.Lock()
        self._sending = threading.Lock()
        self._failures = 0
        self._complained: str | None = None
        self._background = Background("statuspage reporter", self._tell)

    def __call__(self, record: CallRecord) -> None:
        """Keeps the record until it is told."""
        if record.class_name not in CLASS_NAMES:
            return
        began_s = self._monotonic_s() - (record.total_ms or 0.0) / 1000
        with self._lock:
            self._waiting.append((began_s, record))
            self._make_room()
        if self._background.begin(self._every_s):
            _at_the_end(self)

    @property
    def waiting(self) -> int:
        """Records that are still to be told."""
        return len(self._waiting)

    def flush(self, timeout_s: float = _LAST_WORD_S) -> None:
        """Tells at once what is waiting, and returns when that is done or the time is up."""
        sender = threading.Thread(target=self._tell, name="statuspage reporter", daemon=True)
        sender.start()
        sender.join(timeout_s)

    def close(self, timeout_s: float = _LAST_WORD_S) -> None:
        """Tells what is waiting, and nothing more from then on; a second time does nothing."""
        self._background.end()
        if self._waiting:
            self.flush(timeout_s)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _tell(self) -> float:
        """Tells everything that is waiting, a batch after the other; seconds to rest."""
        with self._sending:
            while batch := self._take():
                later_s = self._send(batch)
                if later_s is not None:
                    with self._lock:
                        self._waiting.extendleft(reversed(batch))
                        self._make_room()
                    return later_s
            return self._every_s

    def _take(self) -> list[tuple[float, CallRecord]]:
        """The oldest records, without those that are too old to be told of."""
        oldest_s = self._monotonic_s() - OLDEST_MS / 1000
        with self._lock:
            while self._waiting and self._waiting[0][0] <= oldest_s:
                self._waiting.popleft()
                self.dropped += 1
            return [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]

    def _make_room(self) -> None:
        while len(self._waiting) > self._most:
            self._waiting.popleft()
            self.dropped += 1

    def _send(self, batch: list[tuple[float, CallRecord]]) -> float | None:
        """None once the batch is dealt with, else the seconds after which to send it again."""
        now_s = self._monotonic_s()
        body = msgspec.json.encode({"calls": [_told(record, now_s - began_s) for began_s, record in batch]})
        try:
            answer = self._server.ask(_PATH, body=body)
        except ServerAwayError:
            return self._later_s(None)
        if answer.status >= 500 or answer.status in _LATER:
            return self._later_s(answer.retry_after_s)
        self._failures = 0
        self._complain(_wrong(answer))
        if answer.status in _NOT_ADMITTED:
            return _SLOWEST_S
        if answer.status != 200:
            self.refused += len(batch)
        return None

    def _complain(self, why: str | None) -> None:
        """Logs why records were not taken, once while it is the same."""
        if why is not None and why != self._complained:
            log.warning("the statuspage server did not take records of calls: %s", why)
        self._complained = why

    def _later_s(self, asked_s: float | None) -> float:
        self._failures += 1
        wait_s = self._every_s + full_jitter_s(self._failures, self._chance) * 4
        return min(_SLOWEST_S, wait_s if asked_s is None else max(asked_s, wait_s))


def _at_the_end(reporter: Reporter) -> None:
    """Has a program's end wait for what is still to be told."""
    close = weakref.WeakMethod(reporter.close)

    def last_word() -> None:
        if (still := close()) is not None:
            still()

    # With `atexit` it would be too late: no thread can begin any more, and names are resolved in threads. Those of
    # `concurrent.futures`, which is imported above for that, end the same way, and what was registered last is called first.
    threading._register_atexit(last_word)  # type: ignore[attr-defined]


def _told(record: CallRecord, age_s: float) -> dict[str, object]:
    """The record as the server takes it."""
    tokens = record.tokens
    return {
        "id": record.id,
        "model": record.model,
        "age_ms": max(0, round(age_s * 1000)),
        "class": record.class_name,
        "http_status": record.http_status,
        "first_content_ms": record.first_content_ms,
        "total_ms": record.total_ms,
        "tokens": {"input": tokens.input, "output": tokens.output, "reasoning": tokens.reasoning},
        "cost_usd": record.cost_usd,
    }


def _wrong(answer: Answer) -> str | None:
    """What was not taken, in the server's own sentence; None where everything was."""
    try:
        document = msgspec.json.decode(answer.body)
        if answer.status != 200:
            return f"{answer.status}: {document['detail']}"
        unknown = document["unknown"]
        return f"it has no public model {', '.join(map(str, unknown))}" if unknown else None
    except (msgspec.MsgspecError, KeyError, TypeError):
        return f"HTTP {answer.status}"
