"""What can go wrong where a caller must know it; every message is one sentence for people."""


class StorageError(Exception):
    """The database cannot answer; the sentence names the database and, where there is one, the remedy."""


class EditedMeanwhileError(Exception):
    """Somebody else changed what a person is changing: nothing was written."""


class DatabaseUnavailableError(StorageError):
    """The database as a whole cannot be used at the moment: locked, full, read-only or unreachable."""


class DatabaseRefusedError(StorageError):
    """The database cannot be used by this program and was left untouched: newer, foreign, broken or out of reach."""
