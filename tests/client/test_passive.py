"""Telling a server of calls: batched, bounded, never in the way."""

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from statuspage.client.call import CallRecord
from statuspage.client.passive import BATCH, Reporter
from statuspage.domain.passive import OLDEST_MS
from statuspage.domain.sample import Tokens
from statuspage.domain.secret import Secret
from statuspage.domain.words import Fault
from tests.client.page import Asked, Page, Said, serving

TOKEN = "sp_PLANTED-0123456789"


class Watch:
    """A monotonic clock that tests move."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


def record(number: int = 1, class_name: str = "ok") -> CallRecord:
    return CallRecord(
        id=f"call-{number}",
        call="call",
        attempt=number,
        model="moonshot/kimi-k3",
        at_ms=1,
        class_name=class_name,
        fault=Fault.NONE,
        http_status=200,
        first_content_ms=640.0,
        total_ms=1300.0,
        tokens=Tokens(input=420, output=96),
        cost_usd=0.0027,
        request_id="req-vendor-1",
    )


def takes(asked: Asked) -> Said:
    return Said(200, {"accepted": len(asked.json["calls"]), "repeated": 0, "unknown": []})


@pytest.fixture
def page() -> Iterator[Page]:
    with serving(takes) as opened:
        yield opened


def reporter(page: Page, watch: Watch | None = None, most: int = 5000) -> Reporter:
    return Reporter(page.url, Secret(TOKEN), every_s=3600, most=most, monotonic_s=watch or Watch(), chance=lambda: 0.5)


def test_a_record_is_told_in_figures_and_never_in_contents(page: Page) -> None:
    watch = Watch()
    with reporter(page, watch) as told:
        told(record())
        watch.now_s += 2
        told.flush()
    (asked,) = page.asked
    assert (asked.method, asked.path, asked.headers["authorization"]) == ("POST", "/api/v1/samples", f"Bearer {TOKEN}")
    assert asked.json == {
        "calls": [
            {
                "id": "call-1",
                "model": "moonshot/kimi-k3",
                "age_ms": 3300,
                "class": "ok",
                "http_status": 200,
                "first_content_ms": 640.0,
                "total_ms": 1300.0,
                "tokens": {"input": 420, "output": 96, "reasoning": None},
                "cost_usd": 0.0027,
            }
        ]
    }


def test_records_go_in_batches_and_in_order(page: Page) -> None:
    with reporter(page) as told:
        for number in range(BATCH + 1):
            told(record(number))
        told.flush()
    ids = [[call["id"] for call in asked.json["calls"]] for asked in page.asked]
    assert [len(batch) for batch in ids] == [BATCH, 1]
    assert [one for batch in ids for one in batch] == [f"call-{number}" for number in range(BATCH + 1)]


def test_closing_tells_what_is_waiting(page: Page) -> None:
    told = reporter(page)
    told(record())
    told.close()
    told.close()
    assert len(page.asked) == 1


def test_a_server_that_is_away_costs_nothing_and_is_told_later(page: Page) -> None:
    told = reporter(page)
    for said in (Said(503, headers={"retry-after": "7"}), Said(429), Said(500)):
        page.says = lambda _, said=said: said  # type: ignore[misc]
        told(record(len(page.asked)))
        told.flush()
    assert (told.waiting, told.dropped, told.refused) == (3, 0, 0)
    page.says = takes
    told.flush()
    assert told.waiting == 0
    assert [call["id"] for call in page.asked[-1].json["calls"]] == ["call-0", "call-1", "call-2"]
    told.close()


def test_nobody_at_the_address_is_a_server_that_is_away() -> None:
    told = Reporter("http://127.0.0.1:1", Secret(TOKEN), every_s=3600)
    told(record())
    told.flush()
    assert told.waiting == 1
    told.close()


def test_waiting_records_are_bounded_and_the_oldest_go_first(page: Page) -> None:
    page.says = lambda _: Said(503)
    told = reporter(page, most=3)
    for number in range(5):
        told(record(number))
    told.flush()
    assert (told.waiting, told.dropped) == (3, 2)
    page.says = takes
    told.close()
    assert [call["id"] for call in page.asked[-1].json["calls"]] == ["call-2", "call-3", "call-4"]


def test_what_became_too_old_to_be_told_is_dropped(page: Page) -> None:
    watch = Watch()
    told = reporter(page, watch)
    told(record())
    watch.now_s += OLDEST_MS / 1000
    told.flush()
    assert (told.waiting, told.dropped, page.asked) == (0, 1, [])
    told.close()


def test_what_the_server_cannot_use_is_dropped_and_logged_in_its_own_words(page: Page, caplog: pytest.LogCaptureFixture) -> None:
    page.says = lambda _: Said(400, {"detail": "calls[0].class is no class that a call can meet"})
    told = reporter(page)
    told(record())
    with caplog.at_level(logging.WARNING):
        told.flush()
    assert (told.waiting, told.refused) == (0, 1)
    assert "calls[0].class is no class" in caplog.text
    told.close()


def test_who_is_not_admitted_keeps_its_records_and_complains_once(page: Page, caplog: pytest.LogCaptureFixture) -> None:
    page.says = lambda _: Said(403, {"detail": "This needs the scope operate; token shop has read."})
    told = reporter(page)
    with caplog.at_level(logging.WARNING):
        for number in range(3):
            told(record(number))
            told.flush()
    assert (told.waiting, told.refused) == (3, 0)
    assert caplog.text.count("This needs the scope operate") == 1
    assert TOKEN not in caplog.text
    page.says = takes
    told.close()
    assert len(page.asked[-1].json["calls"]) == 3


def test_a_model_that_the_page_does_not_have_is_named_once(page: Page, caplog: pytest.LogCaptureFixture) -> None:
    page.says = lambda _: Said(200, {"accepted": 0, "repeated": 0, "unknown": ["moonshot/kimi-k3"]})
    told = reporter(page)
    with caplog.at_level(logging.WARNING):
        for number in range(2):
            told(record(number))
            told.flush()
    assert caplog.text.count("it has no public model moonshot/kimi-k3") == 1
    told.close()


def test_what_only_a_monitor_can_know_is_not_told(page: Page) -> None:
    told = reporter(page)
    told(record(class_name="not_configured"))
    told.close()
    assert page.asked == []


def test_it_tells_by_itself_after_a_while(page: Page) -> None:
    with Reporter(page.url, Secret(TOKEN), every_s=0.01) as told:
        came = threading.Event()

        def said(asked: Asked) -> Said:
            came.set()
            return takes(asked)

        page.says = said
        told(record())
        assert came.wait(10)


def test_the_end_of_the_program_tells_what_is_waiting(page: Page) -> None:
    program = (
        "import sys\n"
        "from statuspage.client.passive import Reporter\n"
        "from statuspage.domain.secret import Secret\n"
        "from tests.client.test_passive import record\n"
        "reporter = Reporter(sys.argv[1], Secret('sp_x'), every_s=3600)\n"
        "reporter(record())\n"
    )
    by_name = page.url.replace("127.0.0.1", "localhost")
    subprocess.run([sys.executable, "-c", program, by_name], check=True, cwd=Path(__file__).parents[2])
    assert len(page.asked) == 1


@pytest.mark.parametrize(
    ("url", "token", "sentence"),
    [
        ("status.example", Secret(TOKEN), "is no address of a statuspage server"),
        ("https://status.example", TOKEN, "is no reference: write env:NAME"),
        ("https://status.example", "env:NO_SUCH_VARIABLE", "There is no token: the variable NO_SUCH_VARIABLE is not set"),
        ("https://status.example", "file:/no/such/file", "cannot be read"),
    ],
)
def test_mistakes_are_named_when_it_is_made(url: str, token: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence) as error:
        Reporter(url, token)
    assert TOKEN not in str(error.value)


def test_a_token_comes_from_the_environment(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOP_TOKEN", TOKEN)
    with Reporter(page.url, "env:SHOP_TOKEN", every_s=3600) as told:
        told(record())
    assert page.asked[0].headers["authorization"] == f"Bearer {TOKEN}"
