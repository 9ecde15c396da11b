"""A backup -> Store: checked whole before anything is touched, then put in place in one transaction."""

import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from sqlalchemy import Boolean, Column, Connection, Engine, MetaData, Table, inspect, text

from monitor.audit import Act, Erasure
from monitor.store import migrate
from monitor.store.arsip import DIGEST, Arsip, inflated
from monitor.store.audit import Chain
from monitor.store.backup import FORMAT, SLICE, Contents, Report
from monitor.store.errors import StoreError, disk
from monitor.store.rows import Rows
from monitor.store.tables import META
from monitor.store.types import WHOLE, Moment, Number, Plain

KINDS: dict[str, Any] = {"time": Moment, "number": Number, "bool": Boolean, "text": Plain, "whole": WHOLE}
NAME = re.compile(r"[a-z_]{1,40}")
Detail = dict[str, str | int | float | bool | None]
BROKEN = "Berkas ini bukan cadangan Jernih yang utuh. Pilih cadangan lain."
NEWER = "Cadangan ini dibuat oleh Jernih yang lebih baru. Pasang versi terbaru, lalu ulangi."
FULL = "Basis data tujuan sudah berisi. Ulangi dengan --replace bila isinya memang hendak diganti."


@dataclass(frozen=True, slots=True)
class Backup:
    """An opened backup whose every hash was checked."""

    box: ZipFile
    contents: Contents
    tables: tuple[Table, ...]
    files: tuple[str, ...]


def put_back(
    engine: Engine, arsip: Arsip, path: Path, now: datetime, replace: bool, report: Report,
    erased: Sequence[Erasure] = (),
) -> tuple[Contents, tuple[int, str] | None]:
    """Puts a backup in place of what is there; gives what it held, and the new head of the audit's chain. `erased` is
    what is known to be erased beside what the database says."""
    with opened(path) as backup, migrate.rebuilding(engine) as connection:
        gone = _room_for(connection, replace)
        unpack(backup, arsip)
        clear(connection)
        migrate.up(connection, backup.contents.revision)
        load(connection, backup, report)
        migrate.up(connection)
        chain = Chain(connection)
        _erase_again(chain, [*gone, *erased])
        arsip.drop((chain.erased_pages() - chain.bound_pages()) & set(arsip.digests()))
        made: Detail = {"made": backup.contents.made.isoformat(), "rows": sum(backup.contents.rows.values())}
        chain.audit(Act(now, "jernih restore", "pulihkan", "cadangan", backup.contents.revision, made))
        return backup.contents, chain.head


@contextmanager
def opened(path: Path) -> Iterator[Backup]:
    """The backup in a file; StoreError if it is none, is damaged, or comes from a newer program."""
    try:
        with ZipFile(path) as box:
            yield _checked(box)
    except OSError as fault:
        raise disk(fault) from fault
    except (BadZipFile, EOFError) as fault:
        raise StoreError(f"not a zip file: {fault}", BROKEN) from fault


def is_empty(connection: Connection) -> bool:
    """Does a database hold no row of ours?"""
    names = inspect(connection).get_table_names()
    return not any(
        connection.exec_driver_sql(f"SELECT 1 FROM {table.name} LIMIT 1").first()  # noqa: S608
        for table in META.sorted_tables
        if table.name in names
    )


def clear(connection: Connection) -> None:
    """Takes away everything of ours; the transaction that does so fills it again or undoes it."""
    names = set(inspect(connection).get_table_names())
    cascade = "" if connection.dialect.name == "sqlite" else " CASCADE"
    tables = (table.name for table in reversed(META.sorted_tables))
    for name in ("item_search", "statement_search", *tables, "alembic_version"):
        if name in names:
            connection.exec_driver_sql(f"DROP TABLE {name}{cascade}")
    if cascade:
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS jernih_refuse(), jernih_follow() CASCADE")


def load(connection: Connection, backup: Backup, report: Report) -> None:
    """Fills an empty database, at the backup's revision, with its rows."""
    rows, total, done = Rows(connection), sum(backup.contents.rows.values()), 0
    for table in backup.tables:
        for some in _slices(backup.box, table):
            rows.bulk(table, {column.name: list(held) for column, held in zip(table.columns, some, strict=True)})
            done += len(some[0])
            report(done, total)
        if not rows.sqlite and "id" in table.c:
            _set_sequence(connection, table)


