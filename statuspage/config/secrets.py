"""Secrets read from where the file says they are kept; a failure is a sentence, never a value."""

import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct, field

from statuspage.config.references import Reference
from statuspage.domain.secret import Secret

_MAX_BYTES: Final = 64 * 1024
_OP_TIMEOUT_S: Final = 15.0


class Unreadable(Struct, frozen=True):
    """Why a reference gives no secret, in a sentence that names it and the remedy."""

    reason: str


class Surroundings(Struct, frozen=True):
    """What references are relative to: the environment and the configuration file's directory."""

    environ: Mapping[str, str]
    directory: Path
    files: set[Path] = field(default_factory=set)
    """Every file that a reference has led to, whether it is there or not."""


def read_secret(reference: Reference, around: Surroundings) -> Secret | Unreadable:
    """The secret at the reference, without one newline at its end."""
    found = _READERS[reference.scheme](reference, around)
    if isinstance(found, Unreadable):
        return found
    text = found.removesuffix("\n").removesuffix("\r") if found.endswith("\n") else found
    return Secret(text) if text else Unreadable(f"{reference} is empty: put the secret there")


def sendable(secret: Secret) -> bool:
    """Whether an HTTP header can carry it: printable ASCII without spaces."""
    return all("!" <= char <= "~" for char in secret.reveal())


def _env(reference: Reference, around: Surroundings) -> str | Unreadable:
    value = around.environ.get(reference.name)
    return Unreadable(f"{reference} is not set: export {reference.name}") if value is None else value


def _file(reference: Reference, around: Surroundings) -> str | Unreadable:
    return _content(reference, around.directory / Path(reference.name), around)


def _systemd(reference: Reference, around: Surroundings) -> str | Unreadable:
    directory = around.environ.get("CREDENTIALS_DIRECTORY")
    if not directory:
        remedy = f"start under systemd with LoadCredential={reference.name}:…"
        return Unreadable(f"{reference} cannot be read, CREDENTIALS_DIRECTORY is not set: {remedy}")
    return _content(reference, Path(directory) / reference.name, around)


def _content(reference: Reference, path: Path, around: Surroundings) -> str | Unreadable:
    around.files.add(path)
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        return Unreadable(f"{reference} does not exist: create the file")
    except OSError as error:
        return Unreadable(
            f"{reference} cannot be read ({error.strerror or type(error).__name__}): check the file and its permissions"
        )
    if len(content) > _MAX_BYTES:
        return Unreadable(f"{reference} is larger than 64 KiB: a secret is one short text")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return Unreadable(f"{reference} is not UTF-8 text: write the secret as text")


def _op(reference: Reference, around: Surroundings) -> str | Unreadable:
    program = shutil.which("op", path=around.environ.get("PATH", ""))
    if program is None:
        return Unreadable(f"{reference} cannot be read: install 1Password's op program, or keep the secret elsewhere")
    try:
        done = subprocess.run(
            [program, "read", str(reference)],
            env=dict(around.environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_OP_TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Unreadable(f"{reference} cannot be read: op did not answer within {_OP_TIMEOUT_S:.0f} s; sign in with op signin")
    except OSError as error:
        return Unreadable(f"{reference} cannot be read: op does not start ({error.strerror})")
    if done.returncode != 0:
        return Unreadable(f"{reference} cannot be read: op read ended with status {done.returncode}; sign in with op signin")
    return done.stdout[: _MAX_BYTES + 1].decode(errors="replace")


_READERS: Final[dict[str, Callable[[Reference, Surroundings], str | Unreadable]]] = {
    "env": _env,
    "file": _file,
    "systemd": _systemd,
    "op": _op,
}
