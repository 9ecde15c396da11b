"""Store -> one file that either database can read again: rows as JSON lines, the archive's bytes, hashes over all."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from sqlalchemy import Boolean, Connection, Table, Text, func, inspect, select, type_coerce

import monitor
from monitor.store.arsip import Arsip, sync
from monitor.store.errors import disk
from monitor.store.migrate import current
from monitor.store.tables import META
from monitor.store.types import WHOLE, Json, Moment, Number, Plain, Reference

FORMAT = 1
# Marks and search index follow from the rows and are made anew.
DERIVED = ("marks",)
SLICE = 2_000
Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds: when it was made and by which version, rows by table, how many archived files."""

    made: datetime
    program: str
    revision: str
    rows: dict[str, int]
    files: int


def silent(done: int, total: int) -> None:
    """A report to nobody."""


def write_backup(connection: Connection, arsip: Arsip, path: Path, now: datetime, report: Report) -> Contents:
    """Writes a backup of what the connection's transaction sees; the file is there whole or not at all."""
    there = inspect(connection).get_table_names()
    tables = [table for table in META.sorted_tables if table.name in there and table.name not in DERIVED]
    digests = list(arsip.digests())
    total = sum(_size(connection, table) for table in tables) + len(digests)
    made = {"format": FORMAT, "program": monitor.__version__, "revision": current(connection), "made": now.isoformat()}
    done = 0
    with _whole_file(path) as file, ZipFile(file, "w", ZIP_DEFLATED) as box:
        lines = []
        for table in tables:
            lines.append(_write_table(connection, box, table, now))
            done += lines[-1]["rows"]
            report(done, total)
        files = _write_files(box, arsip, digests, now, lambda count: report(done + count, total))
        manifest = {**made, "tables": lines, "files": files}
        box.writestr(_member("manifest.json", now), json.dumps(manifest, indent=1))
    return Contents(now, monitor.__version__, str(made["revision"]), {t["name"]: t["rows"] for t in lines}, files)


def tag(column: Any) -> str:
    """What kind of values a column holds, in a word that both databases and later versions understand."""
    kind = column.type
    if isinstance(kind, Moment):
        return "time"
    if isinstance(kind, Number):
        return "number"
    if isinstance(kind, Boolean):
        return "bool"
    if isinstance(kind, (Plain, Json, Text)):
        return "text"
    return "whole"


def _size(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _write_table(connection: Connection, box: ZipFile, table: Table, now: datetime) -> dict[str, Any]:
    count, digest = 0, sha256()
    query = select(*(_as_stored(column) for column in table.columns)).order_by(*table.primary_key)
    with box.open(_member(f"tables/{table.name}.jsonl", now), "w", force_zip64=True) as file:
        for some in connection.execute(query, execution_options={"yield_per": SLICE}).partitions():
            text = "".join(json.dumps(list(row), default=_plain, separators=(",", ":")) + "\n" for row in some)
            count, content = count + len(some), text.encode()
            digest.update(content)
            file.write(content)
    kinds = {column.name: tag(column) for column in table.columns}
    return {"name": table.name, "rows": count, "sha256": digest.hexdigest(), "columns": kinds}


def _as_stored(column: Any) -> Any:
    if isinstance(column.type, Json):
        return type_coerce(column, Text)
    return type_coerce(column, WHOLE) if isinstance(column.type, Reference) else column


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def _write_files(
    box: ZipFile, arsip: Arsip, digests: list[str], now: datetime, report: Callable[[int], None]
) -> int:
    count = 0
    for place, digest in enumerate(digests, start=1):
        packed = arsip.packed(digest)
        if packed is not None:
            box.writestr(_member(f"arsip/{digest}", now), packed, compress_type=ZIP_STORED)
            count += 1
        report(place)
    return count


def _member(name: str, now: datetime) -> ZipInfo:
    member = ZipInfo(name, (max(now.year, 1980), *now.timetuple()[1:6]))
    member.compress_type = ZIP_DEFLATED
    member.external_attr = 0o600 << 16
    return member


@contextmanager
def _whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its name only once everything in it is on disk; it may hold personal data, so 0600."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(aside, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        aside.rename(path)
        sync(path.absolute().parent)
    except OSError as fault:
        raise disk(fault) from fault
    finally:
        aside.unlink(missing_ok=True)
