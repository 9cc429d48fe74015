"""From the file's structs to the configuration: defaults inherited, references read, the whole checked."""

import os
from pathlib import Path

from msgspec import UNSET

from statuspage.config.channels import resolve_channels, resolve_mail, resolve_oidc
from statuspage.config.flags import look_at_flags
from statuspage.config.fleet import Config, Passive, Retention, Site
from statuspage.config.models import resolve_models, templates
from statuspage.config.names import display_name
from statuspage.config.paths import item
from statuspage.config.providers import resolve_providers
from statuspage.config.reach import check_reach
from statuspage.config.report import Report
from statuspage.config.schema import ConfigFile, SiteSection
from statuspage.config.secrets import Surroundings
from statuspage.config.urls import extra_parts
from statuspage.config.values import FOREVER, SQLITE
from statuspage.domain.durations import seconds


def resolve(file: ConfigFile, path: Path, around: Surroundings, report: Report) -> Config:
    """The configuration; it is only to be used while `report` has no problems."""
    directory = around.directory
    probing = file.probing
    for index, canary in enumerate(probing.canaries):
        check_reach(canary, item("probing.canaries", index), report, allow_private=probing.allow_private_networks)
    if file.heartbeat_url is not UNSET:
        check_reach(file.heartbeat_url, "heartbeat_url", report, allow_private=probing.allow_private_networks)
    if file.site.private and file.publish is not UNSET:
        report.problem("publish", "a private site cannot be published as static files: remove publish, or site.private")
    providers = resolve_providers(file, around, report)
    flags = None if file.flags is UNSET else _absolute(file.flags, directory)
    look_at_flags(flags, report)
    return Config(
        path=path.absolute(),
        site=_site(file.site, report),
        database_url=_database(file.database, directory),
        concurrency=probing.concurrency,
        canaries=probing.canaries,
        allow_private_networks=probing.allow_private_networks,
        providers=providers,
        models=resolve_models(file, providers, report),
        templates=templates(file, providers),
        retention=Retention(
            samples_s=_retained(file.retention.samples),
            hourly_s=_retained(file.retention.hourly),
            daily_s=_retained(file.retention.daily),
        ),
        passive=Passive(accept=file.passive.accept, tokens=file.passive.tokens, per_minute=file.passive.per_minute),
        monthly_usd=None if file.budget is UNSET else file.budget.monthly_usd,
        notify=resolve_channels(file, around, report),
        mail=resolve_mail(file, around, report),
        oidc=resolve_oidc(file, around, report),
        flags=flags,
        publish_directory=None if file.publish is UNSET else _absolute(file.publish.directory, directory),
        heartbeat_url=None if file.heartbeat_url is UNSET else file.heartbeat_url,
    )


def _site(section: SiteSection, report: Report) -> Site:
    extra = extra_parts(section.url)
    if extra is not None:
        report.problem("site.url", f"the base URL has a {extra}: remove it, the page's paths are appended to it")
    return Site(
        title=display_name(section.title),
        url=section.url.rstrip("/"),
        language=section.language,
        timezone=section.timezone,
        private=section.private,
        contact=None if section.contact is UNSET else section.contact,
    )


def _database(url: str, directory: Path) -> str:
    return SQLITE + str(_absolute(url.removeprefix(SQLITE), directory)) if url.startswith(SQLITE) else url


def _absolute(path: str, directory: Path) -> Path:
    """The path, relative to the file's directory, without `..` and with symbolic links left as they are."""
    return Path(os.path.normpath(directory / path))


def _retained(text: str) -> float | None:
    return None if text == FOREVER else seconds(text)
