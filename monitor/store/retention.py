"""What is kept of ended things, and who else rests on it: the questions that retention asks of the database."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, exists, func, literal, or_, select

from monitor.articles import Article
from monitor.attachments import Attachment
from monitor.audit import Erasure
from monitor.clarifications import Clarification
from monitor.entries import Entry, Showing
from monitor.items import Item, ItemAct
from monitor.posts import Answer, Objection
from monitor.retention import BUKTI, DISMISSED, FINISHED, KONTEN, LIVING, Kept, Name
from monitor.rumors import Carrier, Merger, Rumor, RumorAct
from monitor.sightings import Sighting
from monitor.statements import Statement
from monitor.store.rows import Rows, batches
from monitor.store.tables import META, TABLES, WORDS
from monitor.verdicts import Evidence

ITEMS, ACTS, ARTICLES, ENTRIES = TABLES[Item], TABLES[ItemAct], TABLES[Article], TABLES[Entry]
RUMORS, RUMOR_ACTS, CARRIERS, EVIDENCE = TABLES[Rumor], TABLES[RumorAct], TABLES[Carrier], TABLES[Evidence]
CLARIFICATIONS, OBJECTIONS, ANSWERS = TABLES[Clarification], TABLES[Objection], TABLES[Answer]
ERASURES, ATTACHMENTS, SIGHTINGS = TABLES[Erasure], TABLES[Attachment], TABLES[Sighting]
MERGERS = TABLES[Merger]
# That these name a digest is no reason to keep it: articles and entries count by their konten, what stands in the lane
# goes with its article, the others hold no words.
NO_REASON = (ARTICLES.name, ENTRIES.name, TABLES[Statement].name, ERASURES.name, TABLES[Showing].name)
WORDY = ("words", "public")
BYTES = ("page", "original", "copy", "mosaic")


class Retention(Rows):
    """What a transaction knows of what may be kept no longer."""

    def dismissed(self, before: datetime, after: int = 0, limit: int = 200,
                  among: Sequence[int] | None = None) -> list[Kept]:
        """Konten that carry no isu, were dismissed before then and have words or bytes left, by id beyond `after`."""
        last = select(func.max(ACTS.c.at)).where(ACTS.c.item == ITEMS.c.id).scalar_subquery()
        query = (
            select(ITEMS.c.id, ARTICLES.c.entry)
            .join(ARTICLES, ARTICLES.c.id == ITEMS.c.article)
            .where(ITEMS.c.state == DISMISSED, ITEMS.c.id > after, func.coalesce(last, ITEMS.c.at) < before)
            .where(~exists().where(CARRIERS.c.item == ITEMS.c.id))
            .order_by(ITEMS.c.id)
        )
        if among is None:
            query = query.where(_left(ARTICLES.c.entry)).limit(limit)
            return [self._konten(row.id, row.entry) for row in self.connection.execute(query)]
        return [Kept(KONTEN, row.id, (), ()) for some in batches(among)
                for row in self.connection.execute(query.where(ITEMS.c.id.in_(some)))]

    def evidence_over(self, before: datetime, after: int = 0, limit: int = 200,
                      among: Sequence[int] | None = None) -> list[Kept]:
        """Evidence of isu that were finished before then, without a living clarification or an open objection."""
        last = select(func.max(RUMOR_ACTS.c.at)).where(RUMOR_ACTS.c.rumor == RUMORS.c.id).scalar_subquery()
        query = (
            select(EVIDENCE.c.id)
            .join(RUMORS, RUMORS.c.id == EVIDENCE.c.rumor)
            .where(EVIDENCE.c.id > after, EVIDENCE.c.at < before, RUMORS.c.state.in_(FINISHED))
            .where(func.coalesce(last, RUMORS.c.at) < before, ~_living(), ~_unanswered(), ~_merged_into_living())
            .order_by(EVIDENCE.c.id)
        )
        if among is not None:
            return [Kept(BUKTI, row.id, (), ()) for some in batches(among)
                    for row in self.connection.execute(query.where(EVIDENCE.c.id.in_(some)))]
        left = or_(_worded(EVIDENCE.c.words), _bytes_left(EVIDENCE), _files_left(BUKTI, EVIDENCE))
        query = query.where(left).limit(limit)
        return [self._bukti(row.id) for row in self.connection.execute(query)]

    def left_of(self, item: int) -> Kept | None:
        """What is left of one konten, whatever its state; None if there is no such id."""
        entry = self.connection.scalar(select(ARTICLES.c.entry).join(ITEMS, ITEMS.c.article == ARTICLES.c.id).where(
            ITEMS.c.id == item))
        return self._konten(item, entry) if entry else None

    def rests(self, digests: Iterable[str]) -> dict[str, set[Name]]:
        """By digest of words or bytes, who rests on it: konten and evidence by name, other rows by their table."""
        found: dict[str, set[Name]] = defaultdict(set)
        for some in batches(set(digests) - {""}):
            for query in (*_of_konten(some), *_of_others(some)):
                for digest, noun, number in self.connection.execute(query):
                    found[digest].add((noun, number))
        return found

    def ended(self, names: Iterable[Name], dismissed: datetime, evidence: datetime) -> set[Name]:
        """Of these konten and evidence those whose time is over too."""
        held = set(names)
        items = [number for noun, number in held if noun == KONTEN]
        proofs = [number for noun, number in held if noun == BUKTI]
        over = (*self.dismissed(dismissed, among=items), *self.evidence_over(evidence, among=proofs))
        return {one.name for one in over}

    def erased_pages(self) -> set[str]:
        """Digests of bytes that were erased, and of those whose words were; some may have come back since."""
        pages = select(ARTICLES.c.page).join(ERASURES, ERASURES.c.words == ARTICLES.c.words)
        return {*self.connection.scalars(pages), *self.connection.scalars(select(ERASURES.c.words))} - {""}

    def bound_pages(self) -> set[str]:
        """Digests of the archived bytes that stay: pages of konten whose words are there, and what is handed in."""
        pages = select(ARTICLES.c.page).join(ITEMS, ITEMS.c.article == ARTICLES.c.id).where(
            ARTICLES.c.page != "", or_(ARTICLES.c.words == "", _worded(ARTICLES.c.words)), ~_gone(ARTICLES))
        found = set(self.connection.scalars(pages))
        for table in META.sorted_tables:
            for name in BYTES:
                if name in table.c and "at" in table.c and table.name != ARTICLES.name:
                    found.update(self.connection.scalars(select(table.c[name]).where(~_gone(table, name))))
        return found - {""}

    def _konten(self, item: int, entry: int) -> Kept:
        """A konten with what is left of it: every version, where it was seen, the files that came with it."""
        words = [select(ARTICLES.c.words).where(ARTICLES.c.entry == entry, _worded(ARTICLES.c.words)),
                 select(ENTRIES.c.words).where(ENTRIES.c.id == entry, _worded(ENTRIES.c.words)),
                 select(SIGHTINGS.c.words).where(SIGHTINGS.c.item == item, _worded(SIGHTINGS.c.words))]
        pages = [select(ARTICLES.c.page).where(ARTICLES.c.entry == entry, _bytes_left(ARTICLES))]
        return self._kept(KONTEN, item, words, pages)

    def _bukti(self, evidence: int) -> Kept:
        """An evidence with what is left of it, its files among it."""
        here = EVIDENCE.c.id == evidence
        return self._kept(BUKTI, evidence, [select(EVIDENCE.c.words).where(here, _worded(EVIDENCE.c.words))],
                          [select(EVIDENCE.c.page).where(here, _bytes_left(EVIDENCE))])

    def _kept(self, noun: str, number: int, words: list[Select[Any]], pages: list[Select[Any]]) -> Kept:
        own = (ATTACHMENTS.c.noun == noun) & (ATTACHMENTS.c.key == number)
        words = [*words, select(ATTACHMENTS.c.words).where(own, _worded(ATTACHMENTS.c.words))]
        files = [select(ATTACHMENTS.c[name]).where(own, _bytes_left(ATTACHMENTS, name)) for name in BYTES[1:]]
        held = [sorted({digest for query in some for digest in self.connection.scalars(query)} - {""})
                for some in (words, [*pages, *files])]
        return Kept(noun, number, tuple(held[0]), tuple(held[1]))


def _worded(digest: ColumnElement[Any]) -> ColumnElement[bool]:
    return exists().where(WORDS.c.digest == digest)


def _gone(table: Table, name: str = "page") -> ColumnElement[bool]:
    """Were these bytes erased after this row was made?"""
    return exists().where(ERASURES.c.words == table.c[name], ERASURES.c.at >= table.c.at)


def _bytes_left(table: Table, name: str = "page") -> ColumnElement[bool]:
    return (table.c[name] != "") & ~_gone(table, name)


def _left(entry: ColumnElement[int]) -> ColumnElement[bool]:
    """Is anything left of a konten's words or bytes?"""
    versions = ARTICLES.alias()
    article = exists().where(versions.c.entry == entry).where(or_(
        exists().where(WORDS.c.digest == versions.c.words),
        (versions.c.page != "") & ~exists().where(ERASURES.c.words == versions.c.page, ERASURES.c.at >= versions.c.at)))
    shown = exists().where(ENTRIES.c.id == entry, WORDS.c.digest == ENTRIES.c.words)
    return or_(article, shown, _files_left(KONTEN, ITEMS))


