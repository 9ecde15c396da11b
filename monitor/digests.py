"""A week of events -> Digest (laporan mingguan): the flagged konten, the counts and how the sources did."""

import json
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import median

from babel.dates import format_datetime
from babel.numbers import format_decimal
from jinja2 import Environment, StrictUndefined

from monitor.people import Refusal
from monitor.sources import offset

UNCHECKED = "indikasi mesin, belum diperiksa"


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` (included) to `end` (excluded), aware UTC; `label` as 2024-W07; `zone` WIB, WITA or WIT."""

    label: str
    start: datetime
    end: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Flagged:
    """One konten that was flagged in the period. `finding` is "" until a person found something."""

    item: int
    at: datetime
    title: str
    url: str
    source: str
    published: datetime | None
    state: str
    hoax: float
    topics: tuple[str, ...]
    regions: tuple[str, ...]
    finding: str = ""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """How one source did in the period. `sentence` is the last trouble in plain words, "" if none."""

    name: str
    fetches: int
    failures: int
    succeeded: datetime | None
    paused: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Events:
    """What happened in a period, each event counted in it by its own time. `answers` are the hours from the first
    konten of an isu to its approved finding."""

    entries: int
    articles: int
    flagged: tuple[Flagged, ...]
    dismissed: int
    findings: dict[str, int]
    answers: tuple[float, ...]
    open_now: int
    waiting_signature: int
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """A finished digest as it was stored. A row; `words` is the digest of its payload (text: the JSON), `audience`
    internal or external, `number` counts from 1, `reason` says why there is a further one."""

    label: str
    audience: str
    number: int
    start: datetime
    until: datetime
    at: datetime
    by: str
    words: str
    reason: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Digest:
    """One week of the above, ready to be written as HTML or JSON; the same Digest gives the same bytes."""

    office: str
    period: Period
    events: Events
    flagged_before: int

    @property
    def sentences(self) -> tuple[str, str, str]:
        """What happened; what waits for whom; how the collectors are."""
        return _happened(self), _waits(self.events), _collectors(self.events)


def week(label: str, zone: str) -> Period | Refusal:
    """The ISO week `2024-W07` in the zone, from Monday 00:00 to the next Monday 00:00."""
    try:
        year, number = label.upper().split("-W")
        monday = date.fromisocalendar(int(year), int(number), 1)
        following = monday + timedelta(days=7)
    except (ValueError, OverflowError):
        return Refusal(f"not an ISO week: {label!r}", "Tulislah minggu sebagai tahun dan nomornya, misalnya 2024-W07.")
    return Period(f"{int(year):04d}-W{int(number):02d}", _midnight(monday, zone), _midnight(following, zone), zone)


def before(period: Period) -> Period:
    """The week before."""
    monday = period.start.astimezone(offset(period.zone)).date() - timedelta(days=7)
    year, number, _ = monday.isocalendar()
    return Period(f"{year:04d}-W{number:02d}", _midnight(monday, period.zone), period.start, period.zone)


def label_of(now: datetime, zone: str) -> str:
    """The ISO week in which `now` lies, in the zone."""
    year, number, _ = now.astimezone(offset(zone)).date().isocalendar()
    return f"{year:04d}-W{number:02d}"


def to_json(digest: Digest) -> str:
    """The digest as JSON (UTF-8 text, sorted keys, times in ISO 8601 with offset)."""
    plain = asdict(digest) | {"sentences": digest.sentences, "counts": counts(digest.events)}
    for row in plain["events"]["flagged"]:
        row["mark"] = row["finding"] or UNCHECKED
    return json.dumps(plain, default=_plain, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def to_html(digest: Digest, template: str, names: dict[str, str]) -> str:
    """The digest as one HTML page that stands alone. `template` is Jinja2 text, `names` gives the names of codes."""
    jinja = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    jinja.filters["when"] = lambda value: when(value, digest.period.zone)
    jinja.filters["number"] = lambda value: format_decimal(value, locale="id")
    jinja.filters["names"] = lambda codes: ", ".join(names.get(code, code) for code in codes)
    page = jinja.from_string(template)
    return page.render(digest=digest, counts=counts(digest.events), unchecked=UNCHECKED, topics=_topics(digest))


def counts(events: Events) -> dict[str, int | float | None]:
    """The numbers of the first page; hours are None where nothing was answered."""
    return {
        "entries": events.entries,
        "articles": events.articles,
        "flagged": len(events.flagged),
        "dismissed": events.dismissed,
        "verified": sum(events.findings.values()),
        "open_now": events.open_now,
        "waiting_signature": events.waiting_signature,
        "median_hours": round(median(events.answers), 1) if events.answers else None,
        "worst_hours": round(max(events.answers), 1) if events.answers else None,
        "sources": len(events.sources),
        "sources_failing": sum(1 for line in events.sources if line.sentence or line.paused),
    }


def when(value: datetime | None, zone: str) -> str:
    """A time in Indonesian with the zone beside it: "21 Nov 2026 14.05 WIB"; "tidak diketahui" for None."""
    if value is None:
        return "tidak diketahui"
    local = value.astimezone(offset(zone))
    return f"{format_datetime(local, 'd MMM y HH.mm', locale='id')} {local.tzname()}"


def _topics(digest: Digest) -> list[tuple[str, int]]:
    tally = Counter(code for row in digest.events.flagged for code in row.topics)
    return sorted(tally.items(), key=lambda pair: (-pair[1], pair[0]))


def _happened(digest: Digest) -> str:
    events, total = digest.events, len(digest.events.flagged)
    if not events.articles and not total:
        return "Minggu ini tidak ada artikel yang terkumpul."
    return (
        f"Dari {format_decimal(events.articles, locale='id')} artikel, {total} konten perlu dilihat"
        f" (minggu sebelumnya {digest.flagged_before}); {sum(events.findings.values())} isu selesai diverifikasi"
        f" dan {events.dismissed} konten dikesampingkan."
    )


def _waits(events: Events) -> str:
    if not events.open_now and not events.waiting_signature:
        return "Tidak ada yang menunggu."
    return (
        f"{events.open_now} konten menunggu verifikator"
        f" dan {events.waiting_signature} hasil menunggu persetujuan redaktur atau kepala."
    )


def _collectors(events: Events) -> str:
    troubled = sum(1 for line in events.sources if line.sentence or line.paused)
    if not events.sources:
        return "Belum ada sumber yang dipantau."
    if not troubled:
        return f"Semua {len(events.sources)} sumber terpantau baik."
    return f"{troubled} dari {len(events.sources)} sumber bermasalah; sebabnya ada pada daftar di bawah."


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), offset(zone)).astimezone(UTC)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
