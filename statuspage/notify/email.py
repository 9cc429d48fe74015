"""E-mail over SMTP: plain text, threaded by incident, marked as sent by a machine (RFC 3834)."""

from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, parseaddr
from hashlib import blake2b
from html import escape
from typing import Final
from urllib.parse import unquote, urlsplit

from statuspage.domain.delivering import Outcome
from statuspage.domain.secret import Secret
from statuspage.notify.message import Endpoint, Message

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "see": "See what is known",
        "manage": "Change what you hear of",
        "leave": "Unsubscribe",
        "confirm": "Confirm your subscription to {title}",
        "confirm_how": "Somebody, hopefully you, asked to hear of {title}. Open this page and confirm within 48 hours:",
        "confirm_else": "If it was not you, do nothing: you will not hear from us again.",
    },
    "zh-CN": {
        "see": "查看详情",
        "manage": "更改订阅内容",
        "leave": "退订",
        "confirm": "请确认订阅 {title}",
        "confirm_how": "有人（希望是您）请求在 {title} 状态变化时收到通知。请在 48 小时内打开此页面并确认：",
        "confirm_else": "如果不是您本人操作，请忽略此邮件，我们不会再联系您。",
    },
}
"""What letters say around their message, by language."""
_POLICY: Final = SMTP.clone(max_line_length=900)
"""A longer line is taken apart and encoded, and no mail program finds its way out of a taken-apart `List-Unsubscribe`."""
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
    letter = EmailMessage(policy=_POLICY)
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
    if endpoint.leave_url is not None:
        letter["List-Unsubscribe"] = f"<{endpoint.leave_url}>"
        letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        letter["List-Id"] = f"<status.{host}>"
    words = WORDS.get(endpoint.language, WORDS["en"])
    said = [part for part in (message.body or message.title, message.url) if part]
    foot = [endpoint.site_title, endpoint.site_url]
    if endpoint.manage_url is not None:
        foot += [f"{words['manage']}: {endpoint.manage_url}", f"{words['leave']}: {endpoint.leave_url}"]
    letter.set_content("\n\n".join(said) + "\n\n-- \n" + "\n".join(foot) + "\n")
    letter.add_alternative(html(message, endpoint, words), subtype="html")
    return letter


def invitation(endpoint: Endpoint, link: str, now_ms: int) -> EmailMessage:
    """The letter that asks an address to confirm that it wants to hear."""
    words = WORDS.get(endpoint.language, WORDS["en"])
    letter = EmailMessage(policy=_POLICY)
    letter["Subject"] = words["confirm"].format(title=endpoint.site_title)
    letter["From"] = endpoint.sender or ""
    letter["To"] = endpoint.to[0]
    letter["Date"] = formatdate(now_ms / 1000, usegmt=True)
    letter["Message-ID"] = _message_id(link, urlsplit(endpoint.site_url).hostname or "localhost")
    letter["Auto-Submitted"] = "auto-generated"
    lines = (words["confirm_how"].format(title=endpoint.site_title), link, words["confirm_else"])
    letter.set_content("\n\n".join(lines) + "\n")
    paragraphs = (escape(lines[0]), f'<a href="{escape(link)}">{escape(link)}</a>', escape(lines[2]))
    letter.add_alternative(_page(endpoint.language, "".join(f"<p>{each}</p>" for each in paragraphs)), subtype="html")
    return letter


def html(message: Message, endpoint: Endpoint, words: Mapping[str, str]) -> str:
    """The same letter for eyes that like it formatted; nothing is loaded from anywhere."""
    parts = [f"<h1>{escape(message.title)}</h1>"]
    parts += [f"<p>{escape(line)}</p>" for line in message.body.splitlines() if line.strip()]
    if message.url:
        parts.append(f'<p><a href="{escape(message.url)}">{escape(words["see"])}</a></p>')
    if endpoint.manage_url is not None and endpoint.leave_url is not None:
        manage = f'<a href="{escape(endpoint.manage_url)}">{escape(words["manage"])}</a>'
        leave = f'<a href="{escape(endpoint.leave_url)}">{escape(words["leave"])}</a>'
        parts.append(f"<hr><p><small>{escape(endpoint.site_title)} · {manage} · {leave}</small></p>")
    return _page(endpoint.language, "".join(parts))


def _page(language: str, body: str) -> str:
    return f'<!doctype html><html lang="{escape(language)}"><body>{body}</body></html>\n'


def _message_id(seed: str, host: str) -> str:
    """Stable, so that a letter that is sent twice is one letter."""
    return f"<{blake2b(seed.encode(), digest_size=16).hexdigest()}@{host}>"


async def deliver(letter: EmailMessage, server: Secret) -> Outcome:
    """Hands one letter to the server; 5xx answers are for good."""
    import aiosmtplib

    parts = urlsplit(server.reveal())
    try:
        # As bytes: the library would fold the letter anew, by a policy of its own.
        await aiosmtplib.send(
            bytes(letter),
            sender=parseaddr(letter["From"])[1],
            recipients=[letter["To"]],
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
