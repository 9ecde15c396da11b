"""A person's act -> two isu become one, or konten of one go to another: rows, never edits; all or nothing.

Both isu are locked before anything is read, in the order of their numbers, so that nobody attaches konten to them or
submits a finding meanwhile, and so that two people who merge them into one another do not wait for each other.
"""

from collections.abc import Sequence
from datetime import datetime

from monitor import clarifications, items, rumors
from monitor.audit import Act
from monitor.items import Item
from monitor.people import Person, Refusal
from monitor.pipeline.acts import isu_for, item_act, rumor_stale
from monitor.pipeline.cases import Undone
from monitor.rumors import Carrier, Merger, Rumor, RumorAct
from monitor.store import Store, Tx


def merge(store: Store, number: int, version: int, target: int, person: Person, reason: str,
          now: datetime) -> Rumor | Refusal:
    """Merges an isu into another; gives the other. Both stay, with their rows; the konten go along."""
    try:
        with store.write() as tx:
            return _merge(tx, number, version, target, person, reason, now)
    except Undone as undone:
        return undone.refusal


def split(store: Store, number: int, version: int, seen: Sequence[tuple[int, int]], claim: str, target: int,
          person: Person, reason: str, now: datetime) -> Rumor | Refusal:  # fmt: skip
    """Takes konten (id, version) out of an isu, into another or a new one with this claim; gives that one."""
    try:
        with store.write() as tx:
            return _split(tx, number, version, seen, claim, target, person, reason, now)
    except Undone as undone:
        return undone.refusal


def unmerge(store: Store, number: int, version: int, person: Person, reason: str, now: datetime) -> Rumor | Refusal:
    """Undoes the merger of an isu, if nothing happened to the other one since; gives the isu, open again."""
    try:
        with store.write() as tx:
            return _unmerge(tx, number, version, person, reason, now)
    except Undone as undone:
        return undone.refusal


def _unmerge(tx: Tx, number: int, version: int, person: Person, reason: str, now: datetime) -> Rumor:
    merger = tx.merger(number)
    tx.lock_rumors([number, merger.target if merger else number])
    rumor, merger = _found(tx, number, version), tx.merger(number)
    if merger is None:
        raise Undone(rumors.not_from(rumor, "dipisahkan lagi"))
    other, moved = _found(tx, merger.target), _came_with(tx, merger)
    acts = (tx.rumor_acts(number), tx.rumor_acts(other.id))
    outcome = rumors.unmerge(rumor, other, merger, acts, _since(tx, merger, moved), person, reason, now)
    if isinstance(outcome, Refusal):
        raise Undone(outcome)
    _changed(tx, rumor, *outcome[0], person, other.id, now)
    _changed(tx, other, *outcome[1], person, number, now)
    for item in moved:
        _move(tx, item.id, item.version, number, person, now)
    return outcome[0][0]


def _came_with(tx: Tx, merger: Merger) -> list[Item]:
    """The konten of the target that came by this merger."""
    found = []
    for item in tx.carriers(merger.target):
        *_, before, last = (None, *tx.carried_before(item.id))
        if before and last and (before.rumor, last.at, last.by) == (merger.rumor, merger.at, merger.by):
            found.append(item)
    return found


def _since(tx: Tx, merger: Merger, moved: Sequence[Item]) -> str:
    """What came to the target of a merger since, in a word; "" for nothing."""
    target, at, own = merger.target, merger.at, {item.id for item in moved}
    came = [tx.carried_before(item.id)[-1] for item in tx.carriers(target) if item.id not in own]
    found = (
        ("konten lain", [one for one in came if one.at > at]),
        ("bukti", [one for one in tx.evidence(target) if one.rumor == target and one.at > at]),
        ("catatan pemeriksaan", [one for one in tx.checks(target) if one.at > at]),
        ("klarifikasi", [one for one in tx.clarifications(rumor=target) if one.at > at]),
    )  # fmt: skip
    return next((word for word, rows in found if rows), "")


def _merge(tx: Tx, number: int, version: int, target: int, person: Person, reason: str, now: datetime) -> Rumor:
    tx.lock_rumors([number, target])
    rumor, other = _found(tx, number, version), _found(tx, target)
    answered = [one for one in tx.clarifications(rumor=number) if one.state != clarifications.DITARIK]
    if answered:
        raise Undone(Refusal(f"rumor {number} has a clarification", f"Isu {number} mempunyai klarifikasi nomor "
                             f"{answered[0].id}. Gabungkan isu yang lain ke isu {number} ini, bukan sebaliknya."))
    outcome = rumors.merge(rumor, other, person, reason, now)
    if isinstance(outcome, Refusal):
        raise Undone(outcome)
    (gone, left), (kept, got), merger = outcome
    _changed(tx, rumor, gone, left, person, target, now)
    _changed(tx, other, kept, got, person, number, now)
    tx.add(merger)
    for item in tx.carriers(number):
        _move(tx, item.id, item.version, target, person, now)
    return kept


def _split(tx: Tx, number: int, version: int, seen: Sequence[tuple[int, int]], claim: str, target: int, person: Person,
           reason: str, now: datetime) -> Rumor:  # fmt: skip
    tx.lock_rumors([number, target])
    rumor, carried = _found(tx, number, version), {item.id for item in tx.carriers(number)}
    if target == number:
        raise Undone(Refusal("split into itself", "Pilih isu lain, atau tulis klaim isu yang baru."))
    if not {one for one, _ in seen} <= carried:
        raise Undone(rumor_stale(tx, number))
    outcome = rumors.split(rumor, person, len(seen), len(carried), reason, now)
    if isinstance(outcome, Refusal):
        raise Undone(outcome)
    to = isu_for(tx, person, claim, target, now)
    if isinstance(to, Refusal):
        raise Undone(to)
    _changed(tx, rumor, outcome[0], outcome[1], person, to.id, now)
    for item, item_version in seen:
        _move(tx, item, item_version, to.id, person, now)
    return to


def _found(tx: Tx, number: int, version: int = 0) -> Rumor:
    rumor = tx.get(Rumor, number)
    if rumor is None:
        raise Undone(rumors.missing(number))
    if version and rumor.version != version:
        raise Undone(rumor_stale(tx, number))
    return rumor


def _changed(tx: Tx, old: Rumor, new: Rumor, act: RumorAct, person: Person, other: int, now: datetime) -> None:
    if not tx.change(new, old.version):
        raise Undone(rumor_stale(tx, old.id))
    tx.add(act)
    tx.audit(Act(now, person.name, act.act, "isu", str(old.id), {"old": act.old, "new": act.new, "isu": other}))


def _move(tx: Tx, item: int, version: int, rumor: int, person: Person, now: datetime) -> None:
    done = item_act(tx, item, version, person, lambda one: items.move(one, person, rumor, now), now)
    if isinstance(done, Refusal):
        raise Undone(done)
    tx.add(Carrier(rumor, item, now, person.name))
