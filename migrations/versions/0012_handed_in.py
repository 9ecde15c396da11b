"""Files that people hand in, where a konten spread, isu that were merged, letters to the press, and unsent forms."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPENDED = ("attachments", "sightings", "mergers", "press_letters")
INDEXES = (("attachments", ("noun", "key"), False), ("attachments", ("words",), False),
           ("sightings", ("item",), False), ("mergers", ("rumor",), True), ("mergers", ("target",), False),
           ("press_letters", ("item",), False), ("unsent", ("account",), False))  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "attachments", *texts("noun"), *wholes("key"), *texts("original", "kind"), *wholes("size"), *texts("words"),
        moment("at"), *texts("by", "copy", "mosaic"), *wholes("width", "height"), own()
    )  # fmt: skip
    op.create_table(
        "sightings", reference("item", "items"), *texts("channel", "words"), moment("at"), *texts("by"),
        moment("seen", optional=True), *wholes("forwards"), own()
    )  # fmt: skip
    op.create_table(
        "mergers", reference("rumor", "rumors"), reference("target", "rumors"), moment("at"), *texts("by", "reason"),
        own()
    )  # fmt: skip
    op.create_table(
        "press_letters", reference("item", "items"), *texts("kind", "outlet", "words"), moment("at"), *texts("by"),
        *wholes("rumor"), own()
    )  # fmt: skip
    op.create_table(
        "unsent", sa.Column("key", sa.Text(), primary_key=True), *texts("account", "path", "fields"), moment("at")
    )
    for table, columns, unique in INDEXES:
        op.create_index(f"{table}_{'_'.join(columns)}", table, list(columns), unique=unique)
    for table in APPENDED:
        for statement in guards(table, op.get_bind().dialect.name == "postgresql"):
            op.execute(statement)


def downgrade() -> None:
    """What people handed in, and what was merged, is never dropped."""
    for table in APPENDED:
        if op.get_bind().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar():  # noqa: S608
            raise RuntimeError(f"{table} holds rows: a store with rows is not taken down")
    for table in ("unsent", *APPENDED):
        op.drop_table(table)


def texts(*names: str) -> list["sa.Column[str]"]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def wholes(*names: str) -> list["sa.Column[int]"]:
    return [sa.Column(name, WHOLE, nullable=False) for name in names]


def moment(name: str, optional: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)


def reference(name: str, table: str) -> "sa.Column[int]":
    return sa.Column(name, WHOLE, sa.ForeignKey(f"{table}.id"), nullable=False, autoincrement=False)


def own() -> "sa.Column[int]":
    return sa.Column("id", WHOLE, sa.Identity(), primary_key=True)


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
