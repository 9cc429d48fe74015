"""The schema's versions that this program knows, without asking Alembic, whose import costs a tenth of a second."""

from typing import Final

from statuspage.domain.errors import DatabaseRefusedError

REVISIONS: Final = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009")
"""Oldest first: the names of the files in `migrations/versions`."""

HEAD: Final = REVISIONS[-1]


def judge_version(name: str, version: str | None, *, empty: bool) -> str | None:
    """The version when it can be used, None for an empty database; refuses the rest. `name` begins the sentence."""
    if version is None and empty:
        return None
    if version is None:
        msg = f"{name} holds another program's data and was left as it is; name another database."
        raise DatabaseRefusedError(msg)
    if version not in REVISIONS:
        msg = (
            f"{name} was written by a newer statuspage (schema {version}, this program knows {HEAD}) "
            "and was left as it is; install that version."
        )
        raise DatabaseRefusedError(msg)
    return version
