"""A mail server on loopback that keeps letters."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message as Letter

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Sink:
    """Keeps letters; answers as it is told."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.answer = "250 OK"
        self.url = ""

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.answer.startswith("2"):
            content = envelope.content
            assert isinstance(content, bytes)
            self.letters.append(message_from_bytes(content))
        return self.answer


@contextmanager
def sinking() -> Iterator[Sink]:
    """Opens a sink; `url` is its address."""
    sink = Sink()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    sink.url = f"smtp://127.0.0.1:{port}"
    yield sink
    controller.stop()
