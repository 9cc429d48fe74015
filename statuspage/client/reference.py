"""Secrets behind references: one that is written out is a mistake, since it would end in somebody's repository."""

from collections.abc import Mapping
from pathlib import Path

from statuspage.domain.secret import Secret


def secret_behind(given: str | Secret | None, environ: Mapping[str, str], *, field: str, what: str) -> Secret | None:
    """The secret behind `env:NAME` or `file:/path`; one that is handed over, or None, as it is.

    Sentences name the `field` it was given as (`api_key of moonshot`) and `what` it is (`key for moonshot`). Raises `ValueError`.
    """
    if given is None or isinstance(given, Secret):
        return given
    kind, _, where = given.partition(":")
    if kind not in ("env", "file") or not where:
        raise ValueError(f"The {field} is no reference: write env:NAME or file:/path, or hand over a Secret.")
    try:
        found = environ.get(where, "") if kind == "env" else Path(where).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"There is no {what}: the file {where} cannot be read ({type(error).__name__}).") from None
    if not found:
        raise ValueError(
            f"There is no {what}: {f'the variable {where} is not set' if kind == 'env' else f'the file {where} is empty'}."
        )
    return Secret(found)
