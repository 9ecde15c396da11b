"""Sources -> what a visit now would find; nothing is stored."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Event

from monitor import entries, fetches
from monitor.entries import Found
from monitor.fetches import Fetch, Reply
from monitor.pipeline.house import Clock, House
from monitor.sources import Source


@dataclass(frozen=True, slots=True)
class Trial:
    """What one source answered: the visit, and the newest entries that it shows."""

    source: Source
    fetch: Fetch
    entries: tuple[Found, ...]

    @property
    def sentence(self) -> str:
        """What was found, in plain words."""
        if fetches.failed(self.fetch.outcome):
            return f"{self.fetch.outcome}: {self.fetch.sentence}"
        undated = sum(1 for found in self.entries if found.published is None)
        newest = self.entries[0].words.title if self.entries else "-"
        doubt = f", {undated} tanpa tanggal yang pasti" if undated else ""
        return f"baik: {len(self.entries)} entri{doubt}; terbaru: {newest}"


def check(house: House, wanted: Sequence[Source], now: Clock, stop: Event) -> Iterator[Trial]:
    """Visits each source once, whatever its schedule, in the order of answering."""
    known = {source.name: source for source in wanted}
    requests = [fetches.request(source, None) for source in wanted]
    for reply in house.collector.fetch_all(requests, stop):
        yield _trial(house, known[reply.request.key], reply, now)


def _trial(house: House, source: Source, reply: Reply, now: Clock) -> Trial:
    visit = fetches.judge(source, None, reply, now())
    if not visit.parse:
        return Trial(source, visit.fetch, ())
    kind = reply.headers.get("content-type", "")
    read = house.cage.submit(entries.parse, source.kind, reply.body, kind, source, reply.final_url, now()).result()
    parsed = read.value or entries.Parsed(problem=read.problem, cause=read.cause)
    if parsed.problem:
        visit = fetches.parsed(visit, problem=parsed.problem, cause=parsed.cause, sentence=parsed.sentence)
    return Trial(source, replace(visit.fetch, seen=len(parsed.entries)), parsed.entries)
