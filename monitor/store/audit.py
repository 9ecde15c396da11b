"""Act in and out: the chain, its anchored head, and erasures that leave it whole."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import delete, select, update

from monitor.audit import START, Act, Erasure, broken, chained
from monitor.store.marks import Marks
from monitor.store.retention import Retention
from monitor.store.tables import HEADS, TABLES, WORDS
from monitor.store.types import cleaned

AUDIT, ERASURES = TABLES[Act], TABLES[Erasure]
CHAIN = "audit"


class Chain(Marks, Retention):
    """What a transaction knows of the audit."""

    head: tuple[int, str] | None = None

    def audit(self, act: Act) -> Act:
        """Appends an act, tied to the one before it; take it last in a transaction, for it makes others wait."""
        count, previous = self._locked_head()
        # The digest is over what the database will give back.
        stored = replace(act, at=act.at.astimezone(UTC), who=cleaned(act.who), act=cleaned(act.act),
                         noun=cleaned(act.noun), key=cleaned(act.key), detail=cleaned(act.detail))
        tied = self.add(chained(stored, previous))
        self.head = (count + 1, tied.digest)
        self.connection.execute(
            update(HEADS).where(HEADS.c.chain == CHAIN).values(acts=count + 1, digest=tied.digest)
        )
        return tied

    def acts(self, noun: str | None = None, key: str | None = None, after: int = 0, limit: int = 1000) -> list[Act]:
        """Acts in the order of the chain, of one noun and key if given; `after` is the id where to go on."""
        query = select(AUDIT).where(AUDIT.c.id > after)
        if noun is not None:
            query = query.where(AUDIT.c.noun == noun)
        if key is not None:
            query = query.where(AUDIT.c.key == key)
        return self.rows(Act, query.order_by(AUDIT.c.id).limit(limit))

    def recent_acts(self, noun: str = "", key: str = "", before: int = 0, limit: int = 100) -> list[Act]:
        """Acts newest first, of one noun (and key) if given; `before` is the id where the list goes on."""
        query = select(AUDIT).order_by(AUDIT.c.id.desc()).limit(limit)
        query = query.where(AUDIT.c.noun == noun) if noun else query
        query = query.where(AUDIT.c.key == key) if key else query
        return self.rows(Act, query.where(AUDIT.c.id < before) if before else query)

    def acts_by(self, who: str, act: str, since: datetime) -> list[Act]:
        """What somebody did under this name since then, in the order of the chain."""
        query = select(AUDIT).where(AUDIT.c.at >= since, AUDIT.c.who == cleaned(who), AUDIT.c.act == act)
        return self.rows(Act, query.order_by(AUDIT.c.id))

    def audit_faults(self, known: tuple[int, str] | None = None) -> list[str]:
        """Every place where the chain does not hold, in English; [] if it is whole and ends at its anchor.

        `known` is a head (count, digest) that was seen before: the chain must lead through it.
        """
        seen = [START]
        faults = broken(self._whole_chain(seen, known[0] if known else 0), self.anchor())
        if known and known[0] and seen[0] != known[1]:
            faults.append(f"act number {known[0]} is not the one that was anchored: the chain was cut or rewritten")
        return faults

    def erase(self, words: str, who: str, why: str, basis: str, at: datetime) -> Erasure:
        """Erases a payload or bytes of the archive (by digest): rows stay, with the hash; words leave the search.

        They do not come back, unless only their time was over. The file itself is the caller's to drop.
        """
        self.unindex(words)
        self.connection.execute(delete(WORDS).where(WORDS.c.digest == words))
        erasure = self.add(Erasure(words, at, who, why, basis))
        self.audit(Act(at, who, "hapus", "words", words, {"basis": basis, "erasure": erasure.id}))
        return erasure

    def erasures(self) -> list[Erasure]:
        """Every erasure, oldest first."""
        return self.rows(Erasure, select(ERASURES).order_by(ERASURES.c.id))

    def anchor(self) -> tuple[int, str]:
        """How many acts there are, and the digest of the last."""
        row = self.connection.execute(select(HEADS.c.acts, HEADS.c.digest).where(HEADS.c.chain == CHAIN)).first()
        return (row.acts, row.digest) if row else (0, START)

    def _whole_chain(self, seen: list[str], number: int) -> Iterator[Act]:
        """Every act; the digest of the one with this number is left in `seen`."""
        last, count = 0, 0
        while some := self.acts(after=last, limit=5000):
            if count < number <= count + len(some):
                seen[0] = some[number - count - 1].digest
            yield from some
            last, count = some[-1].id, count + len(some)

    def _locked_head(self) -> tuple[int, str]:
        self.bulk(HEADS, {"chain": [CHAIN], "acts": [0], "digest": [START]}, "ON CONFLICT DO NOTHING")
        query = select(HEADS.c.acts, HEADS.c.digest).where(HEADS.c.chain == CHAIN).with_for_update()
        row = self.connection.execute(query).one()
        return row.acts, row.digest
