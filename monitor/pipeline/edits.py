"""Known entries in new words -> Showing, Article, Waiting: an edit that a source shows is noticed within a visit."""

from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from monitor import articles, entries
from monitor.articles import Extract
from monitor.cage import Outcome
from monitor.entries import Entry, Found, Showing, Waiting
from monitor.pipeline.house import House
from monitor.sources import Source
from monitor.store import Tx


@dataclass(frozen=True, slots=True)
class Edit:
    """A known entry as its source shows it now; `extract` is the article, where the source carries it whole."""

    found: Found
    entry: Entry
    extract: Extract | None = None


def edits(tx: Tx, shown: Sequence[tuple[Source, Sequence[Found]]], known: dict[str, Entry],
          now: datetime) -> dict[str, tuple[Edit, ...]]:  # fmt: skip
    """What each source (by name) shows in other words than last time."""
    last = tx.showings(entry.id for entry in known.values())
    doubted = [
        (source.name, found, known[found.identity])
        for source, founds in shown
        for found in {found.identity: found for found in reversed(founds)}.values()
        if found.identity in known
        and entries.suspect(found, source.name, known[found.identity], last.get(known[found.identity].id), now)
    ]
    before = {entry.id: last[entry.id].words if entry.id in last else entry.words for _, _, entry in doubted}
    words = tx.words_of(before.values())
    made: dict[str, tuple[Edit, ...]] = {}
    for name, found, entry in doubted:
        if entries.edited(found, words.get(before[entry.id])):
            made[name] = (*made.get(name, ()), Edit(found, entry))
    return made


def carried(house: House, source: Source, some: Sequence[Edit], now: datetime) -> tuple[Edit, ...]:
    """The edits with the articles that the source itself carries, read in the cage."""
    jobs: list[Future[Outcome] | None] = [
        house.cage.submit(articles.from_feed, edit.found, source, now) if edit.found.content else None for edit in some
    ]
    return tuple(replace(edit, extract=job.result().value if job else None)
                 for edit, job in zip(some, jobs, strict=True))  # fmt: skip


def write(tx: Tx, some: Iterable[Edit], fetch: int, digest: str, now: datetime) -> None:
    """Keeps the new words and sees to a new version: from the source itself, or by a visit to the page."""
    for edit in some:
        held = tx.get(Waiting, edit.entry.id)
        if held and held.stage == "score":
            continue  # The version that waits is scored first; the next visit notices the edit again.
        tx.put_words([edit.found.words])
        tx.put([Showing(edit.entry.id, edit.found.words.digest, now)])
        latest = tx.latest_article(edit.entry.id)
        if latest is None:
            continue  # Its page still waits, and is read in its new words.
        stage = "page"
        if edit.extract and edit.extract.words:
            article = articles.article(edit.extract, edit.entry.id, fetch, latest.version + 1, now, digest)
            if article.words == latest.words:
                continue
            tx.put_words([edit.extract.words])
            tx.add(article)
            stage = "score"
        tx.put_waiting(Waiting(edit.entry.id, stage, now, urlsplit(edit.entry.url).hostname or ""))
