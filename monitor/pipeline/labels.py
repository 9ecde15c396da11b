"""A word of the office on konten, given and taken off: rows, each with its audit."""

from datetime import datetime

from monitor import labels
from monitor.audit import Act
from monitor.items import Item
from monitor.labels import Label
from monitor.people import Person, Refusal
from monitor.store import Store


def give(store: Store, number: int, person: Person, text: str, now: datetime) -> str | Refusal:
    """Gives a konten the label, whatever its state; gives back the label's name. Having it already is no error."""
    return _changed(store, number, person, text, now, labels.GIVE)


def take_off(store: Store, number: int, person: Person, text: str, now: datetime) -> str | Refusal:
    """Takes the label off a konten; not having it is no error."""
    return _changed(store, number, person, text, now, labels.TAKE_OFF)


def _changed(store: Store, number: int, person: Person, text: str, now: datetime, act: str) -> str | Refusal:
    name = labels.named(text)
    if isinstance(name, Refusal):
        return name
    change = labels.give if act == labels.GIVE else labels.take_off
    with store.write() as tx:
        if tx.get(Item, number) is None:
            return Refusal(f"no item {number}", f"Konten {number} tidak ada.")
        row = change(number, tx.labels_of([number]).get(number, ()), person, name, now)
        if isinstance(row, Label):
            tx.add(row)
            tx.audit(Act(now, person.name, act, "konten", str(number), {"label": labels.hashed(name)}))
    return row if isinstance(row, Refusal) else name
