"""E-mail over SMTP: plain text, threaded by incident, marked as sent by a machine (RFC 3834)."""

from email.message import EmailMessage
from email.utils import formatdate
from hashlib import blake2b
from typing import Final
from urllib.parse import unquote, urlsplit

from statuspage.domain.delivering import Outcome
from statuspage.domain.secret import Secret
from statuspage.notify.message import Endpoint, Message

TIMEOUT_S: Final = 30.0
_PORTS: Final = {"smtp": 587, "smtps": 465}


class Email:
    """Fixed recipients through one SMTP server, `smtp://user:password@host:587` or `smtps://…`."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    async def send(self, message: Message) -> Outcome:
        endpoint = self._endpoint
        if endpoint.url is None or endpoint.sender is None:
            return Outcome(error="no mail server or no sender is configured: set mail.url and mail.from")
        for recipient in endpoint.to:
            outcome = await deliver(written(message, endpoint, recipient), endpoint.url)
            if outcome.error is not None:
                return outcome
        return Outcome()


def written(message: Message, endpoint: Endpoint, recipient: str) -> EmailMessage:
    """The letter for one recipient; messages about one incident make one thread."""
    host = urlsplit(endpoint.site_url).hostname or "localhost"
    letter = EmailMessage()
    letter["Subject"] = " ".join(message.title.split())
    letter["From"] = endpoint.sender or ""
    letter["To"] = recipient
    letter["Date"] = formatdate(message.newest.at_ms / 1000, usegmt=True)
    letter["Message-ID"] = _message_id(f"{message.newest.id} {recipient}", host)
    if message.newest.incident is not None:
        thread = _message_id(f"{message.newest.incident} {recipient}", host)
        letter["In-Reply-To"] = thread
        letter["References"] = thread
    letter["Auto-Submitted"] = "auto-generated"
    letter["Precedence"] = "bulk"
    text = "\n\n".join(part for part in (message.body or message.title, message.url) if part)
    letter.set_content(f"{text}\n\n-- \n{endpoint.site_title}\n{endpoint.site_url}\n")
    return letter


def _message_id(seed: str, host: str) -> str:
    """Stable, so that a letter that is sent twice is one letter."""
    return f"<{blake2b(seed.encode(), digest_size=16).hexdigest()}@{host}>"


async def deliver(letter: EmailMessage, server: Secret) -> Outcome:
    """Hands one letter to the server; 5xx answers are for good."""
    import aiosmtplib

    parts = urlsplit(server.reveal())
    try:
        await aiosmtplib.send(
            letter,
            hostname=parts.hostname,
            port=parts.port or _PORTS.get(parts.scheme, 25),
            username=None if parts.username is None else unquote(parts.username),
            password=None if parts.password is None else unquote(parts.password),
            use_tls=parts.scheme == "smtps",
            start_tls=None if parts.scheme == "smtp" else False,
            timeout=TIMEOUT_S,
        )
    except aiosmtplib.SMTPResponseException as error:
        return Outcome(error=f"the mail server answers {error.code}", gone=500 <= error.code < 600)
    except aiosmtplib.SMTPRecipientsRefused as error:
        codes = {refused.code for refused in error.recipients}
        return Outcome(error="the mail server refuses the recipient", gone=all(code >= 500 for code in codes))
    except (aiosmtplib.SMTPException, OSError) as error:
        return Outcome(error=f"the mail server cannot be reached ({type(error).__name__})")
    return Outcome()
