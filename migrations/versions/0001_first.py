"""The first tables.

Revision ID: 0001
Revises:
"""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPLICATION_ID = 0x53745067
"""Says in an SQLite file's header whose file it is (`storage/inspection.py`)."""


def _model(table: str, *, autoincrement: Literal["auto"] | bool = "auto") -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("model", sa.Integer(), nullable=False, autoincrement=autoincrement),
        sa.ForeignKeyConstraint(["model"], ["models.number"], name=f"fk_{table}_model_models"),
    ]


def _pack(table: str) -> None:
    op.create_table(
        table,
        *_model(table),
        sa.Column("start_ms", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("model", "start_ms", name=f"pk_{table}"),
        sqlite_with_rowid=False,
    )


def _rollup(table: str) -> None:
    op.create_table(
        table,
        *_model(table),
        sa.Column("start_ms", sa.BigInteger(), nullable=False),
        sa.Column("judged", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("slow", sa.Integer(), nullable=False),
        sa.Column("excluded", sa.Integer(), nullable=False),
        sa.Column("cost_nano_usd", sa.BigInteger(), nullable=False),
        sa.Column("first_content", sa.LargeBinary()),
        sa.Column("total", sa.LargeBinary()),
        sa.Column("classes", sa.LargeBinary()),
        sa.Column("status_ms", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("model", "start_ms", name=f"pk_{table}"),
        sqlite_with_rowid=False,
    )


def upgrade() -> None:
    op.create_table(
        "models",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("first_seen_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_models"),
        sa.UniqueConstraint("key", name="uq_models_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "cadences",
        *_model("cadences"),
        sa.Column("since_ms", sa.BigInteger(), nullable=False),
        sa.Column("interval_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("model", "since_ms", name="pk_cadences"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vantages",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_vantages"),
        sa.UniqueConstraint("name", name="uq_vantages_name"),
    )
    op.create_table(
        "samples",
        *_model("samples"),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("class_code", sa.Integer(), nullable=False),
        sa.Column("fault_code", sa.Integer(), nullable=False),
        sa.Column("kind_code", sa.Integer(), nullable=False),
        sa.Column("probe_code", sa.Integer(), nullable=False),
        sa.Column("flags", sa.Integer(), nullable=False),
        sa.Column("vantage", sa.Integer(), nullable=False),
        sa.Column("http_status", sa.Integer()),
        sa.Column("first_content_ms", sa.Integer()),
        sa.Column("total_ms", sa.Integer()),
        sa.Column("input_tokens", sa.Integer()),
        sa.Column("output_tokens", sa.Integer()),
        sa.Column("reasoning_tokens", sa.Integer()),
        sa.Column("cost_nano_usd", sa.BigInteger()),
        sa.PrimaryKeyConstraint("model", "at_ms", name="pk_samples"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "evidence",
        *_model("evidence"),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("detail", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("model", "at_ms", name="pk_evidence"),
        sqlite_with_rowid=False,
    )
    _pack("sample_packs")
    _rollup("hours")
    _pack("hour_packs")
    _rollup("days")
    op.create_table(
        "states",
        *_model("states", autoincrement=False),
        sa.Column("format", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("model", name="pk_states"),
    )
    op.create_table(
        "incidents",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("impact", sa.Text(), nullable=False),
        sa.Column("started_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("detected_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("resolved_at_ms", sa.BigInteger()),
        sa.Column("auto", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_incidents"),
    )
    op.create_index("ix_incidents_resolved_at_ms", "incidents", ["resolved_at_ms"])
    op.create_table(
        "incident_models",
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("model", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incidents.id"], name="fk_incident_models_incident_incidents"),
        sa.ForeignKeyConstraint(["model"], ["models.number"], name="fk_incident_models_model_models"),
        sa.PrimaryKeyConstraint("incident", "position", name="pk_incident_models"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "incident_updates",
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("author", sa.Text()),
        sa.ForeignKeyConstraint(["incident"], ["incidents.id"], name="fk_incident_updates_incident_incidents"),
        sa.PrimaryKeyConstraint("incident", "position", name="pk_incident_updates"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "learnt",
        *_model("learnt"),
        sa.Column("parameter", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("model", "parameter", name="pk_learnt"),
        sqlite_with_rowid=False,
    )
    revisions = op.create_table(
        "revision",
        sa.Column("number", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("number", name="pk_revision"),
    )
    op.bulk_insert(revisions, [{"number": 0}])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def downgrade() -> None:
    for table in (
        "revision", "learnt", "incident_updates", "incident_models", "incidents", "states", "days", "hour_packs", "hours",
        "sample_packs", "evidence", "samples", "vantages", "cadences", "models",
    ):  # fmt: skip
        op.drop_table(table)
