"""Waiting pages -> Fetch, Article: the second step of a cycle."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Event

from monitor import articles, fetches
from monitor.articles import Article, Extract
from monitor.articles.fallback import SUMMARY, bare, revisit
from monitor.cage import Outcome
from monitor.entries import Entry, Waiting, Words
from monitor.fetches import Fetch, Reply, Request
from monitor.pipeline.house import Clock, House, Report, overlap
from monitor.pipeline.visits import Tally
from monitor.sources import Source
from monitor.store import Tx

A_CYCLE = 2000
EACH_HOST = 30


@dataclass(frozen=True, slots=True)
class Page:
    """One waiting page: its entry, the words that the source showed of it, and the source as configured now."""

    waiting: Waiting
    entry: Entry
    words: Words
    source: Source


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a page: the visit (None where there was no address), when to try again, the article's extract."""

    page: Page
    fetch: Fetch | None
    again: datetime | None
    extract: Extract | None
    digest: str = ""


Answer = tuple[Page, Reply, Fetch, datetime | None]


def read_pages(house: House, now: Clock, stop: Event, report: Report) -> Tally:
    """Visits pages that wait, at most EACH_HOST of one host a cycle; the rest waits for the next one."""
    pages = _load(house, now())
    addressed = {f"entri:{page.entry.id}": page for page in pages if page.entry.url}
    placeless = [Read(page, None, None, bare(articles.hint(page.entry, page.words), "the entry has no address"))
                 for page in pages if not page.entry.url]  # fmt: skip
    total = _save(house, placeless, now()) if placeless else Tally()
    requests = [
        Request(key, page.entry.url, page.source.name, page.entry.id, "", "", bool(page.source.robots_exception))
        for key, page in addressed.items()
    ]
    if requests:
        report("artikel", 0, len(requests))
    answers = (
        None if reply is None else _judged(addressed[reply.request.key], reply, now())
        for reply in house.collector.replies(requests, stop)
    )
    for batch in overlap(answers, lambda answer: _reading(house, answer, now()), lambda a: len(a[1].body), now):
        total += _save(house, [_read(house, answer, outcome) for answer, outcome in batch], now())
        report("artikel", total.fetched, len(requests))
    return total


def _load(house: House, now: datetime) -> list[Page]:
    sources = {source.name: source for source in house.settings.sources}
    with house.store.read() as tx:
        waiting = tx.waiting("page", now, A_CYCLE, EACH_HOST)
        last = tx.showings(entry.id for _, entry in waiting)
        shown = {entry.id: last[entry.id].words if entry.id in last else entry.words for _, entry in waiting}
        words = tx.words_of(shown.values())
    orphans = [entry.id for _, entry in waiting if entry.source not in sources]
    if orphans:
        with house.store.write() as tx:
            tx.drop_waiting(orphans)
    return [
        Page(one, entry, words.get(shown[entry.id], Words("", "")), sources[entry.source])
        for one, entry in waiting
        if entry.source in sources
    ]


def _judged(page: Page, reply: Reply, now: datetime) -> Answer:
    fetch, again = fetches.judge_page(reply, now, page.waiting.tries)
    return page, reply, fetch, again


def _reading(house: House, answer: Answer, now: datetime) -> "Future[Outcome] | None":
    page, reply, fetch, _ = answer
    if fetches.failed(fetch.outcome) or not reply.body:
        return None
    kind = reply.headers.get("content-type", "")
    hint = articles.hint(page.entry, page.words)
    return house.cage.submit(articles.extract, reply.body, kind, reply.final_url, page.source, hint, now)


def _read(house: House, answer: Answer, outcome: Outcome | None) -> Read:
    page, reply, fetch, again = answer
    hint = articles.hint(page.entry, page.words)
    if outcome is None:
        done = again is None and fetches.failed(fetch.outcome)
        return Read(page, fetch, again, bare(hint, fetch.cause, fetch.sentence) if done else None)
    digest = house.store.keep(reply.body)
    if outcome.problem:
        return Read(page, fetch, None, bare(hint, f"{outcome.problem}: {outcome.cause}"), digest)
    extract: Extract = outcome.value
    if extract.words is None:
        extract = bare(hint, extract.cause, extract.sentence)
    return Read(page, fetch, None, extract, digest)


def _save(house: House, batch: Sequence[Read], now: datetime) -> Tally:
    with house.store.write() as tx:
        rows = iter(tx.add_all([read.fetch for read in batch if read.fetch]))
        latest = tx.latest_articles(read.page.entry.id for read in batch)
        visits = [(read, next(rows).id if read.fetch else read.page.entry.fetch) for read in batch]
        new = [_keep(tx, read, fetch, latest.get(read.page.entry.id), now) for read, fetch in visits]
    failed = sum(bool(read.fetch and fetches.failed(read.fetch.outcome)) for read in batch)
    return Tally(fetched=sum(bool(read.fetch) for read in batch), failed=failed, new=sum(new))


def _keep(tx: Tx, read: Read, fetch: int, latest: Article | None, now: datetime) -> bool:
    """Whether the page gave a new article or a new version of one."""
    waiting = read.page.waiting
    if read.extract is None:
        if read.again:
            tx.put_waiting(replace(waiting, due=read.again, tries=waiting.tries + 1))
        return False
    article = articles.article(read.extract, read.page.entry.id, fetch, 1, now, read.digest)
    if latest and (latest.words == article.words or (read.extract.method == "feed" and latest.doubt != SUMMARY)):
        _wait_again(tx, waiting, read.page.entry, now)
        return False
    if read.extract.words:
        tx.put_words([read.extract.words])
    tx.add(replace(article, version=latest.version + 1 if latest else 1))
    tx.put_waiting(replace(waiting, stage="score", due=now, tries=0))
    return True


def _wait_again(tx: Tx, waiting: Waiting, entry: Entry, now: datetime) -> None:
    again = revisit(entry.seen, now)
    if again:
        tx.put_waiting(replace(waiting, stage="page", due=again, tries=0))
    else:
        tx.drop_waiting(waiting.entry)
