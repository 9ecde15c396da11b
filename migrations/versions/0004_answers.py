"""The answer: clarifications with their acts and link checks, posts, objections with answers, stored digests."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# Newest last; they are dropped from the end.
TABLES = ("clarifications", "clarification_acts", "link_checks", "posts", "objections", "answers", "editions")
# Of these only the columns of the projection may change.
FIXED = {"clarifications": "rumor, verdict, at, by, id"}
INDEXES = (
    ("clarifications", ("rumor",), False),
    ("clarifications", ("state",), False),
    ("clarification_acts", ("clarification",), False),
    ("clarification_acts", ("at",), False),
    ("link_checks", ("clarification",), False),
    ("posts", ("clarification", "edition"), True),
    ("posts", ("at",), False),
    ("objections", ("clarification",), False),
    ("answers", ("objection",), False),
    ("editions", ("label", "audience", "number"), True),
)


def upgrade() -> None:
    tables()
    for table, columns, unique in INDEXES:
        op.create_index(f"{table}_{'_'.join(columns)}", table, list(columns), unique=unique)
    postgres = op.get_bind().dialect.name == "postgresql"
    for table in TABLES:
        for statement in postgres_guards(table) if postgres else sqlite_guards(table):
            op.execute(statement)


def downgrade() -> None:
    """What was published is never dropped: only without rows does the store go down."""
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


def whole(name: str) -> "sa.Column[int]":
    return sa.Column(name, WHOLE, nullable=False)


def number() -> "sa.Column[int]":
    return sa.Column("id", WHOLE, sa.Identity(), primary_key=True)


def of(name: str, table: str) -> "sa.Column[int]":
    return sa.Column(name, WHOLE, sa.ForeignKey(f"{table}.id"), nullable=False, autoincrement=False)


def tables() -> None:
    op.create_table(
        "clarifications",
        of("rumor", "rumors"), of("verdict", "verdicts"), *moment("at"),
        *text("by", "state", "words", "public", "proposal"), whole("version"), number(),
    )  # fmt: skip
    op.create_table(
        "clarification_acts",
        of("clarification", "clarifications"), *moment("at"), *text("who", "act", "old", "new", "words", "reason"),
        number(),
    )  # fmt: skip
    op.create_table(
        "link_checks",
        of("clarification", "clarifications"), *text("url"), *moment("at"),
        sa.Column("alive", sa.Boolean(), nullable=False), number(),
    )  # fmt: skip
    op.create_table(
        "posts",
        of("clarification", "clarifications"), whole("edition"), *text("act"), *moment("at", "first"),
        *text("slug", "words", "finding", "form", "category", "regions", "topics", "reason"), number(),
    )  # fmt: skip
    op.create_table(
        "objections",
        of("clarification", "clarifications"), *text("kind"), *moment("at", "due"), *text("words"), number(),
    )  # fmt: skip
    op.create_table(
        "answers",
        of("objection", "objections"), *moment("at"), *text("by", "outcome", "note"), number(),
    )  # fmt: skip
    op.create_table(
        "editions",
        *text("label", "audience"), whole("number"), *moment("start", "until", "at"), *text("by", "words", "reason"),
        number(),
    )  # fmt: skip
