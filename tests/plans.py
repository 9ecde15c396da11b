"""A query -> how the database goes about it, in its own words."""

from typing import Any

from sqlalchemy import ClauseElement, Connection, Executable, Select
from sqlalchemy.ext.compiler import compiles


class Explained(Executable, ClauseElement):
    """EXPLAIN in front of a query, with its parameters left as parameters."""

    inherit_cache = False

    def __init__(self, query: Select[Any]) -> None:
        self.query = query


@compiles(Explained)
def _explained(element: Explained, compiler: Any, **more: Any) -> str:
    order = "EXPLAIN QUERY PLAN" if compiler.dialect.name == "sqlite" else "EXPLAIN (ANALYZE, BUFFERS)"
    return f"{order} {compiler.process(element.query, **more)}"


def plan(connection: Connection, query: Select[Any]) -> str:
    """One line a step."""
    return "\n".join(str(row[-1]) for row in connection.execute(Explained(query)))
