"""Models resolved: what each inherits, and how their keys, slugs, aliases and fallbacks stand to one another."""

from collections.abc import Iterable
from typing import Final, TypeVar

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from statuspage.config.fleet import Model, Price, Provider
from statuspage.config.names import display_name, has_control
from statuspage.config.paths import child, item
from statuspage.config.problem import did_you_mean, quote
from statuspage.config.report import Report
from statuspage.config.schema import ConfigFile, ProbingSection
from statuspage.config.schema_providers import ModelSection, ProviderSection
from statuspage.domain.durations import seconds, spell

MIN_INTERVAL_S: Final = 1.0
_DEFAULT_SPACING: Final = "20s"
_DEFAULT_BURST: Final = 4
_T = TypeVar("_T")
_Level = tuple[str, ModelSection | ProviderSection | ProbingSection]


class _Placed(Struct, frozen=True):
    """A model and where it stands in the file."""

    path: str
    model: Model
    section: ModelSection


def resolve_models(file: ConfigFile, providers: tuple[Provider, ...], report: Report) -> tuple[Model, ...]:
    """All models in the file's order, with everything inherited."""
    check_durations("probing", file.probing, report)
    placed: list[_Placed] = []
    for provider, (name, section) in zip(providers, file.providers.items(), strict=True):
        path = child("providers", name)
        check_durations(path, section, report)
        for index, entry in enumerate(section.models):
            model = ModelSection(id=entry) if isinstance(entry, str) else entry
            place = item(child(path, "models"), index)
            if model.id.strip():
                levels = ((place, model), (path, section), ("probing", file.probing))
                placed.append(_Placed(place, _model(model, provider, levels, report), model))
    _check_keys(placed, report)
    discovering = tuple(f"{provider.name}/" for provider in providers if provider.discover is not None)
    with_aliases = _with_aliases(placed, report)
    return _with_fallbacks(with_aliases, discovering, report)


def templates(file: ConfigFile, providers: tuple[Provider, ...]) -> dict[str, Model]:
    """By provider that discovers: what a model inherits that is added later; its id is empty."""
    report = Report([])  # what is wrong with the sections is reported with the models that are named
    found = {}
    for provider, (name, section) in zip(providers, file.providers.items(), strict=True):
        if provider.discover is not None:
            path = child("providers", name)
            bare = ModelSection(id="")
            found[provider.name] = _model(bare, provider, ((path, bare), (path, section), ("probing", file.probing)), report)
    return found


def check_durations(path: str, section: ModelSection | ProviderSection | ProbingSection, report: Report) -> None:
    """Notes durations that are too short to make sense."""
    for key, text in (("interval", section.interval), ("max_stale", section.max_stale), ("timeout", section.timeout)):
        length = UNSET if text is UNSET else seconds(text)
        if key == "interval" and isinstance(length, float) and length < MIN_INTERVAL_S:
            report.problem(child(path, key), f"{quote(str(text))} is too short: the smallest interval is 1s")
        elif isinstance(length, float) and length <= 0:
            report.problem(child(path, key), f"{quote(str(text))} is too short: write more than 0s")


def _model(section: ModelSection, provider: Provider, levels: tuple[_Level, ...], report: Report) -> Model:
    path = levels[0][0]
    check_durations(path, section, report)
    if has_control(section.id):
        report.warning(path, "the id holds control characters, which no vendor uses: check it")
    if section.route is not UNSET and not provider.vendor.router and provider.vendor.base_url is not None:
        report.warning(child(path, "route"), f"vendor {provider.vendor.name} is no router: route has no effect here")
    bursts = [level.confirm for _, level in levels if level.confirm is not UNSET]
    name = section.id if section.name is UNSET else section.name
    return Model(
        provider=provider.name,
        id=section.id,
        name=display_name(name) or display_name(section.id) or section.id,
        interval_s=_seconds(_first(level.interval for _, level in levels)),
        max_stale_s=_max_stale(levels, report),
        timeout_s=_seconds(_first(level.timeout for _, level in levels)),
        max_output_tokens=_first(level.max_output_tokens for _, level in levels),
        confirm_probes=_first((*(burst.probes for burst in bursts), _DEFAULT_BURST)),
        confirm_spacing_s=_seconds(_first((*(burst.spacing for burst in bursts), _DEFAULT_SPACING))),
        probes=tuple(dict.fromkeys(section.probes)),
        public=section.public,
        price=None if section.price is UNSET else Price(input=section.price.input, output=section.price.output),
        route_only=() if section.route is UNSET else section.route.only,
        expect=None if section.expect is UNSET else section.expect,
    )


