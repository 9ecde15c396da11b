"""Delivery and DeliveryAct in and out: the outbox."""

from collections.abc import Iterable

from sqlalchemy import func, select

from monitor.deliveries import GAGAL, MENGIRIM, MENUNGGU, TIDAK_PASTI, Delivery, DeliveryAct
from monitor.store.rows import Rows, batches
from monitor.store.tables import TABLES

DELIVERIES, ACTS = TABLES[Delivery], TABLES[DeliveryAct]


class Outbox(Rows):
    """What a transaction knows of the outbox."""

    def under_way(self) -> list[Delivery]:
        """Deliveries that wait or are being sent, oldest first."""
        query = select(DELIVERIES).where(DELIVERIES.c.state.in_((MENUNGGU, MENGIRIM)))
        return self.rows(Delivery, query.order_by(DELIVERIES.c.id))

    def deliveries(self, *states: str, limit: int = 200, before: int = 0) -> list[Delivery]:
        """Deliveries, newest first, of some states if given; `before` is the id where the list goes on."""
        query = select(DELIVERIES).order_by(DELIVERIES.c.id.desc()).limit(limit)
        query = query.where(DELIVERIES.c.state.in_(states)) if states else query
        return self.rows(Delivery, query.where(DELIVERIES.c.id < before) if before else query)

    def delivery_counts(self) -> dict[str, int]:
        """How many deliveries are in each state."""
        query = select(DELIVERIES.c.state, func.count().label("number")).group_by(DELIVERIES.c.state)
        return {row.state: row.number for row in self.connection.execute(query)}

    def stuck_deliveries(self) -> int:
        """How many deliveries only a person gets further."""
        stuck = DELIVERIES.c.state.in_((GAGAL, TIDAK_PASTI))
        return self.connection.scalar(select(func.count()).select_from(DELIVERIES).where(stuck)) or 0

    def deliveries_of(self, clarifications: Iterable[int]) -> list[Delivery]:
        """Every delivery of some publications, oldest first."""
        return self._carrying(DELIVERIES.c.clarification, set(clarifications) - {0})

    def report_deliveries(self, reports: Iterable[int]) -> list[Delivery]:
        """Every delivery of some digests, by the ids of their editions, oldest first."""
        return self._carrying(DELIVERIES.c.report, set(reports) - {0})

    def delivery_by(self, key: str) -> Delivery | None:
        """The delivery of a key."""
        return next(iter(self.rows(Delivery, select(DELIVERIES).where(DELIVERIES.c.key == key))), None)

    def delivery_acts(self, delivery: int) -> list[DeliveryAct]:
        """What was done to a delivery, oldest first."""
        query = select(ACTS).where(ACTS.c.delivery == delivery).order_by(ACTS.c.id)
        return self.rows(DeliveryAct, query)

    def _carrying(self, column: "object", wanted: set[int]) -> list[Delivery]:
        found: list[Delivery] = []
        for some in batches(sorted(wanted)):
            found += self.rows(Delivery, select(DELIVERIES).where(column.in_(some)))  # type: ignore[attr-defined]
        return sorted(found, key=lambda one: one.id)
