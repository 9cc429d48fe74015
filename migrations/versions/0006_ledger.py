"""The ledger of what probing cost."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ledger",
        sa.Column("day_ms", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("probe_code", sa.Integer(), nullable=False),
        sa.Column("kind_code", sa.Integer(), nullable=False),
        sa.Column("probes", sa.BigInteger(), nullable=False),
        sa.Column("unpriced", sa.BigInteger(), nullable=False),
        sa.Column("input_tokens", sa.BigInteger(), nullable=False),
        sa.Column("output_tokens", sa.BigInteger(), nullable=False),
        sa.Column("cost_nano_usd", sa.BigInteger(), nullable=False),
        sa.Column("assumed_nano_usd", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day_ms", "subject", "probe_code", "kind_code", name="pk_ledger"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("ledger")
