"""Asks an ASGI application without a socket."""

from typing import Any, Final
from urllib.parse import unquote

import msgspec

from statuspage.web.fast import Application, Message


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes

    def header(self, name: str) -> str | None:
        """The one header of this name; several are a mistake."""
        found = [value.decode() for key, value in self.headers if key == name.encode()]
        assert len(found) <= 1, found
        return found[0] if found else None

    @property
    def json(self) -> Any:  # noqa: ANN401 - any document
        return msgspec.json.decode(self.body)


NO_BODY: Final = b""


async def ask(application: Application, path: str, method: str = "GET", body: bytes = NO_BODY, **headers: str) -> Answer:
    """One request; header names have `_` for `-`."""
    bare, _, query = path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(bare),
        "raw_path": bare.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "state": {},
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await application(scope, receive, send)
    start = sent[0]
    assert start["type"] == "http.response.start"
    answered = b"".join(message.get("body", b"") for message in sent[1:])
    return Answer(status=start["status"], headers=[(name.lower(), value) for name, value in start["headers"]], body=answered)
