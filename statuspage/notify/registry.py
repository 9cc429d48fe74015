"""Every kind of channel, by the word of the configuration: who sends, and what it takes."""

from collections.abc import Callable
from typing import Final

import msgspec

from statuspage.domain.delivering import Lane
from statuspage.domain.notice import (
    INCIDENT_CREATED,
    INCIDENT_REMINDER,
    INCIDENT_RESOLVED,
    INCIDENT_UPDATED,
    MAINTENANCE_KINDS,
    OPERATOR_EVENT,
    STATUS_CHANGED,
    TEST,
)
from statuspage.notify.apprise import Apprise
from statuspage.notify.discord import Discord
from statuspage.notify.email import Email
from statuspage.notify.message import Endpoint, Notifier
from statuspage.notify.pagerduty import PagerDuty
from statuspage.notify.slack import BOT_TOKEN, Slack
from statuspage.notify.webhook import Webhook
from statuspage.outbound.client import Outbound

INCIDENT_KINDS: Final = frozenset({INCIDENT_CREATED, INCIDENT_UPDATED, INCIDENT_RESOLVED, INCIDENT_REMINDER})
EVERYTHING: Final = INCIDENT_KINDS | MAINTENANCE_KINDS | {STATUS_CHANGED, OPERATOR_EVENT, TEST}


class Tools(msgspec.Struct, frozen=True, kw_only=True):
    """What senders need of the process: the way out and the time."""

    outbound: Outbound
    now_ms: Callable[[], int]


class ChannelKind(msgspec.Struct, frozen=True, kw_only=True):
    """How one kind of channel is built, which kinds of notices it takes, and what one message gathers."""

    build: Callable[[Endpoint, Tools], Notifier]
    kinds: frozenset[str] = EVERYTHING
    lane: Lane = Lane.SUBJECT
    auto_incidents: bool = True
    """Whether it wants the incidents that our measurements open beside the changes of status that they tell of."""


CHANNEL_KINDS: Final[dict[str, ChannelKind]] = {
    "webhook": ChannelKind(build=lambda endpoint, tools: Webhook(endpoint, tools.outbound, tools.now_ms)),
    "pagerduty": ChannelKind(
        build=lambda endpoint, tools: PagerDuty(endpoint, tools.outbound), kinds=INCIDENT_KINDS | {OPERATOR_EVENT, TEST}
    ),
    "email": ChannelKind(build=lambda endpoint, _: Email(endpoint), lane=Lane.GROUP, auto_incidents=False),
    "apprise": ChannelKind(build=lambda endpoint, _: Apprise(endpoint), lane=Lane.GROUP, auto_incidents=False),
    "discord": ChannelKind(
        build=lambda endpoint, tools: Discord(endpoint, tools.outbound), lane=Lane.INCIDENT, auto_incidents=False
    ),
    "slack": ChannelKind(build=lambda endpoint, tools: Slack(endpoint, tools.outbound), lane=Lane.INCIDENT, auto_incidents=False),
}


def kind_of(endpoint: Endpoint) -> ChannelKind:
    """The kind behind a channel: apprise addresses of services whose messages we edit in place have senders of our own."""
    url = "" if endpoint.url is None else endpoint.url.reveal()
    if endpoint.kind == "apprise" and url.startswith("discord://"):
        return CHANNEL_KINDS["discord"]
    if endpoint.kind == "apprise" and url.startswith(f"slack://{BOT_TOKEN}"):
        return CHANNEL_KINDS["slack"]
    return CHANNEL_KINDS[endpoint.kind]
