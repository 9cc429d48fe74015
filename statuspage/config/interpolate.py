"""`${VAR}` in text: replaced after parsing, so that no value can change the file's structure."""

import re
from collections.abc import Mapping
from typing import Final

from statuspage.config.problem import Complaint

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Unresolved(Exception):  # noqa: N818 - it is caught here, three functions up, and nowhere else
    """A `${…}` that has no value."""

    def __init__(self, complaint: Complaint) -> None:
        super().__init__(complaint.message)
        self.complaint = complaint


def interpolate(text: str, environ: Mapping[str, str]) -> str | Complaint:
    """The text with `${VAR}`, `${VAR:-default}`, `${VAR:?message}` replaced and `$$` turned into `$`.

    A default counts where the variable is unset or empty, and may itself hold `${…}`. Any other `$` stays.
    """
    if "$" not in text:
        return text
    try:
        return _replace(text, environ)
    except Unresolved as unresolved:
        return unresolved.complaint


def _replace(text: str, environ: Mapping[str, str]) -> str:
    done: list[str] = []
    at = 0
    while (dollar := text.find("$", at)) >= 0:
        done.append(text[at:dollar])
        follower = text[dollar + 1 : dollar + 2]
        if follower == "{":
            end = _closing(text, dollar + 2)
            done.append(_value(text[dollar + 2 : end], environ))
            at = end + 1
        else:
            done.append("$")
            at = dollar + (2 if follower == "$" else 1)
    done.append(text[at:])
    return "".join(done)


def _closing(text: str, start: int) -> int:
    depth = 1
    at = start
    while at < len(text):
        if text.startswith("${", at):
            depth += 1
            at += 1
        elif text[at] == "}":
            depth -= 1
            if depth == 0:
                return at
        at += 1
    raise Unresolved(Complaint("a ${ is not closed: write } after the variable's name, or $$ for a plain dollar sign"))


def _value(inside: str, environ: Mapping[str, str]) -> str:
    found = _NAME.match(inside)
    name = found.group() if found else ""
    rest = inside[len(name) :]
    if not name or (rest and not rest.startswith((":-", ":?"))):
        raise Unresolved(
            Complaint("a ${…} is none of ${VAR}, ${VAR:-default} and ${VAR:?message}; $$ writes a plain dollar sign")
        )
    value = environ.get(name)
    if not rest:
        if value is None:
            raise Unresolved(Complaint(f"${{{name}}} is not set: export {name}, or write a default, ${{{name}:-…}}"))
        return value
    if value:
        return value
    if rest.startswith(":-"):
        return _replace(rest[2:], environ)
    reason = " ".join(_replace(rest[2:], environ).split()) or "it is required"
    raise Unresolved(Complaint(f"${{{name}}} is not set: {reason}"))
