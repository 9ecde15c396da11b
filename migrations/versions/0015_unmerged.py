"""A merger can be undone, and the isu merged again: of the mergers of an isu the last one holds."""

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.drop_index("mergers_rumor", "mergers")
    op.create_index("mergers_rumor", "mergers", ["rumor"])


def downgrade() -> None:
    twice = "SELECT rumor FROM mergers GROUP BY rumor HAVING count(*) > 1"
    if op.get_bind().exec_driver_sql(twice).first():
        raise RuntimeError("an isu was merged twice: this store is not taken down")
    op.drop_index("mergers_rumor", "mergers")
    op.create_index("mergers_rumor", "mergers", ["rumor"], unique=True)
