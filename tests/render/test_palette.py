"""Colours of the stylesheet, computed: every word can be read, in both themes."""

import re

import pytest

from statuspage import paths
from statuspage.render.looks import LOOKS
from tests.render.contrast import contrast

CSS = (paths.STATIC / "page.css" / "1-tokens.css").read_text()
WORDS = ("ink", "soft", "link", "ok", "warn", "bad", "care", "none")


def blocks() -> list[dict[str, str]]:
    return [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+|\d+%)", block)) for block in re.findall(r"\{[^{}]*--ground[^{}]*\}", CSS)]


LIGHT, DARK, CHOSEN_DARK = blocks()


def mixed(colour: str, ground: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def _channels(colour: str) -> list[int]:
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    return [int(digits[at : at + 2], 16) for at in (0, 2, 4)]


def test_the_system_and_the_switch_mean_the_same_dark() -> None:
    assert DARK == CHOSEN_DARK


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("word", WORDS)
def test_words_are_legible(theme: dict[str, str], word: str) -> None:
    assert contrast(theme[word], theme["ground"]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("word", ["ink", "soft"])
def test_words_are_legible_on_raised_ground(theme: dict[str, str], word: str) -> None:
    assert contrast(theme[word], theme["raised"]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("level", ["ok", "warn", "bad", "care", "none"])
@pytest.mark.parametrize("word", ["ink", "soft", "link"])
def test_words_are_legible_on_the_washed_headline(theme: dict[str, str], level: str, word: str) -> None:
    washed = mixed(theme[level], theme["ground"], int(theme["wash"].removesuffix("%")) / 100)

    assert contrast(theme[word], washed) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("level", ["ok", "warn", "bad", "care", "none"])
def test_a_status_is_legible_on_its_own_wash(theme: dict[str, str], level: str) -> None:
    washed = mixed(theme[level], theme["ground"], int(theme["wash"].removesuffix("%")) / 100)

    assert contrast(theme[level], washed) >= 4.5


def test_badges_and_pages_share_one_palette() -> None:
    assert {look.colour for look in LOOKS.values()} == {LIGHT[name] for name in ("ok", "warn", "bad", "care", "none")}
