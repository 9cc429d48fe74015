"""What may be asked of a badge."""

import pytest

from statuspage.render.badge_query import BadgeProblem, BadgeQuery, parse_badge_query


def test_nothing_asked_is_the_status_in_flat() -> None:
    assert parse_badge_query({}) == BadgeQuery(metric="status", window="24h", style="flat", label=None)


def test_uptime_looks_back_ninety_days_unless_told_otherwise() -> None:
    found = parse_badge_query({"metric": "uptime"})

    assert isinstance(found, BadgeQuery)
    assert found.window == "90d"


def test_everything_may_be_asked() -> None:
    asked = {"metric": "ttft", "window": "7d", "style": "plastic", "label": "first word", "logo": "ignored"}

    assert parse_badge_query(asked) == BadgeQuery(metric="ttft", window="7d", style="plastic", label="first word")


@pytest.mark.parametrize(("parameter", "choice"), [("metric", "latency"), ("window", "30d"), ("style", "for-the-badge")])
def test_an_unknown_value_is_a_problem_that_names_the_choices(parameter: str, choice: str) -> None:
    found = parse_badge_query({parameter: "<nonsense>"})

    assert isinstance(found, BadgeProblem)
    assert found.parameter == parameter
    assert "'<nonsense>'" in found.detail
    assert choice in found.detail


def test_an_absurd_label_is_refused() -> None:
    assert isinstance(parse_badge_query({"label": "x" * 101}), BadgeProblem)


def test_an_absurd_value_is_not_echoed_whole() -> None:
    found = parse_badge_query({"metric": "x" * 100_000})

    assert isinstance(found, BadgeProblem)
    assert len(found.detail) < 300


@pytest.mark.parametrize("character", ["\0", "\x0b", "\x1b", "\n", "\ud800", "\uffff", "\ue000"])
def test_what_no_drawing_may_hold_becomes_a_space(character: str) -> None:
    found = parse_badge_query({"label": f"a{character}b"})

    assert isinstance(found, BadgeQuery)
    assert found.label == "a b"


def test_words_of_any_script_stay() -> None:
    found = parse_badge_query({"label": "月之暗面 🌙 נס"})

    assert isinstance(found, BadgeQuery)
    assert found.label == "月之暗面 🌙 נס"