def unpack(backup: Backup, arsip: Arsip) -> None:
    """Puts the archived bytes in place, before the rows that name them."""
    for digest in backup.files:
        arsip.keep_packed(digest, backup.box.read(f"arsip/{digest}"), durable=False)
    os.sync()


def _room_for(connection: Connection, replace: bool) -> list[Erasure]:
    """The erasures of a database that a backup may replace."""
    migrate.current(connection)
    if is_empty(connection):
        return []
    if not replace:
        raise StoreError("the target holds rows", FULL)
    return Chain(connection).erasures()


def _erase_again(chain: Chain, gone: list[Erasure]) -> None:
    """What was erased since the backup was made stays erased."""
    known = {(erasure.words, erasure.at) for erasure in chain.erasures()}
    for erasure in gone:
        if (erasure.words, erasure.at) not in known:
            known.add((erasure.words, erasure.at))
            chain.erase(erasure.words, erasure.who, erasure.why, erasure.basis, erasure.at)


def _checked(box: ZipFile) -> Backup:
    try:
        manifest = json.loads(box.read("manifest.json"))
        if manifest["format"] > FORMAT or manifest["revision"] not in migrate.revisions():
            raise StoreError(f"backup of format {manifest['format']}, revision {manifest['revision']}", NEWER)
        tables = tuple(_table(line) for line in manifest["tables"])
        for line in manifest["tables"]:
            _check_table(box, line)
        contents = Contents(
            made=datetime.fromisoformat(manifest["made"]),
            program=str(manifest["program"]),
            revision=manifest["revision"],
            rows={line["name"]: line["rows"] for line in manifest["tables"]},
            files=manifest["files"],
        )
    except (KeyError, ValueError, TypeError, AttributeError) as fault:
        raise StoreError(f"not a backup: {type(fault).__name__} {fault}", BROKEN) from fault
    return Backup(box, contents, tables, _checked_files(box, contents.files))


def _table(line: dict[str, Any]) -> Table:
    if not NAME.fullmatch(line["name"]) or not all(map(NAME.fullmatch, line["columns"])):
        raise ValueError(f"table {line['name']!r}")
    return Table(line["name"], MetaData(), *(Column(name, KINDS[kind]) for name, kind in line["columns"].items()))


def _check_table(box: ZipFile, line: dict[str, Any]) -> None:
    digest, rows = sha256(), 0
    with box.open(f"tables/{line['name']}.jsonl") as file:
        for some in iter(lambda: file.read(1 << 20), b""):
            digest.update(some)
            rows += some.count(b"\n")
    if (digest.hexdigest(), rows) != (line["sha256"], line["rows"]):
        raise ValueError(f"table {line['name']} does not match its hash")


def _checked_files(box: ZipFile, count: int) -> tuple[str, ...]:
    names = [name.removeprefix("arsip/") for name in box.namelist() if name.startswith("arsip/")]
    if len(names) != count or not all(map(DIGEST.fullmatch, names)):
        raise StoreError(f"{len(names)} archived files, the manifest says {count}", BROKEN)
    for name in names:
        content = inflated(box.read(f"arsip/{name}"))
        if content is None or sha256(content).hexdigest() != name:
            raise StoreError(f"archived file {name} does not match its name", BROKEN)
    return tuple(names)


def _slices(box: ZipFile, table: Table) -> Iterator[Sequence[Sequence[Any]]]:
    """The rows of a table, some at a time, turned into one list of values a column."""
    times = [place for place, column in enumerate(table.columns) if isinstance(column.type, Moment)]
    with box.open(f"tables/{table.name}.jsonl") as file:
        while lines := list(islice(file, SLICE)):
            rows = [json.loads(line) for line in lines]
            for row in rows:
                for place in times:
                    row[place] = datetime.fromisoformat(row[place]) if row[place] else None
            yield list(zip(*rows, strict=True))


def _set_sequence(connection: Connection, table: Table) -> None:
    last = f"(SELECT max(id) FROM {table.name})"  # noqa: S608
    query = text(f"SELECT setval(pg_get_serial_sequence(:name, 'id'), coalesce({last}, 1), {last} IS NOT NULL)")
    connection.execute(query, {"name": table.name})
