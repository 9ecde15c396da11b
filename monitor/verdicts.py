"""Rumor -> Verdict + Evidence: what people found, what it rests on, and which gates somebody said do not apply."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.gates import KONFLIK, PELANGGARAN, PERS, Concern
from monitor.people import KEPALA, LUAR, REDAKTUR, Person, Refusal, may, may_second
from monitor.rumors import MENUNGGU, TERBUKA, TERVERIFIKASI, Rumor, RumorAct, changed, not_from

HOAKS, PENIPUAN, MENYESATKAN, FAKTA = "HOAKS", "PENIPUAN", "MENYESATKAN", "FAKTA"
BELUM_TERBUKTI, SATIRE, TIDAK_DAPAT = "BELUM TERBUKTI", "SATIRE", "TIDAK DAPAT DIKLARIFIKASI"
FINDINGS = (HOAKS, PENIPUAN, MENYESATKAN, FAKTA, BELUM_TERBUKTI, SATIRE, TIDAK_DAPAT)
STAMPS = (HOAKS, PENIPUAN, MENYESATKAN)
OPINI, LUAR_KEWENANGAN = "opini", "di luar kewenangan"
WHYS = (OPINI, "terlalu umum", "data kurang", LUAR_KEWENANGAN)
IMITATED = "konten tiruan"
FORMS = (
    "satire atau parodi",
    "konten yang menyesatkan",
    IMITATED,
    "konten palsu",
    "koneksi yang salah",
    "konteks yang salah",
    "konten yang dimanipulasi",
)
PAUSE_BEFORE_SIGNATURE = timedelta(seconds=10)
SIGNERS = (REDAKTUR, KEPALA)
REASON_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a finding rests on (bukti). A row; `kind` is link, file or note; `page` the SHA-256 of the kept bytes;
    `official` names the `[[official]]` it belongs to, if any; `words` the digest of its payload (title, note)."""

    rumor: int
    kind: str
    url: str
    words: str
    at: datetime
    by: str
    page: str = ""
    official: str = ""
    published: datetime | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """One finding about a rumor (hasil verifikasi). A row; a second thought is a new Verdict.

    `finding` is one of FINDINGS, `form` one of FORMS or "", `why` one of WHYS for TIDAK DAPAT DIKLARIFIKASI,
    `words` the digest of the payload (title: claim, text: the explanation). `conflict` says that the rumor concerns
    the office itself, its head or a running incumbent.
    """

    rumor: int
    finding: str
    words: str
    at: datetime
    by: str
    form: str = ""
    why: str = ""
    conflict: bool = False
    id: int = 0


@dataclass(frozen=True, slots=True)
class Signature:
    """A second person's yes or no to a verdict. A row; `act` is setujui or kembalikan."""

    verdict: int
    act: str
    at: datetime
    by: str
    note: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Override:
    """Somebody's written reason why a gate that seemed to apply does not. A row; `gate` is one of GATES, `verdict` the
    finding that passed it so."""

    rumor: int
    verdict: int
    gate: str
    reason: str
    at: datetime
    by: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """What the gates need to know of a rumor: is it criticism or opinion, an alleged breach of election rules, a claim
    about the office itself; which of its carriers are press products (one bool each); what evidence there is. `hints`
    are the gates that seem to apply, `reasons` what somebody wrote (by gate) why one does not; `outside`: is there
    anybody from outside who could sign?"""

    criticism: bool
    breach: bool
    conflict: bool
    press: tuple[bool, ...]
    evidence: Sequence[Evidence]
    hints: Sequence[Concern] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    outside: bool = True


Proposal = tuple[Rumor, RumorAct, Verdict]
Signed = tuple[Rumor, RumorAct, Signature]


