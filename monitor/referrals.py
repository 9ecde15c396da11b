"""Verdict -> Referral (rujukan) to the body that is competent: who may get what, and who must have said yes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from monitor.people import KEPALA, Person, Refusal, may
from monitor.rumors import FOUND, Rumor
from monitor.verdicts import BELUM_TERBUKTI, OPINI, PENIPUAN, SATIRE, Verdict

KPU, BAWASLU, DKPP, DEWAN_PERS = "KPU", "Bawaslu", "DKPP", "Dewan Pers"
KPID, KOMDIGI, POLRI, KESBANGPOL = "KPID", "Komdigi", "Polri", "Kesbangpol"
BODIES = (KPU, BAWASLU, DKPP, DEWAN_PERS, KPID, KOMDIGI, POLRI, KESBANGPOL)
STRICT = (POLRI, KOMDIGI)
DISIAPKAN, DIKIRIM, DIJAWAB, DIBATALKAN = "disiapkan", "dikirim", "dijawab", "dibatalkan"
STEPS = (DIKIRIM, DIJAWAB, DIBATALKAN)
# A body may answer more than once; what was sent cannot be called back by us.
AFTER = {DISIAPKAN: (DIKIRIM, DIBATALKAN), DIKIRIM: (DIJAWAB,), DIJAWAB: (DIJAWAB,)}
# The day of the office's zone may lie a day before that of UTC.
EARLIER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a body gets it: a named concrete danger with its article of law ("" if none), and whether the matter is the
    good name of an office or official."""

    danger: str = ""
    article: str = ""
    defamation: bool = False


@dataclass(frozen=True, slots=True)
class Referral:
    """One handing over. A row; `words` is the digest of the letter's draft (payload), `by` the kepala who confirmed.
    A person sends the letter, with the office's own number and signature."""

    rumor: int
    verdict: int
    body: str
    at: datetime
    by: str
    words: str
    danger: str = ""
    article: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class ReferralStep:
    """What became of a referral. A row; `act` is one of STEPS, `day` (ISO) when it happened outside (the letter's
    date, the day the answer came), `number` the letter's, `words` the digest of the note (payload), "" if none."""

    referral: int
    act: str
    at: datetime
    by: str
    day: str
    number: str = ""
    words: str = ""
    id: int = 0


def state_of(steps: Sequence[ReferralStep]) -> str:
    """Where a referral stands: DISIAPKAN until a person told what was done, then the act of the last step."""
    return steps[-1].act if steps else DISIAPKAN


def stepped(
    referral: Referral, steps: Sequence[ReferralStep], act: str, day: date | None, number: str, words: str,
    person: Person, now: datetime, today: date,
) -> ReferralStep | Refusal:  # fmt: skip
    """The next step of a referral, told by a person who did it or received it."""
    state = state_of(steps)
    if act not in AFTER.get(state, ()):
        return Refusal(f"{act!r} after {state!r}", f"Rujukan ini sudah {state}; langkah itu tidak dapat dicatat lagi.")
    refusal = may(person, "rujukan") or (_kepala(person) if act == DIBATALKAN else None) or _told(act, number, words)
    if refusal:
        return refusal
    if day is None or not referral.at.date() - EARLIER <= day <= today:
        return Refusal(f"odd day {day}", "Tulis tanggalnya, tidak sebelum rujukan dibuat dan tidak di masa depan.")
    return ReferralStep(referral.id, act, now, person.name, day.isoformat(), number.strip(), words)


def _told(act: str, number: str, words: str) -> Refusal | None:
    if act == DIKIRIM and not 1 <= len(number.strip()) <= 100:
        return Refusal("no letter number", "Tulis nomor surat yang dikirim, paling banyak 100 huruf.")
    if act != DIKIRIM and not words:
        return Refusal(f"{act} without a note", "Tulis isi jawaban lembaga itu, atau alasan pembatalannya.")
    return None


def referred(
    rumor: Rumor, verdict: Verdict, body: str, ground: Ground, words: str, person: Person, now: datetime
) -> Referral | Refusal:
    """The referral, by the kepala's own confirmation, of a finding that two people signed."""
    if rumor.state not in FOUND:
        return Refusal(f"rumor {rumor.id} is {rumor.state}", "Hanya hasil yang ditandatangani dua orang yang dirujuk.")
    refusal = _kepala(person) or _body(body) or _matter(verdict, body, ground)
    return refusal or Referral(rumor.id, verdict.id, body, now, person.name, words, ground.danger, ground.article)


def _kepala(person: Person) -> Refusal | None:
    if KEPALA in person.roles:
        return None
    return Refusal(f"{person.name} is no {KEPALA}", "Rujukan memerlukan konfirmasi kepala sendiri.")


def _body(body: str) -> Refusal | None:
    if body in BODIES:
        return None
    return Refusal(f"unknown body {body!r}", f"Pilih satu lembaga: {', '.join(BODIES)}.")


def _matter(verdict: Verdict, body: str, ground: Ground) -> Refusal | None:
    if ground.defamation:
        return Refusal(
            "offices are no victim of defamation (MK 105/PUU-XXII/2024)",
            "Nama baik kantor atau pejabat tidak dapat dirujuk (putusan MK 105/PUU-XXII/2024).",
        )
    if body in STRICT and (verdict.finding in (SATIRE, BELUM_TERBUKTI) or verdict.why == OPINI):
        return Refusal(
            f"{verdict.finding} {verdict.why} is not for {body}",
            f"Satire, opini, dan yang belum terbukti tidak dirujuk ke {body}.",
        )
    if body == POLRI and verdict.finding != PENIPUAN and not (ground.danger.strip() and ground.article.strip()):
        return Refusal(
            "no concrete danger named with its article",
            "Ke Polri hanya PENIPUAN, atau bahaya nyata yang disebut jelas dengan pasalnya.",
        )
    return None
