"""The only place where rooms and doors meet. This is the map:

    settings | sources due | web | cage: entries.parse    | store: Fetch Schedule Entry Words   (visits.py)
    entries that wait      | web | cage: articles.extract | store: Fetch Article Words          (pages.py)
    articles that wait     | classifiers                  | store: ScoreRow Item                (scoring.py)
    a person's act         | items, rumors, verdicts      | store: their rows and the audit     (cases.py)
    a person's act         | web | clarifications, posts  | store: their rows and the audit     (answers.py)
    a week                 | digests                      | HTML, JSON                          (reports.py)
    deliveries that wait   | deliveries | web, mail       | store: Delivery DeliveryAct         (sending.py)

Every step is load, decide, do, save. What a step could not finish still waits in the store for the next one, so a
process that is killed anywhere loses nothing and repeats nothing that was acknowledged.
"""

from threading import Event

from monitor.fetches import Cycle
from monitor.pipeline.cases import Finding, Link, change, propose, sign, visit_links
from monitor.pipeline.house import Clock, House, Report, quiet
from monitor.pipeline.pages import read_pages
from monitor.pipeline.reports import digest
from monitor.pipeline.scoring import score_articles
from monitor.pipeline.visits import visit_sources

__all__ = [
    "Clock", "Finding", "House", "Link", "Report", "change", "collect", "digest", "propose", "quiet", "sign",
    "visit_links",
]  # fmt: skip


def collect(house: House, now: Clock, stop: Event, report: Report = quiet) -> Cycle:
    """One cycle over what is due: sources, then pages, then scores. Ends early, with rows that say so, when `stop` is
    set. `report` is told (step, done, total)."""
    started = now()
    visited = visit_sources(house, now, stop, report)
    read = read_pages(house, now, stop, report)
    scored = score_articles(house, now, report)
    cycle = Cycle(
        started=started,
        ended=now(),
        due=visited.due,
        fetched=visited.fetched + read.fetched,
        failed=visited.failed + read.failed,
        new=visited.new,
        flagged=scored.flagged,
        stopped=stop.is_set(),
    )
    with house.store.write() as tx:
        return tx.add(cycle)
