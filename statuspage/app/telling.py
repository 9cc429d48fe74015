"""Channels of the configuration as the dispatcher uses them."""

from collections.abc import Callable, Sequence

from statuspage.config.fleet import Channel, Config
from statuspage.config.urls import check_http_url, refused_url
from statuspage.domain.addresses import NEVER_ALLOWED
from statuspage.domain.clock import Clock
from statuspage.domain.delivering import Outcome
from statuspage.domain.languages import ENGLISH
from statuspage.domain.notice import INCIDENT_REMINDER, Audience, Notice
from statuspage.domain.ports import Store
from statuspage.domain.secret import Secret
from statuspage.domain.subscription import EMAIL, Subscriber
from statuspage.notify.email import deliver, invitation
from statuspage.notify.message import Endpoint, Notifier, compose
from statuspage.notify.registry import Tools, kind_of
from statuspage.outbound.client import Outbound
from statuspage.render.language import speaking, tr
from statuspage.render.localised import notice_in_words
from statuspage.service.dispatch import Line, Send
from statuspage.service.subscriptions import Subscriptions, wanting


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
        first_keys={model.key: model.aliases[0] for model in config.models if model.aliases},
    )


def lines_of(config: Config, clock: Clock) -> tuple[Line, ...]:
    """Every configured channel, ready to be delivered to."""
    tools = Tools(outbound=Outbound(monotonic_s=clock.monotonic_s), now_ms=clock.now_ms)
    return tuple(_line(channel, endpoint_of(channel, config), tools) for channel in config.notify)


def subscriptions_of(config: Config, store: Store, clock: Clock, keys: Callable[[], Sequence[str]]) -> Subscriptions:
    """The public's subscriptions; e-mail is taken where a mail server is configured."""
    tools = Tools(outbound=Outbound(monotonic_s=clock.monotonic_s), now_ms=clock.now_ms)
    mail = config.mail
    site_url = config.site.url

    def endpoint(subscriber: Subscriber, manage_url: str | None) -> Endpoint:
        by_mail = subscriber.kind == EMAIL
        server = None if mail is None else mail.url
        return Endpoint(
            name=subscriber.channel,
            kind=subscriber.kind,
            url=server if by_mail else Secret(subscriber.address),
            secret=None if subscriber.secret is None else Secret(subscriber.secret),
            to=(subscriber.address,) if by_mail else (),
            sender=None if mail is None else mail.sender,
            allow_private=config.allow_private_networks,
            manage_url=manage_url,
            leave_url=None if manage_url is None else manage_url.replace("/subscribe/manage/", "/unsubscribe/"),
            language=subscriber.language,
            site_title=config.site.title,
            site_url=site_url,
        )

    async def invite(subscriber: Subscriber, link: str) -> Outcome:
        if mail is None or mail.url is None:
            return Outcome(error="no mail server is configured")
        return await deliver(invitation(endpoint(subscriber, None), link, clock.now_ms()), mail.url)

    def line_of(subscriber: Subscriber, manage_url: str) -> Line:
        to = endpoint(subscriber, manage_url)
        kind = kind_of(to)
        line = Line(
            name=subscriber.channel,
            audience=Audience.PUBLIC,
            kinds=kind.kinds - {INCIDENT_REMINDER},
            send=sending(kind.build(to, tools), subscriber.language if subscriber.kind == EMAIL else ENGLISH),
            lane=kind.lane,
            auto_incidents=kind.auto_incidents,
        )
        return wanting(line, subscriber)

    def wrong_with(address: str) -> str | None:
        complaint = check_http_url(address, address)
        if complaint is not None:
            return f"That is no address of a webhook: {complaint.message}."
        reason = refused_url(address)
        if reason is None or (config.allow_private_networks and reason not in NEVER_ALLOWED):
            return None
        return f"That webhook is refused: it leads to a {reason} address."

    return Subscriptions(
        store=store,
        clock=clock,
        site_url=site_url,
        invite=None if mail is None or mail.url is None else invite,
        line_of=line_of,
        keys=keys,
        sign_up=wrong_with,
        renamed={alias: model.key for model in config.models for alias in model.aliases},
    )


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


def sending(notifier: Notifier, language: str = ENGLISH) -> Send:
    """A notifier that is handed notices, in the language of whoever reads them."""

    async def send(notices: Sequence[Notice], remote: str | None) -> Outcome:
        with speaking(language):
            message = compose([notice_in_words(notice) for notice in notices], remote, tr)
        return await notifier.send(message)

    return send
