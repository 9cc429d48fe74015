"""The breaker of one route: after enough failures it is left alone, and tried again with one request. Pure."""

from typing import Final

import msgspec

from statuspage.client.errors import Failure
from statuspage.domain.words import Fault

FAILURES: Final = 3
"""So many in a row open it."""
REST_S: Final = 10.0
LONGEST_REST_S: Final = 300.0
ACCOUNT_REST_S: Final = 300.0
"""An account that has run dry, or a key that is refused, does not mend itself in seconds."""
_VENDORS: Final = (Fault.PROVIDER, Fault.ROUTER)


class Breaker(msgspec.Struct, frozen=True, kw_only=True):
    """Closed while `until_s` is None; open until then, and half open after it, for the one request of `trial`."""

    failures: int = 0
    rest_s: float = REST_S
    until_s: float | None = None
    trial: bool = False

    def admits(self, now_s: float) -> bool:
        """Whether a request may be sent."""
        return self.until_s is None or (now_s >= self.until_s and not self.trial)

    def sent(self, now_s: float) -> "Breaker":
        """After a request was sent: half open, it is the one that decides."""
        half_open = self.until_s is not None and now_s >= self.until_s
        return msgspec.structs.replace(self, trial=True) if half_open else self

    def answered(self) -> "Breaker":
        """After a good answer."""
        return Breaker()

    def given_up(self) -> "Breaker":
        """After a request that was called off before it said anything."""
        return msgspec.structs.replace(self, trial=False)

    def failed(self, failure: Failure, now_s: float) -> "Breaker":
        """After a failure; what is the caller's own fault says nothing about the route."""
        if failure.fault is Fault.ACCOUNT:
            rest_s = ACCOUNT_REST_S if failure.retry_after_s is None else min(failure.retry_after_s, ACCOUNT_REST_S)
            return Breaker(failures=self.failures + 1, rest_s=self.rest_s, until_s=now_s + rest_s)
        if failure.fault not in _VENDORS:
            return self.given_up()
        if self.until_s is not None:
            rest_s = min(LONGEST_REST_S, self.rest_s * 2)
            return Breaker(failures=self.failures + 1, rest_s=rest_s, until_s=now_s + rest_s)
        failures = self.failures + 1
        return Breaker(failures=failures, until_s=now_s + REST_S if failures >= FAILURES else None)
