"""Rows read together -> the values that pages, health and reports are made of."""

from dataclasses import dataclass
from datetime import datetime

from monitor.articles import Article
from monitor.entries import Entry, Words
from monitor.fetches import Cycle, Fetch, Schedule
from monitor.items import Item, ItemAct, ScoreRow
from monitor.rumors import Rumor


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One konten with everything that a list or page shows of it; `words` is None once they were erased."""

    item: Item
    score: ScoreRow
    article: Article
    entry: Entry
    words: Words | None


@dataclass(frozen=True, slots=True)
class Detail:
    """A konten's own page: its row, the versions of its article (oldest first) with their words, what was done to it,
    the visit that brought the page, the isu it is part of, and other konten of the same text."""

    row: QueueRow
    versions: tuple[tuple[Article, Words | None], ...]
    acts: tuple[ItemAct, ...]
    fetch: Fetch | None
    rumors: tuple[Rumor, ...]
    same: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the queue is asked for; "" or None does not filter.

    `archive` leaves the open queue: every state, newest first. `region` finds what lies inside it too (73 finds
    73.71). `since` and `until` bound the time of flagging, `until` excluded; `during` are stretches of it, one of which
    must hold it too. `text` is whatever somebody typed.
    """

    state: str = ""
    region: str = ""
    topic: str = ""
    target: str = ""
    source: str = ""
    holder: str = ""
    label: str = ""
    text: str = ""
    since: datetime | None = None
    until: datetime | None = None
    archive: bool = False
    during: tuple[tuple[datetime, datetime], ...] = ()


Key = tuple[float, int]


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How one source is: its schedule and its visits in the asked time, of its pages too.

    `failures` are visits that ended with a sentence for a person; `new` the entries they brought.
    """

    source: str
    schedule: Schedule
    fetches: int
    failures: int
    new: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What /health and /metrics tell of the store: open konten, entries that wait by stage, the last full round."""

    queue: int
    waiting: dict[str, int]
    cycle: Cycle | None
