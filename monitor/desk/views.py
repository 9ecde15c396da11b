"""Rows of the store -> what a page shows of konten: small values in the reader's language, nothing left to decide."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.desk import doubts, dues
from monitor.desk.dues import Told
from monitor.desk.edits import Edit, edits
from monitor.desk.habits import habit
from monitor.desk.marks import Piece, paragraphs, pieces
from monitor.desk.tongue import Tongue, said
from monitor.entries import Words
from monitor.items import BARU, DALAM_ISU, DIKESAMPINGKAN, DIPROSES, SAMPLE
from monitor.masks import masked
from monitor.pipeline.manual import ORIGIN
from monitor.sources import Settings, Source
from monitor.store import Detail, QueueRow

SHOWN_REASONS = 3
SLIGHT = 0.05
REASON_LETTERS = 60
KINDS = {BARU: "look", DIPROSES: "held", DALAM_ISU: "held", DIKESAMPINGKAN: "plain"}
Namer = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Names:
    """The names of codes: a kode wilayah, a topic; a code without a name stays itself."""

    region: Namer
    topic: Namer


@dataclass(frozen=True, slots=True)
class State:
    """A state as it is shown: the shape's kind and the word."""

    kind: str
    word: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason in the original words, with its signed weight (log-odds)."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Line:
    """One konten in the list."""

    id: int
    version: int
    state: State
    headline: str
    source: str
    moment: datetime
    regions: tuple[str, ...]
    topics: tuple[str, ...]
    hoax: float | None
    reasons: tuple[Reason, ...]
    doubt: str
    holder: str
    stages: tuple[str, ...]
    labels: tuple[str, ...]
    due: Told | None
    drawn: bool


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a konten's history."""

    at: datetime
    sentence: str


@dataclass(frozen=True, slots=True)
class Other:
    """Another konten of the same text."""

    id: int
    word: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """A konten's own page."""

    headline: str
    title: tuple[Piece, ...]
    text: tuple[tuple[Piece, ...], ...]
    textless: str
    state: State
    holder: str
    source: str
    published: datetime | None
    undated: str
    regions: tuple[str, ...]
    topics: tuple[str, ...]
    hoax: float | None
    meaning: tuple[str, ...]
    doubts: tuple[str, ...]
    reasons: tuple[Reason, ...]
    rest: tuple[Reason, ...]
    record: tuple[tuple[str, str], ...]
    address: str
    declared: str
    origin: tuple[tuple[str, str], ...]
    same: tuple[Other, ...]
    history: tuple[Event, ...]
    due: Told | None
    stages: tuple[str, ...]
    edits: tuple[Edit, ...]


def covered_row(row: QueueRow) -> QueueRow:
    """The row as everybody may see it: personal data in what somebody typed in is covered."""
    if row.item.origin != ORIGIN or row.words is None:
        return row
    words = row.words
    return replace(row, words=Words(masked(words.title), masked(words.text), masked(words.author)))


def said_in(words: Words | None) -> str:
    """All that a payload says."""
    return f"{words.title}\n{words.text}\n{words.author}" if words else ""


def line(row: QueueRow, labels: tuple[str, ...], names: Names, settings: Settings, now: datetime,
         tongue: Tongue) -> Line:
    """What the list shows of one konten."""
    return Line(
        id=row.item.id,
        version=row.item.version,
        holder=row.item.holder,
        state=state(row.item.state, tongue),
        headline=heading(row.words, tongue),
        source=row.entry.publisher or row.entry.source,
        moment=row.entry.published or row.entry.seen,
        regions=tuple(tongue.term(names.region(code)) for code in row.score.regions[:3]),
        topics=tuple(tongue.term(names.topic(code)) for code in row.score.topics[:3]),
        hoax=_hoax(row),
        reasons=reasons(row)[:SHOWN_REASONS],
        doubt=doubts.of_score(row.score.doubt, tongue),
        stages=tuple(map(tongue.term, dues.stages(row.item.at, settings))),
        labels=labels,
        due=None if row.item.origin == SAMPLE else dues.of_item(row.item.state, row.item.at, settings, now, tongue),
        drawn=row.item.origin == SAMPLE,
    )


def state(name: str, tongue: Tongue) -> State:
    """The state of a konten, as word and shape."""
    words = {BARU: tongue.say("baru"), DIPROSES: tongue.say("diproses"), DALAM_ISU: tongue.say("dalam isu"),
             DIKESAMPINGKAN: tongue.say("dikesampingkan")}
    return State(KINDS.get(name, "plain"), words.get(name, name.lower()))


