"""Filters -> ids of konten: marks, words and states, each through the index that suits it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, literal_column, or_, select, text, tuple_

from monitor.items import BARU, DIPROSES, Item
from monitor.store import search
from monitor.store.labels import PREFIX
from monitor.store.rows import Rows
from monitor.store.tables import MARKS, OPEN, TABLES
from monitor.store.views import Filters, Key

Ids = Select[Any]
ITEMS = TABLES[Item]
IS_OPEN = text(f"items.{OPEN}")
ONE: Any = literal_column("1")
PLAIN = select(ITEMS.c.priority, ITEMS.c.id.label("item"))
IN_FTS5 = text("items.id IN (SELECT rowid FROM item_search WHERE item_search MATCH :asked)")
# The plus keeps SQLite from starting at the hits: it walks the queue in order and meets them.
MET_IN_FTS5 = text("+items.id IN (SELECT rowid FROM item_search WHERE item_search MATCH :asked)")
PROBED_IN_FTS5 = text("EXISTS (SELECT 1 FROM item_search WHERE item_search MATCH :asked AND rowid = items.id)")
SIZE_IN_FTS5 = text("SELECT count(*) FROM (SELECT 1 FROM item_search WHERE item_search MATCH :asked LIMIT :most)")
# The sum keeps SQLite from looking up each konten in the index: the index leads, newest first.
LED_BY_FTS5 = text("item_search MATCH :asked AND items.id = item_search.rowid + 0")
IN_TSVECTOR = text("items.id = item_search.item AND item_search.words @@ CAST(:asked AS tsquery)")
# The plus keeps SQLite from starting at the times, all of which it would have to sort.
UNLED_AT: Any = literal_column("+items.at", ITEMS.c.at.type)
OPEN_WORDS = text("item_search.open")
WALKS = "jernih_walks"
Bound = Callable[[Any], Any]


def wanted(filters: Filters) -> list[str]:
    """The marks that the filters ask for and the search index knows."""
    asked = (
        ("sumber", filters.source), ("wilayah", filters.region),
        ("topik", filters.topic), ("sasaran", filters.target),
    )
    return [f"{kind}:{code}" for kind, code in asked if code]


def labelled(filters: Filters) -> list[str]:
    """The marks that come and go, so that only the queue's own table knows them."""
    return [f"{PREFIX}{filters.label}"] if filters.label else []


def in_archive(filters: Filters) -> bool:
    """Is it the archive that is asked for? A state that is not open lies only there."""
    return filters.archive or filters.state not in ("", BARU, DIPROSES)


@dataclass(frozen=True, slots=True)
class Listing:
    """A query over konten, and the columns it is sorted by; `probe` asks one konten more, too dear to ask them all."""

    query: Ids
    priority: Any
    item: Any
    probe: Any = None


NOTHING = Listing(PLAIN.where(text("1 = 0")), ITEMS.c.priority, ITEMS.c.id)


