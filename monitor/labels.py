"""A konten + a word of the office's own -> Label: free, changeable, and never a finding."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from monitor.masks import holds_personal
from monitor.people import Person, Refusal, may
from monitor.verdicts import FINDINGS

GIVE, TAKE_OFF = "beri label", "cabut label"
LONGEST = 40
MOST = 10


@dataclass(frozen=True, slots=True)
class Label:
    """A word that the office gave a konten or took off it (`act`: GIVE or TAKE_OFF). A row; of one konten and name the
    last one holds."""

    item: int
    name: str
    act: str
    at: datetime
    who: str
    id: int = 0


def named(text: str) -> str | Refusal:
    """A label's name in one form: lower case, single spaces, at most LONGEST letters; no finding, no personal data."""
    name = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split()).casefold()
    if not name:
        return Refusal("label without a name", "Tuliskan labelnya, misalnya “tps 12” atau “tunggu KPU”.")
    if len(name) > LONGEST:
        return Refusal(f"label of {len(name)} letters", f"Label paling panjang {LONGEST} huruf (sekarang {len(name)}).")
    if name.upper() in FINDINGS:
        return Refusal(f"a finding as label: {name!r}", f"“{name}” adalah hasil verifikasi, bukan label. Lekatkan "
                       "konten ini ke isu, lalu ajukan hasilnya dengan bukti.")
    if holds_personal(name):
        return Refusal("personal data in a label", "Label tidak boleh memuat nomor telepon, NIK, surel, atau alamat.")
    return name


def give(item: int, held: tuple[str, ...], person: Person, name: str, now: datetime) -> Label | Refusal | None:
    """The label for a konten that has the labels `held`; None where it has this one already."""
    refusal = may(person, "konten")
    if refusal or name in held:
        return refusal
    if len(held) >= MOST:
        return Refusal(f"item {item} has {len(held)} labels", f"Satu konten paling banyak {MOST} label. Cabut satu "
                       "dahulu.")
    return Label(item, name, GIVE, now, person.name)


def take_off(item: int, held: tuple[str, ...], person: Person, name: str, now: datetime) -> Label | Refusal | None:
    """The row that takes a label off; None where the konten does not have it."""
    refusal = may(person, "konten")
    return refusal or (Label(item, name, TAKE_OFF, now, person.name) if name in held else None)


def holding(rows: list[Label]) -> tuple[str, ...]:
    """The labels that hold after these rows of one konten, oldest first."""
    held: dict[str, None] = {}
    for row in rows:
        held.pop(row.name, None)
        if row.act == GIVE:
            held[row.name] = None
    return tuple(held)


def hashed(name: str) -> str:
    """How the audit names a label: it is free text, and free text may one day have to be erased."""
    return sha256(name.encode("utf-8", "replace")).hexdigest()[:16]
