"""SavedFilter in and out."""

from sqlalchemy import delete, or_, select

from monitor.saved import OFFICE, SavedFilter
from monitor.store.rows import Rows
from monitor.store.tables import TABLES

SAVED = TABLES[SavedFilter]


class Saved(Rows):
    """What a transaction knows of saved filters."""

    def saved_filters(self, owner: str) -> list[SavedFilter]:
        """Those of the office, then those of an account, by name."""
        query = select(SAVED).where(or_(SAVED.c.owner == OFFICE, SAVED.c.owner == owner))
        return sorted(self.rows(SavedFilter, query), key=lambda row: (row.owner != OFFICE, row.name.casefold()))

    def drop_saved_filter(self, key: str) -> None:
        self.connection.execute(delete(SAVED).where(SAVED.c.key == key))
