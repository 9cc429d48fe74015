"""How far an exchange has come, and when it got there."""

from collections.abc import Callable

from statuspage.domain.sample import Timings
from statuspage.domain.words import Phase


class Phases:
    """A stopwatch over one probe; the phase it has reached names the class of a failure.

    `monotonic_s` is a clock that never jumps. All times are milliseconds since construction. What is read is timed by
    its arrival at the socket (`arrived`), not by when a busy loop gets round to it.
    """

    __slots__ = (
        "_arrival", "_connect", "_first_content", "_first_event", "_first_thought", "_headers", "_last_event", "_max_gap",
        "_monotonic_s", "_resolve", "_start", "_tls", "_total", "reached",
    )  # fmt: skip

    def __init__(self, monotonic_s: Callable[[], float]) -> None:
        self._monotonic_s = monotonic_s
        self._start = monotonic_s()
        self.reached = Phase.RESOLVE
        self._resolve: float | None = None
        self._connect: float | None = None
        self._tls: float | None = None
        self._headers: float | None = None
        self._first_event: float | None = None
        self._first_thought: float | None = None
        self._first_content: float | None = None
        self._last_event: float | None = None
        self._max_gap: float | None = None
        self._total: float | None = None
        self._arrival: float | None = None

    def elapsed_ms(self) -> float:
        """Milliseconds since the start."""
        return (self._monotonic_s() - self._start) * 1000

    def restart(self) -> None:
        """A second request of the same probe begins: its phases count, still from the probe's start."""
        self.reached = Phase.RESOLVE
        self._headers = self._first_event = self._first_thought = self._first_content = None
        self._last_event = self._max_gap = self._arrival = None

    def resolved(self) -> None:
        """The name has addresses."""
        self._resolve = self.elapsed_ms()
        self.reached = Phase.CONNECT

    def connected(self, *, tls: bool) -> None:
        """TCP is established; with `tls` the handshake is next."""
        self._connect = self.elapsed_ms()
        self.reached = Phase.TLS if tls else Phase.HEADERS

    def secured(self) -> None:
        """The TLS handshake is over."""
        self._tls = self.elapsed_ms()
        self.reached = Phase.HEADERS

    def arrived(self, at_ms: float) -> None:
        """What is read next reached the socket at that time."""
        self._arrival = at_ms

    def answered(self) -> None:
        """The response's headers are complete."""
        self._headers = self._read_at()
        self.reached = Phase.FIRST_EVENT

    def event(self) -> None:
        """An event of the stream arrived (comments and pings are none)."""
        at = self._read_at()
        if self._last_event is None:
            self._first_event = at
            self.reached = Phase.CONTENT
        else:
            self._max_gap = max(self._max_gap or 0.0, at - self._last_event)
        self._last_event = at

    def thought(self) -> None:
        """The event at hand carried reasoning."""
        if self._first_thought is None:
            self._first_thought = self._last_event

    def content(self) -> None:
        """The event at hand carried content."""
        if self._first_content is None:
            self._first_content = self._last_event

    def done(self) -> None:
        """The answer is whole."""
        self.reached = Phase.DONE

    def stop(self) -> None:
        """The probe is over, however it ended."""
        self._total = self._read_at() if self.reached is Phase.DONE else self.elapsed_ms()

    def timings(self) -> Timings:
        """What is known so far; an answer of nothing but reasoning has its first content at its first thought."""
        spoke = self._first_content if self._first_content is not None else self._first_thought
        return Timings(
            resolve=_rounded(self._resolve),
            connect=_rounded(self._connect),
            tls=_rounded(self._tls),
            headers=_rounded(self._headers),
            first_event=_rounded(self._first_event),
            first_content=_rounded(spoke),
            total=_rounded(self._total),
            max_gap=_rounded(self._max_gap),
        )

    def _read_at(self) -> float:
        return self.elapsed_ms() if self._arrival is None else self._arrival


def _rounded(milliseconds: float | None) -> float | None:
    return None if milliseconds is None else round(milliseconds, 3)
