"""JERNIH_HOME and a database -> Store: transactions, migrations, the archive of bytes, backups, the leader's lock."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from threading import get_ident

from sqlalchemy import Engine

from monitor.audit import Erasure
from monitor.store import erased, migrate
from monitor.store.answers import Answers
from monitor.store.arsip import Arsip
from monitor.store.audit import Chain
from monitor.store.backup import Contents, Report, silent, write_backup
from monitor.store.boards import Boards
from monitor.store.cases import Cases
from monitor.store.deliveries import Outbox
from monitor.store.engine import WRITE, address, engine
from monitor.store.errors import disk, translated
from monitor.store.events import Happened
from monitor.store.handed import Handed
from monitor.store.leader import Leader, lead
from monitor.store.people import People
from monitor.store.restore import put_back
from monitor.store.seals import MARK, Seals


class Tx(Happened, Chain, People, Answers, Outbox, Handed, Boards, Cases):
    """One transaction; its methods stand in the files of this folder, a room each."""


class Store:
    """The store of one JERNIH_HOME. It may be shared between threads; a transaction may not."""

    def __init__(self, engine: Engine, home: Path) -> None:
        self.engine, self.home, self.arsip = engine, home, Arsip(home / "arsip")
        self.seals = Seals(home)
        self._anchor, self._erased = home / "audit.anchor", home / "erasures.jsonl"

    @contextmanager
    def write(self) -> Iterator[Tx]:
        """A transaction that writes: all of it is kept when the block ends, nothing if it raises."""
        with translated(), self.engine.connect() as connection:
            connection.execution_options(**{WRITE: True})
            with connection.begin():
                tx = Tx(connection)
                yield tx
        self._anchored(tx.head)

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """A transaction that only reads: it sees one moment of the store throughout."""
        with translated(), self.engine.connect() as connection:
            if not self.sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield Tx(connection)

    def migrate(self) -> None:
        """Brings the database to this program's version; StoreError if a newer program wrote it. Secrets of second
        factors that still lie open in it are sealed."""
        with translated():
            migrate.upgrade(self.engine)
        self._seal()

    def keep(self, content: bytes) -> str:
        """Keeps bytes in the archive, safe on disk when it returns; gives their SHA-256 in hex. Then save the row."""
        return self.arsip.keep(content)

    def kept(self, digest: str) -> bytes | None:
        """The archived bytes of a SHA-256, None where they are not (any more)."""
        return self.arsip.kept(digest)

    def leader(self) -> Leader:
        """The right to be this store's only daemon, until it is released; Held with who has it otherwise."""
        return lead(self.home, self.engine.url)

    def backup(self, path: Path, now: datetime, report: Report = silent) -> Contents:
        """Writes everything into one file while others go on working; it holds one moment of the store."""
        with self.read() as tx:
            return write_backup(tx.connection, self.arsip, path, now, report)

    def restore(self, path: Path, now: datetime, replace: bool = False, report: Report = silent) -> Contents:
        """Puts a backup in place, all or nothing; Held while a daemon runs, StoreError where rows would be lost.

        With `replace` what is there goes, except erasures: what was erased since the backup, as the database or the
        list beside it says, is erased again.
        """
        with self.leader(), translated():
            known = erased.noted(self._erased)
            contents, head = put_back(self.engine, self.arsip, path, now, replace, report, known)
        self._anchor.unlink(missing_ok=True)
        self._anchored(head)
        self._seal()
        return contents

    def audit_faults(self) -> list[str]:
        """Every place where the audit's chain does not hold, in English; [] if it is whole.

        Its end is compared with the head in the database and with the head that was last seen from outside it, in
        JERNIH_HOME/audit.anchor.
        """
        with self.read() as tx:
            return tx.audit_faults(self._anchor_seen())

    def erase(self, words: Iterable[str], who: str, why: str, basis: str, at: datetime,
              bytes_too: Iterable[str] = ()) -> list[Erasure]:
        """Erases payloads (by digest), the archived pages they were read from and other archived bytes; rows and chain
        stay whole."""
        digests = sorted(set(words))
        with self.write() as tx:
            read = {article.page for digest in digests for article in tx.same_text(digest)}
            pages = sorted({*read, *bytes_too} - {""})
            self.arsip.drop(pages)
            erasures = [tx.erase(digest, who, why, basis, at) for digest in (*digests, *pages)]
        self.gone(erasures)
        self.forget()
        return erasures

    def gone(self, erasures: Iterable[Erasure]) -> None:
        """Notes what was erased beside the database too, for the restore of an older backup."""
        erased.note(self._erased, erasures)

    def prune(self, before: datetime, dry: bool = False) -> list[str]:
        """Drops archived pages of articles that became no konten and no evidence, if kept before then; which ones."""
        with self.read() as tx:
            bound = tx.bound_pages()
        old = [digest for digest in self.arsip.digests() if self.arsip.aged(digest) < before.timestamp()]
        loose = [digest for digest in old if digest not in bound]
        if not dry:
            self.arsip.drop(loose)
            self.arsip.sweep(before.timestamp())
        return loose

    def close(self) -> None:
        """Closes every idle connection."""
        self.engine.dispose()

    @property
    def sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def forget(self) -> None:
        """Makes the database let go of erased words, which it may still hold in free pages and its log."""
        if self.sqlite:
            with self.write() as tx:
                tx.connection.exec_driver_sql("INSERT INTO item_search (item_search) VALUES ('optimize')")
        self._let_go("words, item_search")

    def _seal(self) -> None:
        """Seals what an older program, or its backup, left open, and lets the database forget the open form."""
        with self.read() as tx:
            unsealed = tx.unsealed(MARK)
        if not unsealed:
            return
        with self.write() as tx:
            for name, secret in unsealed:
                tx.reseal(name, secret, self.seals.seal(secret, name))
        self._let_go("accounts")

    def _let_go(self, tables: str) -> None:
        """Clears what SQLite's log, or PostgreSQL's dead rows of these tables, still hold."""
        with translated(), self.engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            if self.sqlite:
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                return
            driver.autocommit = True
            try:
                driver.execute(f"VACUUM {tables}")
            finally:
                driver.autocommit = False

    def _anchored(self, head: tuple[int, str] | None) -> None:
        """Leaves the chain's head outside the database too; an older one that lands last is still on the chain."""
        if head is None:
            return
        aside = self._anchor.with_suffix(f".{get_ident()}")
        with suppress(OSError):
            aside.write_text(json.dumps({"acts": head[0], "digest": head[1]}), "ascii")
            aside.rename(self._anchor)

    def _anchor_seen(self) -> tuple[int, str] | None:
        try:
            seen = json.loads(self._anchor.read_text("ascii"))
            return int(seen["acts"]), str(seen["digest"])
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            return 1, "unreadable anchor file"


def open(url: str = "", home: Path = Path("var"), threads: int = 48) -> Store:
    """The store at a database address ("" means the embedded one in `home`), for `threads` handlers at once.

    Nothing is connected yet; `home` is made, readable for its owner alone. Call `migrate` before anything else.
    """
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise disk(fault) from fault
    return Store(engine(address(url, home), threads), home)
