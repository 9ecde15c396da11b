"""Rumor, Carrier, Evidence, Verdict, Signature in and out."""

from collections.abc import Sequence

from sqlalchemy import func, select

from monitor.items import Item
from monitor.rumors import Carrier, Check, Rumor, RumorAct
from monitor.store.rows import R, Rows
from monitor.store.tables import TABLES
from monitor.verdicts import Evidence, Signature, Verdict

CARRIERS, ITEMS, RUMORS = TABLES[Carrier], TABLES[Item], TABLES[Rumor]
VERDICTS, SIGNATURES = TABLES[Verdict], TABLES[Signature]


class Rumors(Rows):
    """What a transaction knows of isu and what was found about them."""

    def rumors(self, state: str = "", limit: int = 100, before: int | None = None) -> list[Rumor]:
        """Isu, newest first, of one state if given; `before` is the id where the list goes on."""
        query = select(RUMORS).order_by(RUMORS.c.id.desc()).limit(limit)
        query = query.where(RUMORS.c.state == state) if state else query
        return self.rows(Rumor, query.where(RUMORS.c.id < before) if before else query)

    def carriers(self, rumor: int) -> list[Item]:
        """The konten that carry an isu, in the order they were attached."""
        query = select(ITEMS).join(CARRIERS, CARRIERS.c.item == ITEMS.c.id).where(CARRIERS.c.rumor == rumor)
        return self.rows(Item, query.order_by(CARRIERS.c.id))

    def evidence(self, rumor: int) -> list[Evidence]:
        """What was gathered about an isu, oldest first."""
        return self._of(Evidence, rumor)

    def verdicts(self, rumor: int) -> list[Verdict]:
        """Every finding about an isu, oldest first: the last one holds."""
        return self._of(Verdict, rumor)

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
        query = select(CARRIERS.c.rumor, func.count()).where(CARRIERS.c.rumor.in_(rumors)).group_by(CARRIERS.c.rumor)
        return {row.rumor: row[1] for row in self.connection.execute(query)}

    def signatures(self, verdict: int) -> list[Signature]:
        """What second persons said to a finding, oldest first."""
        query = select(SIGNATURES).where(SIGNATURES.c.verdict == verdict).order_by(SIGNATURES.c.id)
        return self.rows(Signature, query)

    def _of(self, kind: type[R], rumor: int) -> list[R]:
        table = TABLES[kind]
        return self.rows(kind, select(table).where(table.c.rumor == rumor).order_by(table.c.id))
