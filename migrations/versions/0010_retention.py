"""Which entries have the same words: what retention erases must be asked of all of them."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_index("entries_words", "entries", ["words"])


def downgrade() -> None:
    op.drop_index("entries_words", "entries")
