"""What boards are made of: gates that somebody passed, the konten of a period, and whom they speak of."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select, text

from monitor.articles import Article
from monitor.entries import Entry
from monitor.items import DIKESAMPINGKAN, Item, ItemAct, ScoreRow
from monitor.neutrality import Looked
from monitor.posts import Post
from monitor.rumors import Carrier, Rumor
from monitor.store import search
from monitor.store.rows import Rows, batches
from monitor.store.rumors import NOW_IN
from monitor.store.tables import TABLES
from monitor.verdicts import Override, Signature, Verdict

OVERRIDES, ITEMS, ACTS, CARRIERS = TABLES[Override], TABLES[Item], TABLES[ItemAct], TABLES[Carrier]
POSTS, RUMORS, ARTICLES, ENTRIES, SCORES = TABLES[Post], TABLES[Rumor], TABLES[Article], TABLES[Entry], TABLES[ScoreRow]
VERDICTS, SIGNATURES = TABLES[Verdict], TABLES[Signature]
MODEL, SIGNED = "model", "setujui"
IN_FTS5 = text("SELECT rowid FROM item_search WHERE item_search MATCH :asked AND rowid BETWEEN :first AND :last")
IN_TSVECTOR = text("SELECT item FROM item_search WHERE words @@ CAST(:asked AS tsquery)"
                   " AND item BETWEEN :first AND :last")


class Boards(Rows):
    """What a transaction knows that boards show."""

    def overrides_of(self, rumor: int) -> list[Override]:
        """Gates of an isu that somebody said do not apply, oldest first."""
        return self.rows(Override, select(OVERRIDES).where(OVERRIDES.c.rumor == rumor).order_by(OVERRIDES.c.id))

    def overrides(self, start: datetime, end: datetime) -> list[Override]:
        """Gates that somebody said do not apply in a period, newest first."""
        query = select(OVERRIDES).where(OVERRIDES.c.at >= start, OVERRIDES.c.at < end)
        return self.rows(Override, query.order_by(OVERRIDES.c.id.desc()))

    def rumors_by_id(self, rumors: Iterable[int]) -> list[Rumor]:
        """Isu (ids), the oldest first."""
        return [row for some in batches(set(rumors))
                for row in self.rows(Rumor, select(RUMORS).where(RUMORS.c.id.in_(some)).order_by(RUMORS.c.id))]

    def looked(self, start: datetime, end: datetime) -> list[Looked]:
        """The konten of a period with what people decided about them, in order."""
        query = (
            select(ITEMS.c.id, ITEMS.c.at, ITEMS.c.origin, ITEMS.c.state, ENTRIES.c.source, SCORES.c.targets)
            .join(ARTICLES, ARTICLES.c.id == ITEMS.c.article)
            .join(ENTRIES, ENTRIES.c.id == ARTICLES.c.entry)
            .join(SCORES, SCORES.c.id == ITEMS.c.score)
            .where(ITEMS.c.at >= start, ITEMS.c.at < end)
            .order_by(ITEMS.c.id)
        )
        rows = self.connection.execute(query).all()
        aside, found = self._set_aside(start, end), self._found(start, end)
        return [Looked(row.id, row.source, row.origin == MODEL, row.at, row.targets,
                       aside.get(row.id) if row.state == DIKESAMPINGKAN else None, *found.get(row.id, ("", None)))
                for row in rows]

    def _set_aside(self, start: datetime, end: datetime) -> dict[int, datetime]:
        """When konten of a period were last dismissed."""
        query = (
            select(ACTS.c.item, ACTS.c.at)
            .join(ITEMS, ITEMS.c.id == ACTS.c.item)
            .where(ITEMS.c.at >= start, ITEMS.c.at < end, ACTS.c.new == DIKESAMPINGKAN)
            .order_by(ACTS.c.id)
        )
        return {row.item: row.at for row in self.connection.execute(query)}

    def _found(self, start: datetime, end: datetime) -> dict[int, tuple[str, datetime]]:
        """The last approved finding about konten of a period, and when it was signed."""
        query = (
            select(CARRIERS.c.item, VERDICTS.c.finding, SIGNATURES.c.at)
            .join(ITEMS, ITEMS.c.id == CARRIERS.c.item)
            .join(VERDICTS, VERDICTS.c.rumor == CARRIERS.c.rumor)
            .join(SIGNATURES, SIGNATURES.c.verdict == VERDICTS.c.id)
            .where(ITEMS.c.at >= start, ITEMS.c.at < end, SIGNATURES.c.act == SIGNED, NOW_IN)
            .order_by(SIGNATURES.c.id)
        )
        return {row.item: (row.finding, row.at) for row in self.connection.execute(query)}

    def items_saying(self, phrases: Iterable[str], first: int, last: int) -> set[int]:
        """Ids of konten from `first` to `last` whose words hold one of the phrases."""
        found: set[int] = set()
        for phrase in phrases:
            words = search.plain(phrase)
            if not words:
                continue
            asked = search.match([(words, False)], ()) if self.sqlite else search.tsquery([(words, False)], ())
            query = IN_FTS5 if self.sqlite else IN_TSVECTOR
            found |= set(self.connection.scalars(query, {"asked": asked, "first": first, "last": last}))
        return found

    def last_post(self) -> int:
        """The id of the newest edition that was made public; 0 while there is none."""
        return self.connection.scalar(select(func.max(POSTS.c.id))) or 0

    def signed_between(self, start: datetime, end: datetime) -> int:
        """How many second signatures were given in a period."""
        query = select(func.count()).select_from(SIGNATURES).where(SIGNATURES.c.at >= start, SIGNATURES.c.at < end)
        return self.connection.scalar(query.where(SIGNATURES.c.act == SIGNED)) or 0
