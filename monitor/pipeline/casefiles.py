"""An isu -> berkas perkara: its rows, words, bytes and acts in one moment; the bare one is noted in the audit."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, BinaryIO

import monitor
from monitor import casefile
from monitor.audit import Act
from monitor.casefile import Case
from monitor.people import Person, Refusal, may
from monitor.store import Store

MASKED, BARE = "berkas perkara", "berkas perkara utuh"
WORDY, BYTES = ("words", "public"), ("page", "original", "copy", "mosaic")


def export(store: Store, office: str, rumor: int, out: BinaryIO, who: Person | str, now: datetime,
           masked: bool = True) -> str | Refusal:
    """Writes the file and gives its seal. `who` is a name where the command line asks: whoever runs it may read
    everything anyway. That the bare file was taken away is in the audit before a byte of it is written."""
    refusal = may(who, MASKED if masked else BARE) if isinstance(who, Person) else None
    case = None if refusal else _case(store, office, rumor)
    if case is None:
        return refusal or Refusal(f"no rumor {rumor}", f"Isu {rumor} tidak ada.")
    if not masked:
        name = who.name if isinstance(who, Person) else who
        with store.write() as tx:
            told: dict[str, str | int | float | bool | None] = {"langkah": case.head[0], "ujung": case.head[1]}
            tx.audit(Act(now, name, "ekspor berkas utuh", "isu", str(rumor), told))
    return casefile.write(out, case, store.kept, masked)


def _case(store: Store, office: str, rumor: int) -> Case | None:
    with store.read() as tx:
        rows = tx.case_rows(rumor)
        if not rows:
            return None
        digests = _named(rows, WORDY)
        acts = tx.case_acts(_about(rows, digests))
        return Case(rumor, office, monitor.__version__, rows, dict(sorted(tx.words_of(digests).items())),
                    sorted(_named(rows, BYTES)), acts, tx.anchor())


def _named(rows: Mapping[str, Sequence[Any]], fields: Iterable[str]) -> set[str]:
    """The digests that these fields of the rows hold."""
    return {getattr(row, field) for some in rows.values() for row in some for field in fields
            if hasattr(row, field)} - {""}


def _about(rows: Mapping[str, Sequence[Any]], digests: Iterable[str]) -> set[tuple[str, str]]:
    nouns = (("isu", "rumors"), ("konten", "items"), ("klarifikasi", "clarifications"),
             ("publikasi", "clarifications"))
    found = {(noun, str(row.id)) for noun, table in nouns for row in rows.get(table, ())}
    return found | {("words", digest) for digest in (*digests, *_named(rows, BYTES))}
