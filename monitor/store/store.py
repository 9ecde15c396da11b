"""JERNIH_HOME and a database -> Store: transactions, migrations, the archive of bytes, backups, the leader's lock."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from monitor.store import migrate
from monitor.store.arsip import Arsip
from monitor.store.audit import Chain
from monitor.store.engine import WRITE, address, engine
from monitor.store.errors import disk, translated
from monitor.store.events import Happened


class Tx(Happened, Chain):
    """One transaction; its methods stand in the files of this folder, a room each."""


class Store:
    """The store of one JERNIH_HOME. It may be shared between threads; a transaction may not."""

    def __init__(self, engine: Engine, home: Path) -> None:
        self.engine, self.home, self.arsip = engine, home, Arsip(home / "arsip")

    @contextmanager
    def write(self) -> Iterator[Tx]:
        """A transaction that writes: all of it is kept when the block ends, nothing if it raises."""
        options = {WRITE: True} if self.sqlite else {}
        with translated(), self.engine.connect() as connection, connection.execution_options(**options).begin():
            yield Tx(connection)

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """A transaction that only reads: it sees one moment of the store throughout."""
        options = {} if self.sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with translated(), self.engine.connect() as connection, connection.execution_options(**options).begin():
            yield Tx(connection)

    def migrate(self) -> None:
        """Brings the database to this program's version; StoreError if a newer program wrote it."""
        with translated():
            migrate.upgrade(self.engine)

    def keep(self, content: bytes) -> str:
        """Keeps bytes in the archive, safe on disk when it returns; gives their SHA-256 in hex. Then save the row."""
        return self.arsip.keep(content)

    def kept(self, digest: str) -> bytes | None:
        """The archived bytes of a SHA-256, None where they are not (any more)."""
        return self.arsip.kept(digest)

    def close(self) -> None:
        """Closes every idle connection."""
        self.engine.dispose()

    @property
    def sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"


def open(url: str = "", home: Path = Path("var"), threads: int = 48) -> Store:
    """The store at a database address ("" means the embedded one in `home`), for `threads` handlers at once.

    Nothing is connected yet; `home` is made, readable for its owner alone. Call `migrate` before anything else.
    """
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise disk(fault) from fault
    return Store(engine(address(url, home), threads), home)
