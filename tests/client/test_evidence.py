"""The order of now: from a server's words while they hold, never in the way of a call."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from statuspage.client.evidence import Chosen, Evidence, Word, ordered
from statuspage.domain.clock import rfc3339
from tests.client.page import Asked, Page, Said, serving

NOW_MS = 1_795_000_000_000
A, B, C, D = "a/one", "b/two", "c/three", "d/four"


def word(status: str, *, age_s: float = 10) -> Word:
    return Word(status=status, checked_at_ms=NOW_MS - round(age_s * 1000), max_stale_seconds=660)


def document(statuses: Mapping[str, str], checked_at_ms: int = NOW_MS) -> dict[str, object]:
    models = {
        key: {"status": status, "checked_at": rfc3339(checked_at_ms), "max_stale_seconds": 660}
        for key, status in statuses.items()
    }
    return {"poll_after_seconds": 15, "models": models}


def test_what_works_goes_first_and_what_is_known_to_be_down_last() -> None:
    words = {A: word("major_outage"), B: word("degraded_performance"), D: word("operational")}
    assert ordered((A, B, C, D), words, None, NOW_MS) == (D, B, C, A)


@pytest.mark.parametrize("status", ["operational", "major_outage", "partial_outage"])
def test_a_word_that_is_too_old_says_nothing(status: str) -> None:
    words = {A: word(status, age_s=661), B: word("no_data")}
    assert ordered((B, A), words, None, NOW_MS) == (B, A)
    assert words[A].at(NOW_MS) == "no_data"


def test_a_retired_model_stays_retired() -> None:
    assert word("retired", age_s=10_000).at(NOW_MS) == "retired"


def test_the_selector_decides_among_what_works_while_its_answer_holds() -> None:
    words = {A: word("operational"), B: word("operational"), C: word("major_outage")}
    chosen = Chosen(models=(C, B), valid_until_ms=NOW_MS + 1000)
    assert ordered((A, B, C), words, chosen, NOW_MS) == (B, A, C)
    assert ordered((A, B, C), words, chosen, NOW_MS + 1001) == (A, B, C)


class Status:
    """A page with models, and a selector."""

    def __init__(self) -> None:
        self.statuses = {A: "major_outage", B: "operational"}
        self.etag = '"1"'
        self.route: Said = Said(503, {"detail": "Nothing suits."})

    def __call__(self, asked: Asked) -> Said:
        if asked.path.startswith("/api/v1/route"):
            return self.route
        if asked.headers.get("if-none-match") == self.etag:
            return Said(304, headers={"etag": self.etag})
        return Said(200, document(self.statuses), {"etag": self.etag})


@pytest.fixture
def status() -> Status:
    return Status()


@pytest.fixture
def page(status: Status) -> Iterator[Page]:
    with serving(status) as opened:
        yield opened


def evidence(page: Page, **more: object) -> Evidence:
    return Evidence(page.url, [A, B], now_ms=lambda: NOW_MS, chance=lambda: 0.5, **more)  # type: ignore[arg-type]


def read(of: Evidence) -> tuple[str, ...] | None:
    of.refresh(10)
    return of()


def test_nothing_is_known_before_it_was_read_and_asking_never_waits() -> None:
    with Evidence("http://127.0.0.1:1", [A, B]) as away:
        assert away() is None
        assert away.status(A) == "no_data"


def test_it_reads_statuses_and_asks_for_its_models_alone(page: Page) -> None:
    with evidence(page) as known:
        assert read(known) == (B, A)
        assert (known.status(A), known.status("x/unknown")) == ("major_outage", "no_data")
    assert {asked.path for asked in page.asked} == {"/api/v1/models?keys=a/one,b/two"}


def test_what_did_not_change_is_not_sent_again(page: Page, status: Status) -> None:
    with evidence(page) as known:
        read(known)
        assert read(known) == (B, A)
        assert page.asked[-1].headers["if-none-match"] == '"1"'
        status.statuses, status.etag = {A: "operational", B: "operational"}, '"2"'
        assert read(known) == (A, B)


def test_a_server_that_goes_away_leaves_its_last_word_until_that_is_stale(page: Page, status: Status) -> None:
    now_ms = [NOW_MS]
    with Evidence(page.url, [A, B], now_ms=lambda: now_ms[0], chance=lambda: 0.5) as known:
        read(known)
        page.says = lambda _: Said(500)
        assert read(known) == (B, A)
        now_ms[0] += 661_000
        assert known() == (A, B)


@pytest.mark.parametrize("said", [Said(200, {"models": {A: {"status": "operational"}}}), Said(200, []), Said(404), Said(200)])
def test_an_answer_that_cannot_be_read_is_no_answer(page: Page, said: Said) -> None:
    page.says = lambda _: said
    with evidence(page) as known:
        assert read(known) is None


def test_the_selector_is_asked_where_price_decides(page: Page, status: Status) -> None:
    status.statuses = {A: "operational", B: "operational"}
    valid = rfc3339(NOW_MS + 15_000)
    status.route = Said(200, {"choice": {"model": B, "why": []}, "fallbacks": [A], "valid_until": valid})
    with evidence(page, by="price", capability="tools") as known:
        assert read(known) == (B, A)
        assert "/api/v1/route?models=a/one,b/two&capability=tools&prefer=price" in {asked.path for asked in page.asked}
        status.route = Said(503, {"detail": "Nothing suits."})
        assert read(known) == (A, B)


def test_a_clock_that_is_wrong_here_does_not_make_words_stale(page: Page) -> None:
    hours_ahead_ms = 3 * 3_600_000
    date = format_datetime(datetime.fromtimestamp(NOW_MS / 1000, tz=UTC), usegmt=True)
    page.says = lambda _: Said(200, document({A: "major_outage", B: "operational"}), {"date": date})
    with Evidence(page.url, [A, B], now_ms=lambda: NOW_MS + hours_ahead_ms, chance=lambda: 0.5) as known:
        assert read(known) == (B, A)
