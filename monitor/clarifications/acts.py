"""Clarification + a person's act -> its next state, or why not: the table of docs/keadaan.md."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from monitor.clarifications.rows import (
    DIKOREKSI,
    DISETUJUI,
    DITARIK,
    DITERBITKAN,
    DRAF,
    KOREKSI,
    MENUNGGU,
    PUBLIC,
    Clarification,
    ClarificationAct,
    stepped,
)
from monitor.people import Person, Refusal, may, may_second
from monitor.rumors import TERVERIFIKASI, Rumor
from monitor.verdicts import FAKTA, SIGNERS, STAMPS, Verdict

PAUSE_BEFORE_SIGNATURE = timedelta(seconds=10)
SETTLED = ("terbitkan", "setujui koreksi", "setujui penarikan", "tolak usulan")
WRITERS = ("buat", "ubah", "ajukan", "usulkan koreksi", "usulkan penarikan")
ANSWERABLE = (*STAMPS, FAKTA, "BELUM TERBUKTI", "SATIRE")

# act: (from, to). `docs/keadaan.md` shows the same, with who and on what condition.
TABLE: dict[str, tuple[tuple[str, ...], str]] = {
    "buat": ((DRAF,), DRAF),
    "ubah": ((DRAF,), DRAF),
    "ajukan": ((DRAF,), MENUNGGU),
    "setujui": ((MENUNGGU,), DISETUJUI),
    "kembalikan": ((MENUNGGU, DISETUJUI), DRAF),
    "konfirmasi": ((DRAF, MENUNGGU, DISETUJUI, *PUBLIC), ""),
    "terbitkan": ((DISETUJUI,), DITERBITKAN),
    "usulkan koreksi": (PUBLIC, ""),
    "setujui koreksi": (PUBLIC, DIKOREKSI),
    "usulkan penarikan": (PUBLIC, ""),
    "setujui penarikan": (PUBLIC, DITARIK),
    "tolak usulan": (PUBLIC, ""),
}

Change = tuple[Clarification, ClarificationAct]
History = Sequence[ClarificationAct]


def begin(rumor: Rumor, verdict: Verdict, words: str, person: Person, now: datetime) -> Change | Refusal:
    """A first draft for the finding that holds, by somebody who may work on isu."""
    if rumor.state != TERVERIFIKASI:
        return Refusal(f"rumor {rumor.id} is {rumor.state}", "Hasil isu ini belum disetujui, jadi belum dapat dijawab.")
    if verdict.finding not in ANSWERABLE:
        return Refusal(
            f"{verdict.finding} is not answered in public",
            f"{verdict.finding} tidak dijawab dengan klarifikasi. Rujuklah, atau selesaikan tanpa terbit.",
        )
    fresh = Clarification(rumor.id, verdict.id, now, person.name, version=0)
    return may(person, "klarifikasi") or _moved(fresh, person, "buat", words, "", now)


def edit(one: Clarification, words: str, person: Person, now: datetime) -> Change | Refusal:
    """DRAF -> DRAF with another text."""
    return _not_from(one, "ubah") or may(person, "klarifikasi") or _moved(one, person, "ubah", words, "", now)


def submit(one: Clarification, person: Person, faults: int, now: datetime) -> Change | Refusal:
    """DRAF -> MENUNGGU: `faults` is the number of errors and of warnings without a reason, and must be 0."""
    refusal = _not_from(one, "ajukan") or may(person, "klarifikasi") or _linted(faults)
    return refusal or _moved(one, person, "ajukan", one.words, "", now)


def approve(
    one: Clarification, history: History, person: Person, now: datetime, signers: Sequence[str] = SIGNERS
) -> Change | Refusal:
    """MENUNGGU -> DISETUJUI by a redaktur or kepala who wrote none of this text, ten seconds later at the earliest."""
    refusal = _not_from(one, "setujui") or _second(one, history, person, now, signers)
    return refusal or _moved(one, person, "setujui", one.words, "", now)


def send_back(one: Clarification, history: History, person: Person, note: str, now: datetime) -> Change | Refusal:
    """MENUNGGU or DISETUJUI -> DRAF, with a note, by somebody who may approve and, while it waits, did not write it."""
    if not note.strip():
        return Refusal("sent back without a note", "Tuliskan catatan: apa yang perlu diperbaiki?")
    refusal = _not_from(one, "kembalikan") or may(person, "persetujuan")
    if refusal is None and one.state == MENUNGGU:
        refusal = _not_a_writer(history, person)
    return refusal or _moved(one, person, "kembalikan", one.words, note.strip(), now)


def confirm(one: Clarification, person: Person, reason: str, now: datetime) -> Change | Refusal:
    """The kepala's own confirmation, with a reason, that this text may name a candidate in masa tenang: of a text on
    its way, or of a correction that waits for its second signature."""
    refusal = may(person, "konfirmasi masa tenang") or _not_from(one, "konfirmasi") or _reason(reason)
    if refusal is None and one.state in PUBLIC and one.proposal != KOREKSI:
        refusal = Refusal("no correction waits", "Tidak ada koreksi yang menunggu tanda tangan kedua.")
    return refusal or _moved(one, person, "konfirmasi", one.words, reason.strip(), now)


def confirmed(history: Iterable[ClarificationAct], words: str) -> str:
    """The kepala's reason for this very text, "" if there is none."""
    return next((act.reason for act in history if act.act == "konfirmasi" and act.words == words), "")


