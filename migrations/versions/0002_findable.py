"""By what konten are found: marks (source, region, topic, target), and the words that search looks in.

Both are derived from rows: taken down they lose nothing; the store fills them again after the upgrade.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PLACE = "open = CASE WHEN NEW.state IN ('BARU', 'DIPROSES') THEN 1 ELSE 0 END, priority = NEW.priority"
FOLLOW = f"UPDATE marks SET {PLACE} WHERE item = NEW.id"  # noqa: S608
SQLITE = (
    "CREATE VIRTUAL TABLE item_search USING"
    " fts5(words, marks, content='', tokenize='unicode61 remove_diacritics 0')",
    f"CREATE TRIGGER items_follow AFTER UPDATE OF state, priority ON items BEGIN {FOLLOW}; END",
)
POSTGRES = (
    "CREATE TABLE item_search (item bigint PRIMARY KEY REFERENCES items (id), words tsvector NOT NULL)",
    "CREATE INDEX item_search_words ON item_search USING gin (words)",
    "ALTER TABLE item_search ALTER COLUMN words SET STATISTICS 1000",
    "CREATE FUNCTION jernih_follow() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN {FOLLOW}; RETURN NULL; END $$",
    "CREATE TRIGGER items_follow AFTER UPDATE OF state, priority ON items"
    " FOR EACH ROW EXECUTE FUNCTION jernih_follow()",
)


def upgrade() -> None:
    op.create_table(
        "marks",
        sa.Column("mark", sa.Text(), primary_key=True),
        sa.Column("item", WHOLE, sa.ForeignKey("items.id"), primary_key=True, autoincrement=False),
        sa.Column("priority", sa.Double(), nullable=False),
        sa.Column("open", WHOLE, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("marks_item", "marks", ["item"])
    op.create_index(
        "marks_open",
        "marks",
        ["mark", sa.text("priority DESC"), sa.text("item DESC")],
        sqlite_where=sa.text("open = 1"),
        postgresql_where=sa.text("open = 1"),
    )
    for statement in POSTGRES if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER items_follow ON items")
        op.execute("DROP FUNCTION jernih_follow()")
    else:
        op.execute("DROP TRIGGER items_follow")
    op.drop_table("item_search")
    op.drop_table("marks")
