"""Items that carry one written claim -> Rumor (isu)."""

from dataclasses import dataclass, replace
from datetime import datetime

from monitor.people import Person, Refusal, may

TERBUKA, MENUNGGU, TERVERIFIKASI = "TERBUKA", "MENUNGGU PERSETUJUAN", "TERVERIFIKASI"
STATES = (TERBUKA, MENUNGGU, TERVERIFIKASI)
CLAIM_LENGTH = (10, 500)
PARTS = ("asal", "tanggal", "gambar", "pernyataan resmi", "arsip")


@dataclass(frozen=True, slots=True)
class Rumor:
    """One written claim (isu). `words` is the digest of its payload (title: the claim). `state`, `holder` and `version`
    are the projection of its RumorActs."""

    words: str
    at: datetime
    by: str
    state: str = TERBUKA
    holder: str = ""
    version: int = 1
    id: int = 0


@dataclass(frozen=True, slots=True)
class Carrier:
    """An item carries this rumor since `at`. A row."""

    rumor: int
    item: int
    at: datetime
    by: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class RumorAct:
    """What was done to a rumor. A row."""

    rumor: int
    at: datetime
    who: str
    act: str
    old: str
    new: str
    reason: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at in the checklist of a rumor (`part`, one of PARTS), with what came of it in the payload `words`
    (title: the part, text: the note). A row; the last one of a part holds."""

    rumor: int
    part: str
    words: str
    at: datetime
    by: str
    id: int = 0


Change = tuple[Rumor, RumorAct]


def claim(text: str) -> str | Refusal:
    """The written claim in one line, 10 to 500 characters."""
    line = " ".join(text.split())
    shortest, longest = CLAIM_LENGTH
    if shortest <= len(line) <= longest:
        return line
    return Refusal(
        f"claim of {len(line)} characters",
        f"Tuliskan klaimnya dalam satu kalimat, {shortest} sampai {longest} huruf (sekarang {len(line)}).",
    )


def opened(words: str, person: Person, now: datetime) -> Rumor | Refusal:
    """A new rumor, held by the person who wrote its claim."""
    return may(person, "isu") or Rumor(words, now, person.name, holder=person.name)


def reopen(rumor: Rumor, person: Person, reason: str, now: datetime) -> Change | Refusal:
    """TERVERIFIKASI -> TERBUKA by a redaktur, with a reason; the old Verdict stays."""
    if not reason.strip():
        return Refusal("reopening without a reason", "Tuliskan alasan mengapa isu ini dibuka lagi.")
    if rumor.state != TERVERIFIKASI:
        return not_from(rumor, "dibuka lagi")
    return may(person, "buka lagi isu") or changed(rumor, person, now, "buka lagi", TERBUKA, reason.strip())


def changed(rumor: Rumor, person: Person, now: datetime, act: str, new: str, reason: str = "") -> Change:
    """The rumor in its new state, one version on, and the row that says so."""
    row = RumorAct(rumor.id, now, person.name, act, rumor.state, new, reason)
    return replace(rumor, state=new, version=rumor.version + 1), row


def not_from(rumor: Rumor, verb: str) -> Refusal:
    """The refusal of an act that the rumor's state does not allow."""
    return Refusal(
        f"rumor {rumor.id} is {rumor.state}", f"Isu ini berkeadaan {rumor.state}, jadi tidak dapat {verb}. Muat ulang."
    )
