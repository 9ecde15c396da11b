"""Item in and out: the queue by priority, one konten's page, counts."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from itertools import accumulate
from typing import Any

from sqlalchemy import delete, func, select, text, update

from monitor.articles import Article
from monitor.entries import Entry, Words
from monitor.fetches import Fetch
from monitor.items import BARU, DIPROSES, Item, ItemAct, ScoreRow
from monitor.labels import Label
from monitor.rumors import Carrier, Rumor
from monitor.store.articles import Articles
from monitor.store.entries import Entries
from monitor.store.filters import Filtered
from monitor.store.labels import Labels
from monitor.store.marks import FINDABLE, OUT_OF_FTS5, OUT_OF_TSVECTOR, Marks, marks_of
from monitor.store.rows import R, batches
from monitor.store.tables import MARKS, OPEN, TABLES, WORDS
from monitor.store.views import Detail, Filters, Key, QueueRow

ITEMS, SCORES, ARTICLES, ENTRIES = TABLES[Item], TABLES[ScoreRow], TABLES[Article], TABLES[Entry]
ACTS, CARRIERS, RUMORS = TABLES[ItemAct], TABLES[Carrier], TABLES[Rumor]
PARTS: tuple[tuple[type, Any], ...] = ((Item, ITEMS), (ScoreRow, SCORES), (Article, ARTICLES), (Entry, ENTRIES))
JOINED = (
    select(
        *(table.c[f.name].label(f"{table.name}_{f.name}") for kind, table in PARTS for f in fields(kind)),
        WORDS.c.title.label("title"), WORDS.c.text.label("text"), WORDS.c.author.label("author"),
    )
    .select_from(ITEMS)
    .join(SCORES, SCORES.c.id == ITEMS.c.score)
    .join(ARTICLES, ARTICLES.c.id == ITEMS.c.article)
    .join(ENTRIES, ENTRIES.c.id == ARTICLES.c.entry)
    .join(WORDS, WORDS.c.digest == ARTICLES.c.words, isouter=True)
)
ENDS = tuple(accumulate(len(fields(kind)) for kind, _ in PARTS))
SPANS = tuple((kind, end - len(fields(kind)), end) for (kind, _), end in zip(PARTS, ENDS, strict=True))


class Items(Filtered, Marks, Labels, Entries, Articles):
    """What a transaction knows of konten."""

    def add_all(self, rows: Sequence[R]) -> list[R]:
        """Appends rows; konten are also made findable (marks, words, labels go into the indexes)."""
        added = super().add_all(rows)
        self.make_findable([row.id for row in added if isinstance(row, Item)])
        self.relabel(row.item for row in added if isinstance(row, Label))
        return added

    def queue(self, filters: Filters = Filters(), after: Key | None = None, limit: int = 50) -> list[QueueRow]:
        """Open konten by priority, then newest; the archive newest first. `after` is `key_of` the last one seen."""
        return self.queue_rows(self.found(filters, after, limit))

    def queue_rows(self, items: Sequence[int]) -> list[QueueRow]:
        """What lists show of these konten (ids), in the order given."""
        found: dict[int, QueueRow] = {}
        for some in batches(items):
            rows = map(_queue_row, self.connection.execute(JOINED.where(ITEMS.c.id.in_(some))))
            found |= {row.item.id: row for row in rows}
        return [found[item] for item in items if item in found]

    def item(self, item: int) -> Detail | None:
        """One konten with all that its page shows; None if there is no such id."""
        row = next(iter(self.queue_rows([item])), None)
        if row is None:
            return None
        versions = self.articles_of(row.entry.id)
        words = self.words_of(version.words for version in versions)
        return Detail(
            row=row,
            versions=tuple((version, words.get(version.words)) for version in versions),
            acts=tuple(self.item_acts(item)),
            fetch=self.get(Fetch, row.article.fetch),
            rumors=tuple(self.rumors_of(item)),
            same=tuple(one for one in self.items_of_words(row.article.words) if one.id != item),
        )

    def item_acts(self, item: int) -> list[ItemAct]:
        """What was done to a konten, oldest first."""
        return self.rows(ItemAct, select(ACTS).where(ACTS.c.item == item).order_by(ACTS.c.id))

    def steps_of(self, who: str, since: datetime, limit: int = 500) -> list[datetime]:
        """When somebody last did something to konten, newest first."""
        query = select(ACTS.c.at).where(ACTS.c.who == who, ACTS.c.at >= since).order_by(ACTS.c.at.desc()).limit(limit)
        return list(self.connection.scalars(query))

    def items_of_words(self, words: str, limit: int = 100) -> list[Item]:
        """Konten whose article has exactly these words (by digest), newest first; none for ""."""
        if not words:
            return []
        query = select(ITEMS).join(ARTICLES, ARTICLES.c.id == ITEMS.c.article).where(ARTICLES.c.words == words)
        return self.rows(Item, query.order_by(ITEMS.c.id.desc()).limit(limit))

    def item_of(self, entry: int) -> Item | None:
        """The newest konten that came of an entry, whatever version of its article."""
        query = select(ITEMS).join(ARTICLES, ARTICLES.c.id == ITEMS.c.article).where(ARTICLES.c.entry == entry)
        return next(iter(self.rows(Item, query.order_by(ITEMS.c.id.desc()).limit(1))), None)

    def rumors_of(self, item: int) -> list[Rumor]:
        """The isu that a konten was attached to, oldest first."""
        query = select(RUMORS).join(CARRIERS, CARRIERS.c.rumor == RUMORS.c.id).where(CARRIERS.c.item == item)
        return self.rows(Rumor, query.order_by(CARRIERS.c.id))

    def counts(self) -> dict[str, int]:
        """How many konten are open, by state: one is DIPROSES exactly while somebody holds it."""
        opened = select(func.count()).select_from(ITEMS).where(text(f"items.{OPEN}"))
        held = opened.where(ITEMS.c.holder > "").scalar_subquery()
        whole, taken = self.connection.execute(select(opened.scalar_subquery(), held)).one()
        return {state: int(count) for state, count in ((BARU, whole - taken), (DIPROSES, taken)) if count}

    def set_aside(self, most: int) -> int:
        """How many konten are not open (any more); counting stops at `most`."""
        some = select(ITEMS.c.id).where(ITEMS.c.state.not_in((BARU, DIPROSES))).limit(most).subquery()
        return self.connection.scalar(select(func.count()).select_from(some)) or 0

    def urgent(self, threshold: float, limit: int = 20) -> list[QueueRow]:
        """Open konten at or above a priority, the most urgent first."""
        return [row for row in self.queue(limit=limit) if row.item.priority >= threshold]

    def reprioritise(self, priorities: Iterable[tuple[int, float]]) -> None:
        """New rank keys of konten (id, priority); no act and no new version, for nothing of their meaning changes."""
        for item, rank in sorted(priorities):
            self.connection.execute(update(ITEMS).where(ITEMS.c.id == item).values(priority=rank))

    def judged_later(self, item: int, score: int, rank: float) -> None:
        """Gives a konten the score of its article that came later, and with it its rank, filters and place in search;
        no act and no new version, for nothing of their meaning changes."""
        for row in self.connection.execute(FINDABLE.where(ITEMS.c.id == item)).all():
            marks = marks_of(row.source, row.topics, row.targets, row.regions)
            gone = OUT_OF_FTS5 if self.sqlite else OUT_OF_TSVECTOR
            self.connection.execute(gone, self._document(row, marks))
            self.connection.execute(delete(MARKS).where(MARKS.c.item == item, MARKS.c.mark.in_(marks)))
        self.connection.execute(update(ITEMS).where(ITEMS.c.id == item).values(score=score, priority=rank))
        self.make_findable([item])


def key_of(row: QueueRow) -> Key:
    """Where a list goes on after this row."""
    return row.item.priority, row.item.id


def _queue_row(held: Sequence[Any]) -> QueueRow:
    """Out of one row of JOINED, by place: a list of fifty asks for 1,700 columns."""
    item, score, article, entry = (kind(*held[first:last]) for kind, first, last in SPANS)
    title, said, author = held[-3:]
    return QueueRow(item, score, article, entry, None if title is None else Words(title, said, author))
