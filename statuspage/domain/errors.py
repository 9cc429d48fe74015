"""What can go wrong where a caller must know it; every message is one sentence for people."""


class StorageError(Exception):
    """The database cannot answer; the sentence names the database and, where there is one, the remedy."""


class WrongInputError(Exception):
    """What a person asked for cannot be done; the sentence names what is wrong and the remedy."""


class UnknownNameError(WrongInputError):
    """A person named something that there is not; `nearest` is what they may have meant, None where nothing is near."""

    def __init__(self, kind: str, name: str, nearest: str | None) -> None:
        hint = "" if nearest is None else f"; did you mean {nearest}"
        super().__init__(f"There is no {kind} {name!r}{hint}{'?' if hint else '.'}")
        self.kind = kind
        self.nearest = nearest


class EditedMeanwhileError(Exception):
    """Somebody else changed what a person is changing: nothing was written."""


class DatabaseUnavailableError(StorageError):
    """The database as a whole cannot be used at the moment: locked, full, read-only or unreachable."""


class DatabaseRefusedError(StorageError):
    """The database cannot be used by this program and was left untouched: newer, foreign, broken or out of reach."""
