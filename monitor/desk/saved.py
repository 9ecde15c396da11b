"""The saved filters of whoever looks and of the office, as they stand beside the queue."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from monitor.desk.adapter import Call
from monitor.saved import OFFICE, SavedFilter
from monitor.store import Tx


@dataclass(frozen=True, slots=True)
class Place:
    """One saved filter: where it leads, what it is called, whether it is the office's, whether it holds now; `key`
    where it may be dropped, else ""."""

    address: str
    name: str
    office: bool
    chosen: bool
    key: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything saved; `query` is what would be saved now ("": nothing is filtered), `office` whether for all."""

    places: tuple[Place, ...]
    query: str
    office: bool

    @property
    def held(self) -> tuple[Place, ...]:
        """Those that hold now and may be dropped."""
        return tuple(place for place in self.places if place.chosen and place.key)


def of(tx: Tx, chosen: Mapping[str, str], call: Call) -> Shelf:
    """The saved filters of the office, then one's own, by name."""
    query, name = urlencode(chosen), account(call)
    office = bool(name) and call.may("saringan kantor")
    rows = tx.saved_filters(name) if name else []
    return Shelf(tuple(_place(row, query, office, name) for row in rows), query if name else "", office)


def account(call: Call) -> str:
    """The account of whoever looks; "" where nobody has one yet."""
    return call.visitor.account.name if call.visitor and call.visitor.session.key else ""


def _place(row: SavedFilter, query: str, office: bool, name: str) -> Place:
    mine = row.owner == name or (row.owner == OFFICE and office)
    return Place(f"/?{row.query}", row.name, row.owner == OFFICE, row.query == query, row.key if mine else "")
