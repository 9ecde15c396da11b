"""The score of a konten may follow: what was brought in while no model was there is scored once there is one again."""

from alembic import op

revision = "0014"
down_revision = "0013"

BEFORE, AFTER = "article, score, at, origin, id", "article, at, origin, id"
WAIT = """
INSERT INTO waiting (entry, stage, due, host, tries)
SELECT articles.entry, 'score', items.at, '', 0
FROM items JOIN scores ON scores.id = items.score JOIN articles ON articles.id = items.article
WHERE scores.model = '' AND items.origin = 'manual'
  AND NOT EXISTS (SELECT 1 FROM waiting WHERE waiting.entry = articles.entry)
"""


def upgrade() -> None:
    fix(AFTER)
    op.execute(WAIT)


def downgrade() -> None:
    fix(BEFORE)


def fix(columns: str) -> None:
    """These columns of a konten never change."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER items_no_update ON items")
        op.execute(f"CREATE TRIGGER items_no_update BEFORE UPDATE OF {columns} ON items FOR EACH ROW"
                   " EXECUTE FUNCTION jernih_refuse()")  # fmt: skip
        return
    op.execute("DROP TRIGGER items_no_update")
    op.execute(f"CREATE TRIGGER items_no_update BEFORE UPDATE OF {columns} ON items BEGIN"
               " SELECT RAISE(ABORT, 'rows of items are appended, never changed'); END")  # fmt: skip