def propose(rumor: Rumor, person: Person, draft: Verdict, case: Case, now: datetime) -> Proposal | Refusal:
    """TERBUKA -> MENUNGGU PERSETUJUAN, by the rumor's holder, with evidence, through the four gates."""
    if rumor.state != TERBUKA:
        return not_from(rumor, "diajukan hasilnya")
    if rumor.holder not in ("", person.name):
        return Refusal(f"rumor {rumor.id} is held by {rumor.holder}", f"Isu ini dipegang oleh {rumor.holder}.")
    refusal = may(person, "isu") or _well_formed(draft) or _evidence(case) or gates(draft, case)
    if refusal:
        return refusal
    moved, act = changed(rumor, person, now, "ajukan hasil", MENUNGGU, draft.finding)
    return moved, act, draft


def gates(draft: Verdict, case: Case) -> Refusal | None:
    """The four gates: criticism, alleged breaches, press products and conflicts of interest (docs/keadaan.md)."""
    return (_criticism(draft, case) or _breach(draft, case) or _press(draft, case) or _conflict(draft, case)
            or _unanswered(draft, case))


def beyond(verdict: Verdict) -> bool:
    """Does the finding say that it is for others to find?"""
    return (verdict.finding, verdict.why) == (TIDAK_DAPAT, LUAR_KEWENANGAN)


def overridden(draft: Verdict, case: Case) -> dict[str, str]:
    """The gates that seemed to apply and were passed with a written reason, by gate."""
    return {gate: " ".join(case.reasons.get(gate, "").split()) for gate in _open(draft, case)}


def may_sign(verdict: Verdict, person: Person, signers: Sequence[str] = SIGNERS) -> Refusal | None:
    """May this person give the second signature: another one, of the roles that the office named, and for a case that
    concerns the office itself somebody from outside?"""
    return _second_person(verdict, person) or _signer(verdict, person, signers)


def approve(
    rumor: Rumor, verdict: Verdict, person: Person, now: datetime, signers: Sequence[str] = SIGNERS
) -> Signed | Refusal:
    """MENUNGGU PERSETUJUAN -> TERVERIFIKASI by another person, ten seconds later at the earliest; a case that
    concerns the office itself is signed by a verifikator luar."""
    if rumor.state != MENUNGGU:
        return not_from(rumor, "disetujui")
    refusal = may_sign(verdict, person, signers)
    if refusal:
        return refusal
    if now - verdict.at < PAUSE_BEFORE_SIGNATURE:
        return Refusal("signed within ten seconds", "Bacalah dahulu: persetujuan dapat diberikan setelah 10 detik.")
    moved, act = changed(rumor, person, now, "setujui", TERVERIFIKASI)
    return moved, act, Signature(verdict.id, "setujui", now, person.name)


def send_back(
    rumor: Rumor, verdict: Verdict, person: Person, note: str, now: datetime, signers: Sequence[str] = SIGNERS
) -> Signed | Refusal:
    """MENUNGGU PERSETUJUAN -> TERBUKA by another person, with a note."""
    if not note.strip():
        return Refusal("sent back without a note", "Tuliskan catatan: apa yang masih kurang?")
    if rumor.state != MENUNGGU:
        return not_from(rumor, "dikembalikan")
    refusal = may_sign(verdict, person, signers)
    if refusal:
        return refusal
    moved, act = changed(rumor, person, now, "kembalikan", TERBUKA, note.strip())
    return moved, act, Signature(verdict.id, "kembalikan", now, person.name, note.strip())


def _well_formed(draft: Verdict) -> Refusal | None:
    if draft.finding not in FINDINGS:
        return Refusal(f"unknown finding {draft.finding!r}", f"Pilih satu hasil: {', '.join(FINDINGS)}.")
    if draft.form and draft.form not in FORMS:
        return Refusal(f"unknown form {draft.form!r}", f"Pilih satu jenis: {', '.join(FORMS)}.")
    if (draft.finding == TIDAK_DAPAT) != (draft.why in WHYS):
        return Refusal(
            f"{draft.finding} with reason {draft.why!r}",
            f"{TIDAK_DAPAT} memerlukan satu alasan ({', '.join(WHYS)}); hasil lain tidak memakai alasan itu.",
        )
    return None


