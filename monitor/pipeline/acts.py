"""A form of the desk -> one act on konten or isu: it lands whole on the version that the person saw, or is refused.

`version` is what stood in the form. If somebody was first, the refusal says who did what, and the page shows how it is
now.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from monitor import items, rumors, verdicts
from monitor.audit import Act
from monitor.entries import Words
from monitor.items import Item, ItemAct
from monitor.people import Account, Person, Refusal, accounts
from monitor.pipeline.cases import Finding, Link, Undone, case_of, keep_change, lay_down, submit
from monitor.rumors import Carrier, Rumor, RumorAct
from monitor.sources import Settings
from monitor.store import Store, Tx
from monitor.verdicts import Evidence

ItemChange = Callable[[Item], items.Change | Refusal]
RumorChange = Callable[[Rumor], rumors.Change | Refusal]
NOTE_LENGTH = 5000


class Stale(Refusal):
    """Somebody else was first: what was meant for an older state does not land."""


def person_of(tx: Tx, name: str, now: datetime) -> Person | Refusal:
    """Somebody with an account, with the roles held now; to hand work over to."""
    account = tx.get(Account, name)
    if account is None or account.disabled:
        return Refusal(f"no account {name[:40]!r}", "Penerima ini tidak ada atau tidak aktif.")
    return accounts.person(account, tx.delegations(name), now)


def on_item(store: Store, number: int, version: int, person: Person, change: ItemChange,
            now: datetime) -> Item | Refusal:
    """One act on one konten."""
    with store.write() as tx:
        return item_act(tx, number, version, person, change, now)


def undo(store: Store, number: int, person: Person, now: datetime) -> Item | Refusal:
    """Cancels the last act on a konten, by whoever did it, within ten seconds."""
    with store.write() as tx:
        acts = tx.item_acts(number)
        if not acts:
            return Refusal(f"nothing to undo on {number}", "Belum ada langkah yang dapat diurungkan.")
        return item_act(tx, number, 0, person, lambda item: items.undo(item, acts[-1], person, now), now)


def hand_over(store: Store, number: int, version: int, person: Person, to: str, now: datetime) -> Item | Refusal:
    """Hands a konten over to another account."""
    with store.write() as tx:
        other = person_of(tx, to, now)
        if isinstance(other, Refusal):
            return other
        return item_act(tx, number, version, person, lambda item: items.hand_over(item, person, other, now), now)


def assign(store: Store, number: int, version: int, person: Person, to: str, now: datetime) -> Item | Refusal:
    """Gives a konten to an account: a free one is taken on the way, one's own is handed over. All or nothing."""
    try:
        with store.write() as tx:
            other = person_of(tx, to, now)
            if isinstance(other, Refusal):
                return other
            return _assign(tx, number, version, person, other, now)
    except Undone as undone:
        return undone.refusal


def attach(store: Store, seen: Sequence[tuple[int, int]], person: Person, claim: str, rumor: int,
           now: datetime) -> Rumor | Refusal:
    """Attaches konten (id, version; version 0 takes any) to an isu: `rumor`, or a new one with this claim. Free konten
    are taken on the way. All or nothing."""
    try:
        with store.write() as tx:
            tx.lock_rumors([rumor])
            held = isu_for(tx, person, claim, rumor, now)
            if isinstance(held, Refusal):
                raise Undone(held)
            for number, version in seen:
                _attach(tx, number, version, person, held.id, now)
            return held
    except Undone as undone:
        return undone.refusal


def on_rumor(store: Store, number: int, version: int, person: Person, change: RumorChange,
             now: datetime) -> Rumor | Refusal:
    """One act on one isu."""
    with store.write() as tx:
        return _on_rumor(tx, number, version, person, change, now)


def hand_over_rumor(store: Store, number: int, version: int, person: Person, to: str,
                    now: datetime) -> Rumor | Refusal:
    """Hands an isu over to another account."""
    with store.write() as tx:
        other = person_of(tx, to, now)
        if isinstance(other, Refusal):
            return other
        return _on_rumor(tx, number, version, person, lambda rumor: rumors.hand_over(rumor, person, other, now), now)


