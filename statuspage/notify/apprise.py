"""Any apprise URL: some hundred services through one library, loaded when the first message is sent."""

import asyncio
from typing import Final

from statuspage.domain.delivering import Outcome
from statuspage.domain.notice import Severity
from statuspage.notify.message import Endpoint, Message

TIMEOUT_S: Final = 60.0
_LOCAL: Final = ("dbus", "gnome", "glib", "kde", "qt", "macosx", "windows", "syslog", "file", "form")
"""Schemes that act on this machine, or read its files."""


class Apprise:
    """One apprise URL."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    async def send(self, message: Message) -> Outcome:
        url = self._endpoint.url
        if url is None:
            return Outcome(error="its address could not be read from the configuration")
        if url.reveal().partition("://")[0].lower() in _LOCAL:
            return Outcome(error="this kind of address acts on the monitor's own machine and is refused", gone=True)
        try:
            async with asyncio.timeout(TIMEOUT_S):
                return await _notify(url.reveal(), message)
        except TimeoutError:
            return Outcome(error=f"no answer within {TIMEOUT_S:g} s")


async def _notify(url: str, message: Message) -> Outcome:
    import apprise

    kinds = {
        Severity.FAILURE: apprise.NotifyType.FAILURE,
        Severity.WARNING: apprise.NotifyType.WARNING,
        Severity.SUCCESS: apprise.NotifyType.SUCCESS,
        Severity.INFO: apprise.NotifyType.INFO,
    }
    sender = apprise.Apprise()
    if not sender.add(url):
        return Outcome(error="apprise does not know this kind of address", gone=True)
    body = "\n\n".join(part for part in (message.body, message.url) if part) or message.title
    sent = await sender.async_notify(body=body, title=message.title, notify_type=kinds[message.severity])
    return Outcome() if sent else Outcome(error="the service did not take the message")
