"""The scenario of `statuspage simulate` (contract §7) and the overrides of a policy, from YAML."""

import math
from pathlib import Path
from typing import Annotated, Final

import msgspec
from msgspec import UNSET, Meta, UnsetType

from statuspage.config.load import text_of
from statuspage.config.paths import child, item
from statuspage.config.problem import Problem, did_you_mean, one_of, quote
from statuspage.config.report import Report
from statuspage.config.schema_base import Duration, Section
from statuspage.config.tree import Scalar, Tree, guess_scalar, parse
from statuspage.config.walk import read_as
from statuspage.domain.classes import CLASSES
from statuspage.domain.durations import seconds
from statuspage.domain.policy import DEFAULT_POLICY, Policy
from statuspage.domain.scenario import Happening, Scenario
from statuspage.domain.words import Fault

_MS_PER_S: Final = 1_000
_ALL: Final = "all"
_REMEDY: Final = "name another"
_DEFAULT_CLASS: Final = {
    Fault.PROVIDER: "server_error",
    Fault.ROUTER: "server_error",
    Fault.ACCOUNT: "quota_exhausted",
    Fault.MONITOR: "connect_timeout",
    Fault.CLIENT: "wrong_base_url",
}
_CUTS: Final = frozenset({"connect_timeout", "dns_failure", "connection_refused", "tls_invalid"})
"""How a cut of our own network may look from inside."""


class LatencySection(Section, frozen=True):
    """Time to first content."""

    median: Duration = "0.8s"
    sigma: Annotated[float, Meta(ge=0, le=3)] = 0.4


class EventSection(Section, frozen=True):
    """One event."""

    at: Duration
    for_: Duration = msgspec.field(name="for")
    models: tuple[Annotated[int, Meta(ge=0)], ...] | Annotated[str, Meta(min_length=1)] = _ALL
    failure_rate: Annotated[float, Meta(ge=0, le=1)] | UnsetType = UNSET
    class_: str | UnsetType = msgspec.field(name="class", default=UNSET)
    fault: Fault | UnsetType = UNSET
    latency_factor: Annotated[float, Meta(ge=0.01, le=1000)] | UnsetType = UNSET
    provider_account: bool = False


class ScenarioSection(Section, frozen=True):
    """The file."""

    seed: int = 1
    days: Annotated[float, Meta(ge=0.01, le=3660)] = 30.0
    models: Annotated[int, Meta(ge=1, le=1000)] = 20
    interval: Duration = "5m"
    base_error_rate: Annotated[float, Meta(ge=0, le=1)] = 0.005
    latency: LatencySection = LatencySection()
    events: tuple[EventSection, ...] = ()


def load_scenario(path: Path) -> tuple[Scenario | None, list[Problem], list[Problem]]:
    """The scenario, None where there are problems; problems and warnings, a sentence each."""
    text = text_of(path, _REMEDY)
    if isinstance(text, Problem):
        return None, [text], []
    tree, problems = parse(text)
    if not isinstance(tree, dict):
        said = "the file holds no mapping: write keys such as days, models and events, each with a colon"
        return None, problems or [Problem(path="", message=said)], []
    section, found = read_as(tree, ScenarioSection)
    report = Report([*problems, *found])
    scenario = _scenario(section, report)
    return None if report.problems else scenario, report.problems, report.warnings


def _scenario(section: ScenarioSection, report: Report) -> Scenario:
    interval_s = _seconds(section.interval, "interval", report, least=1.0)
    events = (_happening(event, item("events", index), section.models, report) for index, event in enumerate(section.events))
    scenario = Scenario(
        seed=section.seed,
        days=section.days,
        models=section.models,
        interval_s=interval_s,
        base_error_rate=section.base_error_rate,
        latency_median_s=_seconds(section.latency.median, "latency.median", report, least=0.001),
        latency_sigma=section.latency.sigma,
        events=tuple(events),
    )
    for index, event in enumerate(scenario.events):
        if event.start_ms >= scenario.end_ms:
            report.warning(
                item("events", index), f"the event begins after the {section.days:g} days of the run: it never happens"
            )
    return scenario


def _happening(section: EventSection, path: str, models: int, report: Report) -> Happening:
    start_ms = round(_seconds(section.at, child(path, "at"), report) * _MS_PER_S)
    lasts_ms = round(_seconds(section.for_, child(path, "for"), report, least=0.001) * _MS_PER_S)
    fault, class_name, cut = _cause(section, path, report)
    only_slow = section.latency_factor is not UNSET and section.class_ is UNSET and section.fault is UNSET
    rate = (0.0 if only_slow and not section.provider_account else 1.0) if section.failure_rate is UNSET else section.failure_rate
    return Happening(
        start_ms=start_ms,
        end_ms=start_ms + lasts_ms,
        models=_models(section, path, models, report),
        failure_rate=rate,
        class_name=class_name,
        fault=fault,
        latency_factor=1.0 if section.latency_factor is UNSET else section.latency_factor,
        cut=cut,
    )