def reasons(row: QueueRow) -> tuple[Reason, ...]:
    """Why the konten is here, in its own words, the weightiest first; the same words only once."""
    if row.words is None:
        return ()
    fields = {"title": row.words.title, "text": row.words.text}
    found: dict[str, Reason] = {}
    for field, start, end, weight in sorted(row.score.reasons, key=lambda one: -abs(one[3])):
        said = " ".join(fields.get(field, "")[start:end].split())
        if said:
            found.setdefault(said.lower(), Reason(_cut(said), weight))
    return tuple(found.values())


def reading(detail: Detail, source: Source | None, names: Names, settings: Settings, now: datetime,
            tongue: Tongue) -> Reading:
    """What the page of one konten shows; `source` is None where it no longer stands in feeds.toml or the catalogue."""
    row = detail.row
    spans = {field: [(start, end, weight) for name, start, end, weight in row.score.reasons if name == field]
             for field in ("title", "text")}
    return Reading(
        headline=heading(row.words, tongue),
        title=pieces(heading(row.words, tongue), spans["title"] if row.words else ()),
        text=paragraphs(row.words.text, spans["text"]) if row.words else (),
        textless=_textless(row, tongue),
        state=state(row.item.state, tongue),
        holder=row.item.holder,
        source=row.entry.publisher or row.entry.source,
        published=row.article.published or row.entry.published,
        undated=tongue.say("tanggal terbit tidak diketahui"),
        regions=tuple(tongue.term(names.region(code)) for code in row.score.regions),
        topics=tuple(tongue.term(names.topic(code)) for code in row.score.topics),
        hoax=_hoax(row),
        meaning=_meaning(row, tongue),
        doubts=_doubts(row, tongue),
        reasons=reasons(row)[:12],
        rest=_rest(row, tongue),
        record=_record(row, source, names, tongue),
        address=row.article.url if row.article.url.startswith(("http://", "https://")) else "",
        declared=_declared(row, tongue),
        origin=_origin(row, tongue),
        same=tuple(Other(one.id, state(one.state, tongue).word, one.at) for one in detail.same),
        history=tuple(_history(detail, tongue)),
        due=dues.of_item(row.item.state, row.item.at, settings, now, tongue),
        stages=_stages(row, settings, tongue),
        edits=edits(detail.versions),
    )


def _stages(row: QueueRow, settings: Settings, tongue: Tongue) -> tuple[str, ...]:
    outside = (tongue.say("di luar tahapan"),) if settings.elections else ()
    return tuple(map(tongue.term, dues.stages(row.item.at, settings))) or outside


def _rest(row: QueueRow, tongue: Tongue) -> tuple[Reason, ...]:
    """What counts besides single words: habits of writing, and where every text starts from."""
    sums: dict[str, float] = {}
    for field, _, _, weight in sorted(row.score.reasons, key=lambda reason: -abs(reason[3])):
        kind, _, name = field.partition(":")
        if kind == "style":
            label = habit(name, tongue)
        elif kind == "model":
            label = tongue.say("titik awal model dan kata lain")
        else:
            continue
        sums[label] = sums.get(label, 0.0) + weight
    return tuple(Reason(label, weight) for label, weight in sums.items() if abs(weight) >= SLIGHT)


def heading(words: Words | None, tongue: Tongue) -> str:
    """What stands over a konten: its title, else how it begins."""
    if words is None:
        return tongue.say("(teks sudah dihapus)")
    return words.title or words.text[:120] or tongue.say("(tanpa judul)")


def _cut(said: str) -> str:
    return said if len(said) <= REASON_LETTERS else said[: REASON_LETTERS - 1].rstrip() + "…"


def _textless(row: QueueRow, tongue: Tongue) -> str:
    if row.words is None:
        return tongue.say("Teks konten ini sudah dihapus menurut aturan penyimpanan.")
    return row.article.sentence or tongue.say("Halaman ini tidak memberi teks.")


def _hoax(row: QueueRow) -> float | None:
    """The indikasi; None where no model has judged the konten yet."""
    return row.score.hoax if row.score.model else None


def _doubts(row: QueueRow, tongue: Tongue) -> tuple[str, ...]:
    """What a reader of the number has to mind, in sentences."""
    own = doubts.of_score(row.score.doubt, tongue)
    return tuple(dict.fromkeys([*([own] if own else []), *doubts.of_page(row.article.doubt, tongue)]))


