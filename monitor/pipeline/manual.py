"""What a verifier brought in (text, address, picture) -> Entry, Article, ScoreRow, Item, Sighting: a konten."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from classifiers.detector import Detector, Score
from monitor import sightings
from monitor.articles import Article
from monitor.attachments import KONTEN
from monitor.audit import Act
from monitor.entries import Entry, Waiting, Words
from monitor.items import Item, ScoreRow
from monitor.people import Person, Refusal, may
from monitor.pipeline import handing
from monitor.pipeline.cases import Link
from monitor.pipeline.handing import Sealed
from monitor.pipeline.scoring import TYPED, stored, typed_rank
from monitor.sightings import Sighting
from monitor.sources import Settings
from monitor.store import Store, Tx

SOURCE, ORIGIN = "Masukan manual", TYPED
LONGEST, SHORTEST, TITLE_LENGTH = 50_000, 10, 300


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody brought in: the text that they saw (typed off a picture, for the program reads none), its title and
    address if it has any, and what is known of where it spread."""

    text: str
    title: str = ""
    url: str = ""
    where: str = ""
    channel: str = ""
    seen: datetime | None = None
    forwards: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """What came along: the page at the address as it was visited, the picture as it was sealed."""

    page: Link | None = None
    file: Sealed | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """The text is there already, as this konten."""

    item: int


def judged(typed: Typed, picture: bool, person: Person, now: datetime) -> Refusal | None:
    """May this be brought in? Asked before the address is visited and the picture is kept."""
    count = sightings.forwards(typed.forwards)
    return (may(person, "konten") or _worded(typed, picture) or sightings.judged(typed.channel, typed.seen, now)
            or (count if isinstance(count, Refusal) else None))


def enter(store: Store, settings: Settings, detector: Detector | None, typed: Typed, person: Person, now: datetime,
          brought: Brought = Brought()) -> Item | Known | Refusal:  # fmt: skip
    """Makes a konten of what was brought in, once; where it was seen is a row each time. All or nothing."""
    words = _words(typed, brought.page)
    refusal = judged(typed, brought.file is not None, person, now) or _read(words, brought.page)
    if refusal:
        return refusal
    score = detector.scores([(words.title, words.text)])[0] if detector else None
    with store.write() as tx:
        made = _made(tx, settings, words, score, typed, brought.page, person, now)
        number = made.id if isinstance(made, Item) else made.item
        file = handing.attach(tx, KONTEN, number, brought.file, person, now) if brought.file else None
        if file:
            tx.audit(Act(now, person.name, "beri gambar", "konten", str(number), {
                "lampiran": file.id, "asli": file.original, "salinan": file.copy}))
        _sighted(tx, number, typed, person, now)
    return made


def _made(tx: Tx, settings: Settings, words: Words, score: Score | None, typed: Typed, page: Link | None,
          person: Person, now: datetime) -> Item | Known:  # fmt: skip
    url = typed.url.strip()
    said = f"{words.digest} {url}"
    identity = f"{ORIGIN}:{sha256(said.encode('utf-8', 'replace')).hexdigest()}"
    tx.put_words([words])
    kept = tx.add_entries([Entry(SOURCE, 0, identity, url, words.digest, now)])
    if not kept:
        return Known(next(one.id for one in tx.items_of_words(words.digest) if one.origin == ORIGIN))
    published, kept_page = (page.published, page.page) if page else (None, "")
    article = tx.add(Article(kept[0].id, 0, 1, now, url, words.digest, ORIGIN, published=published, page=kept_page))
    row = tx.add(stored(score, article.id, now) if score else _unscored(article.id, now))
    item = tx.add(Item(article.id, row.id, now, typed_rank(settings, row, now, now), ORIGIN))
    if score is None:
        tx.put_waiting(Waiting(kept[0].id, "score", now, ""))
    tx.audit(Act(now, person.name, "masukkan", "konten", str(item.id), {"words": words.digest, "page": article.page}))
    return item


def _sighted(tx: Tx, item: int, typed: Typed, person: Person, now: datetime) -> None:
    """Where it was seen, if anything is known of it."""
    place, count = typed.where.strip()[: sightings.PLACE_LENGTH], sightings.forwards(typed.forwards)
    many = sightings.UNKNOWN if isinstance(count, Refusal) else count
    if not (place or typed.channel or typed.seen or many != sightings.UNKNOWN):
        return
    words = Words(place, "")
    tx.put_words([words])
    row = tx.add(Sighting(item, typed.channel, words.digest, now, person.name, typed.seen, many))
    tx.audit(Act(now, person.name, "catat sebaran", "konten", str(item), {"sebaran": row.id, "words": words.digest}))


def look(store: Store, number: int, person: Person, now: datetime) -> None:
    """Notes that somebody looked at what is covered in a konten."""
    with store.write() as tx:
        tx.audit(Act(now, person.name, "lihat data pribadi", "konten", str(number), {}))


def _words(typed: Typed, page: Link | None) -> Words:
    """What was typed; else what the page says."""
    text, title = typed.text.strip(), typed.title.strip()
    read = page if page and page.text else None
    if read and not text:
        return Words((title or read.title)[:TITLE_LENGTH], read.text[:LONGEST])
    return Words(title[:TITLE_LENGTH], text)


def _worded(typed: Typed, picture: bool) -> Refusal | None:
    length, url = len(typed.text.strip()), typed.url.strip()
    if url and (not url.startswith(("http://", "https://")) or len(url) > 2000 or len(url.split()) > 1):
        return Refusal("odd address", "Tulis satu alamat lengkap yang diawali https://, atau kosongkan.")
    if not length and picture and not url:
        return Refusal("a picture without its text", "Ketik teks yang terbaca pada gambar: program ini tidak membaca "
                       "gambar, jadi tanpa teks kontennya tidak dapat dinilai.")
    if (length or not url) and not SHORTEST <= length <= LONGEST:
        return Refusal(f"typed text of {length} characters", f"Tempelkan teksnya, {SHORTEST} sampai {LONGEST:,} huruf "
                       f"(sekarang {length:,}), atau isi alamatnya saja.".replace(",", "."))
    return None


def _read(words: Words, page: Link | None) -> Refusal | None:
    if len(words.text) >= SHORTEST:
        return None
    why = page.note if page else ""
    return Refusal(f"no text at the address: {why}", f"Halaman di alamat itu tidak memberi teks. {why} Ketik atau "
                   "tempelkan teksnya sendiri.")


def _unscored(article: int, now: datetime) -> ScoreRow:
    """What stands for a score until a model is there again."""
    return ScoreRow(article, now, 0.0, "unclear", 0.0, False, (), (), (), (), "", "")
