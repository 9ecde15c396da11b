"""What boards are made of: gates that somebody passed, the konten of a period, and whom they speak of."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, func, select, text

from monitor.neutrality import Tally
from monitor.posts import Post
from monitor.rumors import Rumor
from monitor.store import search
from monitor.store.rows import Rows, batches
from monitor.store.tables import TABLES
from monitor.store.types import Moment
from monitor.verdicts import STAMPS, Override, Signature

OVERRIDES, POSTS, RUMORS, SIGNATURES = TABLES[Override], TABLES[Post], TABLES[Rumor], TABLES[Signature]
SIGNED = "setujui"
IN_FTS5 = "SELECT rowid FROM item_search WHERE item_search MATCH :asked"
IN_TSVECTOR = "SELECT item FROM item_search WHERE words @@ CAST(:asked AS tsquery)"
AIMED = "SELECT item FROM marks WHERE mark = :mark"
# What became of each konten of a period: the last dismissal, where it still stands, and the last approved finding of
# the isu that carries it now.
TALLY = """
WITH signed AS (
  SELECT carriers.item, verdicts.finding, signatures.at,
         row_number() OVER (PARTITION BY carriers.item ORDER BY signatures.id DESC) AS place
  FROM signatures
  JOIN verdicts ON verdicts.id = signatures.verdict
  JOIN carriers ON carriers.rumor = verdicts.rumor
  WHERE signatures.act = 'setujui' {carried} AND NOT EXISTS (
    SELECT 1 FROM carriers AS later WHERE later.item = carriers.item AND later.id > carriers.id)
), found AS (SELECT item, finding, at FROM signed WHERE place = 1)
SELECT {name} AS name, count(*) AS konten,
       sum(CASE WHEN items.origin = 'model' THEN 1 ELSE 0 END) AS flagged,
       sum(CASE WHEN items.origin = 'model' AND aside.at IS NOT NULL THEN 1 ELSE 0 END) AS dismissed,
       sum(CASE WHEN items.origin = 'model' AND found.finding IN :stamps THEN 1 ELSE 0 END) AS stamped,
       {spans} AS spans
FROM items
JOIN articles ON articles.id = items.article
JOIN entries ON entries.id = articles.entry
LEFT JOIN item_acts AS aside ON aside.item = items.id AND aside.new = 'DIKESAMPINGKAN'
  AND items.state = 'DIKESAMPINGKAN' AND NOT EXISTS (
    SELECT 1 FROM item_acts AS later
    WHERE later.item = aside.item AND later.new = 'DIKESAMPINGKAN' AND later.id > aside.id)
LEFT JOIN found ON found.item = items.id
WHERE {when} >= :start AND {when} < :end {counted}
GROUP BY 1
"""
# From coming in to the decision. SQLite reads a time far slower than Python: it only strings both together.
SPANS_SQLITE = "group_concat(coalesce(aside.at, found.at) || ',' || items.at)"
SPANS_POSTGRES = """
string_agg((extract(epoch FROM coalesce(aside.at, found.at) - items.at) * 1000000)::bigint::text, ',')"""


def _between(told: str) -> tuple[float, ...]:
    """Hours between pairs of times: "later,earlier,later,earlier"."""
    moments = map(datetime.fromisoformat, told.split(",")) if told else iter(())
    return tuple((later - earlier).total_seconds() / 3600 for later, earlier in zip(moments, moments, strict=True))


def _lasting(told: str) -> tuple[float, ...]:
    """Hours of microseconds."""
    return tuple(int(part) / 1_000_000 / 3600 for part in told.split(",")) if told else ()


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

    def tallies(self, start: datetime, end: datetime) -> dict[str, Tally]:
        """The konten of a period by source, with what people decided about them."""
        return self._tallied(start, end, "entries.source", "")

    def tally_saying(self, start: datetime, end: datetime, phrases: Iterable[str]) -> Tally:
        """Those of them whose words hold one of the phrases."""
        asked = self._any_of(phrases)
        found = self._tallied(start, end, "''", self._saying, asked=asked) if asked else {}
        return found.get("", Tally())

    def tallies_aimed(self, start: datetime, end: datetime, target: str,
                      phrases: Iterable[str]) -> tuple[Tally, Tally]:
        """Those of them that are aimed at a target: without any of the phrases in their words, and with one."""
        met = f"CASE WHEN items.id IN ({self._saying}) THEN 'with' ELSE 'without' END"
        found = self._tallied(start, end, met, AIMED, asked=self._any_of(phrases), mark=f"sasaran:{target}")
        return found.get("without", Tally()), found.get("with", Tally())

    @property
    def _saying(self) -> str:
        return IN_FTS5 if self.sqlite else IN_TSVECTOR

    def _any_of(self, phrases: Iterable[str]) -> str:
        """What the search index is asked for: any of the phrases."""
        write, either = (search.match, " OR ") if self.sqlite else (search.tsquery, " | ")
        held = [words for phrase in phrases if (words := search.plain(phrase))]
        return either.join(f"({write([(words, False)], ())})" for words in held)

    def _tallied(self, start: datetime, end: datetime, name: str, whose: str, **more: str) -> dict[str, Tally]:
        """Counted by the database, a row a name; `whose` are the ids that count, "" for all."""
        spans, hours = (SPANS_SQLITE, _between) if self.sqlite else (SPANS_POSTGRES, _lasting)
        # The plus keeps SQLite from starting at the times, where the ids are few.
        when = "+items.at" if self.sqlite and whose else "items.at"
        query = text(TALLY.format(
            name=name, spans=spans, when=when, carried=f"AND carriers.item IN ({whose})" if whose else "",
            counted=f"AND items.id IN ({whose})" if whose else "",
        )).bindparams(bindparam("start", type_=Moment()), bindparam("end", type_=Moment()),
                      bindparam("stamps", STAMPS, expanding=True))
        rows = self.connection.execute(query, {"start": start, "end": end, **more})
        return {row.name: Tally(row.konten, row.flagged, row.dismissed, row.stamped, hours(row.spans or ""))
                for row in rows}

    def last_post(self) -> int:
        """The id of the newest edition that was made public; 0 while there is none."""
        return self.connection.scalar(select(func.max(POSTS.c.id))) or 0

    def signed_between(self, start: datetime, end: datetime) -> int:
        """How many second signatures were given in a period."""
        query = select(func.count()).select_from(SIGNATURES).where(SIGNATURES.c.at >= start, SIGNATURES.c.at < end)
        return self.connection.scalar(query.where(SIGNATURES.c.act == SIGNED)) or 0
