"""A picture from evidence -> the picture of a clarification: blacked out by a person, drawn anew in the cage, approved
with the text."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from monitor import clarifications, pictures, redactions
from monitor.attachments import BUKTI, Attachment
from monitor.audit import Act
from monitor.cage import Cage
from monitor.people import Person, Refusal
from monitor.pictures import Picture, Unread
from monitor.pipeline import answers
from monitor.pipeline.answers import File
from monitor.pipeline.house import Books
from monitor.redactions import Box, Redaction
from monitor.store import Store, Tx

SECONDS = 20.0
MOST = 4
Draw = Callable[[bytes, tuple[Box, ...], int, str], Picture | Refusal]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants published of a piece of evidence: the boxes, whether they looked and found nothing to hide,
    the alt text, and (of a page that is public) why it is corrected."""

    evidence: int
    boxes: tuple[Box, ...]
    looked: bool
    alt: str
    reason: str = ""


def blacked(cage: Cage, content: bytes, boxes: tuple[Box, ...], side: int, mark: str) -> Picture | Refusal:
    """The picture with the boxes burnt in, drawn in the cage."""
    outcome = cage.submit(redactions.redacted, content, boxes, side, mark, seconds=SECONDS).result()
    made = outcome.value
    if isinstance(made, Unread):
        return Refusal(made.cause, made.sentence)
    return made if isinstance(made, Picture) else Refusal(outcome.cause, pictures.BROKEN)


def offered(tx: Tx, file: File) -> list[Attachment]:
    """The pictures that lie with the evidence of its isu, oldest first."""
    held = tx.attachments(BUKTI, [one.id for one in tx.evidence(file.rumor.id)])
    return [one for _, one in sorted(held.items()) if one.copy]


def copy_of(store: Store, file: File, evidence: int) -> bytes | Refusal:
    """The working copy of a picture of this isu's evidence; never the original."""
    with store.read() as tx:
        found = next((one for one in offered(tx, file) if one.key == evidence), None)
    content = store.kept(found.copy) if found else None
    return content or Refusal(f"no picture with evidence {evidence}", "Gambar bukti itu tidak ada.")


def burn(house: Books, draw: Draw, number: int, wish: Wish, person: Person, now: datetime, seen: int) -> File | Refusal:
    """Burns the boxes into a new picture and lays it into the draft; into a published page as a proposed correction.
    Either way the text needs its signatures anew."""
    file = answers.opened(house, number, now)
    if isinstance(file, Refusal) or file.text is None:
        return file if isinstance(file, Refusal) else answers.ERASED
    refusal = _room(house, file, wish, now) or redactions.ready(wish.boxes, wish.looked, wish.alt)
    content = refusal or copy_of(house.store, file, wish.evidence)
    made = content if isinstance(content, Refusal) else draw(
        content, wish.boxes, redactions.PUBLISHED, file.verdict.finding)
    if isinstance(made, Refusal):
        return made
    page = house.store.keep(made.content)
    _noted(house, file, wish, page, made, person, now)
    picture = clarifications.Picture(page, wish.alt.strip(), person.name)
    rest = tuple(one for one in file.text.pictures if one.page != page)
    text = replace(file.text, pictures=(*rest, picture))
    if file.row.state in clarifications.PUBLIC:
        return answers.propose_correction(house, number, person, text, wish.reason, now, seen)
    return answers.edit(house, number, person, text, now, seen)


def corrects(file: File) -> bool:
    """Would a picture be a correction: is the page public, with no proposal that waits?"""
    return file.row.state in clarifications.PUBLIC and not file.row.proposal


def _room(house: Books, file: File, wish: Wish, now: datetime) -> Refusal | None:
    """Why no picture can be added to this text now."""
    full = file.text is not None and len(file.text.pictures) >= MOST
    if full or not (file.row.state == clarifications.DRAF or corrects(file)):
        return Refusal("no text with room", "Gambar ditambahkan selagi teksnya draf, atau sebagai koreksi bila tidak "
                       f"ada usulan yang menunggu; paling banyak {MOST}.")
    if corrects(file) and not wish.reason.strip():
        return Refusal("a correction without a reason", "Tuliskan alasannya.")
    return clarifications.unfit(wish.reason, house.settings, now) if corrects(file) else None


def _noted(house: Books, file: File, wish: Wish, page: str, made: Picture, person: Person, now: datetime) -> None:
    row = Redaction(file.row.id, wish.evidence, page, redactions.spelled(wish.boxes), made.width, made.height, now,
                    person.name)
    with house.store.write() as tx:
        kept = tx.add(row)
        tx.audit(Act(now, person.name, "hitamkan gambar", "klarifikasi", str(file.row.id), {
            "redaksi": kept.id, "bukti": wish.evidence, "page": page, "kotak": len(wish.boxes)}))


def published(tx: Tx, store: Store, clarification: int, page: str) -> bytes | None:
    """The bytes of a picture that a person blacked out for this very clarification; None for any other."""
    row = next((one for one in tx.redactions(clarification) if one.page == page), None)
    return store.kept(page) if row else None
