"""Filters of the queue, kept under a name: one's own quietly, the office's with an audit, for all see by them."""

from datetime import datetime
from hashlib import sha256

from monitor import saved
from monitor.audit import Act
from monitor.people import Person, Refusal
from monitor.saved import OFFICE, SavedFilter
from monitor.store import Store, Tx


def save(store: Store, person: Person, name: str, query: str, office: bool, now: datetime) -> SavedFilter | Refusal:
    """Keeps the filters; those of the same owner and name are replaced."""
    with store.write() as tx:
        owner = OFFICE if office else person.name
        others = [row for row in tx.saved_filters(owner) if row.owner == owner]
        there = sum(row.key != saved.key_of(owner, " ".join(name.split())) for row in others)
        row = saved.saved(person, name, query, office, there, now)
        if isinstance(row, Refusal):
            return row
        tx.put([row])
        _audit(tx, "simpan saringan", row, person, now)
    return row


def drop(store: Store, person: Person, key: str, now: datetime) -> SavedFilter | Refusal:
    """Drops a saved filter."""
    with store.write() as tx:
        row = tx.get(SavedFilter, key[:64])
        refusal = saved.changes(person, row.owner) if row else None
        if row is None or refusal:
            return refusal or Refusal("no such saved filter", "Saringan ini sudah tidak ada. Muat ulang halaman.")
        tx.drop_saved_filter(row.key)
        _audit(tx, "hapus saringan", row, person, now)
    return row


def _audit(tx: Tx, act: str, row: SavedFilter, person: Person, now: datetime) -> None:
    if row.owner == OFFICE:
        query = sha256(row.query.encode()).hexdigest()[:16]
        tx.audit(Act(now, person.name, act, "saringan", row.key, {"saringan": query}))
