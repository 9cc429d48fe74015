"""The vendor's word beside ours, and the line about where the two disagree."""

import pytest

from statuspage.domain.claim import Claim, Scope
from statuspage.domain.opinion import MAX_AGE_MS, Opinion, disagreement, official_view
from statuspage.domain.reading import Reading
from statuspage.domain.words import Fault, Status

MINUTE = 60_000
NOW = 10_000 * MINUTE
WELL = Reading(status=Status.OPERATIONAL, fault=Fault.NONE, since_ms=0, of=12)
DOWN = Reading(
    status=Status.MAJOR_OUTAGE, class_name="server_error", fault=Fault.PROVIDER, since_ms=NOW - 23 * MINUTE, failed=3, of=25
)
SLOW = Reading(status=Status.DEGRADED_PERFORMANCE, class_name="slow", fault=Fault.NONE, since_ms=NOW - 90_000, failed=4, of=6)


def claim(status: Status) -> Claim:
    return Claim(status=status, scope=Scope.PAGE)


@pytest.mark.parametrize(
    ("claimed", "told", "line"),
    [
        (Status.OPERATIONAL, DOWN, "The vendor says operational, we measure 12 % failures, for 23 minutes."),
        (Status.OPERATIONAL, SLOW, "The vendor says operational, we measure slow answers, for 1 minute."),
        (Status.MAJOR_OUTAGE, WELL, "The vendor says major outage, we measure no failures, for 40 minutes."),
        (Status.DEGRADED_PERFORMANCE, WELL, "The vendor says degraded performance, we measure no failures, for 40 minutes."),
    ],
)
def test_it_says_both_and_for_how_long(claimed: Status, told: Reading, line: str) -> None:
    assert disagreement(claim(claimed), NOW - 40 * MINUTE, told, NOW) == line


@pytest.mark.parametrize(
    ("claimed", "told"),
    [
        (Status.OPERATIONAL, WELL),
        (Status.MAJOR_OUTAGE, DOWN),
        (Status.DEGRADED_PERFORMANCE, DOWN),
        (Status.UNDER_MAINTENANCE, DOWN),
        (Status.UNDER_MAINTENANCE, WELL),
        (Status.MAJOR_OUTAGE, Reading(status=Status.NO_DATA, class_name="quota_exhausted", fault=Fault.ACCOUNT)),
        (Status.OPERATIONAL, Reading(status=Status.NO_DATA, class_name="stale", fault=Fault.MONITOR)),
        (Status.OPERATIONAL, Reading(status=Status.RETIRED)),
    ],
)
def test_it_is_silent_while_they_agree_or_we_know_nothing(claimed: Status, told: Reading) -> None:
    assert disagreement(claim(claimed), 0, told, NOW) is None


def test_it_counts_from_when_the_younger_of_the_two_began() -> None:
    line = disagreement(claim(Status.OPERATIONAL), NOW - 5 * MINUTE, DOWN, NOW)
    assert line == "The vendor says operational, we measure 12 % failures, for 5 minutes."


def test_a_disagreement_of_less_than_a_minute_has_no_figure() -> None:
    assert disagreement(claim(Status.OPERATIONAL), NOW, DOWN, NOW) == "The vendor says operational, we measure 12 % failures."


def test_without_a_page_there_is_nothing_to_show() -> None:
    assert official_view(None, WELL, NOW, NOW) is None


def test_an_old_claim_says_nothing_of_now() -> None:
    opinion = Opinion(url="https://a.example", claim=claim(Status.OPERATIONAL), since_ms=0, checked_at_ms=NOW)
    fresh = official_view(opinion, DOWN, NOW, NOW + MAX_AGE_MS)
    assert fresh is not None
    assert (fresh.status, fresh.checked_at_ms, fresh.reason) == (Status.OPERATIONAL, NOW, None)
    assert fresh.note is not None
    old = official_view(opinion, DOWN, NOW, NOW + MAX_AGE_MS + 1)
    assert old is not None
    assert (old.status, old.note, old.reason) == (None, None, "it has not been read lately")


def test_a_page_that_could_not_be_read_says_why() -> None:
    view = official_view(Opinion(url="https://a.example", reason="the page answers HTTP 503"), DOWN, NOW, NOW)
    assert view is not None
    assert (view.status, view.reason, view.note) == (None, "the page answers HTTP 503", None)
