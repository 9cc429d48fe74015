"""A change of identity is told once it is seen twice in a row."""

from statuspage.domain.identity import Memory, Trait, observe


def _told(trait: Trait, *values: str | None) -> list[tuple[str, str]]:
    memory, told = Memory(), []
    for value in values:
        memory, changes = observe(memory, {trait: value})
        told += [(change.old, change.new) for change in changes]
    return told


def test_the_first_look_is_no_change() -> None:
    assert _told(Trait.FINGERPRINT, "a", "a") == []


def test_a_change_is_told_when_it_is_seen_twice_in_a_row() -> None:
    assert _told(Trait.SERVED_MODEL, "m-0805", "m-0905") == []
    assert _told(Trait.SERVED_MODEL, "m-0805", "m-0905", "m-0905", "m-0905") == [("m-0805", "m-0905")]


def test_a_single_odd_answer_is_no_change() -> None:
    assert _told(Trait.SERVED_MODEL, "a", "b", "a", "b", "a", "c", "b") == []


def test_what_is_not_told_interrupts_nothing() -> None:
    assert _told(Trait.FINGERPRINT, "a", None, "b", None, "b") == [("a", "b")]


def test_builds_that_alternate_are_told_once_each() -> None:
    assert _told(Trait.FINGERPRINT, "a", "b", "b", "a", "a", "b", "b", "c", "c") == [("a", "b"), ("b", "c")]


def test_a_precision_that_comes_back_is_a_change_again() -> None:
    assert _told(Trait.QUANTIZATION, "fp8", "int4", "int4", "fp8", "fp8") == [("fp8", "int4"), ("int4", "fp8")]
