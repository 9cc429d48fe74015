"""One check as rows, made before the transaction so that a value that cannot be stored fails alone."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from statuspage.domain.errors import StorageError
from statuspage.domain.incident import Incident
from statuspage.domain.ledger import Line, line_of
from statuspage.domain.notice import Notice
from statuspage.domain.ports import CheckRecord
from statuspage.storage.engine import Database
from statuspage.storage.evidence import evidence_row
from statuspage.storage.incidents import incident_writes
from statuspage.storage.ledger import ledger_writes
from statuspage.storage.outbox import notice_writes
from statuspage.storage.revision import grow
from statuspage.storage.rollups import bucket_row
from statuspage.storage.samples import sample_row
from statuspage.storage.statement import Row, Write
from statuspage.storage.states import state_row
from statuspage.storage.tables import days, evidence, hours, samples, states


class CheckRows(NamedTuple):
    """What one check writes, table by table."""

    sample: Row
    evidence: Row
    state: Row
    hours: list[Row]
    days: list[Row]
    incidents: tuple[Incident, ...]
    notices: tuple[Notice, ...]
    line: Line


def rows_of(check: CheckRecord, number: int, numbers: Mapping[str, int], vantage: int) -> CheckRows:
    """The rows of one check; raises `StorageError` when a value cannot be stored."""
    try:
        for incident in check.incidents:
            for key in incident.models:
                numbers[key]
        return CheckRows(
            sample=sample_row(number, check.sample, vantage),
            evidence=evidence_row(number, check.sample),
            state=state_row(number, check.state),
            hours=[bucket_row(number, bucket) for bucket in check.hours],
            days=[bucket_row(number, bucket) for bucket in check.days],
            incidents=check.incidents,
            notices=check.notices,
            line=line_of(check.sample),
        )
    except (KeyError, ValueError, TypeError, OverflowError) as error:
        msg = f"The check of {check.sample.model} cannot be stored: {type(error).__name__}: {error}."
        raise StorageError(msg) from error


def check_writes(database: Database, checks: Sequence[CheckRows], numbers: Mapping[str, int]) -> list[Write]:
    """Everything that stores these checks, for one transaction."""
    return [
        database.upsert(samples, [check.sample for check in checks]),
        database.upsert(evidence, [check.evidence for check in checks]),
        database.upsert(states, [check.state for check in checks]),
        database.upsert(hours, [row for check in checks for row in check.hours]),
        database.upsert(days, [row for check in checks for row in check.days]),
        *incident_writes(database, (incident for check in checks for incident in check.incidents), numbers),
        *notice_writes([notice for check in checks for notice in check.notices]),
        *ledger_writes(database, [check.line for check in checks]),
        grow(len(checks)),
    ]
