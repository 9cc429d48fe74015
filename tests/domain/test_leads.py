"""Who told of an outage first: minutes, zeros and misses."""

import pytest

from statuspage.domain.leads import PATIENCE_MS, Lead, Race, Tally, follow, sentence, tally

MINUTE = 60_000


def run(*looks: tuple[int, int | None, int | None]) -> tuple[Race | None, list[Lead]]:
    """`(now, ours, theirs)` in minutes, look by look."""
    race: Race | None = None
    leads = []
    for now, ours, theirs in looks:
        race, lead = follow(
            race,
            ours_ms=None if ours is None else ours * MINUTE,
            theirs_ms=None if theirs is None else theirs * MINUTE,
            now_ms=now * MINUTE,
        )
        leads += [] if lead is None else [lead]
    return race, leads


def test_no_race_runs_while_nobody_has_trouble() -> None:
    assert run((1, None, None)) == (None, [])


def test_we_are_ahead_by_the_minutes_until_the_vendor_tells() -> None:
    race, leads = run((10, 10, None), (22, 10, 22), (40, None, 22), (50, None, None))
    assert race is None
    assert leads == [Lead(at_ms=10 * MINUTE, ours=True, theirs=True, minutes=12)]


def test_the_vendor_is_ahead_with_negative_minutes() -> None:
    _, leads = run((10, None, 5), (15, 14, 5), (60, None, None))
    assert [lead.minutes for lead in leads] == [-9]


def test_the_same_minute_is_a_zero() -> None:
    assert follow(Race(ours_ms=60_000, theirs_ms=119_000), ours_ms=None, theirs_ms=None, now_ms=10**7)[1] == Lead(
        at_ms=60_000, ours=True, theirs=True, minutes=0
    )


def test_an_outage_that_the_vendor_never_tells_of_is_a_miss_after_an_hour() -> None:
    patience = PATIENCE_MS // MINUTE
    race, leads = run((10, 10, None), (20, None, None), (20 + patience - 1, None, None))
    assert race is not None
    assert leads == []
    race, leads = run((10, 10, None), (20, None, None), (20 + patience, None, None))
    assert (race, leads) == (None, [Lead(at_ms=10 * MINUTE, ours=True, theirs=False)])


def test_an_outage_that_only_the_vendor_tells_of_is_ours_to_have_missed() -> None:
    _, leads = run((10, None, 10), (20, None, None), (100, None, None))
    assert leads == [Lead(at_ms=10 * MINUTE, ours=False, theirs=True)]


def test_a_vendor_that_tells_after_the_end_still_told() -> None:
    _, leads = run((10, 10, None), (30, None, None), (55, None, 55), (70, None, None))
    assert [lead.minutes for lead in leads] == [45]


def test_trouble_that_comes_back_within_the_hour_is_the_same_race() -> None:
    race, leads = run((10, 10, None), (20, None, None), (30, 30, None))
    assert race == Race(ours_ms=10 * MINUTE)
    assert leads == []


LEADS = (
    Lead(at_ms=0, ours=True, theirs=True, minutes=12),
    Lead(at_ms=0, ours=True, theirs=True, minutes=4),
    Lead(at_ms=0, ours=True, theirs=True, minutes=0),
    Lead(at_ms=0, ours=True, theirs=True, minutes=-7),
    Lead(at_ms=0, ours=True, theirs=False),
    Lead(at_ms=0, ours=False, theirs=True),
)


def test_every_outage_is_counted_once() -> None:
    counts = tally(LEADS)
    assert counts == Tally(ours_first=2, theirs_first=1, together=1, only_ours=1, only_theirs=1, median_minutes=2.0)
    assert counts.of == len(LEADS)


def test_the_sentence_leaves_no_figure_out() -> None:
    assert sentence(tally(LEADS)) == (
        "Of 6 outages in 90 days we told of 2 first, the vendor's page of 1, both of 1 in the same minute; in the median we were "
        "ahead by 2 minutes; 1 never stood on the vendor's page, 1 stood only there."
    )


@pytest.mark.parametrize(("minutes", "words"), [(-3, "the vendor was ahead by 3 minutes"), (0, "nobody was ahead")])
def test_the_sentence_does_not_flatter_us(minutes: int, words: str) -> None:
    assert words in (sentence(tally([Lead(at_ms=0, ours=True, theirs=True, minutes=minutes)])) or "")


def test_there_is_no_sentence_before_the_first_outage() -> None:
    assert sentence(tally([])) is None
