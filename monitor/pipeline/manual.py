"""What a verifier typed in -> Entry, Article, ScoreRow, Item: a konten like any other, scored where a model is."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from classifiers.detector import Detector
from monitor import contexts, items
from monitor.articles import Article
from monitor.audit import Act
from monitor.entries import Entry, Words
from monitor.items import Item, ScoreRow
from monitor.people import Person, Refusal, may
from monitor.pipeline.scoring import stored
from monitor.sources import Settings
from monitor.store import Store

SOURCE, ORIGIN = "Masukan manual", "manual"
LONGEST, SHORTEST = 50_000, 10
# Somebody asks for a look: it stands no lower than a fair flag, whatever the model says.
LEAST = 0.5


@dataclass(frozen=True, slots=True)
class Typed:
    """A text that somebody saw, its title and address if it has any, and where it spread."""

    text: str
    title: str = ""
    url: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """The text is there already, as this konten."""

    item: int


def enter(store: Store, settings: Settings, detector: Detector | None, typed: Typed, person: Person,
          now: datetime) -> Item | Known | Refusal:
    """Makes a konten of what was typed, once; all or nothing."""
    refusal = may(person, "konten") or _judged(typed)
    if refusal:
        return refusal
    text = typed.text.strip()
    words = Words(typed.title.strip()[:300], text, typed.where.strip()[:300])
    score = detector.scores([(words.title, words.text)])[0] if detector else None
    said = f"{words.digest} {typed.url.strip()}"
    identity = f"{ORIGIN}:{sha256(said.encode('utf-8', 'replace')).hexdigest()}"
    with store.write() as tx:
        tx.put_words([words])
        kept = tx.add_entries([Entry(SOURCE, 0, identity, typed.url.strip(), words.digest, now)])
        if not kept:
            same = tx.items_of_words(words.digest, 1)
            return Known(same[0].id) if same else Refusal("typed in before", "Teks ini sudah pernah dimasukkan.")
        article = tx.add(Article(kept[0].id, 0, 1, now, typed.url.strip(), words.digest, ORIGIN))
        row = tx.add(stored(score, article.id, now) if score else _unscored(article.id, now))
        context = contexts.context(settings, row.regions, now, 1, now)
        rank = items.priority(row.hoax, row.election, row.stance, context, contexts.weights(settings))
        item = tx.add(Item(article.id, row.id, now, max(rank, LEAST), ORIGIN))
        tx.audit(Act(now, person.name, "masukkan", "konten", str(item.id), {"words": words.digest}))
    return item


def look(store: Store, number: int, person: Person, now: datetime) -> None:
    """Notes that somebody looked at what is covered in a konten."""
    with store.write() as tx:
        tx.audit(Act(now, person.name, "lihat data pribadi", "konten", str(number), {}))


def _judged(typed: Typed) -> Refusal | None:
    length = len(typed.text.strip())
    if not SHORTEST <= length <= LONGEST:
        return Refusal(f"typed text of {length} characters", f"Tempelkan teksnya, {SHORTEST} sampai {LONGEST:,} huruf "
                       f"(sekarang {length:,}).".replace(",", "."))
    url = typed.url.strip()
    if url and (not url.startswith(("http://", "https://")) or len(url) > 2000 or len(url.split()) > 1):
        return Refusal("odd address", "Tulis satu alamat lengkap yang diawali https://, atau kosongkan.")
    return None


def _unscored(article: int, now: datetime) -> ScoreRow:
    return ScoreRow(article, now, 0.0, "unclear", 0.0, False, (), (), (), (), "", "")