def _cause(section: EventSection, path: str, report: Report) -> tuple[Fault, str, bool]:
    """Fault, class, and whether our own network is cut."""
    fault = Fault.ACCOUNT if section.provider_account and section.fault is UNSET else section.fault
    if fault is Fault.NONE:
        report.problem(child(path, "fault"), "none is no fault: write latency_factor for slow answers, or name who is to blame")
        fault = UNSET
    if section.class_ is UNSET:
        chosen = Fault.PROVIDER if fault is UNSET else fault
        return chosen, _DEFAULT_CLASS[chosen], chosen is Fault.MONITOR
    name = section.class_
    row = CLASSES.get(name)
    if row is None or row.fault is Fault.NONE:
        failing = [each.name for each in CLASSES.values() if each.fault is not Fault.NONE]
        near, proposal = did_you_mean(name, failing)
        said = "is no class" if row is None else "is no failure"
        if not report.knows(child(path, "class")):
            report.problem(child(path, "class"), f"{quote(name)} {said}{proposal or ': write one of docs/classes.md'}", near)
        return Fault.PROVIDER, _DEFAULT_CLASS[Fault.PROVIDER], False
    if fault is Fault.MONITOR and name in _CUTS:
        return Fault.MONITOR, name, True
    theirs = (Fault.PROVIDER, Fault.ROUTER)
    if fault is not UNSET and fault is not row.fault and not (fault in theirs and row.fault in theirs):
        key = "provider_account" if section.provider_account and section.fault is UNSET else "fault"
        report.problem(child(path, key), f"the class {name} is fault {row.fault}, not {fault}: remove one of the two")
    return row.fault if fault is UNSET else fault, name, False


def _models(section: EventSection, path: str, count: int, report: Report) -> frozenset[int]:
    place = child(path, "models")
    everybody = frozenset(range(count))
    if section.provider_account:
        return everybody
    if isinstance(section.models, str):
        if section.models != _ALL and not report.knows(place):
            near, proposal = did_you_mean(section.models, [_ALL])
            report.problem(
                place, f"{quote(section.models)} names no models{proposal or ': write all, or a list such as [0, 1]'}", near
            )
        return everybody
    if not section.models and not report.knows(place):
        report.problem(place, "the list is empty: write all, or a list such as [0, 1]")
    for index in section.models:
        if index >= count:
            report.problem(place, f"there is no model {index}: the {count} models are numbered from 0 to {count - 1}")
    return frozenset(section.models)


def _seconds(text: str, path: str, report: Report, *, least: float = 0.0) -> float:
    value = seconds(text)
    if value is None:
        return max(least, 1.0)  # what is wrong with it was said by the walk
    if value < least:
        report.problem(path, f"{quote(text)} is too short: write at least {least:g}s")
    return value


def load_policy(text: str) -> tuple[dict[str, int | float], list[Problem]]:
    """The overrides of `k=v,…`, or of a YAML file of that name, and what is wrong with them."""
    tree: Tree | None
    problems: list[Problem]
    if "=" in text:
        pairs = [pair.partition("=") for pair in text.split(",") if pair.strip()]
        tree, problems = {key.strip(): guess_scalar(value.strip()) for key, _, value in pairs}, []
    else:
        content = text_of(Path(text), _REMEDY)
        if isinstance(content, Problem):
            return {}, [content]
        tree, problems = parse(content)
    if not isinstance(tree, dict):
        said = f"a policy is k=v,… or a YAML file of numbers, such as window_partial=4; its keys are those of {Policy.__name__}"
        return {}, problems or [Problem(path="", message=said)]
    policy, found = read_as({key: _as_number(key, value) for key, value in tree.items()}, Policy)
    report = Report([*problems, *found])
    if not report.problems:
        _check_policy(policy, report)
    values = {key: getattr(policy, key) for key in tree} if not report.problems else {}
    return values, report.problems


def _as_number(key: str, value: Tree) -> Tree:
    """A duration where the key counts seconds, else the value as it is."""
    if key.endswith("_s") and isinstance(value, Scalar) and isinstance(value.value, str):
        length = seconds(value.text)
        return value if length is None else Scalar(length, value.text)
    return value


_SHARES: Final = frozenset({"burst_partial_share", "burst_major_share", "recover_doubt"})
_MAY_BE_ZERO: Final = frozenset(
    {"confirm_probes", "recover_reprobes", "latency_floor_ms", "latency_floor_thinking_ms", "window_ease"}
)


def _check_policy(policy: Policy, report: Report) -> None:
    for field in msgspec.structs.fields(Policy):
        value = getattr(policy, field.name)
        if not math.isfinite(value) or value < 0 or (value == 0 and field.name not in _MAY_BE_ZERO):
            report.problem(field.name, f"{value:g} is too small: the default is {getattr(DEFAULT_POLICY, field.name):g}")
        elif field.name in _SHARES and value >= 1:
            report.problem(field.name, f"{value:g} is too large: a share is below 1")
    if policy.interval_s < 1:
        report.problem("interval_s", f"{policy.interval_s:g} is too short: the smallest interval is 1 s")


POLICY_KEYS: Final = one_of(field.name for field in msgspec.structs.fields(Policy))