def publish(
    one: Clarification, history: History, rumor: Rumor, verdict: int, person: Person, faults: int, now: datetime,
    reason: str = "",
) -> Change | Refusal:  # fmt: skip
    """DISETUJUI -> DITERBITKAN by a redaktur. `verdict` is the finding that holds now, `faults` what the linter says
    at this moment, for links and the stage of the election may have changed since the approval; `reason` answers the
    warnings that are of this moment only."""
    refusal = _not_from(one, "terbitkan") or may(person, "terbitkan") or _signed(one, history) or _linted(faults)
    if refusal is None and (rumor.state != TERVERIFIKASI or verdict != one.verdict):
        refusal = Refusal("the finding was reopened", "Hasil isu ini dibuka lagi. Kembalikan klarifikasinya dahulu.")
    return refusal or _moved(one, person, "terbitkan", one.words, reason.strip(), now)


def propose_correction(
    one: Clarification, words: str, person: Person, reason: str, faults: int, now: datetime
) -> Change | Refusal:
    """A new text for a published page, which stands as it is until another person signs."""
    refusal = _not_from(one, "usulkan koreksi") or may(person, "klarifikasi") or _reason(reason) or _linted(faults)
    if refusal is None and words == one.public:
        refusal = Refusal("nothing changed", "Teksnya belum berubah. Ubah dahulu bagian yang keliru.")
    return refusal or _moved(one, person, "usulkan koreksi", words, reason.strip(), now)


def propose_withdrawal(one: Clarification, person: Person, reason: str, now: datetime) -> Change | Refusal:
    """Asks for the withdrawal of a published page; it stands until another person signs."""
    refusal = _not_from(one, "usulkan penarikan") or may(person, "klarifikasi") or _reason(reason)
    return refusal or _moved(one, person, "usulkan penarikan", one.public, reason.strip(), now)


def sign_proposal(
    one: Clarification, history: History, person: Person, faults: int, now: datetime,
    signers: Sequence[str] = SIGNERS,
) -> Change | Refusal:
    """The second signature under a proposed correction (-> DIKOREKSI) or withdrawal (-> DITARIK)."""
    if not one.proposal:
        return Refusal(f"clarification {one.id} has no proposal", "Tidak ada koreksi atau penarikan yang diusulkan.")
    act = "setujui koreksi" if one.proposal == KOREKSI else "setujui penarikan"
    refusal = _not_from(one, act) or _second(one, history, person, now, signers)
    if refusal is None and one.proposal == KOREKSI:
        refusal = _linted(faults)
    words = one.words if one.proposal == KOREKSI else one.public
    proposed = next((done.reason for done in reversed(history) if done.act.startswith("usulkan")), "")
    return refusal or _moved(one, person, act, words, proposed, now)


def refuse_proposal(
    one: Clarification, history: History, person: Person, note: str, now: datetime
) -> Change | Refusal:
    """The published page stays as it is; the note says why."""
    if not one.proposal:
        return Refusal(f"clarification {one.id} has no proposal", "Tidak ada koreksi atau penarikan yang diusulkan.")
    refusal = _reason(note) or may(person, "persetujuan")
    return refusal or _moved(one, person, "tolak usulan", one.public, note.strip(), now)


def _moved(one: Clarification, person: Person, act: str, words: str, reason: str, now: datetime) -> Change:
    new = TABLE[act][1] or one.state
    row = ClarificationAct(one.id, now, person.name, act, one.state, new, words, reason)
    return stepped(one, row), row


def _not_from(one: Clarification, act: str) -> Refusal | None:
    if one.state not in TABLE[act][0]:
        return Refusal(
            f"clarification {one.id} is {one.state}",
            f"Klarifikasi ini berkeadaan {one.state}, jadi langkah “{act}” tidak berlaku. Muat ulang.",
        )
    if one.proposal and act.startswith("usulkan"):
        return Refusal(f"{one.proposal} is proposed already", "Sudah ada usulan yang menunggu tanda tangan kedua.")
    return None


def _second(
    one: Clarification, history: History, person: Person, now: datetime, signers: Sequence[str]
) -> Refusal | None:
    refusal = may_second(person, signers)
    if refusal:
        return refusal
    refusal = _not_a_writer(history, person)
    if refusal:
        return refusal
    if history and now - history[-1].at < PAUSE_BEFORE_SIGNATURE:
        return Refusal("signed within ten seconds", "Bacalah dahulu: persetujuan dapat diberikan setelah 10 detik.")
    return None


def _not_a_writer(history: History, person: Person) -> Refusal | None:
    if person.name not in writers(history):
        return None
    return Refusal("both signatures by one person", "Persetujuan harus dari orang yang tidak menulis teks ini.")


def writers(history: Iterable[ClarificationAct]) -> set[str]:
    """Who had a hand in the text at hand: everybody who wrote since a text was last published."""
    found: set[str] = set()
    for act in history:
        found = set() if act.act in SETTLED else found
        found |= {act.who} if act.act in WRITERS else set()
    return found


def _signed(one: Clarification, history: History) -> Refusal | None:
    """The approval that stands must be for this very text, and by another hand."""
    approvals = [act for act in history if act.act == "setujui" and act.words == one.words]
    submitted = [act for act in history if act.act == "ajukan" and act.words == one.words]
    if approvals and submitted and approvals[-1].who != submitted[-1].who:
        return None
    return Refusal("no two signatures under this text", "Teks ini belum ditandatangani dua orang.")


def _linted(faults: int) -> Refusal | None:
    if not faults:
        return None
    return Refusal(
        f"{faults} faults of the linter",
        f"Masih ada {faults} hal yang harus diperbaiki, atau diberi alasan, sebelum langkah ini.",
    )


def _reason(reason: str) -> Refusal | None:
    return None if reason.strip() else Refusal("without a reason", "Tuliskan alasannya.")


