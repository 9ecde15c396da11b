"""A database's or disk's failure -> StoreError: a cause for the log, a sentence for the person, is a retry worth it?"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, ENOSPC, EROFS

from sqlalchemy.exc import SQLAlchemyError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout


class StoreError(Exception):
    """What the store could not do. `cause` is English, `sentence` Indonesian; `retry`: it may work a little later."""

    def __init__(self, cause: str, sentence: str, retry: bool = False) -> None:
        super().__init__(cause)
        self.cause, self.sentence, self.retry = cause, sentence, retry


class Held(StoreError):
    """Another process holds the leader lock (exit code 3); `holder` says which, as far as it is known."""

    code = 3

    def __init__(self, holder: str) -> None:
        sentence = f"Jernih lain sedang berjalan ({holder}). Hentikan dahulu, misalnya: systemctl stop jernih."
        super().__init__(f"the leader lock is held by {holder}", sentence, retry=True)
        self.holder = holder


LOCKED = ("Basis data sedang dipakai proses lain. Coba lagi sebentar lagi.", True)
READ_ONLY = ("Basis data hanya dapat dibaca. Periksa pemilik dan hak tulis folder JERNIH_HOME.", False)
FULL = ("Cakram penuh. Kosongkan ruang di cakram tempat JERNIH_HOME berada, lalu coba lagi.", True)
CORRUPT = ("Basis data rusak. Hentikan Jernih, pindahkan berkasnya, lalu pulihkan: jernih restore BERKAS.", False)
NO_FILE = ("Basis data tidak dapat dibuka. Periksa JERNIH_HOME, JERNIH_DATABASE_URL, dan hak aksesnya.", False)
REFUSED = ("PostgreSQL tidak menjawab. Periksa apakah layanannya berjalan dan JERNIH_DATABASE_URL benar.", True)
NO_ENTRY = ("PostgreSQL menolak nama pengguna, sandi, atau nama basis data. Periksa JERNIH_DATABASE_URL.", False)
BROKEN_DISK = ("Cakram gagal membaca atau menulis. Periksa cakram dan cadangan Anda.", False)
NO_TABLES = ("Basis data belum disiapkan atau belum diperbarui. Jalankan: make run, atau jernih doctor.", False)
UNKNOWN = ("Basis data menolak langkah ini. Lihat log untuk sebabnya, lalu jalankan: jernih doctor.", False)

_SQLITE = {
    "SQLITE_BUSY": LOCKED,
    "SQLITE_LOCKED": LOCKED,
    "SQLITE_READONLY": READ_ONLY,
    "SQLITE_PERM": NO_FILE,
    "SQLITE_AUTH": NO_FILE,
    "SQLITE_FULL": FULL,
    "SQLITE_CORRUPT": CORRUPT,
    "SQLITE_NOTADB": CORRUPT,
    "SQLITE_CANTOPEN": NO_FILE,
    "SQLITE_IOERR": BROKEN_DISK,
}
# By SQLSTATE, the longest prefix wins.
_POSTGRES = {
    "08": REFUSED,
    "57P": REFUSED,
    "57014": LOCKED,
    "28": NO_ENTRY,
    "3D": NO_ENTRY,
    "40": LOCKED,
    "55P03": LOCKED,
    "53": FULL,
    "53300": LOCKED,
    "25006": READ_ONLY,
    "42501": READ_ONLY,
    "42P01": NO_TABLES,
    "42703": NO_TABLES,
    "XX": CORRUPT,
}


@contextmanager
def translated() -> Iterator[None]:
    """Turns whatever the database or the disk says into a StoreError; a wrong value (NaN) stays a ValueError."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as fault:
        wrong = getattr(fault, "orig", None)
        if isinstance(fault, StatementError) and isinstance(wrong, (ValueError, TypeError, OverflowError)):
            raise ValueError(str(wrong)) from fault
        raise said(fault) from fault


def said(fault: Exception) -> StoreError:
    """The StoreError of a database's exception."""
    if isinstance(fault, PoolTimeout):
        return StoreError(f"no free connection: {fault}", *LOCKED)
    origin = getattr(fault, "orig", None) or fault
    sentence, retry = _known(origin)
    return StoreError(f"{type(origin).__name__}: {' '.join(str(origin).split())}"[:500], sentence, retry)


def disk(fault: OSError) -> StoreError:
    """The StoreError of a failed file operation."""
    sentence, retry = {ENOSPC: FULL, EDQUOT: FULL, EROFS: READ_ONLY}.get(fault.errno or 0, NO_FILE)
    if isinstance(fault, PermissionError):
        sentence, retry = READ_ONLY
    return StoreError(f"{type(fault).__name__}: {fault}", sentence, retry)


def _known(origin: object) -> tuple[str, bool]:
    if isinstance(origin, sqlite3.Error):
        return _sqlite(origin)
    state = getattr(origin, "sqlstate", None)
    if state is None:
        return _refused(str(origin))
    found = max((prefix for prefix in _POSTGRES if state.startswith(prefix)), key=len, default=None)
    return _POSTGRES[found] if found else UNKNOWN


def _sqlite(origin: sqlite3.Error) -> tuple[str, bool]:
    name = getattr(origin, "sqlite_errorname", None) or ""
    if "no such table" in str(origin) or "no such column" in str(origin):
        return NO_TABLES
    return next((text for prefix, text in _SQLITE.items() if name.startswith(prefix)), UNKNOWN)


def _refused(message: str) -> tuple[str, bool]:
    """psycopg gives no SQLSTATE for a connection that was never made."""
    if "authentication failed" in message or "does not exist" in message:
        return NO_ENTRY
    return REFUSED if "connect" in message or "server" in message else UNKNOWN
