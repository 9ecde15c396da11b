"""Address of a database -> Engine: SQLite or PostgreSQL, with the transactions that both need."""

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, QueuePool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from monitor.store.errors import StoreError

WAIT = 5.0
WRITE = "jernih_write"


def address(url: str, home: Path) -> URL:
    """The database's address; "" means the embedded one in `home`. PostgreSQL is always reached through psycopg."""
    try:
        found = make_url(url or f"sqlite:///{home / 'jernih.db'}")
    except ArgumentError as fault:
        raise _unknown(str(fault)) from fault
    if found.drivername in ("postgres", "postgresql"):
        found = found.set(drivername="postgresql+psycopg")
    if found.get_backend_name() not in ("sqlite", "postgresql"):
        raise _unknown(f"no store on {found.get_backend_name()}")
    return found


def engine(url: URL, threads: int) -> Engine:
    """An engine for `threads` handlers at once; nothing is opened yet."""
    try:
        return _sqlite(url, threads) if url.get_backend_name() == "sqlite" else _postgres(url, threads)
    except (ImportError, NoSuchModuleError) as fault:
        sentence = "Pengandar PostgreSQL belum terpasang. Pasang dengan: .venv/bin/pip install 'psycopg[binary]'"
        raise StoreError(f"no driver: {fault}", sentence) from fault


def _unknown(cause: str) -> StoreError:
    sentence = "JERNIH_DATABASE_URL tidak dikenal. Tulis sqlite:///berkas.db atau postgresql://pengguna@mesin/nama."
    return StoreError(cause, sentence)


def _sqlite(url: URL, threads: int) -> Engine:
    if "timeout" not in url.query:
        url = url.update_query_dict({"timeout": str(WAIT)})
    memory = url.database in (None, "", ":memory:")
    sizes = (1, 0) if memory else (min(4, threads), max(0, threads - 4))
    made = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=sizes[0],
        max_overflow=sizes[1],
        pool_timeout=30.0,
        connect_args={"check_same_thread": False, "isolation_level": None},
    )
    event.listen(made, "connect", _prepare)
    event.listen(made, "begin", _begin)
    return made


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver would open no transaction for a SELECT: two readers that then write would lose updates.
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "trusted_schema = OFF",
        "secure_delete = ON",
        "journal_size_limit = 67108864",
        "mmap_size = 0",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITE, False)
    connection.exec_driver_sql(f"PRAGMA query_only = {int(not writing)}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _postgres(url: URL, threads: int) -> Engine:
    return create_engine(
        url.difference_update_query(["options"]),
        pool_size=min(4, threads),
        max_overflow=max(0, threads - 4),
        pool_timeout=30.0,
        pool_pre_ping=True,
        connect_args=_session(url),
    )


def single(url: URL) -> Engine:
    """An engine for PostgreSQL whose every connection is new: for a lock that lives as long as its session."""
    return create_engine(url.difference_update_query(["options"]), poolclass=NullPool, connect_args=_session(url))


def _session(url: URL) -> dict[str, Any]:
    ours = {
        "timezone": "UTC",
        "lock_timeout": int(WAIT * 1000),
        # A plan made once for every search word would be the wrong one for nearly all of them.
        "plan_cache_mode": "force_custom_plan",
        # Pages of fifty rows: starting workers or a compiler takes longer, and the data lie in memory or on an SSD.
        "jit": "off",
        "max_parallel_workers_per_gather": 0,
        "random_page_cost": 1.1,
    }
    options = " ".join([*(f"-c {name}={value}" for name, value in ours.items()), str(url.query.get("options", ""))])
    name = f"jernih pid {os.getpid()} di {os.uname().nodename}"[:63]
    return {"options": options.strip(), "connect_timeout": 10, "application_name": name}
