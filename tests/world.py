"""seed -> rows of a made-up corridor, coherent from the first fetch to the signed finding, for tests and benchmarks."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from random import Random

from monitor.alerts import Alert
from monitor.articles import Article
from monitor.attachments import BUKTI, Attachment
from monitor.audit import Act
from monitor.entries import Entry, Showing, Waiting, Words
from monitor.fetches import Cycle, Fetch, Move, Schedule
from monitor.items import BARU, DALAM_ISU, DIKESAMPINGKAN, DIPROSES, Item, ItemAct, ScoreRow
from monitor.labels import GIVE, Label
from monitor.people import Account, Delegation, Device, Recovery, Session, Ticket, Tries
from monitor.press import PressLetter
from monitor.rumors import Carrier, Check, Merger, Rumor, RumorAct
from monitor.samples import Draw, Review
from monitor.saved import SavedFilter
from monitor.sightings import Sighting
from monitor.statements import Statement
from monitor.store import Tx
from monitor.unsent import Unsent
from monitor.verdicts import Evidence, Override, Signature, Verdict
from tests import answered

NOW = datetime(2024, 11, 20, 3, 0, tzinfo=UTC)
SOURCES = ("Kabar Tual", "Radar Kota", "Warga")
REGIONS = ("81.72", "81.01", "73.71", "64", "31.74")
TOPICS = ("uang", "surat suara", "netralitas", "lainnya")
COMMON = ("pemilu", "kota", "warga", "calon", "suara")
RARE = tuple(f"kata{number}" for number in range(200))


@dataclass(frozen=True, slots=True)
class Konten:
    """One made-up konten and what it stands on, as stored."""

    entry: Entry
    article: Article
    words: Words
    score: ScoreRow
    item: Item


def fetch(source: str = "Kabar Tual", at: datetime = NOW, **more: object) -> Fetch:
    """A visit that went well."""
    plain = Fetch(source, "https://kabar.example/rss.xml", at, at + timedelta(seconds=1), "ok")
    return replace(plain, **more)  # type: ignore[arg-type]


def entry(number: int, visit: int, source: str = "Kabar Tual", words: str = "", at: datetime = NOW) -> Entry:
    """An entry whose identity is its number."""
    return Entry(source, visit, f"identity-{number}", f"https://kabar.example/{number}", words, at)


def words(random: Random, number: int) -> Words:
    """A title and a text of common and rare words."""
    title = f"{random.choice(COMMON)} {random.choice(RARE)} nomor {number}"
    text = " ".join(random.choice(COMMON if random.random() < 0.6 else RARE) for _ in range(random.randint(5, 60)))
    return Words(title, text, random.choice(("", "Redaksi")))


def build(tx: Tx, count: int, seed: int = 7, start: int = 0) -> list[Konten]:
    """Stores `count` konten of all states, with everything below them."""
    random = Random(seed)
    visits = {row.source: row for row in tx.add_all([fetch(source) for source in SOURCES])}
    texts = [words(random, start + number) for number in range(count)]
    tx.put_words(texts)
    entries = tx.add_entries([
        entry(start + number, visits[source].id, source, text.digest, NOW + timedelta(minutes=number))
        for number, text in enumerate(texts)
        for source in [random.choice(SOURCES)]
    ])
    articles = tx.add_all([
        Article(row.id, row.fetch, 1, row.seen, row.url, row.words, "selectors", page=page_of(row.url))
        for row in entries
    ])
    scores = tx.add_all([score(random, article) for article in articles])
    items = tx.add_all([item(random, row) for row in scores])
    return [Konten(*held) for held in zip(entries, articles, texts, scores, items, strict=True)]


def page_of(url: str) -> str:
    return sha256(url.encode()).hexdigest()


def score(random: Random, article: Article) -> ScoreRow:
    """A score with one region at most two topics."""
    return ScoreRow(
        article=article.id,
        at=article.at,
        hoax=round(random.random(), 3),
        stance=random.choice(("asserts", "reports", "unclear")),
        election=round(random.random(), 3),
        flag=True,
        topics=tuple(sorted(random.sample(TOPICS, random.randint(0, 2)))),
        targets=random.choice(((), ("penyelenggara",), ("paslon:01",))),
        regions=random.choice(((), *((code,) for code in REGIONS))),
        reasons=(("title", 0, 5, 0.25), ("text", 2, 9, -0.5)),
        doubt="",
        model="uji",
    )


def item(random: Random, row: ScoreRow) -> Item:
    """An item in any state; priorities repeat, so that lists have ties."""
    state = random.choice((BARU, BARU, DIPROSES, DIKESAMPINGKAN, DALAM_ISU))
    holder = random.choice(("Ani", "Budi")) if state == DIPROSES else ""
    return Item(row.article, row.id, row.at, random.randint(0, 20) / 8, state=state, holder=holder)


def case(tx: Tx, konten: Konten, claim: str = "Surat suara sudah tercoblos") -> tuple[Rumor, Verdict]:
    """An isu on a konten with evidence and an approved finding two hours after the konten was flagged."""
    at = konten.item.at
    text = Words(claim, "")
    tx.put_words([text, Words("Bantahan KPU", "Tidak benar.")])
    rumor = tx.add(Rumor(text.digest, at, "Ani", holder="Ani"))
    tx.add(Carrier(rumor.id, konten.item.id, at, "Ani"))
    tx.add(ItemAct(konten.item.id, at, "Ani", "lekatkan ke isu", konten.item.state, DALAM_ISU, str(rumor.id)))
    tx.add(Evidence(rumor.id, "link", "https://kpu.example/1", Words("Bantahan KPU", "Tidak benar.").digest, at, "Ani"))
    verdict = tx.add(Verdict(rumor.id, "HOAKS", text.digest, at + timedelta(hours=1), "Ani", form="konten palsu"))
    tx.add(Signature(verdict.id, "setujui", at + timedelta(hours=2), "Citra"))
    tx.add(RumorAct(rumor.id, at + timedelta(hours=2), "Citra", "setujui", "MENUNGGU PERSETUJUAN", "TERVERIFIKASI"))
    return rumor, verdict


def whole(tx: Tx) -> list[Konten]:
    """At least one row in every table."""
    made = corridor(tx)
    people(tx)
    tx.put([Showing(made[0].entry.id, made[1].words.digest, NOW)])
    tx.add(Label(made[0].item.id, "tps 12", GIVE, NOW, "ani"))
    tx.put([SavedFilter("f" * 32, "ani", "Kota", "wilayah=81", NOW, "ani")])
    rumor, verdict = case(tx, made[1])
    answered.whole(tx, rumor, verdict)
    act = tx.add(ItemAct(made[2].item.id, NOW, "ani", "kesampingkan", BARU, DIKESAMPINGKAN, "ganda"))
    tx.add(Review(made[2].item.id, act.id, NOW, "rini", "setuju"))
    tx.add(Draw("2024-W46", NOW - timedelta(days=7), NOW, NOW, "a" * 64, 3, "b" * 64, (1, 2, 3)))
    tx.add(Statement(made[3].article.id, NOW, "bantahan", True, made[3].words.digest))
    tx.add(Override(rumor.id, verdict.id, "konflik", "Nama yang sama, orang lain.", NOW, "ani"))
    handed_in(tx, made, rumor)
    return made


def handed_in(tx: Tx, made: list[Konten], rumor: Rumor) -> None:
    """What people handed in about konten and isu, and what one of them had not sent yet."""
    name, place, letter = Words("surat.png", ""), Words("Grup warga", ""), Words("Permintaan koreksi berita", "Isi.")
    tx.put_words([name, place, letter])
    evidence = tx.evidence(rumor.id)[0]
    digests = [page_of(part) for part in ("asli", "salinan", "mosaik")]
    tx.add(Attachment(BUKTI, evidence.id, digests[0], "image/png", 9, name.digest, NOW, "ani", *digests[1:], 4, 3))
    tx.add(Sighting(made[0].item.id, "WhatsApp", place.digest, NOW, "ani", NOW, 5))
    other = tx.add(Rumor(rumor.words, NOW, "ani", "DIGABUNG"))
    tx.add(Merger(other.id, rumor.id, NOW, "ani", "Klaim yang sama."))
    tx.add(PressLetter(made[0].item.id, "hak koreksi", "Kabar Tual", letter.digest, NOW, "ani", rumor.id))
    tx.put([Unsent("9" * 64, "ani", "/isu/1/hasil", (("penjelasan", "Segel utuh."),), NOW)])


def people(tx: Tx) -> None:
    """An account with everything that belongs to one, and a checked part of an isu."""
    later = NOW + timedelta(days=1)
    roles = ("verifikator", "redaktur")
    tx.put([Account("ani", "Ani Contoh", roles, NOW, "$argon2id$x", "aesgcm1:0123456789ab:c2VnZWw=", 57000000)])
    tx.put([Session("a" * 64, "ani", NOW, NOW)])
    tx.put([Ticket("b" * 64, "ani", NOW, later)])
    tx.put([Recovery("c" * 64, "ani", NOW, NOW), Recovery("d" * 64, "ani", NOW)])
    tx.put([Device("e" * 64, "ani", NOW)])
    tx.put([Tries("akun:ani", 3, NOW)])
    tx.add(Delegation("ani", "kepala", NOW, later, "800/12/2024", NOW, "ani"))
    tx.add(Check(tx.rumors()[0].id, "asal", Words("asal", "").digest, NOW, "ani"))


def corridor(tx: Tx) -> list[Konten]:
    """At least one row in every table of the corridor as it was first built."""
    made = build(tx, 12)
    case(tx, made[0])
    tx.put_schedules([Schedule(source, NOW, tried=NOW, succeeded=NOW) for source in SOURCES])
    tx.add(Cycle(NOW, NOW + timedelta(minutes=1), 3, fetched=3))
    tx.add(Move("Warga", "http://warga.example/", "https://warga.example/", NOW))
    tx.put_waiting([Waiting(konten.entry.id, "page", NOW, "kabar.example") for konten in made[:3]])
    tx.put_alerts([Alert("siklus", NOW)])
    tx.audit(act(1))
    gone = Words("Nama pribadi", "0812")
    tx.put_words([gone])
    tx.erase(gone.digest, "Admin", "permintaan", "UU 27/2022", NOW)
    return made


def act(number: int, **more: object) -> Act:
    """An act of somebody on konten `number`."""
    at = NOW + timedelta(seconds=number)
    plain = Act(at, "Ani", "ambil", "konten", str(number), {"versi": number, "catatan": None})
    return replace(plain, **more)  # type: ignore[arg-type]
