"""Objection (hak jawab, koreksi) -> Answer: two people decide, and only then does anything of it show."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from monitor.clarifications.acts import PAUSE_BEFORE_SIGNATURE
from monitor.people import Person, Refusal, may
from monitor.posts.rows import Answer, Objection, Post
from monitor.sources import offset

DIKABULKAN, DITOLAK, DIKEMBALIKAN = "DIKABULKAN", "DITOLAK", "DIKEMBALIKAN"
OUTCOMES = (DIKABULKAN, DITOLAK)
KINDS = ("hak jawab", "koreksi")


def objected(post: Post, kind: str, words: str, now: datetime, zone: str, days: int) -> Objection | Refusal:
    """A recorded request with its due date: so many working days after today, at the end of the day."""
    if kind not in KINDS:
        return Refusal(f"unknown kind {kind!r}", "Pilih “hak jawab” atau “koreksi”.")
    return Objection(post.clarification, kind, now, due(now, zone, days), words)


def due(now: datetime, zone: str, days: int) -> datetime:
    """The end of the last of so many working days after today (Monday to Friday) in the zone."""
    local = now.astimezone(offset(zone))
    day: date = local.date()
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return datetime.combine(day, time(23, 59, 59), local.tzinfo)


def waiting(given: Sequence[Answer]) -> Answer | None:
    """The decision that waits for a second signature, if one does; `given` oldest first."""
    last = given[-1] if given else None
    return last if last and last.outcome in OUTCOMES and settled(given) is None else None


def settled(given: Sequence[Answer]) -> Answer | None:
    """The decision that two people signed one after the other, if there is one; `given` oldest first."""
    if len(given) < 2:
        return None
    first, second = given[-2:]
    agreed = first.outcome in OUTCOMES and (first.outcome, first.note) == (second.outcome, second.note)
    return second if agreed and first.by != second.by else None


def answered(
    objection: Objection, given: Sequence[Answer], person: Person, outcome: str, note: str, now: datetime
) -> Answer | Refusal:
    """One person's decision, with a note; or the second person's signature under it (the same outcome, the note as it
    stands), or DIKEMBALIKAN with a note of their own. By a redaktur or kepala."""
    if settled(given):
        return Refusal(f"objection {objection.id} is answered", "Permintaan ini sudah dijawab.")
    refusal = may(person, "persetujuan")
    if refusal:
        return refusal
    first = waiting(given)
    if first is not None:
        return _second(objection, first, person, outcome, note, now)
    if outcome not in OUTCOMES or not note.strip():
        return Refusal("outcome or note missing", f"Pilih {DIKABULKAN} atau {DITOLAK}, dan tuliskan alasannya.")
    return Answer(objection.id, now, person.name, outcome, note.strip())


def _second(
    objection: Objection, first: Answer, person: Person, outcome: str, note: str, now: datetime
) -> Answer | Refusal:
    if person.name == first.by:
        return Refusal("both signatures by one person", "Tanda tangan kedua harus dari orang lain.")
    if outcome == DIKEMBALIKAN:
        sent = Answer(objection.id, now, person.name, DIKEMBALIKAN, note.strip())
        return sent if note.strip() else Refusal("sent back without a note", "Tuliskan catatan: apa yang keliru?")
    if outcome != first.outcome:
        return Refusal(f"{outcome} is not what waits", f"Yang menunggu: {first.outcome}. Setujui, atau kembalikan.")
    if now - first.at < PAUSE_BEFORE_SIGNATURE:
        return Refusal("signed within ten seconds", "Bacalah dahulu: persetujuan dapat diberikan setelah 10 detik.")
    return Answer(objection.id, now, person.name, first.outcome, first.note)
