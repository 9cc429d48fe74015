"""One cause, one story for the operator."""

from statuspage.domain.accountfaults import Causes, follow, without_strangers
from statuspage.domain.classes import CLASSES
from statuspage.domain.event import Event
from statuspage.domain.sample import Sample
from statuspage.domain.words import ProbeKind


def _told(*steps: tuple[str, str]) -> tuple[Causes, list[Event]]:
    causes: Causes = {}
    events: list[Event] = []
    for at_ms, (model, class_name) in enumerate(steps):
        fault = CLASSES[class_name].fault
        sample = Sample(model=model, at_ms=at_ms, probe=ProbeKind.CHAT, class_name=class_name, fault=fault, advice="Top up.")
        causes, fresh = follow(causes, "acme", sample)
        events += fresh
    return causes, events


def test_twenty_models_without_money_are_one_story() -> None:
    causes, events = _told(*((f"acme/{number}", "quota_exhausted") for number in range(20)))
    (opened,) = events
    assert (opened.kind, opened.subject, opened.public) == ("account", "acme", False)
    assert (opened.facts["state"], opened.facts["class"]) == ("opened", "quota_exhausted")
    assert "Top up." in opened.sentence
    assert len(causes["quota_exhausted"].models) == 20


def test_it_is_over_when_no_model_suffers_any_more_and_told_once() -> None:
    down = [(f"acme/{number}", "invalid_key") for number in range(3)]
    up = [(f"acme/{number}", "ok") for number in range(3)]
    assert [event.facts["state"] for event in _told(*down, *up[:2])[1]] == ["opened"]
    causes, events = _told(*down, *up, *up)
    assert [event.facts["state"] for event in events] == ["opened", "closed"]
    assert causes == {}


def test_a_vendors_failure_says_nothing_about_the_account() -> None:
    causes, _ = _told(("acme/a", "quota_exhausted"), ("acme/a", "engine_overloaded"), ("acme/a", "offline"))
    assert list(causes) == ["quota_exhausted"]


def test_a_rate_limit_is_told_when_it_repeats() -> None:
    limited = ("acme/a", "rate_limited")
    assert _told(limited, limited)[1] == []
    assert _told(limited, ("acme/a", "ok"), limited, limited)[1] == []
    assert len(_told(limited, limited, limited, limited)[1]) == 1


def test_a_cause_that_becomes_another_closes_the_first() -> None:
    _, events = _told(("acme/a", "invalid_key"), ("acme/a", "quota_exhausted"))
    assert [(event.facts["class"], event.facts["state"]) for event in events] == [
        ("invalid_key", "opened"),
        ("invalid_key", "closed"),
        ("quota_exhausted", "opened"),
    ]


def test_what_concerns_one_model_is_no_account_fault() -> None:
    assert _told(("acme/a", "not_entitled"), ("acme/a", "model_unknown")) == ({}, [])


def test_models_that_are_watched_no_more_hold_nothing_open() -> None:
    causes, _ = _told(("acme/a", "forbidden"), ("acme/b", "forbidden"))
    assert without_strangers(causes, frozenset({"acme/b"}))["forbidden"].models == ("acme/b",)
    assert without_strangers(causes, frozenset()) == {}
