"""New konten -> their marks and their place in the search index, so that filters and search find them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, text

from monitor.articles import Article
from monitor.entries import Entry, Words
from monitor.items import BARU, DIPROSES, Item, ScoreRow
from monitor.store import search
from monitor.store.rows import batches
from monitor.store.statements import Statements
from monitor.store.tables import MARKS, TABLES, WORDS

ITEMS, SCORES, ARTICLES, ENTRIES = TABLES[Item], TABLES[ScoreRow], TABLES[Article], TABLES[Entry]
FINDABLE = (
    select(
        ITEMS.c.id, ITEMS.c.priority, ITEMS.c.state, ENTRIES.c.source, WORDS.c.title, WORDS.c.text,
        SCORES.c.topics, SCORES.c.targets, SCORES.c.regions,
    )
    .select_from(ITEMS)
    .join(ARTICLES, ARTICLES.c.id == ITEMS.c.article)
    .join(ENTRIES, ENTRIES.c.id == ARTICLES.c.entry)
    .join(SCORES, SCORES.c.id == ITEMS.c.score)
    .join(WORDS, WORDS.c.digest == ARTICLES.c.words, isouter=True)
    .order_by(ITEMS.c.id)
)
INTO_FTS5 = text("INSERT INTO item_search (rowid, words, marks) VALUES (:item, :words, :marks)")
OUT_OF_FTS5 = text(
    "INSERT INTO item_search (item_search, rowid, words, marks) VALUES ('delete', :item, :words, :marks)"
)
INTO_TSVECTOR = text("INSERT INTO item_search (item, words, open) VALUES (:item, CAST(:words AS tsvector), :open)")
OUT_OF_TSVECTOR = text("DELETE FROM item_search WHERE item = :item")


def marks_of(source: str, topics: Sequence[str], targets: Sequence[str], regions: Sequence[str]) -> list[str]:
    """By what a konten is found: its source, topics, targets, regions and what lies around these (73 for 73.71)."""
    found = {f"sumber:{source}", *(f"topik:{code}" for code in topics), *(f"sasaran:{code}" for code in targets)}
    for code in regions:
        parts = code.split(".")
        found |= {f"wilayah:{'.'.join(parts[:length])}" for length in range(1, len(parts) + 1)}
    return sorted(found)


class Marks(Statements):
    """What a transaction knows of making konten findable."""

    def make_findable(self, items: Sequence[int]) -> None:
        """Writes the marks of new konten (ids) and puts their words into the search index."""
        for some in batches(items):
            held = [(row, _marks(row)) for row in self.connection.execute(FINDABLE.where(ITEMS.c.id.in_(some)))]
            if held:
                self.bulk(MARKS, _lines(held))
                order = INTO_FTS5 if self.sqlite else INTO_TSVECTOR
                self.connection.execute(order, [self._document(row, marks) for row, marks in held])

    def unindex(self, words: str) -> None:
        """Takes what says a payload (digest) out of the search indexes; call it while the payload is still there."""
        self.unindex_statements(words)
        query = FINDABLE.where(ARTICLES.c.words == words)
        held = [self._document(row, _marks(row)) for row in self.connection.execute(query)]
        if held:
            self.connection.execute(OUT_OF_FTS5 if self.sqlite else OUT_OF_TSVECTOR, held)

    def _document(self, row: Any, marks: list[str]) -> dict[str, Any]:
        words = search.document(None if row.title is None else Words(row.title, row.text))
        if not self.sqlite:
            opened = row.state in (BARU, DIPROSES)
            return {"item": row.id, "words": search.tsvector(words, marks), "open": opened}
        return {"item": row.id, "words": " ".join(words), "marks": " ".join(map(search.token, marks))}


def _marks(row: Any) -> list[str]:
    return marks_of(row.source, row.topics, row.targets, row.regions)


def _lines(held: Sequence[tuple[Any, list[str]]]) -> dict[str, list[Any]]:
    lines = [(mark, row) for row, marks in held for mark in marks]
    return {
        "mark": [mark for mark, _ in lines],
        "item": [row.id for _, row in lines],
        "priority": [row.priority for _, row in lines],
        "open": [int(row.state in (BARU, DIPROSES)) for _, row in lines],
    }