def check(store: Store, number: int, person: Person, part: str, note: str, now: datetime) -> Refusal | None:
    """One part of the checklist was looked at, with what came of it."""
    text = note.strip()[:NOTE_LENGTH]
    if not text:
        return Refusal("checked without a note", "Tuliskan apa yang Anda temukan pada bagian ini.")
    words = Words(part, text)
    with store.write() as tx:
        rumor = tx.get(Rumor, number)
        row = rumors.check(rumor, person, part, words.digest, now) if rumor else _no_rumor(number)
        if isinstance(row, Refusal):
            return row
        tx.put_words([words])
        tx.add(row)
        tx.audit(Act(now, person.name, "periksa", "isu", str(number), {"bagian": part, "words": words.digest}))
    return None


def lay_evidence(store: Store, settings: Settings, number: int, person: Person, links: Sequence[Link],
                 now: datetime) -> list[Evidence] | Refusal:
    """Addresses, as they were visited, become evidence of an isu."""
    with store.write() as tx:
        rumor = tx.get(Rumor, number)
        refusal = rumors.works_on(rumor, person, "diberi bukti") if rumor else _no_rumor(number)
        if refusal:
            return refusal
        kept = lay_down(tx, settings, number, person, links, now)
        for one in kept:
            tx.audit(Act(now, person.name, "tambah bukti", "isu", str(number), _of_evidence(one)))
    return kept


def lay_note(store: Store, number: int, person: Person, note: str, now: datetime) -> Evidence | Refusal:
    """A note becomes evidence of an isu: whom one called, what one saw."""
    text = note.strip()[:NOTE_LENGTH]
    if not text:
        return Refusal("empty note", "Tuliskan catatannya: siapa yang dihubungi, kapan, apa jawabannya.")
    words = Words("Catatan", text)
    with store.write() as tx:
        rumor = tx.get(Rumor, number)
        refusal = rumors.works_on(rumor, person, "diberi bukti") if rumor else _no_rumor(number)
        if refusal:
            return refusal
        tx.put_words([words])
        kept = tx.add(Evidence(number, "note", "", words.digest, now, person.name))
        tx.audit(Act(now, person.name, "tambah bukti", "isu", str(number), _of_evidence(kept)))
    return kept


def propose(store: Store, settings: Settings, number: int, version: int, person: Person, finding: Finding,
            now: datetime) -> Rumor | Refusal:
    """Submits the finding about an isu, with the evidence that lies there, through the gates: all or nothing."""
    with store.write() as tx:
        tx.lock_rumors([number])
        rumor = tx.get(Rumor, number)
        if rumor is None:
            return _no_rumor(number)
        if rumor.version != version:
            return rumor_stale(tx, number)
        rows = tx.queue_rows([item.id for item in tx.carriers(number)])
        case = case_of(tx, settings, finding, rows, tx.evidence(number), now)
        outcome = submit(tx, rumor, person, finding, case, now)
    return outcome if isinstance(outcome, Refusal) else outcome[0]


def sign(store: Store, number: int, version: int, person: Person, note: str | None, now: datetime,
         signers: Sequence[str] = verdicts.SIGNERS) -> Rumor | Refusal:
    """The second signature by one of the roles `signers`: approves, or sends back where there is a note."""
    with store.write() as tx:
        found, held = tx.get(Rumor, number), tx.verdicts(number)
        if found is None or not held:
            return Refusal(f"rumor {number} has no finding", f"Isu {number} belum mempunyai hasil yang diajukan.")
        if found.version != version:
            return rumor_stale(tx, number)
        outcome = (verdicts.approve(found, held[-1], person, now, signers) if note is None
                   else verdicts.send_back(found, held[-1], person, note, now, signers))
        if isinstance(outcome, Refusal):
            return outcome
        moved, act, signature = outcome
        if not tx.change(moved, found.version):
            return rumor_stale(tx, number)
        tx.add_all([act, signature])
        tx.audit(Act(now, person.name, signature.act, "isu", str(number), {"verdict": signature.verdict}))
    return moved


