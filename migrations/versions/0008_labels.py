"""Labels that an office gives, filters that it keeps; the queue's indexes know when a konten came in."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = "state IN ('BARU', 'DIPROSES')"
FIRST = [sa.text("priority DESC"), sa.text("id DESC")]
BEFORE = {"items_open": [*FIRST, "state"], "items_held": ["holder", *FIRST]}
AFTER = {"items_open": [*FIRST, "state", "at"], "items_held": ["holder", *FIRST, "at"]}

MARKED = (
    "UPDATE marks SET open = CASE WHEN NEW.state IN ('BARU', 'DIPROSES') THEN 1 ELSE 0 END, priority = NEW.priority"
    " WHERE item = NEW.id"
)
FOLLOW = f"$$ BEGIN {MARKED}; RETURN NULL; END $$"
SHIFT = f"UPDATE item_search SET open = NEW.{OPEN} WHERE item = NEW.id AND open <> (NEW.{OPEN})"  # noqa: S608
# On PostgreSQL the open konten get a search index of their own.
SEARCHED = (
    "ALTER TABLE item_search ADD COLUMN open boolean NOT NULL DEFAULT false",
    "ALTER TABLE item_search ALTER COLUMN open DROP DEFAULT",
    f"UPDATE item_search SET open = true FROM items WHERE items.id = item_search.item AND items.{OPEN}",  # noqa: S608
    "CREATE INDEX item_search_open ON item_search USING gin (words) WHERE open",
    "CREATE OR REPLACE FUNCTION jernih_follow() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN {MARKED}; {SHIFT}; RETURN NULL; END $$",
)


def upgrade() -> None:
    op.create_table(
        "labels",
        sa.Column("item", WHOLE, sa.ForeignKey("items.id"), nullable=False, autoincrement=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "act")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("id", WHOLE, sa.Identity(), primary_key=True),
    )
    op.create_index("labels_item", "labels", ["item"])
    op.create_index("labels_name", "labels", ["name"])
    op.create_table(
        "saved_filters",
        sa.Column("key", sa.Text(), primary_key=True, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("owner", "name", "query")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
    )
    op.create_index("saved_filters_owner", "saved_filters", ["owner"])
    placed(AFTER, ["at", "id"])
    postgres = op.get_bind().dialect.name == "postgresql"
    for statement in (*guards(postgres), *(SEARCHED if postgres else ())):
        op.execute(statement)


def downgrade() -> None:
    """What people gave and kept is never dropped."""
    for table in ("labels", "saved_filters"):
        if op.get_bind().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar():  # noqa: S608
            raise RuntimeError(f"{table} holds rows: a store with rows is not taken down")
        op.drop_table(table)
    placed(BEFORE, ["at"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"CREATE OR REPLACE FUNCTION jernih_follow() RETURNS trigger LANGUAGE plpgsql AS {FOLLOW}")
        op.drop_index("item_search_open", "item_search")
        op.drop_column("item_search", "open")


def placed(open_indexes: dict[str, list[object]], at: list[str]) -> None:
    """The queue's indexes with these columns in place of those that stand there."""
    for name, columns in open_indexes.items():
        op.drop_index(name, "items")
        op.create_index(name, "items", columns, sqlite_where=sa.text(OPEN), postgresql_where=sa.text(OPEN))
    op.drop_index("items_at" if len(at) > 1 else "items_at_id", "items")
    op.create_index("_".join(("items", *at)), "items", at)


def guards(postgres: bool) -> list[str]:
    if not postgres:
        return [
            f"CREATE TRIGGER labels_no_{act.lower()} BEFORE {act} ON labels"
            " BEGIN SELECT RAISE(ABORT, 'rows of labels are appended, never changed'); END"
            for act in ("UPDATE", "DELETE")
        ]
    kinds = (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT"))
    return [
        f"CREATE TRIGGER labels_no_{act.lower()} BEFORE {act} ON labels FOR EACH {each}"
        " EXECUTE FUNCTION jernih_refuse()"
        for act, each in kinds
    ]
