"""Schedule, Fetch, Move, Cycle in and out; how every source is."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Subquery, case, func, select

from monitor.fetches import Cycle, Fetch, Move, Schedule
from monitor.store.rows import Rows, build
from monitor.store.tables import TABLES
from monitor.store.views import SourceHealth

SCHEDULES, FETCHES, CYCLES, MOVES = TABLES[Schedule], TABLES[Fetch], TABLES[Cycle], TABLES[Move]


class Fetches(Rows):
    """What a transaction knows of visits."""

    def schedules(self) -> dict[str, Schedule]:
        """Every schedule by its source's name."""
        return {row.source: row for row in self.rows(Schedule, select(SCHEDULES))}

    def put_schedule(self, schedule: Schedule) -> None:
        """Keeps a source's schedule in place of the one before."""
        self.put([schedule])

    def put_schedules(self, schedules: Sequence[Schedule]) -> None:
        """Keeps many schedules at once, one a source."""
        self.put(schedules)

    def fetches_of(self, source: str, limit: int = 50, before: int | None = None) -> list[Fetch]:
        """The last visits of a source, newest first, of its pages too; `before` is the id where the list goes on."""
        query = select(FETCHES).where(FETCHES.c.source == source).order_by(FETCHES.c.id.desc()).limit(limit)
        return self.rows(Fetch, query.where(FETCHES.c.id < before) if before else query)

    def moves(self, source: str | None = None) -> list[Move]:
        """Addresses that moved for good, oldest first."""
        query = select(MOVES).order_by(MOVES.c.id)
        return self.rows(Move, query.where(MOVES.c.source == source) if source else query)

    def last_cycle(self) -> Cycle | None:
        """The last round that was completed; a round ended early does not count."""
        query = select(CYCLES).where(CYCLES.c.stopped.is_(False)).order_by(CYCLES.c.ended.desc()).limit(1)
        return next(iter(self.rows(Cycle, query)), None)

    def source_health(self, since: datetime, until: datetime | None = None) -> dict[str, SourceHealth]:
        """Every source that has a schedule, by name, with its visits from `since` on (before `until`)."""
        visits = self._visits(since, until)
        query = select(SCHEDULES, visits.c.visited, visits.c.failed, visits.c.fresh).select_from(
            SCHEDULES.outerjoin(visits, visits.c.name == SCHEDULES.c.source)
        )
        found = {}
        for row in self.connection.execute(query):
            held = row._mapping
            counts = [int(held[name] or 0) for name in ("visited", "failed", "fresh")]
            found[held["source"]] = SourceHealth(held["source"], build(Schedule, held), *counts)
        return found

    def _visits(self, since: datetime, until: datetime | None) -> Subquery:
        query = select(
            FETCHES.c.source.label("name"),
            func.count().label("visited"),
            func.sum(case((FETCHES.c.sentence != "", 1), else_=0)).label("failed"),
            func.sum(FETCHES.c.new).label("fresh"),
        ).where(FETCHES.c.started >= since)
        if until:
            query = query.where(FETCHES.c.started < until)
        return query.group_by(FETCHES.c.source).subquery()
