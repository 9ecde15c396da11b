"""Act in and out: the chain, its anchored head, and erasures that leave it whole."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC

from sqlalchemy import select, update

from monitor.audit import START, Act, broken, chained
from monitor.store.rows import Rows
from monitor.store.tables import HEADS, TABLES
from monitor.store.types import cleaned

AUDIT = TABLES[Act]
CHAIN = "audit"


class Chain(Rows):
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

    def audit_faults(self) -> list[str]:
        """Every place where the chain does not hold, in English; [] if it is whole and ends at its anchor."""
        return broken(self._whole_chain(), self.anchor())

    def anchor(self) -> tuple[int, str]:
        """How many acts there are, and the digest of the last."""
        row = self.connection.execute(select(HEADS.c.acts, HEADS.c.digest).where(HEADS.c.chain == CHAIN)).first()
        return (row.acts, row.digest) if row else (0, START)

    def _whole_chain(self) -> Iterator[Act]:
        last = 0
        while some := self.acts(after=last, limit=5000):
            yield from some
            last = some[-1].id

    def _locked_head(self) -> tuple[int, str]:
        self.connection.execute(
            self.insert(HEADS).values(chain=CHAIN, acts=0, digest=START).on_conflict_do_nothing()
        )
        query = select(HEADS.c.acts, HEADS.c.digest).where(HEADS.c.chain == CHAIN).with_for_update()
        row = self.connection.execute(query).one()
        return row.acts, row.digest
