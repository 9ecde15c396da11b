"""Items that carry one written claim -> Rumor (isu)."""

from dataclasses import dataclass, replace
from datetime import datetime

from monitor.people import Person, Refusal, may

TERBUKA, MENUNGGU, TERVERIFIKASI = "TERBUKA", "MENUNGGU PERSETUJUAN", "TERVERIFIKASI"
SELESAI = "SELESAI TANPA TERBIT"
DIGABUNG = "DIGABUNG"
STATES = (TERBUKA, MENUNGGU, TERVERIFIKASI, SELESAI, DIGABUNG)
# The finding holds, whether or not it is answered in public.
FOUND = (TERVERIFIKASI, SELESAI)
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
class Merger:
    """An isu was merged into another (digabung): its konten are carried by `target` from then on. A row; both isu,
    their findings and evidence stay as they were. The last one of an isu holds, as long as it is DIGABUNG."""

    rumor: int
    target: int
    at: datetime
    by: str
    reason: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at in the checklist of a rumor (`part`, one of PARTS); `words` is the digest of what came of it
    (title: the part, text: the note). A row; the last one of a part holds."""

    rumor: int
    part: str
    words: str
    at: datetime
    by: str
    id: int = 0


# Acts on the target after which a merger can still be undone: only who works on it changed.
HANDS = ("ambil", "lepas", "serahkan")
Change = tuple[Rumor, RumorAct]
Merged = tuple[Change, Change, Merger]


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


def take(rumor: Rumor, person: Person, now: datetime) -> Change | Refusal:
    """TERBUKA and free -> held by the person."""
    if rumor.state != TERBUKA:
        return not_from(rumor, "diambil")
    if rumor.holder:
        return held_by(rumor)
    return may(person, "isu") or _passed(rumor, person, now, "ambil", person.name)


def release(rumor: Rumor, person: Person, now: datetime) -> Change | Refusal:
    """TERBUKA, held -> free, by its holder."""
    return _only_holder(rumor, person) or _passed(rumor, person, now, "lepas", "")


def hand_over(rumor: Rumor, person: Person, to: Person, now: datetime) -> Change | Refusal:
    """TERBUKA -> held by another who may work on isu."""
    return _only_holder(rumor, person) or may(to, "isu") or _passed(rumor, person, now, "serahkan", to.name, to.name)


def carries(rumor: Rumor, person: Person) -> Refusal | None:
    """May konten be attached to this isu now? Not while a finding about it waits to be signed."""
    if rumor.state == MENUNGGU:
        return Refusal(f"rumor {rumor.id} waits for a signature", "Hasil isu ini sedang menunggu persetujuan. Lekatkan "
                       "setelah disetujui atau dikembalikan.")
    if rumor.state == DIGABUNG:
        return Refusal(f"rumor {rumor.id} was merged", f"Isu {rumor.id} sudah digabung ke isu lain. Buka isu itu, lalu "
                       "pakai nomor isu yang disebut di sana.")
    return may(person, "isu")


def check(rumor: Rumor, person: Person, part: str, words: str, now: datetime) -> Check | Refusal:
    """One part of the checklist was looked at, while the isu is open."""
    if part not in PARTS:
        return Refusal(f"unknown part {part!r}", f"Pilih satu bagian: {', '.join(PARTS)}.")
    return works_on(rumor, person, "diperiksa") or Check(rumor.id, part, words, now, person.name)


def works_on(rumor: Rumor, person: Person, verb: str) -> Refusal | None:
    """May this person add to the isu: is it open, and held by nobody else?"""
    if rumor.state != TERBUKA:
        return not_from(rumor, verb)
    return held_by(rumor) if rumor.holder not in ("", person.name) else may(person, "isu")


def reopen(rumor: Rumor, person: Person, reason: str, now: datetime) -> Change | Refusal:
    """TERVERIFIKASI or SELESAI TANPA TERBIT -> TERBUKA by a redaktur, with a reason; the old Verdict stays."""
    if not reason.strip():
        return Refusal("reopening without a reason", "Tuliskan alasan mengapa isu ini dibuka lagi.")
    if rumor.state not in FOUND:
        return not_from(rumor, "dibuka lagi")
    refusal = may(person, "buka lagi isu")
    if refusal:
        return refusal
    moved, act = changed(rumor, person, now, "buka lagi", TERBUKA, reason.strip())
    return replace(moved, holder=""), act


def close(rumor: Rumor, person: Person, reason: str, now: datetime) -> Change | Refusal:
    """TERVERIFIKASI -> SELESAI TANPA TERBIT by a redaktur or kepala, with a reason why nothing is published."""
    if not reason.strip():
        return Refusal("closed without a reason", "Tuliskan alasan mengapa hasil ini tidak diterbitkan.")
    if rumor.state != TERVERIFIKASI:
        return not_from(rumor, "diselesaikan tanpa terbit")
    refusal = may(person, "persetujuan")
    return refusal or changed(rumor, person, now, "selesai tanpa terbit", SELESAI, reason.strip())


def merge(rumor: Rumor, target: Rumor, person: Person, reason: str, now: datetime) -> Merged | Refusal:
    """TERBUKA, free or one's own -> DIGABUNG: its konten are carried by the other isu from now on. Neither may wait for
    a signature."""
    if rumor.id == target.id:
        return Refusal("merged into itself", "Pilih isu lain sebagai tujuan gabungan.")
    if not reason.strip():
        return Refusal("merged without a reason", "Tuliskan alasan mengapa kedua isu ini klaim yang sama.")
    refusal = works_on(rumor, person, "digabung") or carries(target, person)
    if refusal:
        return refusal
    why = reason.strip()
    gone, act = changed(rumor, person, now, "gabung", DIGABUNG, f"ke isu {target.id}: {why}")
    told = changed(target, person, now, "terima gabungan", target.state, f"dari isu {rumor.id}: {why}")
    return (replace(gone, holder=""), act), told, Merger(rumor.id, target.id, now, person.name, why)


def unmerge(rumor: Rumor, target: Rumor, merger: Merger, acts: tuple[list[RumorAct], list[RumorAct]],
            since: str, person: Person, reason: str, now: datetime) -> tuple[Change, Change] | Refusal:  # fmt: skip
    """DIGABUNG -> TERBUKA, held as before, by whoever merged it or a redaktur; only where nothing happened to the
    target since but changing hands. `acts` are those of both isu, `since` names what else came to the target, "" for
    nothing."""
    if rumor.state != DIGABUNG:
        return not_from(rumor, "dipisahkan lagi")
    if not reason.strip():
        return Refusal("merger undone without a reason", "Tuliskan alasan mengapa penggabungan ini dibatalkan.")
    refusal = may(person, "isu") or (None if person.name == merger.by else may(person, "buka lagi isu"))
    if refusal:
        return refusal
    last = next((one for one in reversed(acts[1]) if one.act not in HANDS), None)
    got = last is not None and last.reason.startswith(f"dari isu {rumor.id}: ")
    if last is None or not got or (last.act, last.at, last.who) != ("terima gabungan", merger.at, merger.by):
        return Refusal(f"rumor {target.id} went on since the merger", f"Sejak digabung, isu {target.id} sudah "
                       f"berjalan terus (“{'' if last is None else last.act}”), jadi penggabungannya tidak dapat "
                       f"dibatalkan utuh. Pisahkan kontennya dari isu {target.id}.")
    if since:
        return Refusal(f"rumor {target.id} got {since} since the merger", f"Sejak digabung, isu {target.id} sudah "
                       f"mendapat {since}, jadi penggabungannya tidak dapat dibatalkan utuh. Pisahkan kontennya dari "
                       f"isu {target.id}.")
    why = reason.strip()
    back, act = changed(rumor, person, now, "batalkan penggabungan", TERBUKA, f"dari isu {target.id}: {why}")
    told = changed(target, person, now, "lepas gabungan", target.state, f"ke isu {rumor.id}: {why}")
    return (replace(back, holder=held_before(rumor, acts[0])), act), told


def held_before(rumor: Rumor, acts: list[RumorAct]) -> str:
    """Who held an isu before it was merged, from its acts."""
    holder = rumor.by
    for one in acts:
        if one.act == "ambil":
            holder = one.who
        elif one.act == "serahkan":
            holder = one.reason
        elif one.act in ("lepas", "buka lagi"):
            holder = ""
    return holder


def split(rumor: Rumor, person: Person, moved: int, carried: int, reason: str, now: datetime) -> Change | Refusal:
    """Some of its konten (`moved` of those `carried`) go to another isu, with a reason: by whoever may work on an open
    isu, by a redaktur where the finding holds already. Never while a finding waits."""
    if not reason.strip():
        return Refusal("split without a reason", "Tuliskan alasan mengapa konten itu klaim yang lain.")
    if rumor.state not in (TERBUKA, *FOUND):
        return not_from(rumor, "dipisahkan")
    refusal = works_on(rumor, person, "dipisahkan") if rumor.state == TERBUKA else may(person, "buka lagi isu")
    if refusal:
        return refusal
    if moved < 1:
        return Refusal("nothing to split off", "Centang dahulu konten yang dipisahkan.")
    if moved >= carried:
        return Refusal("everything would be split off", "Semua kontennya dicentang, padahal satu harus tinggal. Untuk "
                       "memindahkan semuanya, gabungkan isu ini ke isu lain.")
    return changed(rumor, person, now, "pisahkan", rumor.state, f"{moved} konten: {reason.strip()}")


def changed(rumor: Rumor, person: Person, now: datetime, act: str, new: str, reason: str = "") -> Change:
    """The rumor in its new state, one version on, and the row that says so."""
    row = RumorAct(rumor.id, now, person.name, act, rumor.state, new, reason)
    return replace(rumor, state=new, version=rumor.version + 1), row


def not_from(rumor: Rumor, verb: str) -> Refusal:
    """The refusal of an act that the rumor's state does not allow."""
    return Refusal(
        f"rumor {rumor.id} is {rumor.state}", f"Isu ini berkeadaan {rumor.state}, jadi tidak dapat {verb}. Muat ulang."
    )


def missing(number: int) -> Refusal:
    """The refusal of an act on an isu that is not there."""
    return Refusal(f"no rumor {number}", f"Isu {number} tidak ada.")


def held_by(rumor: Rumor) -> Refusal:
    """The refusal of an act on what somebody else holds."""
    return Refusal(f"rumor {rumor.id} is held by {rumor.holder}", f"Isu ini dipegang oleh {rumor.holder}.")


def _passed(rumor: Rumor, person: Person, now: datetime, act: str, holder: str, reason: str = "") -> Change:
    moved, row = changed(rumor, person, now, act, rumor.state, reason)
    return replace(moved, holder=holder), row


def _only_holder(rumor: Rumor, person: Person) -> Refusal | None:
    if rumor.state != TERBUKA:
        return not_from(rumor, "diserahkan")
    if not rumor.holder:
        return Refusal(f"rumor {rumor.id} is free", "Ambil dahulu isu ini; sekarang belum ada pemegangnya.")
    return None if rumor.holder == person.name else held_by(rumor)
