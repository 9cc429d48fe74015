"""What `/readyz?verbose` tells of the monitor itself."""

from statuspage.service.health import Health
from statuspage.service.questions import Questions
from statuspage.service.selfcheck import SelfCheck
from statuspage.storage.memory import MemoryStore
from statuspage.web.app import web_application
from tests.service.world import HandClock
from tests.web.asking import ask
from tests.web.parts import parts
from tests.web.test_errors import Shelf


async def test_a_doubt_of_the_monitor_is_told_on_request_and_makes_it_no_less_ready() -> None:
    clock, store, shelf = HandClock(), MemoryStore(), Shelf()

    async def nowhere(_url: str) -> str | None:
        return None

    selfcheck = SelfCheck(clock, (), nowhere)
    door = web_application(
        shelf=shelf,  # type: ignore[arg-type]
        parts=parts(
            questions=Questions(shelf, store, clock),  # type: ignore[arg-type]
            health=Health(store, lambda: False, clock, selfcheck),
        ),
        error_page=lambda status, _detail: f"<h1>{status}</h1>".encode(),
    )
    assert (await ask(door, "/readyz?verbose")).body == b"ok\n"
    selfcheck.heard("one.example", "Wed, 18 Nov 2026 11:00:00 GMT")
    answer = await ask(door, "/readyz?verbose")
    assert answer.status == 200
    assert answer.body.startswith(b"ok\nnote: Our clock is 400 s ahead of every vendor's")
    assert (await ask(door, "/readyz")).body == b"ok\n"
