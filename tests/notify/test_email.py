"""Letters against a real SMTP server on loopback."""

from collections.abc import Iterator

import msgspec
import pytest

from statuspage.domain.secret import Secret
from statuspage.notify.email import Email
from statuspage.notify.message import Endpoint, compose
from tests.notify.sink import Sink, sinking
from tests.notify.test_senders import notice


@pytest.fixture
def sink() -> Iterator[tuple[Sink, Endpoint]]:
    with sinking() as opened:
        yield (
            opened,
            Endpoint(
                name="mail",
                kind="email",
                url=Secret(opened.url),
                to=("ops@example.com",),
                sender="status@example.com",
                site_title="Zoo",
                site_url="http://page.example",
            ),
        )


async def test_a_letter_says_what_happened_and_that_a_machine_wrote_it(sink: tuple[Sink, Endpoint]) -> None:
    handler, endpoint = sink
    hostile = msgspec.structs.replace(notice(), title="A\r\nBcc: x@example.com has STOPPED")
    assert (await Email(endpoint).send(compose([hostile]))).error is None
    (letter,) = handler.letters
    assert letter["Subject"] == "A Bcc: x@example.com has STOPPED"
    assert letter["Bcc"] is None
    assert letter["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in letter.walk()][1:] == ["text/plain", "text/html"]
    assert "overloaded" in letter.as_string()


async def test_letters_about_one_incident_make_a_thread(sink: tuple[Sink, Endpoint]) -> None:
    handler, endpoint = sink
    for name in ("msg_1", "msg_2"):
        await Email(endpoint).send(compose([msgspec.structs.replace(notice(), id=name)]))
    first, second = handler.letters
    assert first["Message-ID"] != second["Message-ID"]
    assert first["References"] == second["References"]


@pytest.mark.parametrize(("answer", "gone"), [("451 later", False), ("550 never", True)])
async def test_what_the_server_answers(sink: tuple[Sink, Endpoint], answer: str, gone: bool) -> None:
    handler, endpoint = sink
    handler.answer = answer
    outcome = await Email(endpoint).send(compose([notice()]))
    assert outcome.error is not None
    assert outcome.gone is gone


async def test_no_server_is_an_outcome() -> None:
    endpoint = Endpoint(name="mail", kind="email", url=Secret("smtp://127.0.0.1:9"), to=("a@b.c",), sender="s@b.c")
    assert (await Email(endpoint).send(compose([notice()]))).error is not None
