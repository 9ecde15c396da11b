"""Due sources -> Fetch, Schedule, Entry: the first step of a cycle."""

from binascii import crc32
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Event
from urllib.parse import urlsplit

from monitor import articles, entries, fetches
from monitor.articles import Extract
from monitor.cage import Outcome
from monitor.entries import Found, Parsed, Waiting
from monitor.fetches import Reply, Schedule, Visit
from monitor.pipeline import edits
from monitor.pipeline.edits import Edit
from monitor.pipeline.house import Clock, House, Report, overlap
from monitor.sources import Source
from monitor.store import Tx


@dataclass(frozen=True, slots=True)
class Tally:
    """What a step did: visits made, visits failed, entries or articles new, items flagged."""

    due: int = 0
    fetched: int = 0
    failed: int = 0
    new: int = 0
    flagged: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.due + other.due,
            self.fetched + other.fetched,
            self.failed + other.failed,
            self.new + other.new,
            self.flagged + other.flagged,
        )


@dataclass(frozen=True, slots=True)
class Visited:
    """One source's visit on its way into the store: new entries, articles that the feed carried, edits it showed."""

    source: Source
    visit: Visit
    body: bytes
    new: tuple[Found, ...] = ()
    extracts: tuple[Extract | None, ...] = ()
    edits: tuple[Edit, ...] = ()


Answer = tuple[Source, Schedule | None, Reply, Visit]


def visit_sources(house: House, now: Clock, stop: Event, report: Report) -> Tally:
    """Visits every source that is due; each visit is a row, and the new entries wait for their pages."""
    with house.store.read() as tx:
        schedules = tx.schedules()
    wanted = {source.name: source for source in fetches.due(schedules, house.settings.watched, now())}
    if not wanted:
        return Tally()
    requests = [fetches.request(source, schedules.get(name)) for name, source in wanted.items()]
    report("sumber", 0, len(requests))
    answers = (
        None if reply is None else _judged(wanted[reply.request.key], schedules.get(reply.request.key), reply, now())
        for reply in house.collector.replies(requests, stop)
    )
    total, made = Tally(due=len(requests)), []
    for batch in overlap(answers, lambda answer: _reading(house, answer, now()), lambda a: len(a[2].body), now):
        visited = _save(house, [_visited(house, answer, outcome) for answer, outcome in batch], now())
        made += [one.visit for one in visited]
        total += _tally(visited)
        report("sumber", len(made), len(requests))
    _forgive(house, made)
    return total


def _judged(source: Source, schedule: Schedule | None, reply: Reply, now: datetime) -> Answer:
    # A spread that depends on source and moment alone keeps the run reproducible.
    spread = crc32(f"{source.name}{now.isoformat()}".encode()) / 2**32
    return source, schedule, reply, fetches.judge(source, schedule, reply, now, spread)


def _reading(house: House, answer: Answer, now: datetime) -> "Future[Outcome] | None":
    source, _, reply, visit = answer
    if not visit.parse:
        return None
    kind = reply.headers.get("content-type", "")
    return house.cage.submit(entries.parse, source.kind, reply.body, kind, source, reply.final_url, now)


def _visited(house: House, answer: Answer, outcome: Outcome | None) -> tuple[Visited, Parsed | None]:
    source, _, reply, visit = answer
    parsed = outcome.value if outcome and not outcome.problem else None
    if outcome and outcome.problem:
        visit = fetches.parsed(visit, problem=outcome.problem, cause=outcome.cause)
    elif parsed and parsed.problem:
        visit = fetches.parsed(visit, problem=parsed.problem, cause=parsed.cause, sentence=parsed.sentence)
        parsed = None
    return Visited(source, visit, reply.body), parsed


def _save(house: House, batch: Sequence[tuple[Visited, Parsed | None]], now: datetime) -> list[Visited]:
    with house.store.read() as tx:
        there = tx.entries_by(found.identity for _, parsed in batch if parsed for found in parsed.entries)
        shown = [(one.source, parsed.entries) for one, parsed in batch if parsed]
        edited = edits.edits(tx, shown, there, now)
    known = set(there)
    visited = [_cut(one, parsed, known) for one, parsed in batch]
    visited = [replace(one, edits=edits.carried(house, one.source, edited.get(one.source.name, ()), now))
               for one in _carried(house, visited, now)]  # fmt: skip
    for one in visited:
        if any(one.extracts) or any(edit.extract for edit in one.edits):
            house.store.keep(one.body)
    with house.store.write() as tx:
        _write(tx, visited, now)
    return visited


def _cut(one: Visited, parsed: Parsed | None, known: set[str]) -> Visited:
    if parsed is None:
        return one
    new, left = entries.cut(parsed.entries, known)
    known.update(found.identity for found in new)
    visit = fetches.parsed(one.visit, len(parsed.entries), len(new), left + parsed.left)
    return replace(one, visit=visit, new=new)


def _carried(house: House, visited: Sequence[Visited], now: datetime) -> list[Visited]:
    """The visits with the articles that their feeds carry whole, read in the cage."""
    jobs = [
        [house.cage.submit(articles.from_feed, found, one.source, now) if found.content else None for found in one.new]
        for one in visited
    ]
    return [
        replace(one, extracts=tuple(job.result().value if job else None for job in some))
        for one, some in zip(visited, jobs, strict=True)
    ]


def _write(tx: Tx, visited: Sequence[Visited], now: datetime) -> None:
    rows = tx.add_all([one.visit.fetch for one in visited])
    tx.put_schedules([one.visit.schedule for one in visited])
    tx.add_all([one.visit.move for one in visited if one.visit.move])
    tx.put_words(found.words for one in visited for found in one.new)
    tx.put_words(extract.words for one in visited for extract in one.extracts if extract and extract.words)
    stored = tx.add_entries(
        [
            entries.entry(found, one.source.name, fetch.id, now)
            for one, fetch in zip(visited, rows, strict=True)
            for found in one.new
        ]
    )
    ids = {entry.identity: entry for entry in stored}
    whole = {
        found.identity: (extract, one.visit.fetch.digest)
        for one in visited
        for found, extract in zip(one.new, one.extracts, strict=True)
        if extract
    }
    tx.add_all(
        [
            articles.article(extract, ids[identity].id, ids[identity].fetch, 1, now, digest)
            for identity, (extract, digest) in whole.items()
            if identity in ids
        ]
    )
    for one, fetch in zip(visited, rows, strict=True):
        edits.write(tx, one.edits, fetch.id, fetch.digest, now)
    tx.put_waiting(
        [
            Waiting(entry.id, "score" if entry.identity in whole else "page", now, urlsplit(entry.url).hostname or "")
            for entry in stored
        ]
    )


def _tally(visited: Sequence[Visited]) -> Tally:
    rows = [one.visit.fetch for one in visited]
    return Tally(
        fetched=len(rows), failed=sum(fetches.failed(row.outcome) for row in rows), new=sum(row.new for row in rows)
    )


def _forgive(house: House, made: Sequence[Visit]) -> None:
    """Where our own network was down, no source is blamed."""
    if not fetches.offline([visit.fetch for visit in made]):
        return
    with house.store.write() as tx:
        tx.put_schedules([fetches.forgiven(visit.before or visit.schedule, visit.schedule) for visit in made])
