"""Where people set feature flags: the same for commands, the API and the admin pages."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from statuspage.domain.clock import rfc3339
from statuspage.domain.errors import UnknownNameError, WrongInputError
from statuspage.domain.flagfile import changed_by, percent_of
from statuspage.domain.model import nearest
from statuspage.domain.rollout import MODEL, Climb
from statuspage.service.flags import File
from statuspage.service.flagset import flag_set
from statuspage.service.inputs import one_of

_STATES: Final = ("on", "off")
_MOST_KEY_CHARS: Final = 200
_NO_FILE: Final = "The configuration names no file of flags; add a line such as `flags: flags.json` to it."


class FlagLine(msgspec.Struct, frozen=True, kw_only=True):
    """One flag as people see it; `percent` is of users who are given true, None where it is not dealt by percentage."""

    key: str
    state: str
    percent: float | None
    variants: Mapping[str, Any]
    default_variant: str | None
    metadata: Mapping[str, Any] = {}
    rollout: Climb | None = None
    """Where the gate stands, None where the flag has none or nobody looked yet."""

    def told(self) -> dict[str, Any]:
        """The flag as a JSON object with these names."""
        climb = self.rollout
        told = (
            None
            if climb is None
            else {"percent": climb.percent, "evidence": climb.finding, "since": rfc3339(climb.since_ms), "why": climb.why}
        )
        return msgspec.structs.asdict(self) | {"rollout": told}


def _no_gate(_key: str) -> Climb | None:
    return None


class FlagDesk:
    """Writes the file; `written` has a running server take it over at once."""

    def __init__(
        self, file: File | None, written: Callable[[], None] | None = None, climb: Callable[[str], Climb | None] = _no_gate
    ) -> None:
        self._file = file
        self._written = written
        self._climb = climb

    def known(self) -> tuple[FlagLine, ...]:
        """Every flag of the file, none while there is no file. Raises `WrongInputError`."""
        if self._file is None:
            raise WrongInputError(_NO_FILE)
        before = self._before(self._file)
        return () if before is None else self.lines(before)

    def set(self, key: str, *, state: str | None = None, percent: int | None = None) -> FlagLine:
        """Switches a flag on or off, or deals it to so many percent of users; one that there is not is added.

        Raises `WrongInputError`.
        """
        if self._file is None:
            raise WrongInputError(_NO_FILE)
        if state is None and percent is None:
            raise WrongInputError("Say what to set: a state, a percentage, or both.")
        if state is not None:
            one_of("state", state, _STATES)
        if percent is not None and not 0 <= percent <= 100:
            raise WrongInputError(f"percent must be from 0 to 100, not {percent}.")
        if not key.strip() or len(key) > _MOST_KEY_CHARS or not key.isprintable():
            raise WrongInputError(f"A flag's key has from 1 to {_MOST_KEY_CHARS} printable characters.")
        before = self._before(self._file)
        document = changed_by(None if before is None else msgspec.json.decode(before), key, state, percent)
        self._file.write(document, before)
        if self._written is not None:
            self._written()
        return next(line for line in self.lines(msgspec.json.encode(document)) if line.key == key)

    def one(self, key: str) -> FlagLine:
        """The flag of that key. Raises `UnknownNameError`."""
        lines = {line.key: line for line in self.known()}
        if key not in lines:
            raise UnknownNameError("flag", key, nearest(key, lines))
        return lines[key]

    @staticmethod
    def _before(file: File) -> bytes | None:
        """What is in the file, which must be usable: nobody's broken work is replaced."""
        if file.stamp() is None:
            return None
        try:
            raw = file.read()
            flag_set(raw)
        except WrongInputError as error:
            raise WrongInputError(f"The file of flags cannot be used: {error}") from None
        return raw

    def lines(self, raw: bytes) -> tuple[FlagLine, ...]:
        """The flags of a file that can be used."""
        flags: Mapping[str, Mapping[str, Any]] = msgspec.json.decode(raw)["flags"]
        return tuple(
            FlagLine(
                key=key,
                state="on" if flag["state"] == "ENABLED" else "off",
                percent=percent_of(flag),
                variants=flag["variants"],
                default_variant=flag.get("defaultVariant"),
                metadata=flag.get("metadata") or {},
                rollout=self._climb(key) if MODEL in (flag.get("metadata") or {}) else None,
            )
            for key, flag in flags.items()
        )
