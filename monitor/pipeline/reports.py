"""A week of rows -> Digest."""

from monitor import digests
from monitor.digests import Digest, Period
from monitor.pipeline.house import House


def digest(house: House, period: Period) -> Digest:
    """The weekly report of a period, from the rows as they are now."""
    earlier = digests.before(period)
    with house.store.read() as tx:
        events = tx.events(period.start, period.end)
        before = tx.flagged_count(earlier.start, earlier.end)
    return Digest(house.settings.office.name or "Kantor tanpa nama", period, events, before)
