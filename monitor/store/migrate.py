"""A database of any age -> one of this program's version, by the revisions in migrations/."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

import monitor
from monitor.store.engine import WRITE
from monitor.store.errors import StoreError
from monitor.store.labels import Labels
from monitor.store.marks import Marks

FOLDER = Path(monitor.__file__).parent.parent / "migrations"
LOCK = 0x4A45524E4948
NEWER = "Basis data ditulis oleh Jernih yang lebih baru. Pasang versi terbaru, atau pulihkan cadangan yang lama."
NOT_OURS = "Basis data ini tidak dibuat oleh migrasi Jernih. Periksa JERNIH_DATABASE_URL."
LOST = "Folder migrations/ tidak ditemukan di samping program. Pasang ulang Jernih dari klonnya."


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Walks up to a revision in one transaction; two programs that start at once wait for one another."""
    with engine.connect() as connection:
        version = current(connection)
    if revision != "head" or version != head():
        with rebuilding(engine) as connection:
            up(connection, revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Walks down to a revision (or "base") in one transaction."""
    with rebuilding(engine) as connection:
        current(connection)
        command.downgrade(_config(connection), revision)


def up(connection: Connection, revision: str = "head") -> None:
    """Walks up inside a transaction that `rebuilding` opened; what is derived from rows is filled at the end."""
    current(connection)
    command.upgrade(_config(connection), revision)
    _findable(connection)


def current(connection: Connection) -> str | None:
    """The revision that a database is at, None for an empty one; StoreError if a newer program wrote it."""
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None and "entries" in inspect(connection).get_table_names():
        raise StoreError("tables without a revision", NOT_OURS)
    if revision is not None and revision not in revisions():
        raise StoreError(f"database at revision {revision}, which this program does not know", NEWER)
    return revision


def head() -> str:
    """This program's own revision."""
    return revisions()[0]


def revisions() -> list[str]:
    """Every revision that ships with this program, newest first."""
    return [script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()]


@contextmanager
def rebuilding(engine: Engine) -> Iterator[Connection]:
    """A transaction that may change tables, alone in the database; references are checked when it ends."""
    with engine.connect() as connection, _unguarded(connection), connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        yield connection
        _whole(connection)


def _config(connection: Connection | None = None) -> Config:
    if not (FOLDER / "env.py").is_file():
        raise StoreError(f"no migrations in {FOLDER}", LOST)
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _unguarded(connection: Connection) -> Iterator[None]:
    """SQLite rebuilds a table by dropping it, which its references would refuse."""
    driver = connection.connection.driver_connection
    if connection.dialect.name != "sqlite" or driver is None:
        yield
        return
    connection.execution_options(**{WRITE: True})
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def _findable(connection: Connection) -> None:
    """Fills marks and search index, which are derived, for the konten that are not in them yet."""
    if not inspect(connection).has_table("marks"):
        return
    last = connection.scalar(text("SELECT coalesce(max(item), 0) FROM marks"))
    query = text("SELECT id FROM items WHERE id > :last ORDER BY id")
    marks = Marks(connection)
    marks.make_findable(list(connection.scalars(query, {"last": last})))
    if not last and inspect(connection).has_table("labels"):
        Labels(connection).relabel_all()
    if inspect(connection).has_table("statements"):
        marks.make_statements_findable(marks.missing_statements())


def _whole(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        assert lost is None, f"a migration left a reference to nothing: {lost}"
