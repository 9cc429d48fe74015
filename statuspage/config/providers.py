"""Providers resolved: vendor, address, keys, and why one cannot be asked."""

from typing import Final

from msgspec import UNSET, Struct
from msgspec.structs import replace

from statuspage.config.fleet import Discover, Provider
from statuspage.config.names import display_name, has_control
from statuspage.config.paths import child, item
from statuspage.config.reach import check_reach
from statuspage.config.references import parse_reference
from statuspage.config.report import Report
from statuspage.config.schema import ConfigFile
from statuspage.config.schema_providers import ProviderSection
from statuspage.config.secrets import Surroundings, Unreadable, read_secret, sendable
from statuspage.config.urls import extra_parts, split
from statuspage.domain.addresses import refused_host
from statuspage.domain.secret import Secret
from statuspage.vendors.registry import VENDORS
from statuspage.vendors.vendor import Vendor

MAX_NAME_CHARS: Final = 100
_ENDPOINTS: Final = ("/chat/completions", "/v1/messages", "/messages", "/models", "/completions")


class _Keys(Struct, frozen=True):
    readable: tuple[Secret, ...] = ()
    names: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


def resolve_providers(file: ConfigFile, around: Surroundings, report: Report) -> tuple[Provider, ...]:
    """All providers in the file's order; siblings point at one another."""
    if not file.providers and not report.knows("providers"):
        report.problem("providers", "no provider is configured: name at least one, with its vendor and its models")
    firsts = tuple(_provider(name, section, file, around, report) for name, section in file.providers.items())
    return tuple(_with_siblings(provider, firsts) for provider in firsts)


def _provider(name: str, section: ProviderSection, file: ConfigFile, around: Surroundings, report: Report) -> Provider:
    path = child("providers", name)
    _check_name(name, path, report)
    vendor = _vendor(name, section, path, report)
    base_url = _base_url(section, vendor, path, report)
    allow = file.probing.allow_private_networks if section.allow_private_networks is UNSET else section.allow_private_networks
    check_reach(base_url, child(path, "base_url"), report, allow_private=allow)
    official = None if section.official_status is UNSET else section.official_status
    if official is not None:
        everywhere = file.probing.allow_private_networks
        check_reach(official, child(path, "official_status"), report, allow_private=everywhere)
    keys = _keys(section, path, around, report)
    missing = _why_not(section, vendor, base_url, keys)
    guessed = any(report.knows(child(path, key)) for key in ("api_key", "base_url", "vendor"))
    if missing is not None and section.api_key is UNSET and not guessed:
        report.warning(path, missing)
    _warn_of_plain_http(base_url, keys, path, report)
    discover = None if section.discover is UNSET else section.discover
    if not section.models and discover is None and not report.knows(child(path, "models")):
        report.warning(path, "the provider names no models: list some under models, or add discover")
    return Provider(
        name=name,
        title=_title(name, section, vendor, file),
        vendor=vendor,
        base_url=base_url,
        api_key=keys.readable[0] if keys.readable else None,
        keys=keys.readable,
        key_names=keys.names,
        key_problems=keys.reasons,
        rpm=None if section.rpm is UNSET else section.rpm,
        concurrency=None if section.concurrency is UNSET else section.concurrency,
        allow_private=allow,
        not_configured=missing,
        official_status=official,
        discover=None if discover is None else Discover(include=discover.include, exclude=discover.exclude),
        monthly_usd=None if section.budget is UNSET else section.budget.monthly_usd,
    )


def _check_name(name: str, path: str, report: Report) -> None:
    if not name.strip() or "/" in name or has_control(name):
        report.problem(path, "a provider's name has no slash, is visible and not empty, as model keys begin with it: rename it")
    elif len(name) > MAX_NAME_CHARS:
        report.problem(path, f"the provider's name has {len(name)} characters: {MAX_NAME_CHARS} are the most, shorten it")


def _vendor_of(name: str, section: ProviderSection) -> Vendor | None:
    """The vendor named, or the one whose word is the provider's name."""
    return VENDORS.get(name if section.vendor is UNSET else section.vendor)


def _vendor(name: str, section: ProviderSection, path: str, report: Report) -> Vendor:
    vendor = _vendor_of(name, section)
    if vendor is not None:
        return vendor
    if not report.knows(child(path, "vendor")) and not any(noted.path == path for noted in report.problems):
        report.problem(path, 'the key "vendor" is missing: write who serves the models, such as openai-compatible')
    return VENDORS["openai-compatible"]