def _evidence(case: Case) -> Refusal | None:
    if case.evidence:
        return None
    return Refusal("no evidence", "Lampirkan paling sedikit satu bukti sebelum mengajukan hasil.")


def _criticism(draft: Verdict, case: Case) -> Refusal | None:
    if not case.criticism or (draft.finding, draft.why) == (TIDAK_DAPAT, OPINI) or draft.finding == SATIRE:
        return None
    return Refusal("criticism is not a hoax", f"Kritik bukan hoaks: hasil yang mungkin hanya {TIDAK_DAPAT} ({OPINI}).")


def _breach(draft: Verdict, case: Case) -> Refusal | None:
    if not case.breach or (draft.finding, draft.why) == (TIDAK_DAPAT, LUAR_KEWENANGAN):
        return None
    return Refusal(
        "an alleged breach of election rules is for Bawaslu, DKPP or Gakkumdu",
        f"Laporan dugaan pelanggaran bukan hoaks: pilih {TIDAK_DAPAT} ({LUAR_KEWENANGAN}) dan rujuk ke Bawaslu.",
    )


def _press(draft: Verdict, case: Case) -> Refusal | None:
    if draft.finding not in STAMPS or draft.form == IMITATED or not case.press or not all(case.press):
        return None
    return Refusal(
        "a press product is not stamped",
        "Produk pers tidak distempel: mintalah hak jawab atau koreksi, atau tempuh Dewan Pers (UU 40/1999).",
    )


def _conflict(draft: Verdict, case: Case) -> Refusal | None:
    if not case.conflict or beyond(draft) or case.outside:
        return None
    return Refusal(
        "conflict of interest, and nobody from outside who could sign",
        f"Isu ini menyangkut kantor sendiri, dan belum ada akun verifikator luar yang dapat menandatangani. Hasil yang "
        f"mungkin hanya {TIDAK_DAPAT} ({LUAR_KEWENANGAN}), lalu rujuk; atau minta administrator menambah verifikator "
        "luar.",
    )


def _open(draft: Verdict, case: Case) -> tuple[str, ...]:
    """The gates that seem to apply and that the finding passes all the same."""
    if beyond(draft):
        return ()
    hinted = {hint.gate for hint in case.hints}
    imitated = PERS in hinted and draft.finding in STAMPS and draft.form == IMITATED
    passed = ((KONFLIK, KONFLIK in hinted and not case.conflict),
              (PELANGGARAN, PELANGGARAN in hinted and not case.breach), (PERS, imitated))
    return tuple(gate for gate, is_open in passed if is_open)


def _unanswered(draft: Verdict, case: Case) -> Refusal | None:
    bare = [gate for gate, reason in overridden(draft, case).items() if len(reason) < REASON_LENGTH]
    if not bare:
        return None
    met = ", ".join(dict.fromkeys(f"{hint.said or hint.why} ({hint.where})" for hint in case.hints
                                  if hint.gate == bare[0]))
    return Refusal(
        f"gate {bare[0]} seems to apply and was passed without a reason",
        f"Gerbang {bare[0]} tampaknya berlaku: {met}. Centang gerbangnya, atau tuliskan mengapa tidak berlaku (paling "
        f"sedikit {REASON_LENGTH} huruf); alasan itu tercatat.",
    )


def _second_person(verdict: Verdict, person: Person) -> Refusal | None:
    if verdict.by != person.name:
        return None
    return Refusal("both signatures by one person", "Persetujuan harus dari orang lain, bukan dari pengaju hasil.")


def _signer(verdict: Verdict, person: Person, signers: Sequence[str]) -> Refusal | None:
    if not verdict.conflict or beyond(verdict):
        return may_second(person, signers)
    if LUAR in person.roles:
        return None
    return Refusal(
        "conflict of interest needs a signature from outside",
        "Isu ini menyangkut kantor sendiri: yang menyetujui harus verifikator luar.",
    )
