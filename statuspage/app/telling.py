"""Channels of the configuration as the dispatcher uses them."""

from collections.abc import Sequence

from statuspage.config.fleet import Channel, Config
from statuspage.domain.clock import Clock
from statuspage.domain.delivering import Outcome
from statuspage.domain.notice import Audience, Notice
from statuspage.notify.message import Endpoint, Notifier, compose
from statuspage.notify.registry import Tools, kind_of
from statuspage.outbound.client import Outbound
from statuspage.service.dispatch import Line, Send


def endpoint_of(channel: Channel, config: Config) -> Endpoint:
    """A channel with what its kind needs of the rest of the configuration."""
    mail = config.mail if channel.kind == "email" else None
    return Endpoint(
        name=channel.name,
        kind=channel.kind,
        url=channel.url if channel.url is not None or mail is None else mail.url,
        secret=channel.secret,
        routing_key=channel.routing_key,
        to=channel.to,
        sender=channel.sender if channel.sender is not None or mail is None else mail.sender,
        format=channel.format,
        allow_private=config.allow_private_networks,
        site_title=config.site.title,
        site_url=config.site.url,
    )


def lines_of(config: Config, clock: Clock) -> tuple[Line, ...]:
    """Every configured channel, ready to be delivered to."""
    tools = Tools(outbound=Outbound(monotonic_s=clock.monotonic_s), now_ms=clock.now_ms)
    return tuple(_line(channel, endpoint_of(channel, config), tools) for channel in config.notify)


def _line(channel: Channel, endpoint: Endpoint, tools: Tools) -> Line:
    kind = kind_of(endpoint)
    return Line(
        name=channel.name,
        audience=Audience(channel.audience),
        kinds=kind.kinds,
        send=sending(kind.build(endpoint, tools)),
        lane=kind.lane,
        auto_incidents=kind.auto_incidents,
        quiet=channel.quiet_hours,
        remind_every_s=channel.remind_every_s,
    )


def sending(notifier: Notifier) -> Send:
    """A notifier that is handed notices."""

    async def send(notices: Sequence[Notice], remote: str | None) -> Outcome:
        return await notifier.send(compose(notices, remote))

    return send
