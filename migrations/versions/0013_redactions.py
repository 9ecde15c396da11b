"""Pictures from evidence as people blacked them out for a clarification."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "redactions",
        reference("clarification", "clarifications"),
        reference("evidence", "evidence"),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("boxes", sa.Text(), nullable=False),
        sa.Column("width", WHOLE, nullable=False),
        sa.Column("height", WHOLE, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("id", WHOLE, sa.Identity(), primary_key=True),
    )
    op.create_index("redactions_clarification", "redactions", ["clarification"])
    op.create_index("redactions_page", "redactions", ["page"])
    for statement in guards("redactions", op.get_bind().dialect.name == "postgresql"):
        op.execute(statement)


def downgrade() -> None:
    """What people blacked out is never dropped."""
    if op.get_bind().exec_driver_sql("SELECT count(*) FROM redactions").scalar():
        raise RuntimeError("redactions holds rows: a store with rows is not taken down")
    op.drop_table("redactions")


def reference(name: str, table: str) -> "sa.Column[int]":
    return sa.Column(name, WHOLE, sa.ForeignKey(f"{table}.id"), nullable=False, autoincrement=False)


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
