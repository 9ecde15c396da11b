"""Filters -> ids of konten: marks, words and states, each through the index that suits it."""

from typing import Any

from sqlalchemy import Select, func, literal_column, select, text, tuple_

from monitor.items import BARU, DIPROSES, Item
from monitor.store import search
from monitor.store.rows import Rows
from monitor.store.tables import MARKS, OPEN, TABLES
from monitor.store.views import Filters, Key

ITEMS = TABLES[Item]
IS_OPEN = text(f"items.{OPEN}")
IN_FTS5 = text("items.id IN (SELECT rowid FROM item_search WHERE item_search MATCH :asked)")
PROBED_IN_FTS5 = text("EXISTS (SELECT 1 FROM item_search WHERE item_search MATCH :asked AND rowid = items.id)")
SIZE_IN_FTS5 = text("SELECT count(*) FROM (SELECT 1 FROM item_search WHERE item_search MATCH :asked LIMIT :most)")
IN_TSVECTOR = text("items.id = item_search.item AND item_search.words @@ CAST(:asked AS tsquery)")
FEW_HITS = 20_000
Ids = Select[Any]


def wanted(filters: Filters) -> list[str]:
    """The marks that the filters ask for."""
    asked = (
        ("sumber", filters.source), ("wilayah", filters.region),
        ("topik", filters.topic), ("sasaran", filters.target),
    )
    return [f"{kind}:{code}" for kind, code in asked if code]


def in_archive(filters: Filters) -> bool:
    """Is it the archive that is asked for? A state that is not open lies only there."""
    return filters.archive or filters.state not in ("", BARU, DIPROSES)


class Filtered(Rows):
    """What a transaction knows of finding konten."""

    def found(self, filters: Filters, after: Key | None, limit: int) -> list[int]:
        """Ids of konten: by priority in the open queue, newest first in the archive."""
        return [row.item for row in self.connection.execute(self.listed(filters, after, limit))]

    def count(self, filters: Filters, most: int | None = None) -> int:
        """How many konten the filters find; with `most`, counting stops there."""
        _, _, _, query = self._query(filters)
        held = (query.limit(most) if most is not None else query).subquery()
        return self.connection.scalar(select(func.count()).select_from(held)) or 0

    def listed(self, filters: Filters, after: Key | None, limit: int) -> Ids:
        """The query behind `found`."""
        archive, priority, item, query = self._query(filters)
        if archive:
            query = query.where(item < after[1]) if after else query
            return query.order_by(item.desc()).limit(limit)
        query = query.where(tuple_(priority, item) < tuple_(*after)) if after else query
        return query.order_by(priority.desc(), item.desc()).limit(limit)

    def _query(self, filters: Filters) -> tuple[bool, Any, Any, Ids]:
        archive, marks = in_archive(filters), wanted(filters)
        if filters.text.strip():
            return archive, ITEMS.c.priority, ITEMS.c.id, self._searched(filters, marks, archive)
        if marks:
            return self._marked(filters, marks, archive)
        query = select(ITEMS.c.priority, ITEMS.c.id.label("item"))
        query = query if archive else query.where(IS_OPEN)
        return archive, ITEMS.c.priority, ITEMS.c.id, _of_item(query, filters)

    def _marked(self, filters: Filters, marks: list[str], archive: bool) -> tuple[bool, Any, Any, Ids]:
        first, *others = self._rarest_first(marks)
        lead = MARKS.alias("lead")
        query = select(lead.c.priority, lead.c.item.label("item")).where(lead.c.mark == first)
        if not archive:
            query = query.where(lead.c.open == literal_column("1"))
        for mark in others:
            also = MARKS.alias()
            query = query.where(
                select(literal_column("1")).where(also.c.mark == mark, also.c.item == lead.c.item).exists()
            )
        of_item = _of_item(select(literal_column("1")), filters)
        if of_item.whereclause is not None:
            query = query.where(of_item.where(ITEMS.c.id == lead.c.item).correlate(lead).exists())
        return archive, lead.c.priority, lead.c.item, query

    def _rarest_first(self, marks: list[str]) -> list[str]:
        if len(marks) == 1:
            return marks
        sizes = {}
        for mark in marks:
            some = select(MARKS.c.item).where(MARKS.c.mark == mark, MARKS.c.open == literal_column("1")).limit(5000)
            sizes[mark] = self.connection.scalar(select(func.count()).select_from(some.subquery())) or 0
        return sorted(marks, key=lambda mark: sizes[mark])

    def _searched(self, filters: Filters, marks: list[str], archive: bool) -> Ids:
        found = search.terms(filters.text)
        query = _of_item(select(ITEMS.c.priority, ITEMS.c.id.label("item")), filters)
        if not found:
            return query.where(text("1 = 0"))
        if not self.sqlite:
            query = query.select_from(ITEMS, text("item_search"))
            query = query.where(IN_TSVECTOR.bindparams(asked=search.tsquery(found, marks)))
            return query if archive else query.where(IS_OPEN)
        return self._searched_sqlite(query, search.match(found, marks), archive)

    def _searched_sqlite(self, query: Ids, asked: str, archive: bool) -> Ids:
        if archive:
            return query.where(IN_FTS5.bindparams(asked=asked))
        size = self.connection.scalar(SIZE_IN_FTS5, {"asked": asked, "most": FEW_HITS}) or 0
        if size < FEW_HITS:
            # Bound states keep SQLite from walking the whole queue: it starts from the few hits.
            return query.where(IN_FTS5.bindparams(asked=asked), ITEMS.c.state.in_((BARU, DIPROSES)))
        return query.where(IS_OPEN, PROBED_IN_FTS5.bindparams(asked=asked))


def _of_item(query: Ids, filters: Filters) -> Ids:
    """What is asked of the konten's own columns."""
    if filters.state:
        query = query.where(ITEMS.c.state == filters.state)
    if filters.holder:
        query = query.where(ITEMS.c.holder == filters.holder)
    if filters.since:
        query = query.where(ITEMS.c.at >= filters.since)
    if filters.until:
        query = query.where(ITEMS.c.at < filters.until)
    return query
