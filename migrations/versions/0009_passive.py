"""Who asked, in the ledger; and which calls of programs were told already."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_PLACE = ("day_ms", "subject", "probe_code", "kind_code")
_FIGURES = ("probes", "unpriced", "input_tokens", "output_tokens", "cost_nano_usd", "assumed_nano_usd")


def upgrade() -> None:
    _rebuild((*_PLACE, "who"), "")
    op.create_table(
        "receipts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_receipts"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_receipts_at_ms", "receipts", ["at_ms"])


def downgrade() -> None:
    op.drop_table("receipts")
    op.execute("DELETE FROM ledger WHERE who <> ''")
    _rebuild(_PLACE, None)


def _rebuild(place: tuple[str, ...], who: str | None) -> None:
    """Makes the table anew with another primary key, which SQLite cannot change in place, and carries its rows over."""
    op.rename_table("ledger", "ledger_before")
    if op.get_bind().dialect.name == "postgresql":  # there the key's index has a name of its own, which a renamed table keeps
        op.execute("ALTER INDEX pk_ledger RENAME TO pk_ledger_before")
    made = op.create_table(
        "ledger",
        sa.Column("day_ms", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("probe_code", sa.Integer(), nullable=False),
        sa.Column("kind_code", sa.Integer(), nullable=False),
        *([] if who is None else [sa.Column("who", sa.Text(), nullable=False)]),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in _FIGURES),
        sa.PrimaryKeyConstraint(*place, name="pk_ledger"),
        sqlite_with_rowid=False,
    )
    before = sa.table("ledger_before", *(sa.column(name) for name in (*_PLACE, *_FIGURES)))
    rows = [before.c[name] if name in before.c else sa.literal(who) for name in made.c.keys()]  # noqa: SIM118 - columns, no names
    op.execute(made.insert().from_select(made.c.keys(), sa.select(*rows)))
    op.drop_table("ledger_before")
