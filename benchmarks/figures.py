"""`make figures`: how fast outages are found and how many alarms are false, from real runs into docs/detection.md."""

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import fmean, median
from typing import Final

import msgspec
from rich.console import Console

from statuspage.app.simulation import simulate
from statuspage.domain.scenario import MS_PER_DAY, Happening, Scenario
from statuspage.domain.scorecard import EventScore, Timeline
from statuspage.domain.words import Fault, Status
from statuspage.render.simulation import simulation_svg

ROOT: Final = Path(__file__).parents[1]
DOCUMENT: Final = ROOT / "docs" / "detection.md"
PLOT: Final = ROOT / "docs" / "images" / "simulation.svg"
BEGIN: Final = "<!-- Written by `make figures`. -->\n"
END: Final = "<!-- End of what `make figures` writes. -->\n"
MODELS: Final = 20
_MINUTE_MS: Final = 60_000
_HOUR_MS: Final = 60 * _MINUTE_MS
_GRACE_MS: Final = 20 * _MINUTE_MS
_FLAPPING: Final = 3
"""So many changes within an hour are a flap."""


class Outage(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of outage, played over and over to all models, each at its own time."""

    name: str
    rate: float
    lasts_ms: int
    every_ms: int
    days: float


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What was shown of many outages of one kind; minutes, infinite for never."""

    found_min: list[float]
    green_min: list[float]
    changes: list[int]
    flaps: list[int]


OUTAGES: Final = (
    Outage(name="full, 45 min", rate=1.0, lasts_ms=45 * _MINUTE_MS, every_ms=6 * _HOUR_MS, days=8),
    Outage(name="50 %, 2 h", rate=0.5, lasts_ms=2 * _HOUR_MS, every_ms=8 * _HOUR_MS, days=10),
    Outage(name="25 %, 65 min", rate=0.25, lasts_ms=65 * _MINUTE_MS, every_ms=6 * _HOUR_MS, days=12),
    Outage(name="25 %, 6 h", rate=0.25, lasts_ms=6 * _HOUR_MS, every_ms=12 * _HOUR_MS, days=12),
    Outage(name="10 %, 6 h", rate=0.1, lasts_ms=6 * _HOUR_MS, every_ms=12 * _HOUR_MS, days=8),
)
QUIET: Final = ((0.0017, 60.0), (0.005, 150.0), (0.01, 30.0))
"""Rates of independent errors, and over how many days they are watched."""
OURS: Final = (
    ("our network is cut", Fault.MONITOR, "connect_timeout", True),
    ("our quota is exhausted", Fault.ACCOUNT, "quota_exhausted", False),
    ("our key is invalid", Fault.ACCOUNT, "invalid_key", False),
    ("our base URL is wrong", Fault.CLIENT, "wrong_base_url", False),
)


def scenario_of(outage: Outage, seed: int = 1, models: int = MODELS) -> Scenario:
    """Models that meet this outage again and again, no two at the same moment of their rounds."""
    events = []
    for model in range(models):
        start_ms = _HOUR_MS + round(outage.every_ms * (model * 0.618 % 1) / 3)
        while start_ms + outage.lasts_ms + 2 * _HOUR_MS <= outage.days * MS_PER_DAY:
            events.append(
                Happening(
                    start_ms=start_ms,
                    end_ms=start_ms + outage.lasts_ms,
                    models=frozenset({model}),
                    failure_rate=outage.rate,
                    class_name="server_error",
                    fault=Fault.PROVIDER,
                )
            )
            start_ms += outage.every_ms + 37_000  # the round's phase differs each time
    return Scenario(seed=seed, days=outage.days, models=models, events=tuple(events))


def told_of(scenario: Scenario) -> Told:
    """Plays the scenario and looks at every event. An event that was never found has no end to be shown."""
    run = simulate(scenario)
    pairs = list(zip(scenario.events, run.card.events, strict=True))
    return Told(
        found_min=[_found_min(event, score) for event, score in pairs],
        green_min=[score.recovered_after_s / 60 for _, score in pairs if score.recovered_after_s is not None],
        changes=[score.transitions for _, score in pairs],
        flaps=[flaps(run.timelines[next(iter(event.models))], event) for event, _ in pairs],
    )


def _found_min(event: Happening, score: EventScore) -> float:
    found_s = score.detected_after_s
    in_time = found_s is not None and found_s * 1000 <= event.end_ms - event.start_ms
    return found_s / 60 if found_s is not None and in_time else float("inf")


def flaps(timeline: Timeline, event: Happening) -> int:
    """How often three changes fell into one hour while the event explained them."""
    at_ms = [turn.at_ms for turn in timeline[1:] if event.start_ms <= turn.at_ms <= event.end_ms + _GRACE_MS]
    return sum(late - early <= _HOUR_MS for early, late in zip(at_ms, at_ms[_FLAPPING - 1 :], strict=False))


def quantile(values: Sequence[float], share: float) -> float:
    """By nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-round(len(ordered) * share * 1000) // 1000) - 1))]


def _outage_rows(say: Callable[[str], None]) -> Iterable[str]:
    yield "| outage | played | found: median | 95 % | within 1 h | green again: median | 95 % | changes | flaps |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for outage in OUTAGES:
        say(outage.name)
        told = told_of(scenario_of(outage))
        within = sum(each <= 60 for each in told.found_min) / len(told.found_min)
        yield (
            f"| {outage.name} | {len(told.found_min)} | {_min(median(told.found_min))} | {_min(quantile(told.found_min, 0.95))} "
            f"| {within:.0%} | {_min(median(told.green_min))} | {_min(quantile(told.green_min, 0.95))} "
            f"| {fmean(told.changes):.1f} | {fmean(told.flaps):.2f} |"
        )


def _quiet_rows(say: Callable[[str], None]) -> Iterable[str]:
    yield "| independent errors | model-months | false partial outages a month and model | false major outages | slow |"
    yield "|---|---|---|---|---|"
    for rate, days in QUIET:
        say(f"{rate:.2%} errors")
        run = simulate(Scenario(seed=5, days=days, models=MODELS, base_error_rate=rate))
        months = days / 30 * MODELS
        partial, major, slow = (
            run.card.false[status] / months
            for status in (Status.PARTIAL_OUTAGE, Status.MAJOR_OUTAGE, Status.DEGRADED_PERFORMANCE)
        )
        yield f"| {rate:.2%} | {months:.0f} | {partial:.2f} | {major:.3f} | {slow:.3f} |"


def _our_rows(say: Callable[[str], None]) -> Iterable[str]:
    yield "| our own fault, 1 h, all models | played | red | yellow | green again: median |"
    yield "|---|---|---|---|---|"
    for name, fault, class_name, cut in OURS:
        say(name)
        events = tuple(
            Happening(
                start_ms=start_ms,
                end_ms=start_ms + _HOUR_MS,
                models=frozenset(range(MODELS)),
                failure_rate=1.0,
                class_name=class_name,
                fault=fault,
                cut=cut,
            )
            for start_ms in range(_HOUR_MS, 2 * MS_PER_DAY - 3 * _HOUR_MS, 4 * _HOUR_MS)
        )
        run = simulate(Scenario(seed=6, days=2, models=MODELS, events=events, base_error_rate=0.0))
        entered = [turn.status for timeline in run.timelines for turn in timeline]
        yellow = sum(entered.count(status) for status in (Status.PARTIAL_OUTAGE, Status.DEGRADED_PERFORMANCE))
        green = [score.recovered_after_s / 60 for score in run.card.events if score.recovered_after_s is not None]
        yield f"| {name} | {len(events)} | {entered.count(Status.MAJOR_OUTAGE)} | {yellow} | {_min(median(green))} |"


def _min(minutes: float) -> str:
    if minutes == float("inf"):
        return "–"
    return f"{minutes:.1f} min" if minutes < 10 else f"{minutes:.0f} min"


def document(say: Callable[[str], None] = lambda _: None) -> str:
    """The tables, from runs that take minutes."""
    parts = (
        "Runs of `statuspage simulate`'s own flow (20 models, a probe every 5 minutes, 0.5 % independent errors besides unless\n"
        "said otherwise). *Found* counts outages that were never found as infinite; a flap is three changes within an hour.\n",
        "\n".join(_outage_rows(say)) + "\n",
        "\n".join(_quiet_rows(say)) + "\n",
        "\n".join(_our_rows(say)) + "\n",
        "![A simulated month of 20 models](images/simulation.svg)\n",
    )
    return "\n".join(parts)


def plot() -> str:
    """The example scenario of the contract, drawn."""
    from statuspage.config.scenario import load_scenario

    scenario, problems, _ = load_scenario(ROOT / "examples" / "scenarios" / "outages.yml")
    if scenario is None:
        raise ValueError(problems)
    run = simulate(scenario)
    return simulation_svg(run.scenario, run.timelines, run.card, "examples/scenarios/outages.yml: a month of 20 models")


def main() -> None:
    """Writes the section between the marks, and the plot."""
    console = Console(stderr=True)
    text = DOCUMENT.read_text(encoding="utf-8")
    before, found, rest = text.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not found or not ended:
        sys.exit(f"{DOCUMENT.name} lacks the marks {BEGIN.strip()} and {END.strip()}: put them back.")
    tables = document(lambda what: console.print(f"[dim]playing {what} …[/]"))
    PLOT.write_text(plot(), encoding="utf-8")
    DOCUMENT.write_text(f"{before}{BEGIN}\n{tables}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
