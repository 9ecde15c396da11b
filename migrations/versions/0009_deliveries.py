"""The outbox: deliveries of publications and digests to channels, and what was done to them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("deliveries", "delivery_acts")
# Of these only the columns of the projection may change.
FIXED = {"deliveries": "key, channel, kind, act, at, clarification, post, edition, report, id"}


def upgrade() -> None:
    op.create_table(
        "deliveries",
        *text("key", "channel", "kind", "act"), *moment("at", "due"), *whole("clarification"), of("post", "posts"),
        *whole("edition"), of("report", "editions"), *text("state"), *whole("tries"), *text("way", "remote"),
        flag("doubt"), *text("sentence"), *whole("version"), number(),
    )  # fmt: skip
    op.create_table(
        "delivery_acts",
        of("delivery", "deliveries", False), *moment("at"), *text("who", "act", "old", "new"), *moment("due"),
        *whole("tries"), *text("way", "remote"), flag("doubt"), *text("sentence", "cause"), number(),
    )  # fmt: skip
    op.create_index("deliveries_key", "deliveries", ["key"], unique=True)
    for table, column in (("deliveries", "state"), ("deliveries", "clarification"), ("deliveries", "report"),
                          ("delivery_acts", "delivery")):  # fmt: skip
        op.create_index(f"{table}_{column}", table, [column])
    postgres = op.get_bind().dialect.name == "postgresql"
    for table in TABLES:
        for statement in postgres_guards(table) if postgres else sqlite_guards(table):
            op.execute(statement)


def downgrade() -> None:
    """What was sent is never dropped: only without rows does the store go down."""
    for table in TABLES:
        if op.get_bind().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar():  # noqa: S608
            raise RuntimeError(f"{table} holds rows: a store with rows is not taken down")
    for table in reversed(TABLES):
        op.drop_table(table)


def sqlite_guards(table: str) -> list[str]:
    refusal = f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are appended, never changed'); END"
    columns = f" OF {FIXED[table]}" if table in FIXED else ""
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE{columns} ON {table} {refusal}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refusal}",
    ]


def postgres_guards(table: str) -> list[str]:
    columns = f" OF {FIXED[table]}" if table in FIXED else ""
    kinds = (("no_update", f"UPDATE{columns}", "ROW"), ("no_delete", "DELETE", "ROW"),
             ("no_truncate", "TRUNCATE", "STATEMENT"))  # fmt: skip
    return [
        f"CREATE TRIGGER {table}_{name} BEFORE {when} ON {table} FOR EACH {each} EXECUTE FUNCTION jernih_refuse()"
        for name, when, each in kinds
    ]


def text(*names: str) -> "list[sa.Column[str]]":
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def moment(*names: str) -> "list[sa.Column[object]]":
    return [sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in names]


def whole(*names: str) -> "list[sa.Column[int]]":
    return [sa.Column(name, WHOLE, nullable=False) for name in names]


def flag(name: str) -> "sa.Column[bool]":
    return sa.Column(name, sa.Boolean(), nullable=False)


def number() -> "sa.Column[int]":
    return sa.Column("id", WHOLE, sa.Identity(), primary_key=True)


def of(name: str, table: str, optional: bool = True) -> "sa.Column[int]":
    return sa.Column(name, WHOLE, sa.ForeignKey(f"{table}.id"), nullable=optional, autoincrement=False)
