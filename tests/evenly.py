"""The neutrality board the plain way, konten by konten: what the database's own counting must equal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text

from monitor import neutrality
from monitor.articles import Article
from monitor.entries import Entry
from monitor.items import DIKESAMPINGKAN, Item, ItemAct, ScoreRow
from monitor.neutrality import OBJECTING, PEMERINTAH, Line, Tally
from monitor.rumors import Carrier
from monitor.sources import Settings
from monitor.store import Tx, search
from monitor.store.rumors import NOW_IN
from monitor.store.tables import TABLES
from monitor.verdicts import STAMPS, Signature, Verdict

ITEMS, ACTS, CARRIERS, SCORES = TABLES[Item], TABLES[ItemAct], TABLES[Carrier], TABLES[ScoreRow]
ARTICLES, ENTRIES, VERDICTS, SIGNATURES = TABLES[Article], TABLES[Entry], TABLES[Verdict], TABLES[Signature]
IN_FTS5 = text("SELECT rowid FROM item_search WHERE item_search MATCH :asked")
IN_TSVECTOR = text("SELECT item FROM item_search WHERE words @@ CAST(:asked AS tsquery)")


@dataclass(frozen=True, slots=True)
class Looked:
    """One konten of a period: its source, whether the model flagged it, when it came in; `set_aside` when somebody
    dismissed it and `finding` with `signed` what two people found about it (None, "" while nobody did)."""

    item: int
    source: str
    flagged: bool
    at: datetime
    targets: tuple[str, ...] = ()
    set_aside: datetime | None = None
    finding: str = ""
    signed: datetime | None = None


def tally(some: Sequence[Looked]) -> Tally:
    """Some konten, counted one by one."""
    flagged = [one for one in some if one.flagged]
    decided = [one.set_aside or one.signed for one in some]
    return Tally(len(some), len(flagged), sum(one.set_aside is not None for one in flagged),
                 sum(one.finding in STAMPS for one in flagged),
                 tuple((end - one.at).total_seconds() / 3600 for one, end in zip(some, decided, strict=True) if end))


def lines(looked: Sequence[Looked], spoken: Iterable[tuple[neutrality.Subject, set[int]]],
          objecting: set[int]) -> tuple[Line, ...]:
    """The board of these konten: `spoken` are those (ids) whose words name a subject, `objecting` those in which
    somebody objects."""
    aimed = [one for one in looked if PEMERINTAH in one.targets]
    sources = {one.source: tally([other for other in looked if other.source == one.source]) for one in looked}
    return neutrality.lines(
        [(subject, tally([one for one in looked if one.item in items])) for subject, items in spoken],
        tally([one for one in aimed if one.item not in objecting]),
        tally([one for one in aimed if one.item in objecting]), sources)


def board(tx: Tx, settings: Settings, start: datetime, end: datetime) -> tuple[Line, ...]:
    """The board of a period, from every row of it."""
    spoken = [(subject, saying(tx, subject.phrases)) for subject in neutrality.subjects(settings)]
    return lines(looked_at(tx, start, end), spoken, saying(tx, OBJECTING))


def looked_at(tx: Tx, start: datetime, end: datetime) -> list[Looked]:
    """The konten of a period with what people decided about them, in order."""
    query = (
        select(ITEMS.c.id, ITEMS.c.at, ITEMS.c.origin, ITEMS.c.state, ENTRIES.c.source, SCORES.c.targets)
        .join(ARTICLES, ARTICLES.c.id == ITEMS.c.article)
        .join(ENTRIES, ENTRIES.c.id == ARTICLES.c.entry)
        .join(SCORES, SCORES.c.id == ITEMS.c.score)
        .where(ITEMS.c.at >= start, ITEMS.c.at < end)
        .order_by(ITEMS.c.id)
    )
    acts = select(ACTS.c.item, ACTS.c.at).where(ACTS.c.new == DIKESAMPINGKAN).order_by(ACTS.c.id)
    findings = (
        select(CARRIERS.c.item, VERDICTS.c.finding, SIGNATURES.c.at)
        .join(VERDICTS, VERDICTS.c.rumor == CARRIERS.c.rumor)
        .join(SIGNATURES, SIGNATURES.c.verdict == VERDICTS.c.id)
        .where(SIGNATURES.c.act == "setujui", NOW_IN)
        .order_by(SIGNATURES.c.id)
    )
    aside = {row.item: row.at for row in tx.connection.execute(acts)}
    found = {row.item: (row.finding, row.at) for row in tx.connection.execute(findings)}
    return [Looked(row.id, row.source, row.origin == "model", row.at, row.targets,
                   aside.get(row.id) if row.state == DIKESAMPINGKAN else None, *found.get(row.id, ("", None)))
            for row in tx.connection.execute(query)]


def saying(tx: Tx, phrases: Iterable[str]) -> set[int]:
    """Ids of konten whose words hold one of the phrases."""
    found: set[int] = set()
    for words in filter(None, map(search.plain, phrases)):
        asked = (search.match if tx.sqlite else search.tsquery)([(words, False)], ())
        found |= set(tx.connection.scalars(IN_FTS5 if tx.sqlite else IN_TSVECTOR, {"asked": asked}))
    return found