def _first(values: Iterable[_T | UnsetType]) -> _T:
    return next(value for value in values if value is not UNSET)


def _seconds(text: str) -> float:
    return seconds(text) or 0.0


def _max_stale(levels: tuple[_Level, ...], report: Report) -> float:
    """The nearest `max_stale`; one inherited from further away than the interval counts only if it is not shorter."""
    asked_at, interval_s = next(
        (depth, _seconds(level.interval)) for depth, (_, level) in enumerate(levels) if level.interval is not UNSET
    )
    default_s = 2 * interval_s + 60
    for depth, (path, level) in enumerate(levels):
        if level.max_stale is UNSET:
            continue
        max_stale_s = _seconds(level.max_stale)
        if max_stale_s >= interval_s:
            return max_stale_s
        if depth > asked_at:
            return default_s
        longer = f"the interval of {spell(interval_s)}"
        report.warning(child(path, "max_stale"), f"max_stale is shorter than {longer}: models turn grey between two probes")
        return max_stale_s
    return default_s


def _check_keys(placed: list[_Placed], report: Report) -> None:
    first_of: dict[str, _Placed] = {}
    for each in placed:
        other = first_of.setdefault(each.model.slug, each)
        if other is each:
            continue
        if other.model.key == each.model.key:
            report.problem(each.path, f"{quote(each.model.key)} is listed twice, first at {other.path}: keep one")
        else:
            both = f"{quote(other.model.key)} and {quote(each.model.key)}"
            message = f"the slugs of {both} collide, both are {quote(each.model.slug)}: rename a provider or drop a model"
            report.problem(each.path, message)


def _with_aliases(placed: list[_Placed], report: Report) -> list[_Placed]:
    keys = {each.model.key for each in placed}
    owner: dict[str, str] = {}
    done: list[_Placed] = []
    for each in placed:
        found: dict[str, None] = {}
        for index, alias in enumerate(each.section.aliases):
            path = item(child(each.path, "aliases"), index)
            if report.knows(path):
                continue
            readings = [reading for reading in _readings(alias, each.model.provider) if reading not in keys]
            if not readings:
                report.problem(path, f"the alias {quote(alias)} is the key of a model in this file: remove it")
            for reading in readings:
                if owner.setdefault(reading, each.model.key) != each.model.key:
                    other = quote(owner[reading])
                    report.problem(path, f"the alias {quote(alias)} belongs to {other} already: keep it at one model")
                found[reading] = None
        done.append(_Placed(each.path, replace(each.model, aliases=tuple(found)), each.section))
    return done


def _readings(alias: str, provider: str) -> list[str]:
    """The keys that an alias may mean: an id of this provider, or, with a slash, a key of an earlier provider."""
    if alias.startswith(f"{provider}/"):
        return [alias]
    return [f"{provider}/{alias}", *([alias] if "/" in alias.strip("/") else [])]


def _with_fallbacks(placed: list[_Placed], discovering: tuple[str, ...], report: Report) -> tuple[Model, ...]:
    by_key = {each.model.key: each.model for each in placed}
    renamed = {alias: each.model.key for each in placed for alias in each.model.aliases}
    done: list[Model] = []
    for each in placed:
        keys: dict[str, None] = {}
        for index, text in enumerate(each.section.fallback):
            path = item(child(each.path, "fallback"), index)
            if report.knows(path):
                continue
            key = text if text in by_key else renamed.get(text, text)
            if key == each.model.key:
                report.problem(path, "the model is its own fallback: name another one")
            elif key not in by_key and not (key.startswith(discovering) and discovering):
                near, proposal = did_you_mean(text, by_key)
                report.problem(
                    path, f"{quote(text)} is not the key of a model in this file{proposal or ': list it, or remove it'}", near
                )
            elif each.model.public and key in by_key and not by_key[key].public:
                report.warning(path, f"{quote(text)} is not public: readers are not told to use it")
            keys[key] = None
        done.append(replace(each.model, fallback=tuple(keys)))
    return tuple(done)
