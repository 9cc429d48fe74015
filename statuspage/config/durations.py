"""What the configuration says of a duration that cannot be used."""

import re
from typing import Final

from statuspage.config.problem import Complaint, quote
from statuspage.domain.durations import seconds

_PART_WITHOUT_UNIT: Final = re.compile(r"[0-9.]+")
MAX_S: Final = 100 * 365 * 86400.0
DURATION_PATTERN: Final = r"^([0-9]+(\.[0-9]+)?(ms|s|m|h|d))+$|\$"
"""For the JSON Schema: a duration, or text that holds a `${VAR}`."""


def check_duration(text: str, raw: str) -> Complaint | None:
    """What is wrong with a duration as written in `raw`."""
    value = seconds(text)
    if value is None:
        if _PART_WITHOUT_UNIT.fullmatch(text):
            return Complaint(f"{quote(raw)} lacks a unit: write ms, s, m, h or d after the number, such as 30s")
        return Complaint(f"{quote(raw)} is not a duration: write numbers with a unit ms, s, m, h or d, such as 5m, 1h30m or 0.2s")
    if value > MAX_S:
        return Complaint(f"{quote(raw)} is longer than a hundred years: write a shorter duration")
    return None
