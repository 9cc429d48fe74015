"""The messages that readers meet, gathered from templates, calls and tables; `make catalogue` writes them into `locales/`."""

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from statuspage import paths
from statuspage.domain import alerting, incident_words, opinion, speech
from statuspage.domain.classes import CLASSES
from statuspage.probes.toolcases.registry import TITLES
from statuspage.render import lifecycle, looks, model_page, official
from statuspage.render.language import DOMAIN

ROOT: Final = paths.STATIC.parent
LANGUAGES: Final = ("zh_CN",)
_CALLS: Final = {"tr": None, "ntr": (1, 2), "say": None, "mark": None}
_TEMPLATE_CALLS: Final = {"_": None, "gettext": None, "ngettext": (1, 2)}
_HEADER: Final = "# What readers meet; `make catalogue` keeps it complete."
_WORD: Final = re.compile(r"[A-Za-z]{2}")


def _tables() -> Iterator[tuple[str, str]]:
    """Words that stand in tables, where no call marks them: where they stand, and the words."""
    for row in CLASSES.values():
        yield from (("classes", text) for text in (row.label, row.says, row.count_word))
    for module in (speech, opinion, incident_words):
        for name, value in vars(module).items():
            if name.startswith("__"):
                continue
            if isinstance(value, str) and name.isupper():
                yield module.__name__, value
            elif isinstance(value, dict) and name.isupper():
                yield from ((module.__name__, text) for text in value.values() if isinstance(text, str))
    for table in (alerting.TITLES, model_page.BLAME_OF_CALLS, model_page.BLAME, lifecycle.CAPABILITIES, official.KNOWN, TITLES):
        yield from (("tables", text) for text in table.values())
    yield "tables", "Works"
    for look in looks.LOOKS.values():
        yield from (("looks", text) for text in (look.word, look.message))
    for table in (looks.FAULTS, looks.TOOL_STATES, looks.IMPACTS, looks.STAGES):
        yield from (("looks", text) for text in table.values())


def _called(folder: str, pattern: str, method: str, keywords: Mapping[str, object]) -> Iterator[tuple[str, int, object]]:
    """Messages of calls: place, line, one text or those of one and many."""
    options = {"silent": "false", "trimmed": "true"} if method.startswith("jinja2") else {}
    for path in sorted((ROOT / folder).rglob(pattern)):
        with path.open("rb") as file:
            for line, message, _, _ in extract(method, file, keywords, options=options):  # type: ignore[arg-type]
                yield str(path.relative_to(ROOT)), line, message


def messages() -> Catalog:
    """Everything that can be translated, in the order of where it stands."""
    catalogue = Catalog(domain=DOMAIN, header_comment=_HEADER, charset="utf-8")
    for place, text in _tables():
        if _WORD.search(text):
            catalogue.add(text, locations=[(place, 0)])
    for folder in ("statuspage/render", "statuspage/domain", "statuspage/cli", "statuspage/web"):
        for place, _, message in _called(folder, "*.py", "python", _CALLS):
            catalogue.add(message, locations=[(place, 0)])  # type: ignore[arg-type]
    for place, _, message in _called("templates", "*.html", "jinja2.ext:babel_extract", _TEMPLATE_CALLS):
        catalogue.add(message, locations=[(place, 0)])  # type: ignore[arg-type]
    return catalogue


def source_of(language: str) -> Path:
    """Where a language's catalogue is."""
    return paths.LOCALES / language / f"{DOMAIN}.po"


def translated(language: str) -> Catalog:
    """A language's catalogue as it stands."""
    with source_of(language).open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def written(language: str) -> bytes:
    """The catalogue with every message of now: what is no longer said is gone, what is new waits for a translator."""
    kept = translated(language)
    kept.header_comment = _HEADER
    kept.update(messages(), no_fuzzy_matching=True)
    kept.obsolete.clear()
    body = io.BytesIO()
    write_po(body, kept, width=120, omit_header=False, include_lineno=False, ignore_obsolete=True, sort_by_file=True)
    stamped = re.compile(rb'^"(POT-Creation-Date|PO-Revision-Date|Generated-By):[^\n]*\n', re.MULTILINE)
    return stamped.sub(b"", body.getvalue())


def untranslated(language: str) -> Iterable[str]:
    """What readers of a language would meet in English."""
    kept = translated(language)
    for message in messages():
        if not message.id:
            continue
        found = kept.get(message.id)
        if found is None or not found.string or (isinstance(found.string, tuple) and not all(found.string)):
            yield message.id if isinstance(message.id, str) else message.id[0]


if __name__ == "__main__":
    for tag in LANGUAGES:
        source_of(tag).write_bytes(written(tag))
        left = list(untranslated(tag))
        print(f"{source_of(tag).relative_to(ROOT)}: {len(left)} to translate")
        for text in left:
            print(f"  {text}")
