"""Verdict -> Referral (rujukan) to the body that is competent: who may get what, and who must have said yes."""

from dataclasses import dataclass
from datetime import datetime

from monitor.people import KEPALA, Person, Refusal
from monitor.rumors import TERVERIFIKASI, Rumor
from monitor.verdicts import BELUM_TERBUKTI, OPINI, PENIPUAN, SATIRE, Verdict

KPU, BAWASLU, DKPP, DEWAN_PERS = "KPU", "Bawaslu", "DKPP", "Dewan Pers"
KPID, KOMDIGI, POLRI, KESBANGPOL = "KPID", "Komdigi", "Polri", "Kesbangpol"
BODIES = (KPU, BAWASLU, DKPP, DEWAN_PERS, KPID, KOMDIGI, POLRI, KESBANGPOL)
STRICT = (POLRI, KOMDIGI)


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


def referred(
    rumor: Rumor, verdict: Verdict, body: str, ground: Ground, words: str, person: Person, now: datetime
) -> Referral | Refusal:
    """The referral, by the kepala's own confirmation, of a finding that two people signed."""
    if rumor.state != TERVERIFIKASI:
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
