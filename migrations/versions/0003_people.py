"""Who may log in: accounts, sessions, one-time links, recovery codes, devices, tries, delegations; the checklist."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("checks", "accounts", "sessions", "tickets", "recoveries", "devices", "tries", "delegations")
HELD = ("accounts", "checks")


def upgrade() -> None:
    tables()
    indexes = (("checks", "rumor"), ("sessions", "account"), ("recoveries", "account"), ("delegations", "account"))
    for table, column in indexes:
        op.create_index(f"{table}_{column}", table, [column])
    postgres = op.get_bind().dialect.name == "postgresql"
    for statement in postgres_guards() if postgres else sqlite_guards():
        op.execute(statement)


def downgrade() -> None:
    """Accounts and what was checked are never dropped: only without them does the store go down."""
    for table in HELD:
        if op.get_bind().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar():  # noqa: S608
            raise RuntimeError(f"{table} holds rows: a store with rows is not taken down")
    for table in TABLES:
        op.drop_table(table)


def sqlite_guards() -> list[str]:
    refusal = "BEGIN SELECT RAISE(ABORT, 'rows of checks are appended, never changed'); END"
    return [
        f"CREATE TRIGGER checks_no_update BEFORE UPDATE ON checks {refusal}",
        f"CREATE TRIGGER checks_no_delete BEFORE DELETE ON checks {refusal}",
    ]


def postgres_guards() -> list[str]:
    kinds = (("no_update", "UPDATE", "ROW"), ("no_delete", "DELETE", "ROW"), ("no_truncate", "TRUNCATE", "STATEMENT"))
    return [
        f"CREATE TRIGGER checks_{name} BEFORE {when} ON checks FOR EACH {each} EXECUTE FUNCTION jernih_refuse()"
        for name, when, each in kinds
    ]


def text(name: str, primary: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), primary_key=primary, nullable=False)


def moment(name: str, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def number() -> "sa.Column[int]":
    return sa.Column("id", WHOLE, sa.Identity(), primary_key=True)


def tables() -> None:
    op.create_table(
        "checks",
        sa.Column("rumor", WHOLE, sa.ForeignKey("rumors.id"), nullable=False, autoincrement=False),
        text("part"), text("words"), moment("at"), text("by"), number(),
    )
    op.create_table(
        "accounts",
        text("name", True), text("shown"), text("roles"), moment("made"), text("password"), text("secret"),
        sa.Column("step", WHOLE, nullable=False), sa.Column("disabled", sa.Boolean(), nullable=False),
    )
    op.create_table("sessions", text("key", True), text("account"), moment("at"), moment("seen"))
    op.create_table("tickets", text("key", True), text("account"), moment("at"), moment("until"), moment("used", True))
    op.create_table("recoveries", text("key", True), text("account"), moment("at"), moment("used", True))
    op.create_table("devices", text("key", True), text("account"), moment("at"))
    op.create_table("tries", text("key", True), sa.Column("count", WHOLE, nullable=False), moment("since"))
    op.create_table(
        "delegations",
        text("account"), text("role"), moment("start"), moment("until"), text("letter"), moment("at"), text("by"),
        moment("revoked", True), number(),
    )
