"""Every row of the corridor, the audit with its anchor, the payloads, and the guards that let rows only be appended."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = "state IN ('BARU', 'DIPROSES')"
APPENDED = (
    "cycles",
    "fetches",
    "moves",
    "entries",
    "articles",
    "scores",
    "items",
    "item_acts",
    "rumors",
    "carriers",
    "rumor_acts",
    "evidence",
    "verdicts",
    "signatures",
    "audit",
    "erasures",
)
# Of these only the columns of the projection may change.
FIXED = {
    "items": "article, score, at, origin, id",
    "rumors": "words, at, by, id",
}
TABLES = (
    "alerts",
    "audit",
    "cycles",
    "erasures",
    "fetches",
    "heads",
    "moves",
    "rumors",
    "schedules",
    "words",
    "entries",
    "evidence",
    "rumor_acts",
    "verdicts",
    "articles",
    "signatures",
    "waiting",
    "scores",
    "items",
    "carriers",
    "item_acts",
)


def upgrade() -> None:
    tables()
    postgres = op.get_bind().dialect.name == "postgresql"
    for statement in postgres_guards() if postgres else sqlite_guards():
        op.execute(statement)


def downgrade() -> None:
    """Only an empty store is taken down: rows and audit are never dropped."""
    for table in APPENDED:
        query = f"SELECT count(*) FROM {table}"  # noqa: S608
        if op.get_bind().exec_driver_sql(query).scalar():
            raise RuntimeError(f"{table} holds rows: a store with rows is not taken down")
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION jernih_refuse()")


def sqlite_guards() -> Iterator[str]:
    for table in APPENDED:
        columns = f" OF {FIXED[table]}" if table in FIXED else ""
        refusal = f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are appended, never changed'); END"
        yield f"CREATE TRIGGER {table}_no_update BEFORE UPDATE{columns} ON {table} {refusal}"
        yield f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refusal}"


def postgres_guards() -> Iterator[str]:
    yield (
        "CREATE FUNCTION jernih_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'rows of % are appended, never changed', TG_TABLE_NAME"
        " USING ERRCODE = 'restrict_violation'; END $$"
    )
    for table in APPENDED:
        columns = f" OF {FIXED[table]}" if table in FIXED else ""
        for name, when, each in (
            ("no_update", f"UPDATE{columns}", "ROW"),
            ("no_delete", "DELETE", "ROW"),
            ("no_truncate", "TRUNCATE", "STATEMENT"),
        ):
            yield (
                f"CREATE TRIGGER {table}_{name} BEFORE {when} ON {table}"
                f" FOR EACH {each} EXECUTE FUNCTION jernih_refuse()"
            )


def tables() -> None:
    op.create_table(
        "alerts",
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cleared", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", WHOLE, sa.Identity(), primary_key=True),
    )

    op.create_table(
        "audit",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("noun", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("id", WHOLE, sa.Identity(), primary_key=True),
    )
    op.create_index("audit_at", "audit", ["at"])
    op.create_index("audit_noun_key", "audit", ["noun", "key"])

    op.create_table(
        "cycles",
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", WHOLE, nullable=False),
        sa.Column("fetched", WHOLE, nullable=False),
        sa.Column("failed", WHOLE, nullable=False),
        sa.Column("new", WHOLE, nullable=False),
        sa.Column("flagged", WHOLE, nullable=False),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.Column("id", WHOLE, sa.Identity(), primary_key=True),
    )
    op.create_index("cycles_ended", "cycles", ["ended"])

    op.create_table(
        "erasures",
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("id", WHOLE, sa.Identity(), primary_key=True),
    )
    op.create_index("erasures_words", "erasures", ["words"])

    op.create_table(
        "fetches",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("status", WHOLE, nullable=False),
        sa.Column("final_url", sa.Text(), nullable=False),
        sa.Column("size", WHOLE, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("seen", WHOLE, nullable=False),
        sa.Column("new", WHOLE, nullable=False),
        sa.Column("left", WHOLE, nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("retry", sa.Boolean(), nullable=False),
        sa.Column("entry", WHOLE, nullable=False),
        sa.Column("id", WHOLE, sa.Identity(), primary_key=True),
    )
    op.create_index("fetches_source_started", "fetches", ["source", "started"])
    op.create_index("fetches_started", "fetches", ["started"])

    op.create_table(
        "heads",
        sa.Column("chain", sa.Text(), primary_key=True),
        sa.Column("acts", WHOLE, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
    )

    op.create_table(
        "moves",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", WHOLE, sa.Identity(), primary_key=True),
    )
    op.create_index("moves_source", "moves", ["source"])

    op.create_table(
        "rumors",
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("id", WHOLE, sa.Identity(), primary_key=True),
    )
    op.create_index("rumors_state", "rumors", ["state"])

    op.create_table(
        "schedules",
        sa.Column("source", sa.Text(), primary_key=True),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("last_modified", sa.Text(), nullable=False),
        sa.Column("failures", WHOLE, nullable=False),
        sa.Column("paused", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("moving_to", sa.Text(), nullable=False),
        sa.Column("moving_count", WHOLE, nullable=False),
        sa.Column("tried", sa.DateTime(timezone=True), nullable=True),
        sa.Column("succeeded", sa.DateTime(timezone=True), nullable=True),
        sa.Column("renewed", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
    )

    op.create_table(
        "words",
        sa.Column("digest", sa.Text(), primary_key=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
    )

    op.create_table(
        "entries",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("fetch", WHOLE, sa.ForeignKey("fetches.id"), autoincrement=False, nullable=True),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_doubt", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("via", sa.Text(), nullable=False),
        sa.Column("image", sa.Text(), nullable=False),
        sa.Column("id", WHOLE, sa.Identity(), primary_key=True),
    )
    op.create_index("entries_fetch", "entries", ["fetch"])
    op.create_index("entries_identity", "entries", ["identity"], unique=True)
    op.create_index("entries_seen", "entries", ["seen"])

    op.create_table(
        "evidence",
        sa.Column("rumor", WHOLE, sa.ForeignKey("rumors.id"), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("official", sa.Text(), nullable=False),
        sa.Column("published", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", WHOLE, sa.Identity(), primary_key=True),
    )
    op.create_index("evidence_rumor", "evidence", ["rumor"])

    op.create_table(
        "rumor_acts",
        sa.Column("rumor", WHOLE, sa.ForeignKey("rumors.id"), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", WHOLE, sa.Identity(), primary_key=True),
    )
    op.create_index("rumor_acts_rumor", "rumor_acts", ["rumor"])

    op.create_table(
        "verdicts",
        sa.Column("rumor", WHOLE, sa.ForeignKey("rumors.id"), autoincrement=False, nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("conflict", sa.Boolean(), nullable=False),
        sa.Column("id", WHOLE, sa.Identity(), primary_key=True),
    )
    op.create_index("verdicts_at", "verdicts", ["at"])
    op.create_index("verdicts_rumor", "verdicts", ["rumor"])

    op.create_table(
        "articles",
        sa.Column("entry", WHOLE, sa.ForeignKey("entries.id"), autoincrement=False, nullable=False),
        sa.Column("fetch", WHOLE, sa.ForeignKey("fetches.id"), autoincrement=False, nullable=True),
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("declared", sa.Text(), nullable=False),
        sa.Column("published", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_from", sa.Text(), nullable=False),
        sa.Column("image", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("doubt", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("id", WHOLE, sa.Identity(), primary_key=True),
    )
    op.create_index("articles_at", "articles", ["at"])
    op.create_index("articles_entry_version", "articles", ["entry", "version"], unique=True)
    op.create_index("articles_page", "articles", ["page"])
    op.create_index("articles_words", "articles", ["words"])

    op.create_table(
        "signatures",
        sa.Column("verdict", WHOLE, sa.ForeignKey("verdicts.id"), autoincrement=False, nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", WHOLE, sa.Identity(), primary_key=True),
    )
    op.create_index("signatures_verdict", "signatures", ["verdict"])

    op.create_table(
        "waiting",
        sa.Column("entry", WHOLE, sa.ForeignKey("entries.id"), primary_key=True, autoincrement=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("tries", WHOLE, nullable=False),
    )
    op.create_index("waiting_stage_due", "waiting", ["stage", "due"])

    op.create_table(
        "scores",
        sa.Column("article", WHOLE, sa.ForeignKey("articles.id"), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hoax", sa.Double(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("election", sa.Double(), nullable=False),
        sa.Column("flag", sa.Boolean(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("targets", sa.Text(), nullable=False),
        sa.Column("regions", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("doubt", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("id", WHOLE, sa.Identity(), primary_key=True),
    )
    op.create_index("scores_article", "scores", ["article"])

    op.create_table(
        "items",
        sa.Column("article", WHOLE, sa.ForeignKey("articles.id"), autoincrement=False, nullable=False),
        sa.Column("score", WHOLE, sa.ForeignKey("scores.id"), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("priority", sa.Double(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("id", WHOLE, sa.Identity(), primary_key=True),
    )
    op.create_index("items_article", "items", ["article"], unique=True)
    op.create_index("items_at", "items", ["at"])
    op.create_index(
        "items_held",
        "items",
        ["holder", sa.text("priority DESC"), sa.text("id DESC")],
        sqlite_where=sa.text("state IN ('BARU', 'DIPROSES')"),
        postgresql_where=sa.text("state IN ('BARU', 'DIPROSES')"),
    )
    op.create_index(
        "items_open",
        "items",
        [sa.text("priority DESC"), sa.text("id DESC"), "state"],
        sqlite_where=sa.text("state IN ('BARU', 'DIPROSES')"),
        postgresql_where=sa.text("state IN ('BARU', 'DIPROSES')"),
    )

    op.create_table(
        "carriers",
        sa.Column("rumor", WHOLE, sa.ForeignKey("rumors.id"), autoincrement=False, nullable=False),
        sa.Column("item", WHOLE, sa.ForeignKey("items.id"), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("id", WHOLE, sa.Identity(), primary_key=True),
    )
    op.create_index("carriers_item", "carriers", ["item"])
    op.create_index("carriers_rumor", "carriers", ["rumor"])

    op.create_table(
        "item_acts",
        sa.Column("item", WHOLE, sa.ForeignKey("items.id"), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", WHOLE, sa.Identity(), primary_key=True),
    )
    op.create_index("item_acts_at", "item_acts", ["at"])
    op.create_index("item_acts_item", "item_acts", ["item"])
