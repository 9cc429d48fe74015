"""The counter of what people changed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    steering = op.create_table(
        "steering",
        sa.Column("number", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("number", name="pk_steering"),
    )
    op.bulk_insert(steering, [{"number": 0}])


def downgrade() -> None:
    op.drop_table("steering")
