"""Hak jawab and koreksi -> Objection, Answer: what came in, and what two people decided about it."""

from datetime import datetime

from monitor import clarifications, posts
from monitor.audit import Act
from monitor.entries import Words
from monitor.people import Person, Refusal
from monitor.pipeline.house import Books
from monitor.posts import Answer, Objection
from monitor.sources import Settings
from monitor.store import Store


def object_to(
    store: Store, settings: Settings, number: int, kind: str, who: str, contact: str, text: str, now: datetime
) -> Objection | Refusal:
    """Records a hak jawab or request for correction, with its due date; who asked is a payload that can be erased."""
    words = Words(kind, text, f"{who}, {contact}")
    with store.write() as tx:
        history = tx.editions_of(number)
        if not history:
            return Refusal("no such publication", "Halaman itu tidak ada.")
        made = posts.objected(history[-1], kind, words.digest, now, settings.office.zone, settings.public.answer_days)
        if isinstance(made, Refusal):
            return made
        tx.put_words([words])
        kept = tx.add(made)
        tx.audit(Act(now, "publik", "keberatan", "klarifikasi", str(number), {"objection": kept.id, "kind": kind}))
        return kept


def answer(house: Books, objection: int, person: Person, outcome: str, note: str, now: datetime) -> Answer | Refusal:
    """One person's decision, or the second signature under it; what would be public shows nobody's data."""
    with house.store.write() as tx:
        found = tx.get(Objection, objection)
        if found is None:
            return Refusal(f"no objection {objection}", f"Permintaan {objection} tidak ada.")
        given = tx.answers_to([objection]).get(objection, [])
        made = posts.answered(found, given, person, outcome, note, now)
        refusal = None if isinstance(made, Refusal) else clarifications.unfit(made.note, house.settings, now)
        if isinstance(made, Refusal) or refusal:
            return refusal or made
        kept = tx.add(made)
        detail: dict[str, str | int | float | bool | None] = {"objection": objection, "outcome": outcome}
        tx.audit(Act(now, person.name, "jawab keberatan", "klarifikasi", str(found.clarification), detail))
        return kept
