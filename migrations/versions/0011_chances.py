"""What is looked at by chance, the lane of denials with its search index, and gates that somebody overrode."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("draws", "reviews", "statements", "overrides")
INDEXES = (("reviews", "act", True), ("reviews", "item", False), ("reviews", "at", False), ("draws", "label", True),
           ("statements", "article", True), ("statements", "words", False), ("overrides", "rumor", False),
           ("overrides", "at", False))  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "draws",
        sa.Column("label", sa.Text(), nullable=False),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in ("start", "until", "at")),
        sa.Column("seed", sa.Text(), nullable=False),
        sa.Column("pool", WHOLE, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("pooled", "articles")),
        sa.Column("id", WHOLE, sa.Identity(), primary_key=True),
    )
    op.create_table(
        "reviews",
        *(sa.Column(name, WHOLE, sa.ForeignKey(f"{other}.id"), nullable=False, autoincrement=False)
          for name, other in (("item", "items"), ("act", "item_acts"))),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("by", "outcome", "note")),
        sa.Column("id", WHOLE, sa.Identity(), primary_key=True),
    )  # fmt: skip
    op.create_table(
        "statements",
        sa.Column("article", WHOLE, sa.ForeignKey("articles.id"), nullable=False, autoincrement=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("official", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", WHOLE, sa.Identity(), primary_key=True),
    )
    op.create_table(
        "overrides",
        *(sa.Column(name, WHOLE, sa.ForeignKey(f"{other}.id"), nullable=False, autoincrement=False)
          for name, other in (("rumor", "rumors"), ("verdict", "verdicts"))),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("gate", "reason")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("id", WHOLE, sa.Identity(), primary_key=True),
    )  # fmt: skip
    for table, column, unique in INDEXES:
        op.create_index(f"{table}_{column}", table, [column], unique=unique)
    postgres = op.get_bind().dialect.name == "postgresql"
    for statement in (*searched(postgres), *(guard for table in TABLES for guard in guards(table, postgres))):
        op.execute(statement)


def downgrade() -> None:
    """What chance chose, and who overrode which gate, is never dropped."""
    for table in TABLES:
        if op.get_bind().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar():  # noqa: S608
            raise RuntimeError(f"{table} holds rows: a store with rows is not taken down")
    for table in ("statement_search", *reversed(TABLES)):
        op.drop_table(table)


def searched(postgres: bool) -> list[str]:
    if not postgres:
        return ["CREATE VIRTUAL TABLE statement_search USING"
                " fts5(words, content='', tokenize='unicode61 remove_diacritics 0')"]  # fmt: skip
    return [
        "CREATE TABLE statement_search"
        " (statement bigint PRIMARY KEY REFERENCES statements (id), words tsvector NOT NULL)",
        "CREATE INDEX statement_search_words ON statement_search USING gin (words)",
    ]


def guards(table: str, postgres: bool) -> list[str]:
    if not postgres:
        return [
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, 'rows of {table} are appended, never changed'); END"
            for act in ("UPDATE", "DELETE")
        ]
    kinds = (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT"))
    return [
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} FOR EACH {each}"
        " EXECUTE FUNCTION jernih_refuse()"
        for act, each in kinds
    ]
