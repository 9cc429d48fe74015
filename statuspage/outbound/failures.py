"""Names every way an exchange can break, by the exception and the phase it had reached."""

import errno
import socket
import ssl
from collections.abc import Mapping
from typing import Final

import httpx

from statuspage.domain.words import Phase


class TransportFailure(httpx.TransportError):
    """An exchange broke; `class_name` is the contract's word, `detail` a short reason of ours."""

    def __init__(self, class_name: str, detail: str) -> None:
        super().__init__(detail)
        self.class_name = class_name
        self.detail = detail


class RefusedAddressError(Exception):
    """The name leads to an address that a monitor must not ask."""


class BadRequestError(Exception):
    """What we were told to send cannot be sent: a broken URL, or a line break in a key."""


class MalformedError(Exception):
    """The other side does not speak HTTP as agreed, or sends more than is bearable."""


class DisconnectedError(Exception):
    """The other side hung up before it had answered."""


LATE: Final[Mapping[Phase, str]] = {
    Phase.RESOLVE: "dns_failure",
    Phase.CONNECT: "connect_timeout",
    Phase.TLS: "tls_failure",
    Phase.HEADERS: "header_timeout",
    Phase.FIRST_EVENT: "first_event_timeout",
    Phase.CONTENT: "stalled_stream",
    Phase.DONE: "stalled_stream",
}
"""The class of a deadline that passed in that phase."""

BROKEN: Final[Mapping[Phase, str]] = {
    Phase.RESOLVE: "dns_failure",
    Phase.CONNECT: "connection_reset",
    Phase.TLS: "tls_failure",
    Phase.HEADERS: "connection_reset",
    Phase.FIRST_EVENT: "stream_reset",
    Phase.CONTENT: "stream_reset",
    Phase.DONE: "stream_reset",
}
"""The class of a connection that broke in that phase."""

_ROWS: Final[tuple[tuple[type[BaseException], str | Mapping[Phase, str], str], ...]] = (
    (RefusedAddressError, "not_configured", "the address is refused"),
    (BadRequestError, "not_configured", "the request cannot be sent"),
    (MalformedError, "malformed_stream", "the answer is no proper HTTP"),
    (DisconnectedError, BROKEN, "the connection was closed"),
    (socket.gaierror, "dns_failure", "the name does not resolve"),
    (UnicodeError, "dns_failure", "the name cannot be resolved"),
    (ssl.SSLCertVerificationError, "tls_invalid", "the certificate is not valid"),
    (ssl.SSLError, BROKEN, "TLS broke off"),
    (ConnectionRefusedError, "connection_refused", "the connection was refused"),
    (ConnectionError, BROKEN, "the connection was reset"),
    (TimeoutError, LATE, "the time was up"),
)
"""First match wins; where the class hangs on the phase, a table names it."""

_OUR_OWN: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOBUFS, errno.EADDRNOTAVAIL})
_UNREACHABLE: Final = frozenset(
    {errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.EACCES, errno.EPERM}
)


def failure_of(error: BaseException, phase: Phase) -> TransportFailure:
    """The failure that this exception is; what the table does not know is `unclassified`."""
    if isinstance(error, TransportFailure):
        return error
    for kind, named, detail in _ROWS:
        if isinstance(error, kind):
            name = named if isinstance(named, str) else named[phase]
            return TransportFailure(name, _detail(error) or detail)
    if isinstance(error, OSError):
        if error.errno in _OUR_OWN:
            return TransportFailure("unclassified", f"our own machine refused: {error.strerror}")
        if error.errno in _UNREACHABLE and phase is Phase.CONNECT:
            return TransportFailure("connect_timeout", "the host is unreachable")
        return TransportFailure(BROKEN[phase], "the connection broke")
    return TransportFailure("unclassified", f"our own fault: {type(error).__name__}")


def _detail(error: BaseException) -> str | None:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the certificate is not valid: {error.verify_message}"
    if isinstance(error, RefusedAddressError | BadRequestError | MalformedError | DisconnectedError):
        return str(error) or None
    return None
