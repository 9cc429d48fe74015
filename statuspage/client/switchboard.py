"""What a chain knows of its routes between calls: breakers, retry budget, rejected parameters, the order of now."""

from collections.abc import Callable, Collection, Sequence

from statuspage.client.breaker import Breaker
from statuspage.client.budget import RetryBudget
from statuspage.client.errors import Failure
from statuspage.client.provider import Route
from statuspage.domain.words import Fault

Prefer = Callable[[], Sequence[str] | None]
"""The keys in the order of now, the best first; None where nothing is known. Must not block."""
_ABOUT_THE_CALL = (Fault.CLIENT, Fault.MONITOR)


class Switchboard:
    """Shared by all calls of a chain."""

    def __init__(self, routes: Sequence[Route], monotonic_s: Callable[[], float], prefer: Prefer | None) -> None:
        self.routes = tuple(routes)
        self.budget = RetryBudget()
        self._monotonic_s = monotonic_s
        self._prefer = prefer
        self._breakers = {route.key: Breaker() for route in routes}
        self._last: dict[str, Failure] = {}
        self._left_out: dict[str, frozenset[str]] = {}

    def open(self, without: Collection[str] = ()) -> tuple[Route, ...]:
        """The routes that may be asked now, in the order of now."""
        return tuple(route for route in self._ordered() if route.key not in without and self._admits(route))

    def first(self) -> tuple[Route, Route | None]:
        """The route that would be asked if all were well, and the one that may be; None where all are left alone."""
        ordered = self._ordered()
        return ordered[0], next(filter(self._admits, ordered), None)

    def last_failure(self, route: Route) -> Failure | None:
        """The last failure that was not about the call itself."""
        return self._last.get(route.key)

    def closed_s(self) -> float:
        """Where no route is open: in how many seconds one will be."""
        now_s = self._monotonic_s()
        waits = [breaker.until_s - now_s for breaker in self._breakers.values() if breaker.until_s is not None]
        return max(0.0, min(waits, default=0.0))

    def left_out(self, route: Route) -> frozenset[str]:
        """Parameters that this model rejects."""
        return self._left_out.get(route.key, frozenset())

    def leave_out(self, route: Route, parameter: str) -> None:
        """Remembers a parameter that this model rejects."""
        self._left_out[route.key] = self.left_out(route) | {parameter}

    def sent(self, route: Route) -> None:
        """A request goes out."""
        self._breakers[route.key] = self._breakers[route.key].sent(self._monotonic_s())

    def answered(self, route: Route) -> None:
        """It was answered."""
        self._breakers[route.key] = self._breakers[route.key].answered()

    def called_off(self, route: Route) -> None:
        """It was called off."""
        self._breakers[route.key] = self._breakers[route.key].given_up()

    def failed(self, route: Route, failure: Failure) -> None:
        """It failed."""
        self._breakers[route.key] = self._breakers[route.key].failed(failure, self._monotonic_s())
        if failure.fault not in _ABOUT_THE_CALL:
            self._last[route.key] = failure

    def _admits(self, route: Route) -> bool:
        return self._breakers[route.key].admits(self._monotonic_s())

    def _ordered(self) -> tuple[Route, ...]:
        """What evidence prefers first; what it does not name keeps its order behind."""
        wanted = None if self._prefer is None else self._prefer()
        if not wanted:
            return self.routes
        place = {key: at for at, key in enumerate(wanted)}
        return tuple(sorted(self.routes, key=lambda route: place.get(route.key, len(place))))
