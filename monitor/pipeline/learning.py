"""What people found -> Label: the only texts that a model may learn from.

HOAKS, PENIPUAN and MENYESATKAN with their second signature make the asserting konten of the isu a hoax; FAKTA, and a
konten that was set aside as "bukan hoaks", make it none. An article drawn at random that looks like a hoax to whoever
judged it is one until there is a finding. Nothing else is a label.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from classifiers.retrain import Label
from monitor import items, rumors, samples, verdicts
from monitor.items import SUSPECTED
from monitor.pipeline.house import Books
from monitor.store import Filters, QueueRow, Tx
from monitor.store.items import key_of

NOT_A_HOAX = "bukan hoaks"
ERASED = "isinya sudah dihapus"
OTHER_REASON = "dikesampingkan karena alasan lain"
OTHER_FINDING = "hasil verifikasinya bukan label"
NO_CLAIM = "tidak menyatakan klaim isunya"
REPLACED = "teks sama dengan hasil yang lebih baru"
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Example:
    """A label and what it rests on: the konten, the finding or reason (`why`) and when people came to it."""

    label: Label
    row: QueueRow
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Examples:
    """Every label, oldest first, one a text (the newest finding wins); and how many judged konten are none, by why."""

    taken: tuple[Example, ...]
    left: Counter[str]


def labels(books: Books) -> list[Label]:
    """Every label of the store, oldest first."""
    return [example.label for example in examples(books).taken]


def examples(books: Books) -> Examples:
    """What the desk found, as far as it is a label, and what of it is none."""
    with books.store.read() as tx:
        found = [*_dismissed(tx), *_suspected(tx), *_found(tx)]
    left = Counter(one for one in found if isinstance(one, str))
    taken = sorted((one for one in found if isinstance(one, Example)), key=lambda one: one.at)
    newest = {(one.label.title, one.label.text): one for one in taken}
    left[REPLACED] += len(taken) - len(newest)
    return Examples(tuple(newest.values()), +left)


def _example(row: QueueRow, who: str, why: str, at: datetime, *, hoax: bool) -> Example | str:
    if row.words is None:
        return ERASED
    return Example(Label(who, row.words.title, row.words.text, hoax), row, why, at)


def _dismissed(tx: Tx) -> Iterator[Example | str]:
    after = None
    while rows := tx.queue(Filters(state=items.DIKESAMPINGKAN, archive=True), after, AT_ONCE):
        for row in rows:
            detail = tx.item(row.item.id)
            last = detail.acts[-1] if detail and detail.acts else None
            if last:
                plain = last.reason == NOT_A_HOAX
                yield _example(row, last.who, NOT_A_HOAX, last.at, hoax=False) if plain else OTHER_REASON
        after = key_of(rows[-1])


def _suspected(tx: Tx) -> Iterator[Example | str]:
    for draw in tx.draws(AT_ONCE):
        drawn = [item.id for item in tx.items_of_articles(draw.articles)]
        acts = tx.acts_of(drawn)
        for row in tx.queue_rows(drawn):
            done = acts.get(row.item.id, [])
            if samples.outcome(done) == samples.TAMPAK_HOAKS:
                last = next(act for act in reversed(done) if act.act == SUSPECTED)
                yield _example(row, last.who, samples.TAMPAK_HOAKS, last.at, hoax=True)


def _found(tx: Tx) -> Iterator[Example | str]:
    for state in rumors.FOUND:
        yield from _found_in(tx, state)


def _found_in(tx: Tx, state: str) -> Iterator[Example | str]:
    before = None
    while some := tx.rumors(state, AT_ONCE, before):
        for rumor in some:
            verdict = tx.verdicts(rumor.id)[-1]
            rows = tx.queue_rows([item.id for item in tx.carriers(rumor.id)])
            yield from (_judged(row, verdict) for row in rows)
        before = some[-1].id


def _judged(row: QueueRow, verdict: verdicts.Verdict) -> Example | str:
    hoax = verdict.finding in verdicts.STAMPS
    if not hoax and verdict.finding != verdicts.FAKTA:
        return OTHER_FINDING
    if hoax and row.score.stance != "asserts":
        return NO_CLAIM
    return _example(row, verdict.by, verdict.finding, verdict.at, hoax=hoax)