def item_act(tx: Tx, number: int, version: int, person: Person, change: ItemChange, now: datetime) -> Item | Refusal:
    """One act on one konten, in a transaction that is open."""
    item = tx.get(Item, number)
    if item is None:
        return Refusal(f"no item {number}", f"Konten {number} tidak ada.")
    if version and item.version != version:
        return _item_stale(tx.item_acts(number))
    outcome = change(item)
    if isinstance(outcome, Refusal):
        return outcome
    return outcome[0] if keep_change(tx, outcome, person, now) else _item_stale(tx.item_acts(number))


def _on_rumor(tx: Tx, number: int, version: int, person: Person, change: RumorChange,
              now: datetime) -> Rumor | Refusal:
    rumor = tx.get(Rumor, number)
    if rumor is None:
        return _no_rumor(number)
    if rumor.version != version:
        return rumor_stale(tx, number)
    outcome = change(rumor)
    if isinstance(outcome, Refusal):
        return outcome
    moved, act = outcome
    if not tx.change(moved, rumor.version):
        return rumor_stale(tx, number)
    tx.add(act)
    tx.audit(Act(now, person.name, act.act, "isu", str(number), {"old": act.old, "new": act.new}))
    return moved


def isu_for(tx: Tx, person: Person, claim: str, number: int, now: datetime) -> Rumor | Refusal:
    """The isu to put konten to: one that is there, or a new one with a written claim."""
    if number:
        found = tx.get(Rumor, number)
        return (rumors.carries(found, person) or found) if found else _no_rumor(number)
    written = rumors.claim(claim)
    if isinstance(written, Refusal):
        return written
    words = Words(written, "")
    opened = rumors.opened(words.digest, person, now)
    if isinstance(opened, Refusal):
        return opened
    tx.put_words([words])
    made = tx.add(opened)
    tx.audit(Act(now, person.name, "buka isu", "isu", str(made.id), {"words": words.digest}))
    return made


def _assign(tx: Tx, number: int, version: int, person: Person, to: Person, now: datetime) -> Item:
    item = tx.get(Item, number)
    done: Item | Refusal
    if item is not None and item.state == items.BARU:
        done = item_act(tx, number, version, person, lambda one: items.take(one, person, now), now)
        if isinstance(done, Item) and to.name != person.name:
            done = item_act(tx, number, done.version, person, lambda one: items.hand_over(one, person, to, now), now)
    else:
        done = item_act(tx, number, version, person, lambda one: items.hand_over(one, person, to, now), now)
    if isinstance(done, Refusal):
        raise Undone(done)
    return done


def _attach(tx: Tx, number: int, version: int, person: Person, rumor: int, now: datetime) -> None:
    item = tx.get(Item, number)
    if item is not None and item.state == items.BARU:
        taken = item_act(tx, number, version, person, lambda one: items.take(one, person, now), now)
        version = taken.version if isinstance(taken, Item) else version
        if isinstance(taken, Refusal):
            raise Undone(taken)
    done = item_act(tx, number, version, person, lambda one: items.attach(one, person, rumor, now), now)
    if isinstance(done, Refusal):
        raise Undone(done)
    tx.add(Carrier(rumor, number, now, person.name))


def _of_evidence(one: Evidence) -> dict[str, str | int | float | bool | None]:
    return {"bukti": one.id, "jenis": one.kind, "words": one.words, "page": one.page, "resmi": one.official}


def _no_rumor(number: int) -> Refusal:
    return Refusal(f"no rumor {number}", f"Isu {number} tidak ada.")


def _item_stale(acts: Sequence[ItemAct]) -> Stale:
    return stale((act.who, act.act) for act in acts)


def rumor_stale(tx: Tx, number: int) -> Stale:
    """Who was first on an isu."""
    acts: list[RumorAct] = tx.rumor_acts(number)
    return stale((act.who, act.act) for act in acts)


def stale(acts: Iterable[tuple[str, str]]) -> Stale:
    """The refusal of what was meant for an older state, with who did what since."""
    done = list(acts)
    what = f"{done[-1][0]} lebih dahulu: “{done[-1][1]}”." if done else "Keadaannya sudah berubah."
    return Stale("somebody else changed it first", f"{what} Halaman ini menunjukkan keadaan sekarang; yang Anda ketik "
                 "tetap ada. Periksa, lalu ulangi bila masih perlu.")
