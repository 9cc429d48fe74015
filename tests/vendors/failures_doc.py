"""Writes docs/failures.md: the taxonomy's rows as the zoo plays them, the classifier's tables, and what the corpus says."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from statuspage.domain.classes import CLASSES, FailureClass, judge
from statuspage.domain.words import Fault, Judgement
from statuspage.vendors.errorbody import Shape, headings, read_error
from statuspage.vendors.generic import GENERIC
from statuspage.vendors.registry import VENDORS
from statuspage.vendors.rule import ErrorRule
from statuspage.zoo.rows.registry import ALL
from statuspage.zoo.rows.row import Row
from tests.vendors.corpus import CASES, classified, row_number

_SECTIONS: Final = (
    (
        range(1, 21),
        "Before any HTTP status",
        "Told by the phase that a probe had reached, by what the socket or TLS said, and by silences.",
    ),
    (
        range(21, 61),
        "HTTP status and error",
        "Told by the error's words, then its type or code, then its status; a vendor's own table goes first.\n"
        "Where words and type disagree the words win, and the sample is not confident.",
    ),
    (
        range(61, 87),
        "200, but wrong",
        "Told by what the answer holds and how it ends; an error inside a 200 takes its inner class.\n"
        "Rows 79 to 86 are the tools' own light.",
    ),
    (
        range(87, 111),
        "Accounts, lists and the monitor itself",
        "Told by `/models`, balances, official pages and the monitor's own clock, resolver, budget and database.",
    ),
)
_COLOURS: Final = {Judgement.OK: "green", Judgement.EXCLUDED: "grey"}
_MAX_SAID: Final = 110


def failures_document() -> str:
    """The whole page."""
    return "\n".join([*_intro(), *_rows(), *_tables(), *_said()]) + "\n"


def _intro() -> Iterator[str]:
    yield from ("# Failures, row by row", "", "<!-- Written by `make docs`. -->", "")
    yield "Every row of the failure taxonomy that this project is built on, with the class, fault and colour it gets. *Colour* is"
    yield "the worst that confirmed samples of it can give; *client* is what your own client should do with it; *cases* counts"
    yield f"the errors in `tests/vendors/` that hold the classifier to it ({len(CASES)} in all, none from an account). How"
    yield "to meet a row on your own machine says [the zoo](zoo.md); what a class says on the page, [classes](classes.md)."


def _rows() -> Iterator[str]:
    counts = Counter(number for _, case in CASES if (number := row_number(case)) is not None)
    numbered = {row.number: row for row in ALL if row.number is not None}
    for numbers, title, told in _SECTIONS:
        yield from ("", f"## {title}", "", told, "")
        yield from ("| row | what happens | class | fault | colour | client | cases |", "|---|---|---|---|---|---|---|")
        for number in numbers:
            yield _row(numbered[number], counts[number])


def _row(row: Row, cases: int) -> str:
    known = CLASSES.get(row.class_name) if row.class_name else None
    if known is None:
        return f"| {row.number} | {row.title} | - | - | - | - | {cases or ''} |"
    told = f"`{known.name}` | {known.fault.value} | {_colour(known.name)} | {_client(row.number, known)} | {cases or ''}"
    return f"| {row.number} | {row.title} | {told} |"


def _client(number: int | None, known: FailureClass) -> str:
    """The class's advice, or the vendors' own where all cases of the row agree on another."""
    said = {classified(vendor, case).retry for vendor, case in CASES if row_number(case) == number}
    retry = said.pop() if len(said) == 1 else known.retry
    return "-" if retry is None else retry.value


def _colour(class_name: str) -> str:
    row = CLASSES[class_name]
    if class_name == "model_retired":
        return "retired"
    if class_name == "maintenance":
        return "blue"
    if row.fault is not Fault.NONE or row.yellow_at_most:
        return _COLOURS.get(judge(class_name, row.fault), "yellow" if row.yellow_at_most else "red")
    return "green"


def _tables() -> Iterator[str]:
    yield from ("", "## What the tables know", "")
    yield "For every class the types, codes and statuses that mean it, and how many wordings; words are shown where a vendor has"
    yield "its own. Types are compared without case and separators."
    for name in CLASSES:
        lines = [line for vendor, rule in _rules() if rule.class_name == name for line in _rule(vendor, rule)]
        if lines:
            yield from ("", f"### `{name}`", "", *dict.fromkeys(lines))


def _rules() -> Iterator[tuple[str, ErrorRule]]:
    yield from (("everybody", rule) for rule in GENERIC)
    seen: set[int] = set()
    for vendor in VENDORS.values():
        for rule in vendor.errors:
            if id(rule) not in seen:
                seen.add(id(rule))
                sharing = [each.name for each in VENDORS.values() if any(rule is other for other in each.errors)]
                yield ", ".join(f"`{each}`" for each in sharing), rule


def _rule(vendor: str, rule: ErrorRule) -> Iterator[str]:
    where = f" (with {_listed(rule.statuses)})" if rule.statuses else ""
    fault = f", fault {rule.fault.value}" if rule.fault else ""
    fault += f", client {rule.retry.value}" if rule.retry else ""
    if rule.text is not None:
        words = rule.text.pattern
        shown = f"{words.count('|') + 1} wordings" if vendor == "everybody" else f"words `{words.replace('(?:', '(')}`"
        yield f"- {vendor}: {shown}{where}{fault}"
    elif rule.types:
        yield f"- {vendor}: types {', '.join(f'`{each}`' for each in sorted(rule.types))}{where}{fault}"
    else:
        yield f"- {vendor}: status {_listed(rule.statuses)}{fault}"


def _listed(statuses: frozenset[int]) -> str:
    return ", ".join(map(str, sorted(statuses)))


def _said() -> Iterator[str]:
    yield from ("", "## What vendors say", "")
    yield "The corpus, shortened. *In a 200* and *in a stream* are errors that come after a good status; `?` marks a class the"
    yield "classifier is not confident of, because words, type and status disagree or nothing is known."
    titles = {row.number: row.title for row in ALL}
    for number in [*range(1, 111), None]:
        cases = [(vendor, case) for vendor, case in CASES if row_number(case) == number]
        if not cases:
            continue
        yield from ("", f"### {number}: {titles[number]}" if number else "### Without a row", "")
        yield from ("| vendor | status | it says | told as |", "|---|---|---|---|")
        for vendor, case in cases:
            doubt = "" if case.get("confident", True) else " ?"
            yield f"| {vendor} | {_status(case)} | {_words(case)} | `{case['class']}`, {case['fault']}{doubt} |"


def _status(case: dict[str, Any]) -> str:
    where = case.get("where", "status")
    return {"status": str(case["status"]), "body": "in a 200", "stream": "in a stream"}[where]


def _words(case: dict[str, Any]) -> str:
    body = json.dumps(case["json"], ensure_ascii=False) if "json" in case else case["text"]
    words = read_error(body.encode(), case.get("headers", {}).get("content-type", ""))
    upstream = words.upstream
    text = headings(words.text) if words.shape is Shape.HTML else words.text
    text += f" «{upstream.text}»" if upstream and upstream.text else ""
    text = re.sub(r"[\s|`<>{}\[\]_*\\]+", " ", text).strip()
    text = f"{text[: _MAX_SAID - 2]} …" if len(text) > _MAX_SAID else text
    kind = f" (`{words.error_type}`)" if words.error_type else ""
    page = "a page: " if words.shape is Shape.HTML else ""
    return f"{page}{text}{kind}".strip() or "nothing"


if __name__ == "__main__":
    print(failures_document(), end="")