def _base_url(section: ProviderSection, vendor: Vendor, path: str, report: Report) -> str:
    place = child(path, "base_url")
    if section.base_url is UNSET:
        if vendor.base_url is None and not report.knows(place) and _vendor_known(section, path, report):
            report.problem(path, f'the key "base_url" is missing: vendor {vendor.name} has no address of its own, write one')
        return vendor.base_url or ""
    extra = extra_parts(section.base_url)
    if extra is not None:
        report.problem(place, f"the base URL has a {extra}: remove it, the paths of the API are appended to it")
    base_url = section.base_url.rstrip("/")
    ending = next((ending for ending in _ENDPOINTS if base_url.endswith(ending)), None)
    if ending is not None:
        near = base_url.removesuffix(ending)
        report.warning(place, f"the base URL ends in {ending}, which is appended to it anyway: remove that part", near)
    return base_url


def _vendor_known(section: ProviderSection, path: str, report: Report) -> bool:
    """Whether the vendor stands without a problem, so that what follows from it can be judged."""
    known = not report.knows(child(path, "vendor"))
    return known and (section.vendor is not UNSET or not any(noted.path == path for noted in report.problems))


def _keys(section: ProviderSection, path: str, around: Surroundings, report: Report) -> _Keys:
    if section.api_key is UNSET:
        return _Keys()
    place = child(path, "api_key")
    listed = isinstance(section.api_key, tuple)
    texts = section.api_key if isinstance(section.api_key, tuple) else (section.api_key,)
    readable: list[Secret] = []
    names: list[str] = []
    reasons: list[str] = []
    for index, text in enumerate(texts):
        reference = parse_reference(text)
        if reference is None:
            continue
        found = read_secret(reference, around)
        if isinstance(found, Secret) and not sendable(found):
            found = Unreadable(f"{reference} holds characters that no HTTP header can carry: store the key alone")
        if isinstance(found, Unreadable):
            reasons.append(found.reason)
            report.warning(item(place, index) if listed else place, found.reason)
        elif found not in readable:
            readable.append(found)
            names.append(str(reference))
    return _Keys(tuple(readable), tuple(names), tuple(reasons))


def _why_not(section: ProviderSection, vendor: Vendor, base_url: str, keys: _Keys) -> str | None:
    if keys.readable:
        return None
    if keys.reasons:
        return "; ".join(keys.reasons)
    if section.api_key is UNSET and vendor.base_url is not None and base_url == vendor.base_url:
        return f"{vendor.title} wants a key: add api_key with a reference such as env:NAME"
    return None


def _warn_of_plain_http(base_url: str, keys: _Keys, path: str, report: Report) -> None:
    parts = split(base_url)
    host = parts.hostname if parts is not None and parts.scheme == "http" else None
    if host and keys.readable and "." in host and refused_host(host) is None:
        report.warning(child(path, "base_url"), "the key travels unencrypted to this address: write https://")


def _title(name: str, section: ProviderSection, vendor: Vendor, file: ConfigFile) -> str:
    if section.title is not UNSET:
        return display_name(section.title) or name
    of_vendor = [other for other, its in file.providers.items() if _vendor_of(other, its) is vendor]
    own_house = vendor.base_url is not None
    return vendor.title if own_house and of_vendor == [name] else display_name(name)


def _with_siblings(provider: Provider, all_providers: tuple[Provider, ...]) -> Provider:
    word = provider.vendor.surfaces_of
    if word is None:
        return provider

    def is_sibling(vendor: Vendor) -> bool:
        return vendor.surfaces_of == word and vendor.name != provider.vendor.name

    if provider.base_url == provider.vendor.base_url:
        urls = [vendor.base_url for vendor in VENDORS.values() if is_sibling(vendor) and vendor.base_url is not None]
        return replace(provider, siblings=tuple(dict.fromkeys(urls)))
    others = [other for other in all_providers if is_sibling(other.vendor)]
    return replace(
        provider,
        siblings=tuple(dict.fromkeys(other.base_url for other in others)),
        private_siblings=tuple(dict.fromkeys(other.base_url for other in others if other.allow_private)),
    )
