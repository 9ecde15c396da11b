"""Rumor, Carrier, Evidence, Verdict, Signature in and out."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, func, select

from monitor.articles import Article
from monitor.items import Item
from monitor.rumors import DIGABUNG, TERBUKA, Carrier, Check, Merger, Rumor, RumorAct
from monitor.store.rows import R, Rows, batches, build
from monitor.store.search import MOST_TERMS
from monitor.store.tables import TABLES, WORDS
from monitor.store.types import clean
from monitor.verdicts import Evidence, Signature, Verdict

CARRIERS, ITEMS, RUMORS = TABLES[Carrier], TABLES[Item], TABLES[Rumor]
VERDICTS, SIGNATURES, EVIDENCE = TABLES[Verdict], TABLES[Signature], TABLES[Evidence]
MERGERS, ARTICLES = TABLES[Merger], TABLES[Article]
LATER, AFTER = CARRIERS.alias(), MERGERS.alias()
# A konten carries one isu at a time: the one of its last Carrier. Those before stay as rows.
NOW_IN = ~exists().where(LATER.c.item == CARRIERS.c.item, LATER.c.id > CARRIERS.c.id)


class Rumors(Rows):
    """What a transaction knows of isu and what was found about them."""

    def rumors(self, state: str = "", limit: int = 100, before: int | None = None, sought: str = "") -> list[Rumor]:
        """Isu, newest first, of one state if given; `before` is the id where the list goes on. `sought` is what was
        typed: a number, or words that the claim must hold."""
        query = select(RUMORS).order_by(RUMORS.c.id.desc()).limit(limit)
        if (number := sought.strip().removeprefix("#")) and number.isascii() and number.isdigit() and len(number) <= 15:
            query = query.where(RUMORS.c.id == int(number))
        elif sought.split():
            query = query.join(WORDS, WORDS.c.digest == RUMORS.c.words).where(
                *(WORDS.c.title.icontains(clean(term), autoescape=True) for term in sought.split()[:MOST_TERMS]))
        query = query.where(RUMORS.c.state == state) if state else query
        return self.rows(Rumor, query.where(RUMORS.c.id < before) if before else query)

    def carriers(self, rumor: int) -> list[Item]:
        """The konten that carry an isu now, in the order they were attached."""
        query = select(ITEMS).join(CARRIERS, CARRIERS.c.item == ITEMS.c.id).where(CARRIERS.c.rumor == rumor, NOW_IN)
        return self.rows(Item, query.order_by(CARRIERS.c.id))

    def evidence(self, rumor: int) -> list[Evidence]:
        """What was gathered about an isu and about those that were merged into it, oldest first."""
        query = select(EVIDENCE).where(EVIDENCE.c.rumor.in_([rumor, *self.merged_into(rumor)]))
        return self.rows(Evidence, query.order_by(EVIDENCE.c.id))

    def merged_into(self, rumor: int) -> list[int]:
        """The isu that were merged into this one, directly or by way of others."""
        found: list[int] = []
        newest = [rumor]
        while newest:
            query = self._held_mergers().where(MERGERS.c.target.in_(newest)).with_only_columns(MERGERS.c.rumor)
            newest = [one for one in self.connection.scalars(query) if one not in found]
            found += newest
        return found

    def merged_to(self, rumor: int) -> int:
        """The isu that a merged one belongs to now, after every later merger; its own number if it was not merged."""
        while (merger := self.merger(rumor)) is not None:
            rumor = merger.target
        return rumor

    def merger(self, rumor: int) -> Merger | None:
        """The merger that holds of an isu; None where it is not merged (any more)."""
        return next(iter(self.rows(Merger, self._held_mergers().where(MERGERS.c.rumor == rumor))), None)

    def _held_mergers(self) -> Select[Any]:
        """The last merger of every isu that is merged now."""
        merged = select(RUMORS.c.id).where(RUMORS.c.state == DIGABUNG)
        newer = ~exists().where(AFTER.c.rumor == MERGERS.c.rumor, AFTER.c.id > MERGERS.c.id)
        return select(MERGERS).where(MERGERS.c.rumor.in_(merged), newer).order_by(MERGERS.c.id)

    def carried_before(self, item: int) -> list[Carrier]:
        """Every isu that a konten carried, oldest first; the last one holds."""
        return self.rows(Carrier, select(CARRIERS).where(CARRIERS.c.item == item).order_by(CARRIERS.c.id))

    def shared_words(self, rumor: int, limit: int = 200) -> list[tuple[Item, int]]:
        """Konten with the very words of one that carries this isu, each with the isu that carries it (0: none)."""
        mine = select(ARTICLES.c.words).join(ITEMS, ITEMS.c.article == ARTICLES.c.id).join(
            CARRIERS, CARRIERS.c.item == ITEMS.c.id).where(CARRIERS.c.rumor == rumor, NOW_IN, ARTICLES.c.words != "")
        last = select(CARRIERS.c.rumor).where(CARRIERS.c.item == ITEMS.c.id).order_by(CARRIERS.c.id.desc()).limit(1)
        isu = func.coalesce(last.scalar_subquery(), 0)
        query = (
            select(ITEMS, isu.label("isu"))
            .join(ARTICLES, ARTICLES.c.id == ITEMS.c.article)
            .where(ARTICLES.c.words.in_(mine), isu != rumor)
            .order_by(ITEMS.c.id.desc()).limit(limit)
        )
        return [(build(Item, row._mapping), row.isu) for row in self.connection.execute(query)]

    def lock_rumors(self, rumors: Sequence[int]) -> None:
        """Until this transaction ends nobody else changes these isu or what they carry (SQLite: one writer)."""
        if not self.sqlite:
            query = select(RUMORS.c.id).where(RUMORS.c.id.in_(list(rumors))).order_by(RUMORS.c.id)
            self.connection.execute(query.with_for_update()).all()

    def verdicts(self, rumor: int) -> list[Verdict]:
        """Every finding about an isu, oldest first: the last one holds."""
        return self._of(Verdict, rumor)

    def last_verdicts(self, rumors: Sequence[int]) -> dict[int, Verdict]:
        """The finding that holds, of those isu (ids) that have one."""
        query = select(VERDICTS).order_by(VERDICTS.c.id)
        return {row.rumor: row for some in batches(rumors)
                for row in self.rows(Verdict, query.where(VERDICTS.c.rumor.in_(some)))}

    def verdicts_by_id(self, verdicts: Iterable[int]) -> dict[int, Verdict]:
        """Findings by id."""
        return {row.id: row for some in batches(set(verdicts))
                for row in self.rows(Verdict, select(VERDICTS).where(VERDICTS.c.id.in_(some)))}

    def rumor_acts(self, rumor: int) -> list[RumorAct]:
        """What was done to an isu, oldest first."""
        return self._of(RumorAct, rumor)

    def checks(self, rumor: int) -> list[Check]:
        """What was looked at in the checklist of an isu, oldest first."""
        return self._of(Check, rumor)

    def rumor_counts(self) -> dict[str, int]:
        """How many isu there are, by state."""
        query = select(RUMORS.c.state, func.count()).group_by(RUMORS.c.state)
        return {row.state: row[1] for row in self.connection.execute(query)}

    def carrier_counts(self, rumors: Sequence[int]) -> dict[int, int]:
        """How many konten carry each of these isu."""
        query = select(CARRIERS.c.rumor, func.count()).where(CARRIERS.c.rumor.in_(rumors), NOW_IN)
        query = query.group_by(CARRIERS.c.rumor)
        return {row.rumor: row[1] for row in self.connection.execute(query)}

    def rumors_held(self, holder: str, limit: int = 200) -> list[Rumor]:
        """Open isu that somebody holds, the oldest first."""
        query = select(RUMORS).where(RUMORS.c.state == TERBUKA, RUMORS.c.holder == holder)
        return self.rows(Rumor, query.order_by(RUMORS.c.id).limit(limit))

    def since(self, rumors: Sequence[int]) -> dict[int, datetime]:
        """When the first konten of each isu came in; no key for an isu without konten."""
        first = func.min(ITEMS.c.at, type_=ITEMS.c.at.type)
        query = select(CARRIERS.c.rumor, first.label("at")).join(ITEMS, ITEMS.c.id == CARRIERS.c.item)
        found = self.connection.execute(query.where(CARRIERS.c.rumor.in_(rumors), NOW_IN).group_by(CARRIERS.c.rumor))
        return {row.rumor: row.at for row in found}

    def signatures(self, verdict: int) -> list[Signature]:
        """What second persons said to a finding, oldest first."""
        query = select(SIGNATURES).where(SIGNATURES.c.verdict == verdict).order_by(SIGNATURES.c.id)
        return self.rows(Signature, query)

    def _of(self, kind: type[R], rumor: int) -> list[R]:
        table = TABLES[kind]
        return self.rows(kind, select(table).where(table.c.rumor == rumor).order_by(table.c.id))
