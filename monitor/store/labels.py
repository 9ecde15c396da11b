"""Label in and out: what labels konten have, and the marks by which the queue finds them."""

from collections.abc import Iterable

from sqlalchemy import delete, literal, select

from monitor.items import BARU, DIPROSES, Item
from monitor.labels import Label, holding
from monitor.store.rows import batches
from monitor.store.saved import Saved
from monitor.store.tables import MARKS, TABLES

ITEMS, LABELS = TABLES[Item], TABLES[Label]
PREFIX = "label:"


class Labels(Saved):
    """What a transaction knows of labels."""

    def labels_of(self, items: Iterable[int]) -> dict[int, tuple[str, ...]]:
        """The labels that konten (ids) have now, those given first in front; no key for a konten without."""
        given: dict[int, list[Label]] = {}
        for some in batches(items):
            for row in self.rows(Label, select(LABELS).where(LABELS.c.item.in_(some)).order_by(LABELS.c.id)):
                given.setdefault(row.item, []).append(row)
        return {item: held for item, rows in given.items() if (held := holding(rows))}

    def labels(self, limit: int = 200) -> list[str]:
        """Names of labels that some konten has now, in the order of the alphabet."""
        names = select(LABELS.c.name).distinct().subquery()
        worn = select(MARKS.c.item).where(MARKS.c.mark == literal(PREFIX) + names.c.name).limit(1)
        query = select(names.c.name).where(worn.exists()).order_by(names.c.name).limit(limit)
        return list(self.connection.scalars(query))

    def relabel(self, items: Iterable[int]) -> None:
        """Writes the marks of the labels that hold on these konten (ids), and takes those of others away."""
        for some in batches(sorted(set(items))):
            held = self.labels_of(some)
            self.connection.execute(delete(MARKS).where(MARKS.c.item.in_(some), MARKS.c.mark.like(f"{PREFIX}%")))
            query = select(ITEMS.c.id, ITEMS.c.priority, ITEMS.c.state).where(ITEMS.c.id.in_(list(held)))
            lines = [(PREFIX + name, row) for row in self.connection.execute(query.order_by(ITEMS.c.id))
                     for name in held[row.id]]
            if lines:
                self.bulk(MARKS, {
                    "mark": [mark for mark, _ in lines],
                    "item": [row.id for _, row in lines],
                    "priority": [row.priority for _, row in lines],
                    "open": [int(row.state in (BARU, DIPROSES)) for _, row in lines],
                }, "ON CONFLICT DO NOTHING")

    def relabel_all(self) -> None:
        """The same for every konten that ever had a label: marks are derived, and were made anew."""
        self.relabel(self.connection.scalars(select(LABELS.c.item).distinct().order_by(LABELS.c.item)).all())
