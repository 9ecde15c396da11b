"""Article, ScoreRow in and out."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from monitor.articles import Article
from monitor.entries import Entry, Words
from monitor.items import ScoreRow
from monitor.store.rows import Rows, batches
from monitor.store.tables import TABLES, WORDS

ARTICLES, SCORES, ENTRIES = TABLES[Article], TABLES[ScoreRow], TABLES[Entry]


class Articles(Rows):
    """What a transaction knows of articles and their scores."""

    def articles_of(self, entry: int) -> list[Article]:
        """Every version of an entry's article, oldest first."""
        return self.rows(Article, select(ARTICLES).where(ARTICLES.c.entry == entry).order_by(ARTICLES.c.version))

    def latest_article(self, entry: int) -> Article | None:
        """The newest version of an entry's article."""
        query = select(ARTICLES).where(ARTICLES.c.entry == entry).order_by(ARTICLES.c.version.desc()).limit(1)
        return next(iter(self.rows(Article, query)), None)

    def latest_articles(self, entries: Iterable[int]) -> dict[int, Article]:
        """The newest version by entry, for many entries at once."""
        found: dict[int, Article] = {}
        for some in batches(set(entries)):
            query = select(ARTICLES).where(ARTICLES.c.entry.in_(some)).order_by(ARTICLES.c.version)
            found |= {article.entry: article for article in self.rows(Article, query)}
        return found

    def same_text(self, words: str) -> list[Article]:
        """Articles of exactly these words (by digest), oldest first; none for ""."""
        if not words:
            return []
        return self.rows(Article, select(ARTICLES).where(ARTICLES.c.words == words).order_by(ARTICLES.c.id))

    def articles_of_sources(self, sources: Iterable[str], after: int, limit: int) -> list[tuple[Article, Entry, Words]]:
        """First versions of articles of these sources beyond the id `after`, with their words, oldest first."""
        query = (
            select(ARTICLES, ENTRIES.c.id.label("of_entry"))
            .join(ENTRIES, ENTRIES.c.id == ARTICLES.c.entry)
            .join(WORDS, WORDS.c.digest == ARTICLES.c.words)
            .where(ARTICLES.c.id > after, ARTICLES.c.version == 1, ENTRIES.c.source.in_(list(sources)))
            .order_by(ARTICLES.c.id)
            .limit(limit)
        )
        found = self.rows(Article, query)
        entries = {row.id: row for some in batches({one.entry for one in found})
                   for row in self.rows(Entry, select(ENTRIES).where(ENTRIES.c.id.in_(some)))}
        words = {row.digest: Words(row.title, row.text, row.author) for some in batches({one.words for one in found})
                 for row in self.connection.execute(select(WORDS).where(WORDS.c.digest.in_(some)))}
        return [(one, entries[one.entry], words[one.words]) for one in found]

    def score_of(self, article: int) -> ScoreRow | None:
        """The last score of an article."""
        query = select(SCORES).where(SCORES.c.article == article).order_by(SCORES.c.id.desc()).limit(1)
        return next(iter(self.rows(ScoreRow, query)), None)

    def articles_between(self, start: datetime, end: datetime, after: int = 0, limit: int = 1000) -> list[Article]:
        """Articles of a period by id, for scoring again or drawing a sample; `after` is the id where to go on."""
        query = select(ARTICLES).where(ARTICLES.c.at >= start, ARTICLES.c.at < end, ARTICLES.c.id > after)
        return self.rows(Article, query.order_by(ARTICLES.c.id).limit(limit))
