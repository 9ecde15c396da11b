"""Rows in, rows out: what every room of the store does with the dataclasses of its tables."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from itertools import groupby
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, RowMapping, Select, Table, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from monitor.store.tables import KEYS, PROJECTIONS, TABLES, kind_of

R = TypeVar("R")
BATCH = 500


def values(row: Any) -> dict[str, Any]:
    """The row's fields by column; an id of 0 is left out, so that the database gives one."""
    held = {field.name: getattr(row, field.name) for field in fields(row)}
    if held.get("id") == 0:
        del held["id"]
    return held


def batches(things: Iterable[R], size: int = BATCH) -> Iterator[list[R]]:
    """Lists of at most `size` of the things."""
    held = list(things)
    for start in range(0, len(held), size):
        yield held[start : start + size]


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
        done = self.connection.execute(
            update(table).where(table.c.id == row.id, table.c.version == expected).values(**new)
        )
        return done.rowcount == 1

    def rows(self, kind: type[R], query: Select[Any], **more: Any) -> list[R]:
        """The rows that a query over the kind's whole table gives."""
        return [build(kind, found._mapping) for found in self.connection.execute(query, more)]

    def _append(self, rows: list[R]) -> list[R]:
        table = kind_of(rows[0])
        if "id" not in table.c:
            self.connection.execute(insert(table), [values(row) for row in rows])
            return rows
        done = self.connection.execute(
            insert(table).returning(table.c.id, sort_by_parameter_order=True), [values(row) for row in rows]
        )
        return [replace(cast(Any, row), id=found.id) for row, found in zip(rows, done, strict=True)]

    def insert(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        """An INSERT that knows ON CONFLICT."""
        return sqlite.insert(table) if self.sqlite else postgresql.insert(table)

    def put(self, rows: Sequence[Any]) -> None:
        """Inserts or replaces rows of one state table by their key."""
        if not rows:
            return
        table = kind_of(rows[0])
        key = KEYS[table.name]
        order = self.insert(table)
        others = {column.name: order.excluded[column.name] for column in table.columns if column.name != key}
        # In key order, so that two writers on PostgreSQL take their row locks in the same order.
        ordered = sorted({getattr(row, key): row for row in rows}.items())
        self.connection.execute(
            order.on_conflict_do_update(index_elements=[key], set_=others), [values(row) for _, row in ordered]
        )


def build(kind: type[R], found: RowMapping) -> R:
    """A row dataclass out of a result that has its columns by name."""
    return kind(**{field.name: found[field.name] for field in fields(cast(Any, kind))})
