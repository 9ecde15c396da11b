"""What became of a referral, and the lessons that an office writes into the report of a period."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NEW = ("referral_steps", "lessons")


def upgrade() -> None:
    op.create_table(
        "referral_steps",
        sa.Column("referral", WHOLE, sa.ForeignKey("referrals.id"), nullable=False, autoincrement=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("by", "day", "number", "words")),
        sa.Column("id", WHOLE, sa.Identity(), primary_key=True),
    )
    op.create_table(
        "lessons",
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("by", "words")),
        sa.Column("id", WHOLE, sa.Identity(), primary_key=True),
    )
    for table, column in (("referral_steps", "referral"), ("referral_steps", "at"), ("lessons", "label")):
        op.create_index(f"{table}_{column}", table, [column])
    for statement in guards(op.get_bind().dialect.name == "postgresql"):
        op.execute(statement)


def downgrade() -> None:
    """What an office wrote is never dropped."""
    for table in NEW:
        if op.get_bind().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar():  # noqa: S608
            raise RuntimeError(f"{table} holds rows: a store with rows is not taken down")
        op.drop_table(table)


def guards(postgres: bool) -> list[str]:
    if not postgres:
        return [
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, 'rows of {table} are appended, never changed'); END"
            for table in NEW
            for act in ("UPDATE", "DELETE")
        ]
    kinds = (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT"))
    return [
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} FOR EACH {each}"
        " EXECUTE FUNCTION jernih_refuse()"
        for table in NEW
        for act, each in kinds
    ]
