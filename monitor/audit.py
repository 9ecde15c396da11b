"""What was done, by whom, in one chain that cannot be changed unseen (any room may use this one)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Act:
    """One change of state. A row; `detail` holds identifiers, codes and hashes, never personal data or texts."""

    at: datetime
    who: str
    act: str
    noun: str
    key: str
    detail: dict[str, str | int | float | bool | None]
    previous: str = ""
    digest: str = ""
    id: int = 0


def digest(act: Act) -> str:
    """SHA-256 (hex) over the act's fields in a fixed order and the digest of the act before it."""
    fields = [act.at.isoformat(timespec="microseconds"), act.who, act.act, act.noun, act.key, act.detail, act.previous]
    plain = json.dumps(fields, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return sha256(plain.encode()).hexdigest()


def chained(act: Act, previous: str) -> Act:
    """The act, tied to the one before it (START for the first)."""
    tied = replace(act, previous=previous)
    return replace(tied, digest=digest(tied))


def broken(acts: Iterable[Act], anchor: tuple[int, str] | None = None) -> list[str]:
    """Every place where the chain does not hold, in English; `anchor` is the known (count, digest) of its head."""
    faults, previous, count = [], START, 0
    for act in acts:
        count += 1
        if act.previous != previous:
            faults.append(f"act {act.id}: does not follow the act before it")
        if digest(act) != act.digest:
            faults.append(f"act {act.id}: its content was changed")
        previous = act.digest
    if anchor is not None and (count, previous) != anchor:
        faults.append(f"the chain ends at {count} acts, its anchor says {anchor[0]}: the tail was cut or replaced")
    return faults


# The basis of an erasure because time was over: the same words may come again with a new konten, and are kept then.
TERM = "masa simpan"


@dataclass(frozen=True, slots=True)
class Erasure:
    """A payload was erased, or bytes of the archive: `words` is the digest that stays behind, `basis` the rule it was
    done under. A row."""

    words: str
    at: datetime
    who: str
    why: str
    basis: str
    id: int = 0
