"""Which fault a request meets: asked for by header, by model id, by `play`, or by the script."""

from collections import Counter

from statuspage.zoo.fault import HEADER, Fault, fault_of_model, read_fault
from statuspage.zoo.request import Request
from statuspage.zoo.rows.row import Row
from statuspage.zoo.script import Event, Script, strikes


class Faults:
    """The zoo's faults and how often each was met; counts are per fault and model, so that stories repeat."""

    def __init__(self, script: Script, seed: int) -> None:
        self._script = script
        self._seed = seed
        self._standing: list[tuple[int, Event]] = []
        self._played = 0
        self._asked: Counter[tuple[str, str]] = Counter()
        self._drawn: Counter[tuple[int, str]] = Counter()

    def play(self, glob: str, fault: Fault, rate: float) -> None:
        """Plays a fault for matching models until `calm`; a later one takes precedence."""
        self._played -= 1
        self._standing.insert(0, (self._played, Event(models=("*" if glob == "all" else glob,), fault=fault, rate=rate)))

    def calm(self, glob: str | None) -> None:
        """Ends what `play` began with the same pattern; None ends all of it."""
        wanted = "*" if glob == "all" else glob
        self._standing = [each for each in self._standing if wanted is not None and wanted not in each[1].models]

    def meets(self, name: str, request: Request, elapsed_s: float) -> Fault | None:
        """The fault that this request to `prefix/model-id` meets; None is good health. Raises `FaultError`."""
        spelled = request.headers.get(HEADER) or fault_of_model(name)
        if spelled:
            fault = read_fault(spelled)
            self._asked[spelled, name] += 1
            met = self._asked[spelled, name]
            over = fault.times is not None and met > fault.times
            return fault if not over and strikes(fault.rate, self._seed, spelled, name, met) else None
        for number, event in self._events(name, elapsed_s):
            self._drawn[number, name] += 1
            met = self._drawn[number, name]
            if event.fault.times is not None and met > event.fault.times:
                continue
            if strikes(event.rate, self._seed, number, name, met) and strikes(
                event.fault.rate, self._seed, f"{number}r", name, met
            ):
                return event.fault
        return None

    def concerning(self, name: str, elapsed_s: float) -> list[Row]:
        """Rows going on for a model, without counting: what `/models` shows of it."""
        spelled = fault_of_model(name)
        if spelled:
            return [read_fault(spelled).row]
        return [event.fault.row for _, event in self._events(name, elapsed_s)]

    def _events(self, name: str, elapsed_s: float) -> list[tuple[int, Event]]:
        standing = [each for each in self._standing if each[1].concerns(name)]
        return [*standing, *self._script.going_on(name, elapsed_s)]
