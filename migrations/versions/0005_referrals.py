"""Referrals: what was handed over to the competent body."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "referrals",
        sa.Column("rumor", WHOLE, sa.ForeignKey("rumors.id"), nullable=False, autoincrement=False),
        sa.Column("verdict", WHOLE, sa.ForeignKey("verdicts.id"), nullable=False, autoincrement=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("by", "words", "danger", "article")),
        sa.Column("id", WHOLE, sa.Identity(), primary_key=True),
    )
    for column in ("rumor", "at"):
        op.create_index(f"referrals_{column}", "referrals", [column])
    for statement in guards(op.get_bind().dialect.name == "postgresql"):
        op.execute(statement)


def downgrade() -> None:
    """What was handed over is never dropped."""
    if op.get_bind().exec_driver_sql("SELECT count(*) FROM referrals").scalar():
        raise RuntimeError("referrals holds rows: a store with rows is not taken down")
    op.drop_table("referrals")


def guards(postgres: bool) -> list[str]:
    if not postgres:
        refusal = "BEGIN SELECT RAISE(ABORT, 'rows of referrals are appended, never changed'); END"
        return [f"CREATE TRIGGER referrals_no_{act.lower()} BEFORE {act} ON referrals {refusal}"
                for act in ("UPDATE", "DELETE")]  # fmt: skip
    kinds = (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT"))
    return [
        f"CREATE TRIGGER referrals_no_{act.lower()} BEFORE {act} ON referrals FOR EACH {each}"
        " EXECUTE FUNCTION jernih_refuse()"
        for act, each in kinds
    ]
