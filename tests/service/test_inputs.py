"""What people type reaches no page with characters that no page may have."""

import pytest

from statuspage.domain.errors import WrongInputError
from statuspage.service.inputs import line, text


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\u2028", "\u202e", "\u2066", "\udcff"])
def test_characters_that_cannot_be_shown_are_blanks(char: str) -> None:
    assert text("message", f" a{char}b ") == "a b"
    with pytest.raises(WrongInputError, match="is empty"):
        text("message", char)


def test_a_line_is_one_line_and_a_text_keeps_its_own() -> None:
    assert line("title", "a\n\tb") == "a b"
    assert text("message", "a\r\nb\tc") == "a\nb\tc"


def test_what_has_no_end_is_refused() -> None:
    with pytest.raises(WrongInputError, match="has 201 characters; at most 200"):
        line("title", "a" * 201)
