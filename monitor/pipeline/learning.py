"""What people found -> Label: the only texts that a model may learn from.

HOAKS, PENIPUAN and MENYESATKAN with their second signature make the asserting konten of the isu a hoax; FAKTA, and a
konten that was set aside as "bukan hoaks", make it none. Nothing else is a label.
"""

from collections.abc import Iterator

from classifiers.retrain import Label
from monitor import items, rumors, verdicts
from monitor.pipeline.house import House
from monitor.store import Filters, QueueRow, Tx
from monitor.store.items import key_of

NOT_A_HOAX = "bukan hoaks"
AT_ONCE = 500


def labels(house: House) -> list[Label]:
    """Every label of the store, one a text (the newest finding wins), oldest first."""
    with house.store.read() as tx:
        found = sorted((*_dismissed(tx), *_found(tx)), key=lambda one: one[0])
    newest = {(label.title, label.text): label for _, label in found}
    return list(newest.values())


def _dismissed(tx: Tx) -> Iterator[tuple[str, Label]]:
    after = None
    while rows := tx.queue(Filters(state=items.DIKESAMPINGKAN, archive=True), after, AT_ONCE):
        for row in rows:
            detail = tx.item(row.item.id)
            last = detail.acts[-1] if detail and detail.acts else None
            if last and row.words and last.reason == NOT_A_HOAX:
                yield last.at.isoformat(), Label(last.who, row.words.title, row.words.text, False)
        after = key_of(rows[-1])


def _found(tx: Tx) -> Iterator[tuple[str, Label]]:
    before = None
    while some := tx.rumors(rumors.TERVERIFIKASI, AT_ONCE, before):
        for rumor in some:
            verdict = tx.verdicts(rumor.id)[-1]
            if verdict.finding in (*verdicts.STAMPS, verdicts.FAKTA):
                hoax = verdict.finding in verdicts.STAMPS
                for row in tx.queue_rows([item.id for item in tx.carriers(rumor.id)]):
                    if row.words and (_asserts(row) or not hoax):
                        yield verdict.at.isoformat(), Label(verdict.by, row.words.title, row.words.text, hoax)
        before = some[-1].id


def _asserts(row: QueueRow) -> bool:
    return row.score.stance == "asserts"
