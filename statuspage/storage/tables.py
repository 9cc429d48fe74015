"""The tables. Times are UTC milliseconds, money is nano-dollars, words are numbers (`codes`, `classes`)."""

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _model(*, alone: bool = False) -> Column[int]:
    """The number of the model a row speaks of; the first part of a key, or the whole."""
    return Column("model", Integer, ForeignKey("models.number"), primary_key=True, autoincrement=False if alone else "auto")


def _key(name: str) -> Column[int]:
    return Column(name, BigInteger, primary_key=True)


def _figure(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


models: Final = Table(
    "models",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("first_seen_ms", BigInteger, nullable=False),
    sqlite_autoincrement=True,  # the number of a deleted model is never given again
)

cadences: Final = Table(
    "cadences", metadata, _model(), _key("since_ms"), Column("interval_ms", BigInteger, nullable=False), sqlite_with_rowid=False
)

vantages: Final = Table(
    "vantages", metadata, Column("number", Integer, primary_key=True), Column("name", Text, nullable=False, unique=True)
)

samples: Final = Table(
    "samples",
    metadata,
    _model(),
    _key("at_ms"),
    _figure("class_code"),
    _figure("fault_code"),
    _figure("kind_code"),
    _figure("probe_code"),
    _figure("flags"),
    _figure("vantage"),
    Column("http_status", Integer),
    Column("first_content_ms", Integer),
    Column("total_ms", Integer),
    Column("input_tokens", Integer),
    Column("output_tokens", Integer),
    Column("reasoning_tokens", Integer),
    Column("cost_nano_usd", BigInteger),
    sqlite_with_rowid=False,
)
"""The samples of the last day, a row each."""

sample_packs: Final = Table(
    "sample_packs", metadata, _model(), _key("start_ms"), Column("data", LargeBinary, nullable=False), sqlite_with_rowid=False
)
"""Older samples, six hours a row (`packs`)."""

evidence: Final = Table(
    "evidence",
    metadata,
    _model(),
    _key("at_ms"),
    _figure("kept"),
    Column("detail", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""What else is known of a sample: for a day, or, where `kept` is 1, as long as the sample."""


def _rollup(name: str) -> Table:
    return Table(
        name,
        metadata,
        _model(),
        _key("start_ms"),
        _figure("judged"),
        _figure("failed"),
        _figure("slow"),
        _figure("excluded"),
        Column("cost_nano_usd", BigInteger, nullable=False),
        Column("first_content", LargeBinary),
        Column("total", LargeBinary),
        Column("classes", LargeBinary),
        Column("status_ms", LargeBinary),
        sqlite_with_rowid=False,
    )


hours: Final = _rollup("hours")
"""The hours of the last days, a row each."""

hour_packs: Final = Table(
    "hour_packs", metadata, _model(), _key("start_ms"), Column("data", LargeBinary, nullable=False), sqlite_with_rowid=False
)
"""Older hours, a day (UTC) a row (`packs`)."""

days: Final = _rollup("days")

states: Final = Table(
    "states",
    metadata,
    _model(alone=True),
    Column("format", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
"""What the verdict remembers of a model."""

incidents: Final = Table(
    "incidents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("impact", Text, nullable=False),
    Column("started_at_ms", BigInteger, nullable=False),
    Column("detected_at_ms", BigInteger, nullable=False),
    Column("resolved_at_ms", BigInteger, index=True),
    Column("auto", Integer, nullable=False),
    Column("version", Integer, nullable=False, server_default="0"),
    Column("cause", Text),
)

incident_models: Final = Table(
    "incident_models",
    metadata,
    Column("incident", Text, ForeignKey("incidents.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("model", Integer, ForeignKey("models.number"), nullable=False),
    Column("impact", Text),
    Column("since_ms", BigInteger),
    Column("until_ms", BigInteger),
    sqlite_with_rowid=False,
)

incident_timeline: Final = Table(
    "incident_timeline",
    metadata,
    Column("incident", Text, ForeignKey("incidents.id"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("author", Text),
    sqlite_with_rowid=False,
)
"""The updates of incidents; `number` orders those of one moment, the oldest first."""

maintenances: Final = Table(
    "maintenances",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
"""Plans of maintenance, a document each."""

overrides: Final = Table("overrides", metadata, _model(alone=True), Column("data", LargeBinary, nullable=False))
"""What operators have readers told of a model, a document each."""

learnt: Final = Table("learnt", metadata, _model(), Column("parameter", Text, primary_key=True), sqlite_with_rowid=False)
"""Request parameters that a model rejects."""

ledger: Final = Table(
    "ledger",
    metadata,
    _key("day_ms"),
    Column("subject", Text, primary_key=True),
    Column("probe_code", Integer, primary_key=True),
    Column("kind_code", Integer, primary_key=True),
    Column("who", Text, primary_key=True),
    *(
        Column(name, BigInteger, nullable=False)
        for name in ("probes", "unpriced", "input_tokens", "output_tokens", "cost_nano_usd", "assumed_nano_usd")
    ),
    sqlite_with_rowid=False,
)
"""What was used and cost: sums of a UTC day; `subject` is a model's key or a provider's name, `who` a program's token."""

receipts: Final = Table(
    "receipts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at_ms", BigInteger, nullable=False, index=True),
    sqlite_with_rowid=False,
)
"""Calls that programs told of lately, so that none is counted twice."""

revision: Final = Table("revision", metadata, Column("number", BigInteger, primary_key=True, autoincrement=False))
"""One row: how many checks were ever stored."""

steering: Final = Table("steering", metadata, Column("number", BigInteger, primary_key=True, autoincrement=False))
"""One row: how many changes people ever made."""

notes: Final = Table(
    "notes",
    metadata,
    Column("topic", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""What a part of the service remembers of a model or a provider, as one document: the newest replaces the last."""

events: Final = Table(
    "events",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at_ms", BigInteger, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("public", Integer, nullable=False),
    Column("facts", LargeBinary, nullable=False),
)
"""What happened beyond statuses, oldest first; never changed."""

outbox: Final = Table(
    "outbox",
    metadata,
    Column("id", Text, primary_key=True),
    Column("number", BigInteger, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("incident", Text, index=True),
    Column("notice", LargeBinary, nullable=False),
    Column("addressed", Integer, nullable=False, index=True),
)
"""What people are to be told, written with the change it tells of; `addressed` is 1 once its deliveries are written."""

deliveries: Final = Table(
    "deliveries",
    metadata,
    Column("notice", Text, ForeignKey("outbox.id"), primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("number", BigInteger, nullable=False),
    Column("due_ms", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("error", Text),
    Column("settled_ms", BigInteger),
    Column("remote", Text),
)
"""One notice on its way to one channel; settled ones are the delivery log."""

subscribers: Final = Table(
    "subscribers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("created_ms", BigInteger, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
"""Who of the public asked to hear."""

users: Final = Table("users", metadata, Column("name", Text, primary_key=True), Column("data", LargeBinary, nullable=False))

tokens: Final = Table("tokens", metadata, Column("name", Text, primary_key=True), Column("data", LargeBinary, nullable=False))
"""By digest; a token itself is nowhere."""

sessions: Final = Table(
    "sessions",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("user", Text, nullable=False, index=True),
    Column("data", LargeBinary, nullable=False),
)

audit: Final = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("place", Text, nullable=False),
)
"""Every write by people, oldest first; never changed."""

Index("ix_deliveries_state_channel_number", deliveries.c.state, deliveries.c.channel, deliveries.c.number)
