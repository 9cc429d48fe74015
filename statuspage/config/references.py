"""References to secrets: what may stand in the file in place of a key."""

import re
from collections.abc import Callable
from typing import Final

import msgspec

from statuspage.config.problem import Complaint, did_you_mean

_ENV_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_CREDENTIAL: Final = re.compile(r"[A-Za-z0-9_@:-][A-Za-z0-9._@:-]*")
_SCHEME: Final = re.compile(r"([a-z]{2,10}):(?!//)|(op)://")
_VARIABLE: Final = re.compile(r"\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?")
_FORMS: Final = "env:NAME, file:/path, systemd:name or op://vault/item/field"


class Reference(msgspec.Struct, frozen=True):
    """A place where a secret is kept: the scheme `env`, `file`, `systemd` or `op`, and the name there."""

    scheme: str
    name: str

    def __str__(self) -> str:
        return f"op://{self.name}" if self.scheme == "op" else f"{self.scheme}:{self.name}"


def parse_reference(text: str) -> Reference | None:
    """The reference that the text spells, or None where it spells none."""
    found = _SCHEME.match(text)
    if found is None or found.group(1) == "op":
        return None
    reference = Reference(found.group(1) or "op", text[found.end() :])
    return reference if reference.scheme in _NAMED and _NAMED[reference.scheme](reference.name) else None


def check_reference(text: str, raw: str) -> Complaint | None:
    """What is wrong with a reference; a secret written in plain is never repeated."""
    if parse_reference(text) is not None:
        return None
    variable = _VARIABLE.fullmatch(raw)
    if variable is not None:
        proposal = f"env:{variable.group(1)}"
        return Complaint(f"a secret is only given by reference: write {proposal}", proposal)
    scheme = _SCHEME.match(text)
    word = (scheme.group(1) or "op") if scheme else ""
    if word in _NAMED:
        return Complaint(f"the reference names nothing that {word}: could hold: write {_FORMS}")
    near, _ = did_you_mean(word, _NAMED) if word else (None, "")
    if near is not None:
        proposal = "op://" if near == "op" else f"{near}:"
        return Complaint(f"the text is no reference to a secret: did you mean {proposal}…? Write {_FORMS}", proposal)
    return Complaint(f"a secret is written in plain: remove it from the file, keep it elsewhere and write {_FORMS}")


def _op_path(name: str) -> bool:
    steps = name.split("/")
    return len(steps) in {3, 4} and all(steps) and name.isprintable()


_NAMED: Final[dict[str, Callable[[str], bool]]] = {
    "env": lambda name: _ENV_NAME.fullmatch(name) is not None,
    "file": lambda name: bool(name.strip()) and name.isprintable(),
    "systemd": lambda name: _CREDENTIAL.fullmatch(name) is not None,
    "op": _op_path,
}
