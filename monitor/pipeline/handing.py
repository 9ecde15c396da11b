"""A file that somebody hands in -> Attachment: sealed as it came, a working copy drawn anew in the cage."""

from dataclasses import dataclass
from datetime import datetime

from monitor import attachments, pictures, rumors
from monitor.attachments import BUKTI, Attachment
from monitor.audit import Act
from monitor.cage import Cage
from monitor.entries import Words
from monitor.people import Person, Refusal
from monitor.pictures import PDF, Prepared, Unread
from monitor.rumors import Rumor
from monitor.store import Store, Tx
from monitor.verdicts import Evidence

SECONDS = 20.0
NOTE_LENGTH = 5000


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file in the archive, before a row names it: see Attachment."""

    name: str
    original: str
    kind: str
    size: int
    copy: str = ""
    mosaic: str = ""
    width: int = 0
    height: int = 0


def seal(store: Store, cage: Cage, name: str, content: bytes) -> Sealed | Refusal:
    """Judges a file by its content, draws a picture anew in the cage, and keeps the bytes; no row yet."""
    kind = attachments.taken(content)
    if isinstance(kind, Refusal):
        return kind
    plain = attachments.plain_name(name, kind)
    if kind == PDF:
        return Sealed(plain, store.keep(content), kind, len(content))
    outcome = cage.submit(pictures.prepared, content, seconds=SECONDS).result()
    made = outcome.value
    if isinstance(made, Unread):
        return Refusal(made.cause, made.sentence)
    if not isinstance(made, Prepared):
        large = outcome.problem in ("memory", "timeout")
        return Refusal(outcome.cause, pictures.TOO_LARGE if large else pictures.BROKEN)
    copy, mosaic = store.keep(made.copy.content), store.keep(made.mosaic.content)
    return Sealed(plain, store.keep(content), kind, len(content), copy, mosaic, made.copy.width, made.copy.height)


def attach(tx: Tx, noun: str, key: int, file: Sealed, person: Person, now: datetime) -> Attachment:
    """The row of a sealed file, with its name as payload."""
    words = Words(file.name, "")
    tx.put_words([words])
    return tx.add(Attachment(noun, key, file.original, file.kind, file.size, words.digest, now, person.name, file.copy,
                             file.mosaic, file.width, file.height))


def lay_file(store: Store, number: int, person: Person, file: Sealed, note: str, now: datetime) -> Evidence | Refusal:
    """A sealed file becomes evidence of an isu, with a note if there is one."""
    words = Words(file.name, note.strip()[:NOTE_LENGTH])
    with store.write() as tx:
        rumor = tx.get(Rumor, number)
        refusal = rumors.works_on(rumor, person, "diberi bukti") if rumor else rumors.missing(number)
        if refusal:
            return refusal
        tx.put_words([words])
        kept = tx.add(Evidence(number, "file", "", words.digest, now, person.name, page=file.original))
        row = attach(tx, BUKTI, kept.id, file, person, now)
        tx.audit(Act(now, person.name, "tambah bukti", "isu", str(number), {
            "bukti": kept.id, "jenis": kept.kind, "words": kept.words, "page": kept.page, "resmi": "",
            "lampiran": row.id, "tipe": row.kind, "besar": row.size, "salinan": row.copy,
        }))  # fmt: skip
    return kept
