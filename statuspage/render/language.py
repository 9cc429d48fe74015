"""The language in which something is rendered: whoever renders chooses it, and everything below speaks it."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from typing import Final

from statuspage import paths
from statuspage.domain.languages import ENGLISH

DOMAIN: Final = "statuspage"
_LANGUAGE: Final[ContextVar[str]] = ContextVar("language", default=ENGLISH)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Has everything within the block rendered in that language."""
    token = _LANGUAGE.set(language)
    try:
        yield
    finally:
        _LANGUAGE.reset(token)


def language() -> str:
    """The language that is spoken now."""
    return _LANGUAGE.get()


def tr(text: str) -> str:
    """The text in the language that is spoken now; as it is where nobody has translated it."""
    return _catalogue(_LANGUAGE.get()).gettext(text)


def mark(text: str) -> str:
    """The text as it is, marked for translators: whoever uses it says it with `tr`."""
    return text


def ntr(one: str, many: str, count: int) -> str:
    """The text for one or for many, in the language that is spoken now."""
    return _catalogue(_LANGUAGE.get()).ngettext(one, many, count)


@cache
def _catalogue(tag: str) -> NullTranslations:
    """The catalogue of a language, read when it is first spoken."""
    source = paths.LOCALES / tag.replace("-", "_") / f"{DOMAIN}.po"
    if tag == ENGLISH or not source.is_file():
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale=tag.replace("-", "_"), domain=DOMAIN))
    compiled.seek(0)
    return GNUTranslations(compiled)