def _meaning(row: QueueRow, tongue: Tongue) -> tuple[str, ...]:
    if not row.score.model:
        return (tongue.say("Model belum tersedia saat konten ini masuk. Ia dinilai begitu model ada lagi."),)
    return (
        tongue.say("Angka 0 sampai 1 ini dihitung model dari susunan kata: seberapa mirip teks ini dengan hoaks pemilu "
                   "yang pernah diperiksa orang."),
        tongue.say("Ia dapat menunjukkan apa yang patut dilihat lebih dulu. Ia tidak tahu apakah isinya benar, siapa "
                   "pembuatnya, dan apa maksudnya. Hasil verifikasi hanya ditetapkan orang, dengan bukti."),
    )


def _record(row: QueueRow, source: Source | None, names: Names, tongue: Tongue) -> tuple[tuple[str, str], ...]:
    entry, say = row.entry, tongue.say
    facts = [(say("nama"), entry.source), (say("lewat"), entry.via)]
    if row.item.origin == ORIGIN:
        facts.append((say("beredar di"), row.words.author if row.words else ""))
    elif source is None:
        facts.append((say("catatan"), say("tidak ada lagi di daftar sumber")))
    else:
        trust = (say(TRUST[source.trust]) if source.trust else "", source.trusted_by)
        facts += [(say("jenis"), say(CATEGORIES[source.category])),
                  (say("wilayah"), source.region or (tongue.term(names.region(source.code)) if source.code else "")),
                  (say("pers"), say(PERS[source.pers])),
                  (say("kepercayaan"), " · ".join(part for part in trust if part))]
    facts.append((say("terlihat"), tongue.moment(entry.seen)))
    return tuple((name, value) for name, value in facts if value)


def _declared(row: QueueRow, tongue: Tongue) -> str:
    declared = row.article.declared
    if not declared or declared == row.article.url:
        return ""
    return tongue.say("Halaman ini mengaku beralamat {address}. Itu bukan bukti asalnya.", address=declared)


def _origin(row: QueueRow, tongue: Tongue) -> tuple[tuple[str, str], ...]:
    say, article, score = tongue.say, row.article, row.score
    facts = [
        (say("model"), score.model or say("belum dinilai")),
        (say("dinilai"), tongue.moment(score.at)),
        (say("sikap teks"), say(STANCES.get(score.stance, score.stance))),
        (say("terkait pemilu"), tongue.number(score.election, 2)),
        (say("prioritas"), tongue.number(row.item.priority, 2)),
        (say("pembacaan"), say(METHODS.get(article.method, article.method))),
        (say("sidik halaman"), article.page[:16]),
    ]
    return tuple((name, value) for name, value in facts if value)


STANCES = {"asserts": said("menyatakan"), "refutes": said("membantah"), "reports": said("memberitakan"),
           "unclear": said("tidak jelas")}
METHODS = {"selectors": said("pemilih sumber"), "trafilatura": said("pembaca umum"), "feed": said("isi umpan"),
           "none": said("tidak terbaca"), ORIGIN: said("masukan manual")}
PERS = {"ya": said("ya"), "tidak": said("tidak"), "tidak diketahui": said("tidak diketahui")}
TRUST = {"tinggi": said("tinggi"), "sedang": said("sedang"), "rendah": said("rendah")}
CATEGORIES = {
    "media_nasional": said("media nasional"), "media_daerah": said("media daerah"), "cek_fakta": said("cek fakta"),
    "penyelenggara_pemilu": said("penyelenggara pemilu"), "pemerintah_pusat": said("pemerintah pusat"),
    "pemda": said("pemerintah daerah"), "partai": said("partai"), "lainnya": said("lainnya"),
}


def _history(detail: Detail, tongue: Tongue) -> Iterable[Event]:
    row, say = detail.row, tongue.say
    events = [Event(row.entry.seen, say("terlihat di {source}", source=row.entry.source))]
    for version, _ in detail.versions:
        known = say("isi dibaca") if version.version == 1 else say("isi berubah, versi {n}", n=version.version)
        events.append(Event(version.at, known))
    events.append(Event(row.item.at, say("masuk antrean")))
    for act in detail.acts:
        events.append(Event(act.at, tongue.did(act.who, act.act, act.reason)))
    return sorted(events, key=lambda event: event.at)