class Filtered(Rows):
    """What a transaction knows of finding konten."""

    # Measured over a million konten, a tenth of them open: 3,000 hits are sorted in 6 ms; up to 100,000 are collected
    # in 20 ms and met on a walk through the queue; a word with more stands in every tenth konten, so that a page is
    # mostly full after a walk that asks the index 3,000 times, 20 microseconds each.
    few_hits = 3_000
    many_hits = 100_000
    walk = 3_000

    def found(self, filters: Filters, after: Key | None, limit: int) -> list[int]:
        """Ids of konten: by priority in the open queue, newest first in the archive."""
        query = self.query(filters, after, limit)
        rows = self.connection.execute(query).all()
        if len(rows) < limit and WALKS in query.get_execution_options():
            query = listed(self._listing(filters, walk=False), filters, after, limit)
            rows = self.connection.execute(query).all()
        return [row.item for row in rows]

    def query(self, filters: Filters, after: Key | None = None, limit: int = 50) -> Ids:
        """The query that `found` asks first; one that WALKS stops before it has asked the whole queue."""
        listing = self._listing(filters)
        query = listed(listing, filters, after, limit)
        if listing.probe is None:
            return query
        last = self.connection.execute(query.limit(1).offset(self.walk)).first()
        query = query.where(tuple_(listing.priority, listing.item) > tuple_(*last)) if last else query
        return query.where(listing.probe).execution_options(**{WALKS: True})

    def count(self, filters: Filters, most: int | None = None) -> int:
        """How many konten the filters find; with `most`, counting stops there."""
        query = self._hits(filters) if most is not None and self._open_hits(filters) else None
        query = self._listing(filters, walk=False).query if query is None else query
        held = (query.limit(most) if most is not None else query).subquery()
        return self.connection.scalar(select(func.count()).select_from(held)) or 0

    def _open_hits(self, filters: Filters) -> bool:
        """Do words and marks alone decide, so that a tenth of the hits are open and the newest of them sooner?"""
        narrow = filters.holder or filters.label or filters.since or filters.until or filters.during
        return self.sqlite and bool(filters.text.strip()) and not in_archive(filters) and not narrow

    def _hits(self, filters: Filters) -> "Ids | None":
        """Open konten from the hits of a search, newest first: for counts that stop early, 40 times as fast as walking
        through the queue where the word is common. None where nothing is asked."""
        found = search.terms(filters.text)
        if not found:
            return None
        led = LED_BY_FTS5.bindparams(asked=search.match(found, wanted(filters)))
        query = self._of_item(PLAIN, filters).select_from(ITEMS, text("item_search")).where(led)
        return query.where(ITEMS.c.state.in_((BARU, DIPROSES))).order_by(text("item_search.rowid DESC"))

    def _listing(self, filters: Filters, walk: bool = True) -> Listing:
        marks, span = wanted(filters), self._span(filters)
        if span is None:
            return NOTHING
        if filters.text.strip():
            listing = self._searched(filters, marks, walk)
        elif marks or filters.label:
            listing = self._marked(filters, [*labelled(filters), *marks])
        else:
            query = PLAIN if in_archive(filters) else PLAIN.where(IS_OPEN)
            listing = Listing(self._of_item(query, filters), ITEMS.c.priority, ITEMS.c.id)
        return replace(listing, query=listing.query.where(*(bound(listing.item) for bound in span)))

    def _span(self, filters: Filters) -> "list[Bound] | None":
        """Between which ids the archive holds what came in when it is asked for; None: nothing did. Newest first is by
        id, so that without this a list of an old stage would walk through everything that came after it."""
        first, last = _hull(filters)
        if not in_archive(filters) or first is None:
            return []
        # The zero keeps PostgreSQL from walking up the ids until it meets the time.
        low, high = func.min(ITEMS.c.id + 0), func.max(ITEMS.c.id + 0)
        query = select(low, high if last else low).where(ITEMS.c.at >= first)
        found = self.connection.execute(query.where(ITEMS.c.at < last) if last else query).one()
        if found[0] is None:
            return None
        return [lambda item: item >= found[0], *([lambda item: item <= found[1]] if last else [])]

    def _of_item(self, query: Ids, filters: Filters) -> Ids:
        """What is asked of the konten's own columns."""
        at = UNLED_AT if self.sqlite else ITEMS.c.at
        if filters.state:
            query = query.where(ITEMS.c.state == filters.state)
        if filters.holder:
            query = query.where(ITEMS.c.holder == filters.holder)
        if filters.since:
            query = query.where(at >= filters.since)
        if filters.until:
            query = query.where(at < filters.until)
        if filters.during:
            query = query.where(or_(*(and_(at >= start, at < end) for start, end in filters.during)))
        return query

    def _marked(self, filters: Filters, marks: list[str]) -> Listing:
        first, *others = self._rarest_first(marks)
        lead = MARKS.alias("lead")
        query = select(lead.c.priority, lead.c.item.label("item")).where(lead.c.mark == first)
        if not in_archive(filters):
            query = query.where(lead.c.open == ONE)
        for mark in others:
            also = MARKS.alias()
            query = query.where(select(ONE).where(also.c.mark == mark, also.c.item == lead.c.item).exists())
        of_item = self._of_item(select(ONE), filters)
        if of_item.whereclause is not None:
            query = query.where(of_item.where(ITEMS.c.id == lead.c.item).correlate(lead).exists())
        return Listing(query, lead.c.priority, lead.c.item)

    def _rarest_first(self, marks: list[str]) -> list[str]:
        if len(marks) == 1:
            return marks
        sizes = {mark: self._size(mark, 5000) for mark in marks}
        return sorted(marks, key=lambda mark: sizes[mark])

    def _size(self, mark: str, most: int) -> int:
        """How many open konten have a mark; counting stops at `most`."""
        some = select(MARKS.c.item).where(MARKS.c.mark == mark, MARKS.c.open == ONE).limit(most)
        return self.connection.scalar(select(func.count()).select_from(some.subquery())) or 0

    def _searched(self, filters: Filters, marks: list[str], walk: bool) -> Listing:
        found = search.terms(filters.text)
        if not found:
            return NOTHING
        if self.sqlite:
            return self._searched_sqlite(filters, search.match(found, marks), walk)
        query = PLAIN.select_from(ITEMS, text("item_search"))
        query = query.where(IN_TSVECTOR.bindparams(asked=search.tsquery(found, marks)))
        query = query if in_archive(filters) else query.where(IS_OPEN, OPEN_WORDS)
        return Listing(self._of_item(_having(query, filters), filters), ITEMS.c.priority, ITEMS.c.id)

    def _searched_sqlite(self, filters: Filters, asked: str, walk: bool) -> Listing:
        query = self._of_item(_having(PLAIN, filters), filters)
        if in_archive(filters):
            query = query.select_from(ITEMS, text("item_search")).where(LED_BY_FTS5.bindparams(asked=asked))
            return Listing(query, ITEMS.c.priority, literal_column("item_search.rowid"))
        if filters.label and self._size(labelled(filters)[0], self.few_hits) < self.few_hits:
            worn = select(MARKS.c.item).where(MARKS.c.mark == labelled(filters)[0], MARKS.c.open == ONE)
            query = query.where(ITEMS.c.id.in_(worn), ITEMS.c.state.in_((BARU, DIPROSES)))
            return Listing(query.where(PROBED_IN_FTS5.bindparams(asked=asked)), ITEMS.c.priority, ITEMS.c.id)
        size = self.connection.scalar(SIZE_IN_FTS5, {"asked": asked, "most": self.many_hits}) or 0
        if walk and size == self.many_hits:
            probe = PROBED_IN_FTS5.bindparams(asked=asked)
            return Listing(query.where(IS_OPEN), ITEMS.c.priority, ITEMS.c.id, probe)
        if size < self.few_hits:
            # Bound states keep SQLite from walking the whole queue: it starts from the hits.
            query = query.where(IN_FTS5.bindparams(asked=asked), ITEMS.c.state.in_((BARU, DIPROSES)))
        else:
            query = query.where(IS_OPEN, MET_IN_FTS5.bindparams(asked=asked))
        return Listing(query, ITEMS.c.priority, ITEMS.c.id)


def listed(listing: Listing, filters: Filters, after: Key | None, limit: int) -> Ids:
    """One page of a listing, after the key of the page before."""
    query, priority, item = listing.query, listing.priority, listing.item
    if in_archive(filters):
        query = query.where(item < after[1]) if after else query
        return query.order_by(item.desc()).limit(limit)
    query = query.where(tuple_(priority, item) < tuple_(*after)) if after else query
    return query.order_by(priority.desc(), item.desc()).limit(limit)


def _having(query: Ids, filters: Filters) -> Ids:
    """What is asked of marks that the search index does not know."""
    for mark in labelled(filters):
        query = query.where(select(ONE).where(MARKS.c.mark == mark, MARKS.c.item == ITEMS.c.id).exists())
    return query


def _hull(filters: Filters) -> tuple[datetime | None, datetime | None]:
    """The one stretch of time that holds all that is asked for; several stretches are not worth one."""
    first, last = filters.since, filters.until
    if len(filters.during) != 1:
        return first, last
    start, end = filters.during[0]
    return max(first or start, start), min(last or end, end)
