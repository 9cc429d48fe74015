"""Incidents that several hands write, maintenance and overrides."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("incidents", sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("incidents", sa.Column("cause", sa.Text()))
    op.add_column("incident_models", sa.Column("impact", sa.Text()))
    op.add_column("incident_models", sa.Column("since_ms", sa.BigInteger()))
    op.add_column("incident_models", sa.Column("until_ms", sa.BigInteger()))
    # The key changes from the place in the timeline to the update's own id: what two processes add at once both stays.
    op.create_table(
        "incident_timeline",
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("author", sa.Text()),
        sa.ForeignKeyConstraint(["incident"], ["incidents.id"], name="fk_incident_timeline_incident_incidents"),
        sa.PrimaryKeyConstraint("incident", "id", name="pk_incident_timeline"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO incident_timeline (incident, id, number, status, body, at_ms, author) "
        "SELECT incident, id, -position, status, body, at_ms, author FROM incident_updates"
    )
    op.drop_table("incident_updates")
    op.create_table(
        "maintenances",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_maintenances"),
    )
    op.create_table(
        "overrides",
        sa.Column("model", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["model"], ["models.number"], name="fk_overrides_model_models"),
        sa.PrimaryKeyConstraint("model", name="pk_overrides"),
    )


def downgrade() -> None:
    op.drop_table("overrides")
    op.drop_table("maintenances")
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
    op.execute(
        "INSERT INTO incident_updates (incident, position, id, status, body, at_ms, author) "
        "SELECT incident, row_number() OVER (PARTITION BY incident ORDER BY at_ms DESC, number DESC) - 1, id, status, body, "
        "at_ms, author FROM incident_timeline"
    )
    op.drop_table("incident_timeline")
    for column in ("until_ms", "since_ms", "impact"):
        op.drop_column("incident_models", column)
    for column in ("cause", "version"):
        op.drop_column("incidents", column)
