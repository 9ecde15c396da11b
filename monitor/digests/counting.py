"""Digest -> numbers and tables: what stands on the first page, and every question against the week before."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from statistics import median

from babel.numbers import format_percent

from classifiers.topics import taxonomy
from monitor.digests.rows import EXTERNAL, Before, Digest, Events, Flagged, SourceLine
from monitor.shares import Share
from monitor.verdicts import STAMPS

OPEN = ("BARU", "DIPROSES")
OUTSIDE = "di luar tahapan"
NAMELESS = "karya pers"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: a code or word, how many now, how many in the period before (None: not known)."""

    code: str
    now: int
    before: int | None


def counts(events: Events) -> dict[str, int | float | None]:
    """The numbers of the first page; hours are None where nothing was answered."""
    return {
        "entries": events.entries,
        "articles": events.articles,
        "flagged": len(events.flagged) + events.hidden,
        "dismissed": events.dismissed,
        "verified": sum(events.findings.values()),
        "published": events.published,
        "open_now": events.open_now,
        "waiting_signature": events.waiting_signature,
        "median_hours": round(median(events.answers), 1) if events.answers else None,
        "worst_hours": round(max(events.answers), 1) if events.answers else None,
        "sources": len(events.sources),
        "sources_failing": sum(1 for line in events.sources if line.sentence or line.paused),
    }


def codes(events: Events) -> dict[str, int]:
    """How often each topic, narrative, region, source and ATHG stood on a flagged konten, by `question:code`."""
    if events.tallied is not None:
        return events.tallied
    found: Counter[str] = Counter()
    for row in events.flagged:
        found.update(f"{question}:{code}" for question, read in QUESTIONS.items() for code in read(row))
    found.update({f"hasil:{name}": number for name, number in events.findings.items()})
    return dict(sorted(found.items()))


def earlier(label: str, events: Events) -> Before:
    """What a digest keeps of the period before."""
    return Before(label, counts(events), codes(events))


def tables(digest: Digest) -> dict[str, list[Line]]:
    """One table for each question, the most frequent first; a code of the week before alone stands with 0."""
    now, before = codes(digest.events), digest.before.codes if digest.before else {}
    found: dict[str, list[Line]] = {}
    for key in {*now, *before}:
        question, _, code = key.partition(":")
        held = before.get(key, 0) if digest.before else None
        found.setdefault(question, []).append(Line(code, now.get(key, 0), held))
    return {question: sorted(found[question], key=lambda one: (-one.now, -(one.before or 0), one.code))
            for question in ("hasil", *QUESTIONS) if question in found}  # fmt: skip


def spoken(digest: Digest) -> set[str]:
    """Every code of a digest that may have a name: topics, regions, and what stands in its tables."""
    rows = {code for row in digest.events.flagged for code in (*row.topics, *row.regions)}
    return rows | {line.code for lines in tables(digest).values() for line in lines}


def accuracy(events: Events) -> dict[str, int]:
    """What the model got right and wrong among what people decided: confirmed, dismissed as no hoax, and found in the
    random sample, which it had let pass."""
    judged = [row for row in events.flagged if row.finding]
    return {
        "confirmed": sum(1 for row in judged if row.finding in STAMPS and row.origin == "model"),
        "dismissed": events.dismissals.get("bukan hoaks", 0),
        "sampled": events.sampled,
        "judged": events.judged,
        "missed": events.missed,
        "unchecked": sum(1 for row in events.flagged if not row.finding and row.state in OPEN)
        + events.hidden,
    }


def chance(events: Events) -> str:
    """What the random sample says of hoaxes that the model let pass, with how far that may be trusted; "" if nobody
    judged any."""
    if not events.judged:
        return ""
    share = Share(events.missed, events.judged)
    low, high = (format_percent(value, "#,##0.#%", locale="id") for value in (share.low, share.high))
    return f"bagian yang terlewat di antara yang dibiarkan lewat: antara {low} dan {high} (selang kepercayaan 95%)"


def external(digest: Digest) -> Digest:
    """The edition for Kesbangpol and Bawaslu: of what is unverified only counts; of sources only how they are."""
    events = digest.events
    kept = tuple(row for row in events.flagged if row.finding)
    sources = tuple(SourceLine(f"sumber {n}", line.fetches, line.failures, line.succeeded,
                               "dijeda" if line.paused else "", "bermasalah" if line.sentence else "")
                    for n, line in enumerate(events.sources, 1))  # fmt: skip
    told = replace(events, flagged=kept, hidden=len(events.flagged) - len(kept) + events.hidden, sources=sources,
                   tallied=_without_sources(codes(events)))  # fmt: skip
    before = digest.before and replace(digest.before, codes=_without_sources(digest.before.codes))
    return replace(digest, events=told, before=before, audience=EXTERNAL)


def _without_sources(found: dict[str, int]) -> dict[str, int]:
    return {key: number for key, number in found.items() if not key.startswith("sumber:")}


def unstamped(events: Events, press: Iterable[str]) -> Events:
    """No press outlet's name, title or link stands under a stamp."""
    outlets = set(press)
    rows = (
        replace(row, source=NAMELESS, title="(karya pers; klaimnya ada pada daftar isu)", url="")
        if row.finding in STAMPS and row.source in outlets else row
        for row in events.flagged
    )  # fmt: skip
    return replace(events, flagged=tuple(rows))


def _group(*groups: str) -> Callable[[Flagged], Iterable[str]]:
    return lambda row: [code for code in row.topics if _of(code) in groups]


def _of(code: str) -> str:
    known = taxonomy().topics
    return known[code].group if code in known else "bahaya"


def _athg(row: Flagged) -> set[str]:
    known = taxonomy().topics
    return {known[code].athg for code in row.topics if code in known and known[code].athg}


QUESTIONS: dict[str, Callable[[Flagged], Iterable[str]]] = {
    "topik": _group("bahaya", "kominfo", "sasaran"),
    "narasi": _group("narasi"),
    "athg": _athg,
    "wilayah": lambda row: row.regions,
    "tahapan": lambda row: row.stages or ((OUTSIDE,) if row.channel else ()),
    "saluran": lambda row: (row.channel,) if row.channel else (),
    "sumber": lambda row: (row.source,) if row.source else (),
}
