"""Statement in and out: the lane of denials and official information, newest first, and its search."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, text

from monitor.articles import Article
from monitor.entries import Entry, Words
from monitor.statements import Statement
from monitor.store import search
from monitor.store.rows import Rows, batches, build
from monitor.store.tables import TABLES, WORDS
from monitor.verdicts import Evidence

STATEMENTS, ARTICLES, ENTRIES = TABLES[Statement], TABLES[Article], TABLES[Entry]
EVIDENCE = TABLES[Evidence]
IN_FTS5 = text("statements.id IN (SELECT rowid FROM statement_search WHERE statement_search MATCH :asked)")
IN_TSVECTOR = text("statements.id IN (SELECT statement FROM statement_search WHERE words @@ CAST(:asked AS tsquery))")
INTO_FTS5 = text("INSERT INTO statement_search (rowid, words) VALUES (:statement, :words)")
INTO_TSVECTOR = text("INSERT INTO statement_search (statement, words) VALUES (:statement, CAST(:words AS tsvector))")
OUT_OF_FTS5 = text(
    "INSERT INTO statement_search (statement_search, rowid, words) VALUES ('delete', :statement, :words)"
)
OUT_OF_TSVECTOR = text("DELETE FROM statement_search WHERE statement = :statement")
LAST = "SELECT coalesce(max({0}), 0) FROM statement_search{1}"


@dataclass(frozen=True, slots=True)
class Stated:
    """One statement with everything that the lane shows of it; `words` is None once they were erased."""

    statement: Statement
    article: Article
    entry: Entry
    words: Words | None


class Statements(Rows):
    """What a transaction knows of the second lane."""

    def state(self, some: Sequence[Statement]) -> list[Statement]:
        """Keeps statements and makes them findable."""
        kept = self.add_all(some) if some else []
        self.make_statements_findable(kept)
        return kept

    def stated_of(self, entry: int) -> bool:
        """Does any version of this entry's article stand in the lane?"""
        query = select(STATEMENTS.c.id).join(ARTICLES, ARTICLES.c.id == STATEMENTS.c.article)
        return self.connection.scalar(query.where(ARTICLES.c.entry == entry).limit(1)) is not None

    def statement(self, number: int) -> Stated | None:
        """One statement; None if there is no such id."""
        return next(iter(self._stated(select(STATEMENTS).where(STATEMENTS.c.id == number))), None)

    def statements(self, kind: str = "", sought: str = "", before: int = 0, limit: int = 50) -> list[Stated]:
        """Statements, newest first, of one kind and with these words if given; `before` is where the list goes on."""
        query = self._asked(kind, sought)
        query = query.where(STATEMENTS.c.id < before) if before else query
        return self._stated(query.order_by(STATEMENTS.c.id.desc()).limit(limit))

    def statements_after(self, last: int, kind: str, limit: int) -> list[Stated]:
        """Statements of a kind beyond an id, oldest first."""
        query = select(STATEMENTS).where(STATEMENTS.c.id > last, STATEMENTS.c.kind == kind)
        return self._stated(query.order_by(STATEMENTS.c.id).limit(limit))

    def statement_count(self, kind: str = "", sought: str = "", most: int = 1000) -> int:
        """How many there are; counting stops at `most`."""
        held = self._asked(kind, sought).limit(most).subquery()
        return self.connection.scalar(select(func.count()).select_from(held)) or 0

    def rumors_on(self, urls: Sequence[str]) -> dict[str, int]:
        """The newest isu that has one of these addresses among its evidence, by address."""
        query = select(EVIDENCE.c.url, EVIDENCE.c.rumor).where(EVIDENCE.c.url.in_(urls), EVIDENCE.c.url != "")
        return {row.url: row.rumor for row in self.connection.execute(query.order_by(EVIDENCE.c.rumor))}

    def make_statements_findable(self, some: Iterable[Statement]) -> None:
        """Puts the words of statements into the search index."""
        for batch in batches(some):
            held = self._words([one.words for one in batch])
            documents = [self._indexed(one.id, held.get(one.words)) for one in batch]
            self.connection.execute(INTO_FTS5 if self.sqlite else INTO_TSVECTOR, documents)

    def missing_statements(self) -> list[Statement]:
        """Statements that the search index, which is derived, does not hold yet."""
        known = LAST.format("id", "_docsize") if self.sqlite else LAST.format("statement", "")
        last = self.connection.scalar(text(known))
        return self.rows(Statement, select(STATEMENTS).where(STATEMENTS.c.id > last).order_by(STATEMENTS.c.id))

    def unindex_statements(self, words: str) -> None:
        """Takes a payload (digest) out of the search index; call it while the payload is still there."""
        held = self._words([words]).get(words)
        found = self.rows(Statement, select(STATEMENTS).where(STATEMENTS.c.words == words))
        gone = [self._indexed(one.id, held) for one in found]
        if held and gone:
            self.connection.execute(OUT_OF_FTS5 if self.sqlite else OUT_OF_TSVECTOR, gone)

    def _asked(self, kind: str, sought: str) -> Any:
        query = select(STATEMENTS)
        query = query.where(STATEMENTS.c.kind == kind) if kind else query
        if not sought.strip():
            return query
        found = search.terms(sought)
        if not found:
            return query.where(text("1 = 0"))
        if self.sqlite:
            return query.where(IN_FTS5.bindparams(asked=search.match(found, ())))
        return query.where(IN_TSVECTOR.bindparams(asked=search.tsquery(found, ())))

    def _stated(self, query: Any) -> list[Stated]:
        found = self.rows(Statement, query)
        articles = self._by_id(Article, ARTICLES, (one.article for one in found))
        entries = self._by_id(Entry, ENTRIES, (one.entry for one in articles.values()))
        words = self._words([one.words for one in found])
        return [Stated(one, articles[one.article], entries[articles[one.article].entry], words.get(one.words))
                for one in found]

    def _by_id(self, kind: type[Any], table: Any, ids: Iterable[int]) -> dict[int, Any]:
        return {row.id: build(kind, row._mapping) for some in batches(set(ids))
                for row in self.connection.execute(select(table).where(table.c.id.in_(some)))}

    def _words(self, digests: Iterable[str]) -> dict[str, Words]:
        return {row.digest: Words(row.title, row.text, row.author) for some in batches(set(digests))
                for row in self.connection.execute(select(WORDS).where(WORDS.c.digest.in_(some)))}

    def _indexed(self, statement: int, words: Words | None) -> dict[str, Any]:
        found = search.document(words)
        return {"statement": statement, "words": " ".join(found) if self.sqlite else search.tsvector(found, ())}
