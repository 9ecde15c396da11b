"""Draw, Review in and out: what may be drawn, what was drawn, and dismissals that chance may put before a redaktur."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select

from monitor.articles import Article
from monitor.entries import Entry
from monitor.items import DIKESAMPINGKAN, SAMPLE, Item, ItemAct, ScoreRow
from monitor.samples import Draw, Review
from monitor.store.rows import Rows, batches, build
from monitor.store.tables import TABLES, WORDS

DRAWS, REVIEWS, ACTS = TABLES[Draw], TABLES[Review], TABLES[ItemAct]
ITEMS, ARTICLES, SCORES, ENTRIES = TABLES[Item], TABLES[Article], TABLES[ScoreRow], TABLES[Entry]


class Samples(Rows):
    """What a transaction knows of chance."""

    def draw(self, label: str = "") -> Draw | None:
        """The draw of a week, or the last one."""
        query = select(DRAWS).order_by(DRAWS.c.id.desc()).limit(1)
        return next(iter(self.rows(Draw, query.where(DRAWS.c.label == label) if label else query)), None)

    def draws(self, limit: int = 60) -> list[Draw]:
        """Draws, newest first."""
        return self.rows(Draw, select(DRAWS).order_by(DRAWS.c.id.desc()).limit(limit))

    def unflagged(self, start: datetime, end: datetime, without: Iterable[str] = ()) -> list[int]:
        """Ids of articles of a period that the model let pass and nobody made a konten, each text once; without these
        sources."""
        other = ARTICLES.alias("other")
        entry_is_konten = (
            select(ITEMS.c.id).join(other, ITEMS.c.article == other.c.id).where(other.c.entry == ARTICLES.c.entry)
        )
        query = (
            select(ARTICLES.c.id, ARTICLES.c.words, ENTRIES.c.source, SCORES.c.flag)
            .join(SCORES, SCORES.c.article == ARTICLES.c.id)
            .join(ENTRIES, ENTRIES.c.id == ARTICLES.c.entry)
            .join(WORDS, WORDS.c.digest == ARTICLES.c.words)
            .where(ARTICLES.c.at >= start, ARTICLES.c.at < end, ARTICLES.c.version == 1, WORDS.c.text != "",
                   ~entry_is_konten.exists())
            .order_by(ARTICLES.c.id.desc(), SCORES.c.id)
        )
        barred, flags, texts = set(without), dict[int, bool](), dict[int, str]()
        for row in self.connection.execute(query):
            if row.source not in barred:
                flags[row.id], texts[row.id] = row.flag, row.words
        firsts = {texts[article]: article for article, flag in flags.items() if not flag}
        return sorted(firsts.values())

    def drawn_items(self, start: datetime, end: datetime) -> list[Item]:
        """Konten that a draw brought in a period, oldest first."""
        query = select(ITEMS).where(ITEMS.c.at >= start, ITEMS.c.at < end, ITEMS.c.origin == SAMPLE)
        return self.rows(Item, query.order_by(ITEMS.c.at, ITEMS.c.id))

    def items_of_articles(self, articles: Sequence[int]) -> list[Item]:
        """The konten of these articles (ids), in their order."""
        found = {row.article: row for some in batches(articles)
                 for row in self.rows(Item, select(ITEMS).where(ITEMS.c.article.in_(some)))}
        return [found[article] for article in articles if article in found]

    def acts_of(self, items: Sequence[int]) -> dict[int, list[ItemAct]]:
        """What was done to konten (ids), oldest first, by konten."""
        found: dict[int, list[ItemAct]] = {}
        for some in batches(items):
            for act in self.rows(ItemAct, select(ACTS).where(ACTS.c.item.in_(some)).order_by(ACTS.c.id)):
                found.setdefault(act.item, []).append(act)
        return found

    def dismissals(self, start: datetime, end: datetime) -> list[ItemAct]:
        """Dismissals of a period, newest first."""
        query = select(ACTS).where(ACTS.c.at >= start, ACTS.c.at < end, ACTS.c.new == DIKESAMPINGKAN)
        return self.rows(ItemAct, query.where(ACTS.c.act == "kesampingkan").order_by(ACTS.c.id.desc()))

    def reviewed(self, start: datetime, end: datetime) -> dict[str, int]:
        """What was said to the dismissals of a period, and how often."""
        query = (
            select(REVIEWS.c.outcome, func.count().label("told"))
            .join(ACTS, ACTS.c.id == REVIEWS.c.act)
            .where(ACTS.c.at >= start, ACTS.c.at < end, ACTS.c.new == DIKESAMPINGKAN, ACTS.c.act == "kesampingkan")
            .group_by(REVIEWS.c.outcome)
        )
        return {row.outcome: row.told for row in self.connection.execute(query)}

    def standing(self, acts: Iterable[int]) -> dict[int, Item]:
        """The konten of dismissals (ids of their acts) that still stand and that nobody reviewed, by act."""
        later = ACTS.alias("later")
        query = (
            select(ACTS.c.id.label("of"), ITEMS)
            .join(ITEMS, ITEMS.c.id == ACTS.c.item)
            .where(ITEMS.c.state == DIKESAMPINGKAN)
            .where(~select(REVIEWS.c.id).where(REVIEWS.c.act == ACTS.c.id).exists())
            .where(~select(later.c.id).where(later.c.item == ACTS.c.item, later.c.id > ACTS.c.id).exists())
        )
        return {row.of: build(Item, row._mapping) for some in batches(set(acts))
                for row in self.connection.execute(query.where(ACTS.c.id.in_(some)))}

    def items_by_id(self, items: Iterable[int]) -> dict[int, Item]:
        """Konten by id."""
        return {row.id: row for some in batches(set(items))
                for row in self.rows(Item, select(ITEMS).where(ITEMS.c.id.in_(some)))}
