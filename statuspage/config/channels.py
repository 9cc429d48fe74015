"""Channels resolved: references read, addresses checked."""

from datetime import UTC, tzinfo
from urllib.parse import urlsplit

from msgspec import UNSET, UnsetType

from statuspage.config.fleet import Channel, Mail, Oidc
from statuspage.config.paths import child, item
from statuspage.config.problem import quote
from statuspage.config.reach import check_reach
from statuspage.config.references import parse_reference
from statuspage.config.report import Report
from statuspage.config.schema import ChannelSection, ConfigFile
from statuspage.config.secrets import Surroundings, Unreadable, read_secret
from statuspage.config.values import CHECKS
from statuspage.domain.days import zone_of
from statuspage.domain.delivering import quiet_hours
from statuspage.domain.durations import seconds
from statuspage.domain.secret import Secret

_NEEDS = {"apprise": "url", "webhook": "url", "pagerduty": "routing_key", "email": "to"}


def resolve_channels(file: ConfigFile, around: Surroundings, report: Report) -> tuple[Channel, ...]:
    """All channels in the file's order."""
    names: dict[str, str] = {}
    channels = []
    for index, section in enumerate(file.notify):
        path = item("notify", index)
        other = names.setdefault(section.name, path)
        if other != path and section.name:
            report.problem(child(path, "name"), f"two channels are called {quote(section.name)}, first {other}: rename one")
        channels.append(_channel(section, path, file, around, report))
    return tuple(channels)


def _channel(section: ChannelSection, path: str, file: ConfigFile, around: Surroundings, report: Report) -> Channel:
    key = _NEEDS[section.kind]
    if getattr(section, key) in {UNSET, ()} and not report.knows(child(path, key)):
        report.problem(path, f'the key "{key}" is missing: a channel of kind {section.kind} needs it')
    url = _secret(section.url, child(path, "url"), around, report)
    if section.kind == "webhook" and url is not None:
        complaint = CHECKS["http_url"](url.reveal(), "")
        if complaint is not None:
            report.problem(child(path, "url"), complaint.message)
        check_reach(url.reveal(), child(path, "url"), report, allow_private=file.probing.allow_private_networks)
    return Channel(
        name=section.name,
        kind=section.kind,
        url=url,
        secret=_secret(section.secret, child(path, "secret"), around, report),
        routing_key=_secret(section.routing_key, child(path, "routing_key"), around, report),
        to=section.to,
        sender=None if section.from_ is UNSET else section.from_,
        audience=section.audience,
        format=section.format,
        quiet_hours=None if section.quiet_hours is UNSET else quiet_hours(section.quiet_hours, _zone(file.site.timezone)),
        remind_every_s=None if section.remind_every is UNSET else seconds(section.remind_every),
    )


def resolve_mail(file: ConfigFile, around: Surroundings, report: Report) -> Mail | None:
    """The mail server, where one is configured."""
    if file.mail is UNSET:
        return None
    url = _secret(file.mail.url, "mail.url", around, report)
    if url is not None and urlsplit(url.reveal()).scheme not in {"smtp", "smtps"}:
        report.problem("mail.url", "the address is not a mail server's: write smtp://user:password@host:587 or smtps://…")
    return Mail(url=url, sender=file.mail.from_)


def resolve_oidc(file: ConfigFile, around: Surroundings, report: Report) -> Oidc | None:
    """The party that signs people in, where one is configured."""
    section = file.oidc
    if section is UNSET:
        return None
    check_reach(section.issuer, "oidc.issuer", report, allow_private=file.probing.allow_private_networks)
    return Oidc(
        issuer=section.issuer,
        client_id=section.client_id,
        client_secret=_secret(section.client_secret, "oidc.client_secret", around, report),
        claim=section.claim,
        admins=section.admins,
        operators=section.operators,
        viewers=section.viewers,
    )


def _zone(name: str) -> tzinfo:
    """The zone; UTC where the name is a mistake that is reported elsewhere."""
    try:
        return zone_of(name)
    except (KeyError, ValueError, OSError):
        return UTC


def _secret(text: str | UnsetType, path: str, around: Surroundings, report: Report) -> Secret | None:
    """The text's secret, or the text itself where it is an address and no reference."""
    if text is UNSET:
        return None
    reference = parse_reference(text)
    if reference is None:
        return Secret(text)
    found = read_secret(reference, around)
    if isinstance(found, Unreadable):
        report.warning(path, found.reason)
        return None
    return found
