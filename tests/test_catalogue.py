"""What readers meet is translated, with the same places for figures, and the catalogue holds nothing else."""

import re

import pytest

from tests.catalogue import LANGUAGES, messages, source_of, translated, untranslated, written

_PLACES = re.compile(r"%\(\w+\)s|\{\w*\}")
_BARE = re.compile(r"(?<!%)%(?![%(])")
_MAY_LACK = {"month", "name", "number", "weekday"}
"""A language may count its months where another names them."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_untranslated(language: str) -> None:
    assert list(untranslated(language)) == [], "run `make catalogue` and translate what it lists"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_is_what_the_code_says(language: str) -> None:
    assert source_of(language).read_bytes() == written(language), "run `make catalogue`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_same_places(language: str) -> None:
    wrong = []
    for message in translated(language):
        if not message.id:
            continue
        one = message.id if isinstance(message.id, str) else message.id[0]
        many = message.id if isinstance(message.id, str) else message.id[-1]
        for text in [message.string] if isinstance(message.string, str) else message.string or ():
            found = {place for place in _PLACES.findall(text) if place.strip("{}") not in _MAY_LACK}
            wanted = {place for place in _PLACES.findall(one + many) if place.strip("{}") not in _MAY_LACK}
            if found != wanted or bool(_BARE.search(text.replace("%%", ""))) != bool(_BARE.search(one.replace("%%", ""))):
                wrong.append((one, text))
    assert wrong == []


def test_it_finds_words_of_every_kind() -> None:
    known = {message.id if isinstance(message.id, str) else message.id[0] for message in messages() if message.id}
    assert {"Overloaded", "is overloaded", "No data", "All {count} models work.", "Open incidents", "{count} hour"} <= known
