"""Rows in, rows out: what every room of the store does with the dataclasses of its tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from functools import cache
from itertools import groupby
from typing import Any, TypeVar, cast

from sqlalchemy import Column, Connection, RowMapping, Select, Table, select, text, update

from monitor.store.tables import KEYS, PROJECTIONS, TABLES, kind_of

R = TypeVar("R")
BATCH = 500
BULK = 5_000


class Rows:
    """A transaction: everything done through it is kept together or not at all."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.sqlite = connection.dialect.name == "sqlite"

    def add(self, row: R) -> R:
        """Appends a row; it comes back with its id."""
        return self.add_all([row])[0]

    def add_all(self, rows: Sequence[R]) -> list[R]:
        """Appends rows of any kinds, in order; they come back with their ids in the same order."""
        added: list[R] = []
        for _, group in groupby(rows, key=type):
            added += self._append(list(group))
        return added

    def get(self, kind: type[R], key: int | str) -> R | None:
        """The row with this id (or source's name, or entry of a waiting)."""
        table = TABLES[kind]
        return next(iter(self.rows(kind, select(table).where(table.c[KEYS.get(table.name, "id")] == key))), None)

    def change(self, row: Any, expected: int) -> bool:
        """Writes an Item's or Rumor's projection if its version is still `expected`; False if somebody was first.

        The version stored is `expected` + 1, whatever the row says.
        """
        table = kind_of(row)
        new = {name: getattr(row, name) for name in PROJECTIONS[table.name]} | {"version": expected + 1}
        there = update(table).where(table.c.id == row.id, table.c.version == expected)
        return self.connection.execute(there.values(**new)).rowcount == 1

    def rows(self, kind: type[R], query: Select[Any]) -> list[R]:
        """The rows that a query over the kind's whole table gives."""
        return [build(kind, found._mapping) for found in self.connection.execute(query)]

    def put(self, rows: Sequence[Any]) -> None:
        """Inserts or replaces rows of one state table by their key; of two with one key the last stays."""
        if not rows:
            return
        table = kind_of(rows[0])
        key = KEYS[table.name]
        # In order of the key, so that two writers on PostgreSQL wait for one another instead of deadlocking.
        ordered = [row for _, row in sorted({getattr(row, key): row for row in rows}.items())]
        names = [column.name for column in table.columns if column.name != key]
        others = ", ".join(f'"{name}" = excluded."{name}"' for name in names)
        self.bulk(table, columns(ordered), f'ON CONFLICT ("{key}") DO UPDATE SET {others}')

    def bulk(self, table: Table, held: Mapping[str, Sequence[Any]], conflict: str = "") -> None:
        """Inserts many rows given by column, each value through its column's type; `conflict` is the SQL's end."""
        dialect = self.connection.dialect
        names = ", ".join(f'"{name}"' for name in held)
        bound = [_bound(table.c[name], dialect, some) for name, some in held.items()]
        if self.sqlite:
            marks = ", ".join("?" * len(bound))
            order = f"INSERT INTO {table.name} ({names}) VALUES ({marks}) {conflict}"  # noqa: S608
            self.connection.exec_driver_sql(order, list(zip(*bound, strict=True)))
            return
        # One array a column: PostgreSQL takes 20,000 rows four times as fast as from VALUES.
        arrays = ", ".join(f"%s::{table.c[name].type.compile(dialect)}[]" for name in held)
        order = f"INSERT INTO {table.name} ({names}) SELECT * FROM unnest({arrays}) {conflict}"  # noqa: S608
        for start in range(0, len(bound[0]), BULK):
            self.connection.exec_driver_sql(order, tuple(some[start : start + BULK] for some in bound))

    def ids(self, table: Table, count: int) -> list[int]:
        """Ids for rows to come. On SQLite the writing transaction is alone; on PostgreSQL a sequence gives them."""
        if self.sqlite:
            last = self.connection.exec_driver_sql(f"SELECT max(id) FROM {table.name}").scalar() or 0  # noqa: S608
            return list(range(last + 1, last + 1 + count))
        query = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)")
        return list(self.connection.scalars(query, {"name": table.name, "count": count}))

    def _append(self, rows: list[R]) -> list[R]:
        table = kind_of(rows[0])
        if "id" in table.c:
            ids = self.ids(table, len(rows))
            rows = [replace(cast(Any, row), id=key) for row, key in zip(rows, ids, strict=True)]
        self.bulk(table, columns(rows))
        return rows


def columns(rows: Sequence[Any]) -> dict[str, list[Any]]:
    """Rows of one kind, turned into one list of values a field."""
    return {field.name: [getattr(row, field.name) for row in rows] for field in fields(rows[0])}


def build(kind: type[R], found: RowMapping) -> R:
    """A row dataclass out of a result that has its columns by name."""
    return kind(*(found[name] for name in _names(cast(Any, kind))))


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cast(Any, kind)))


def batches(things: Iterable[R], size: int = BATCH) -> Iterator[list[R]]:
    """Lists of at most `size` of the things."""
    held = list(things)
    for start in range(0, len(held), size):
        yield held[start : start + size]


def _bound(column: Column[Any], dialect: Any, some: Sequence[Any]) -> list[Any]:
    bind = column.type.dialect_impl(dialect).bind_processor(dialect)
    return [bind(value) for value in some] if bind else list(some)
