"""A first look at the file of feature flags, so that `check-config` tells of it before a server does."""

from pathlib import Path

import msgspec

from statuspage.config.report import Report
from statuspage.domain.flagfile import problems_of


def look_at_flags(path: Path | None, report: Report) -> None:
    """Warns of a file that cannot be used: a server starts without its flags. One that is not there yet is none to warn of."""
    if path is None or not path.is_file():
        return
    try:
        wrong = list(problems_of(msgspec.json.decode(path.read_bytes())))
    except OSError as error:
        wrong = [f"it cannot be read ({error.strerror or error})"]
    except msgspec.DecodeError as error:
        wrong = [f"it is no JSON: {error}"]
    if wrong:
        report.warning("flags", f"the file {path.name} cannot be used: {'; '.join(wrong)}")
