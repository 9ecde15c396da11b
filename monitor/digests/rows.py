"""What a digest is made of: the period, what happened in it, what stood before it, and the edition that is stored."""

from dataclasses import dataclass, field
from datetime import date, datetime

from babel.dates import format_date
from babel.numbers import format_decimal

from monitor import shipped

UNCHECKED = "indikasi mesin, belum diperiksa"
INTERNAL, EXTERNAL = "internal", "eksternal"
AUDIENCES = (INTERNAL, EXTERNAL)


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` (included) to `end` (excluded), aware UTC; `label` as 2024-W07; `zone` WIB, WITA or WIT."""

    label: str
    start: datetime
    end: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Flagged:
    """One konten that was flagged in the period. `finding` is "" until a person found something; `origin` is model,
    manual or sample; `stages` names the stages of the calendar when it was flagged, `channel` where it was seen."""

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
    origin: str = "model"
    stages: tuple[str, ...] = ()
    channel: str = ""


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """One referral that was made in the period, and where it stood at its end."""

    rumor: int
    claim: str
    body: str
    at: datetime
    state: str
    number: str = ""


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
class IsuLine:
    """One isu whose finding was approved in the period. `link` is the path of its page below the public address, ""
    while nothing is published; `konten` how many carry it; `hours` from its first konten to the finding."""

    rumor: int
    claim: str
    at: datetime
    finding: str
    form: str
    why: str
    konten: int
    hours: float
    headline: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Events:
    """What happened in a period, each event counted in it by its own time. `answers` are the hours from the first
    konten of an isu to its approved finding; `dismissals` counts by reason; `models` are the ids of the models whose
    scores these are. Of the `sampled` konten that chance brought in (not among the flagged) people judged `judged`,
    and `missed` look like a hoax. In an edition for others `hidden` is the number of konten that nobody decided about,
    which `flagged` then leaves out, and `tallied` their counts by code."""

    entries: int
    articles: int
    flagged: tuple[Flagged, ...]
    dismissed: int
    findings: dict[str, int]
    answers: tuple[float, ...]
    open_now: int
    waiting_signature: int
    sources: tuple[SourceLine, ...]
    dismissals: dict[str, int] = field(default_factory=dict)
    isu: tuple[IsuLine, ...] = ()
    published: int = 0
    corrected: int = 0
    withdrawn: int = 0
    objections: int = 0
    waiting_answer: int = 0
    referrals: int = 0
    handed: tuple[ReferralLine, ...] = ()
    models: tuple[str, ...] = ()
    sampled: int = 0
    judged: int = 0
    missed: int = 0
    hidden: int = 0
    tallied: dict[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """What a digest needs of the period before: its numbers, and how often each code stood on a flagged konten."""

    label: str
    counts: dict[str, int | float | None]
    codes: dict[str, int]


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage of the election calendar that is on at the end of the period, or the next to come; days as ISO dates."""

    name: str
    kind: str
    start: str
    end: str
    on: bool


@dataclass(frozen=True, slots=True)
class Edition:
    """A finished digest as it was stored. A row; `words` is the digest of its payload (text: the JSON), `audience`
    internal or eksternal, `number` counts from 1, `reason` says why there is a further one."""

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
class Lesson:
    """What the office writes into the report of a period as its lessons (inventarisasi persoalan). A row; `words` is
    the digest of the text (payload); the last one of a label holds."""

    label: str
    at: datetime
    by: str
    words: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class Digest:
    """One period of the above, ready to be written; the same Digest gives the same bytes. `promise` is the hours within
    which an answer is promised, `public` the address of the public site."""

    office: str
    period: Period
    events: Events
    flagged_before: int
    before: Before | None = None
    stages: tuple[StageLine, ...] = ()
    audience: str = INTERNAL
    number: int = 0
    reason: str = ""
    promise: int = 24
    public: str = ""

    @property
    def sentences(self) -> tuple[str, str, str]:
        """What happened; what waits for whom; what the next stage brings, or how the collectors are."""
        return happened(self), waits(self.events), coming(self) or collectors(self.events)


def happened(digest: Digest) -> str:
    """What was read, flagged, found and answered."""
    events, total = digest.events, len(digest.events.flagged) + digest.events.hidden
    weekly = "-W" in digest.period.label
    span, past = ("Minggu ini", "minggu sebelumnya") if weekly else ("Pada masa ini", "masa sebelumnya")
    if not events.articles and not total:
        return f"{span} tidak ada artikel yang terkumpul."
    answered = f"; {events.published} klarifikasi terbit" if events.published else ""
    return (
        f"Dari {format_decimal(events.articles, locale='id')} artikel, {total} konten perlu dilihat"
        f" ({past} {digest.flagged_before}); {sum(events.findings.values())} isu selesai diverifikasi"
        f" dan {events.dismissed} konten dikesampingkan{answered}."
    )


def waits(events: Events) -> str:
    """What waits for whom."""
    if not events.open_now and not events.waiting_signature and not events.waiting_answer:
        return "Tidak ada yang menunggu."
    more = f"; {events.waiting_answer} klarifikasi menunggu redaktur" if events.waiting_answer else ""
    return (
        f"{events.open_now} konten menunggu verifikator"
        f" dan {events.waiting_signature} hasil menunggu persetujuan redaktur atau kepala{more}."
    )


def coming(digest: Digest) -> str:
    """What the stage that is on or next brings, "" outside of every stage."""
    on = [one for one in digest.stages if one.on]
    after = [one for one in digest.stages if not one.on]
    if not digest.stages:
        return ""
    now = f"Tahap sekarang: {', '.join(one.name for one in on)}." if on else ""
    then = f"Berikutnya {after[0].name} mulai {_day(after[0].start)}." if after else ""
    told = typical((after or on)[0].kind)
    return " ".join(part for part in (now, then, told) if part)


def collectors(events: Events) -> str:
    """How the sources did."""
    troubled = sum(1 for line in events.sources if line.sentence or line.paused)
    if not events.sources:
        return "Belum ada sumber yang dipantau."
    if not troubled:
        return f"Semua {len(events.sources)} sumber terpantau baik."
    return f"{troubled} dari {len(events.sources)} sumber bermasalah; sebabnya ada pada daftar di bawah."


def typical(kind: str) -> str:
    """The hoaxes that a kind of stage usually brings, from what was seen in earlier elections; "" if not known."""
    told = shipped.table("tahap.toml")
    return str(told.get(kind, told["lainnya"])["hoaks"])


def _day(text: str) -> str:
    return str(format_date(date.fromisoformat(text), "d MMMM y", locale="id"))
