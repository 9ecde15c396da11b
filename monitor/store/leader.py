"""JERNIH_HOME + database -> Leader: the right to be the only daemon, or who has it."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from sqlalchemy import URL, Connection, text

from monitor.store.engine import single
from monitor.store.errors import Held, StoreError, disk, translated

# "Jernih" in ASCII; advisory locks are told apart by database.
ADVISORY = 0x4A65726E6968
HOLDER = text(
    "SELECT coalesce(nullif(a.application_name, ''), 'sesi ' || a.pid) FROM pg_locks l JOIN pg_stat_activity a"
    " USING (pid) WHERE l.locktype = 'advisory' AND l.granted AND l.database = a.datid"
    " AND l.classid = :high AND l.objid = :low LIMIT 1"
)


class Leader:
    """The leader's lock while it is held: a file lock in JERNIH_HOME and, on PostgreSQL, an advisory lock as well."""

    def __init__(self, handle: int, connection: Connection | None) -> None:
        self._handle, self._connection = handle, connection

    def lost(self) -> bool:
        """Has the database ended the session that holds the advisory lock? Then step back: another may lead by now."""
        if self._connection is None:
            return False
        try:
            with translated():
                self._connection.execute(text("SELECT 1"))
        except StoreError:
            return True
        return False

    def release(self) -> None:
        """Gives the lock back; a process that dies gives it back too."""
        if self._connection is not None:
            with suppress(StoreError), translated():
                self._connection.close()
        with suppress(OSError):
            os.close(self._handle)

    def __enter__(self) -> "Leader":
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.release()


def lead(home: Path, url: URL) -> Leader:
    """Takes the lock at once, or raises Held with who has it."""
    handle = _file(home / "jernih.lock")
    if url.get_backend_name() == "sqlite":
        return Leader(handle, None)
    try:
        with translated():
            return Leader(handle, _advisory(url))
    except BaseException:
        os.close(handle)
        raise


def _file(path: Path) -> int:
    try:
        # Close-on-exec, so that no child keeps the lock when the daemon is killed.
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as fault:
        raise disk(fault) from fault
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as fault:
        said = os.read(handle, 64).decode("ascii", "replace").strip()
        os.close(handle)
        raise Held(f"pid {said}" if said else "pid tidak diketahui") from fault
    os.ftruncate(handle, 0)
    os.write(handle, str(os.getpid()).encode())
    return handle


def _advisory(url: URL) -> Connection:
    connection = single(url).connect().execution_options(isolation_level="AUTOCOMMIT")
    if connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": ADVISORY}):
        return connection
    halves = {"high": ADVISORY >> 32, "low": ADVISORY & 0xFFFFFFFF}
    holder = connection.scalar(HOLDER, halves) or "sesi PostgreSQL lain"
    connection.close()
    raise Held(holder)