def _files_left(noun: str, of: Table) -> ColumnElement[bool]:
    own = ATTACHMENTS.c.noun == noun, ATTACHMENTS.c.key == of.c.id
    return exists().where(*own, _bytes_left(ATTACHMENTS, "original"))


def _living() -> ColumnElement[bool]:
    there = CLARIFICATIONS.c.state.in_(LIVING) | (CLARIFICATIONS.c.proposal != "")
    return exists().where(CLARIFICATIONS.c.rumor == RUMORS.c.id, there)


def _merged_into_living() -> ColumnElement[bool]:
    """Was the isu merged into one that is not finished, or that is answered in public?"""
    target = RUMORS.alias()
    there = exists().where(CLARIFICATIONS.c.rumor == target.c.id, CLARIFICATIONS.c.state.in_(LIVING))
    return exists().where(MERGERS.c.rumor == RUMORS.c.id, target.c.id == MERGERS.c.target,
                          or_(target.c.state.not_in(FINISHED), there))


def _unanswered() -> ColumnElement[bool]:
    asked = select(OBJECTIONS.c.id).join(CLARIFICATIONS, CLARIFICATIONS.c.id == OBJECTIONS.c.clarification)
    open_ones = asked.where(CLARIFICATIONS.c.rumor == RUMORS.c.id, ~exists().where(
        ANSWERS.c.objection == OBJECTIONS.c.id))
    return open_ones.correlate(RUMORS).exists()


