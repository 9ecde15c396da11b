"""How a source last showed an entry: a state table, so that an edit in a feed is noticed once."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "showings",
        sa.Column("entry", WHOLE, sa.ForeignKey("entries.id"), primary_key=True, autoincrement=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    """State only: taken down, the next visit of a source sees its edits anew."""
    op.drop_table("showings")
