"""What people are to be told, and how far each notice got at each channel."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("incident", sa.Text()),
        sa.Column("notice", sa.LargeBinary(), nullable=False),
        sa.Column("addressed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    op.create_index("ix_outbox_number", "outbox", ["number"])
    op.create_index("ix_outbox_incident", "outbox", ["incident"])
    op.create_index("ix_outbox_addressed", "outbox", ["addressed"])
    op.create_table(
        "deliveries",
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("due_ms", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("settled_ms", sa.BigInteger()),
        sa.Column("remote", sa.Text()),
        sa.ForeignKeyConstraint(["notice"], ["outbox.id"], name="fk_deliveries_notice_outbox"),
        sa.PrimaryKeyConstraint("notice", "channel", name="pk_deliveries"),
    )
    op.create_index("ix_deliveries_state_channel_number", "deliveries", ["state", "channel", "number"])


def downgrade() -> None:
    op.drop_table("deliveries")
    op.drop_table("outbox")