def _of_konten(digests: Sequence[str]) -> list[Select[Any]]:
    """Who rests on words and pages by way of an article or entry: the konten of that entry."""
    held = select(ARTICLES.c.entry, ARTICLES.c.id).subquery()
    items = select(held.c.entry, ITEMS.c.id.label("item")).join(ITEMS, ITEMS.c.article == held.c.id).subquery()
    noun = literal(KONTEN)
    return [
        select(column, noun, items.c.item).join(items, items.c.entry == entry).where(column.in_(digests))
        for column, entry in ((ARTICLES.c.words, ARTICLES.c.entry), (ARTICLES.c.page, ARTICLES.c.entry),
                              (ENTRIES.c.words, ENTRIES.c.id))
    ]


def _of_others(digests: Sequence[str]) -> list[Select[Any]]:
    """Every other row that names a digest of words or bytes."""
    return [
        select(table.c[name], *_named(table)).where(table.c[name].in_(digests))
        for table in META.sorted_tables
        for name in (*WORDY, *BYTES)
        if name in table.c and "id" in table.c and table.name not in NO_REASON
    ]


def _named(table: Table) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Whom a row speaks for: its evidence, its konten, or itself by its table's name."""
    if table is ATTACHMENTS:
        return table.c.noun, table.c.key
    if table is SIGHTINGS:
        return literal(KONTEN), table.c.item
    return literal(BUKTI if table is EVIDENCE else table.name), table.c.id
