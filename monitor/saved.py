"""The queue's filters under a name, of one person or of the whole office -> SavedFilter: a state table."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from monitor.people import Person, Refusal, may

OFFICE = ""
LONGEST = 40
MOST = 30


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """Filters of the queue (`query`, as it stands in an address) under a name. State. `owner` is an account's name, or
    OFFICE where everybody sees it; `by` who saved it last; `key` follows from owner and name."""

    key: str
    owner: str
    name: str
    query: str
    at: datetime
    by: str


def saved(person: Person, name: str, query: str, office: bool, there: int, now: datetime) -> SavedFilter | Refusal:
    """The filters under a name; `there` is how many of the same owner exist already. One of the same name is
    replaced."""
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST:
        return Refusal(f"name of {len(plain)} letters", f"Beri nama, paling panjang {LONGEST} huruf.")
    if not query:
        return Refusal("no filter to save", "Belum ada saringan yang dapat disimpan. Pilih dahulu satu saringan.")
    if there >= MOST:
        return Refusal(f"{there} saved filters", f"Paling banyak {MOST} saringan tersimpan. Hapus satu dahulu.")
    owner = OFFICE if office else person.name
    return changes(person, owner) or SavedFilter(key_of(owner, plain), owner, plain, query, now, person.name)


def changes(person: Person, owner: str) -> Refusal | None:
    """May this person save or drop filters of this owner? The office's are for who answers for its even-handedness."""
    if owner == OFFICE:
        return may(person, "saringan kantor")
    return None if owner == person.name else Refusal("another's filter", "Saringan ini milik orang lain.")


def key_of(owner: str, name: str) -> str:
    """One key for each owner and name."""
    return sha256(f"{owner}\0{name.casefold()}".encode("utf-8", "replace")).hexdigest()[:32]
