"""Roles x rights: which roles hold which right, and the refusal where none does."""

from collections.abc import Sequence
from dataclasses import dataclass

VERIFIKATOR, REDAKTUR, KEPALA = "verifikator", "redaktur", "kepala"
ADMINISTRATOR, PEMBACA, LUAR = "administrator", "pembaca", "verifikator luar"
# Whoever sits at the server before the first account: sees the queue and the sources, changes no finding.
SETTING_UP = "pemasang"
ROLES = (VERIFIKATOR, REDAKTUR, KEPALA, ADMINISTRATOR, PEMBACA, LUAR)
# Who approves or administers proves it with a second factor.
SECOND_FACTOR = (REDAKTUR, KEPALA, ADMINISTRATOR, LUAR)

RIGHTS: dict[str, tuple[str, ...]] = {
    "lihat konten": (VERIFIKATOR, REDAKTUR, KEPALA, LUAR, SETTING_UP),
    "konten": (VERIFIKATOR, REDAKTUR, LUAR),
    "lihat isu": (VERIFIKATOR, REDAKTUR, KEPALA, LUAR, PEMBACA),
    "isu": (VERIFIKATOR, REDAKTUR, LUAR),
    "lihat bukti": (VERIFIKATOR, REDAKTUR, KEPALA, LUAR),
    "persetujuan": (REDAKTUR, KEPALA),
    "tanda tangan": (REDAKTUR, KEPALA, LUAR),
    "buka lagi isu": (REDAKTUR,),
    "lihat klarifikasi": (VERIFIKATOR, REDAKTUR, KEPALA, LUAR),
    "klarifikasi": (VERIFIKATOR, REDAKTUR, LUAR),
    "terbitkan": (REDAKTUR,),
    "konfirmasi masa tenang": (KEPALA,),
    "lihat rujukan": (VERIFIKATOR, REDAKTUR, KEPALA),
    "rujuk": (KEPALA,),
    "rujukan": (REDAKTUR, KEPALA),
    "tinjau": (REDAKTUR,),
    "papan": (REDAKTUR, KEPALA),
    "netralitas": (REDAKTUR, KEPALA, ADMINISTRATOR),
    "lihat sumber": (VERIFIKATOR, REDAKTUR, KEPALA, ADMINISTRATOR, SETTING_UP),
    "saringan kantor": (REDAKTUR, KEPALA),
    "kerja": (VERIFIKATOR, REDAKTUR, KEPALA, LUAR),
    "coba sumber": (VERIFIKATOR, REDAKTUR, ADMINISTRATOR, SETTING_UP),
    "lihat pengiriman": (VERIFIKATOR, REDAKTUR, KEPALA, ADMINISTRATOR),
    "pengiriman": (REDAKTUR, KEPALA),
    "laporan": (REDAKTUR, KEPALA, PEMBACA),
    "laporan internal": (REDAKTUR, KEPALA),
    "berkas perkara": (VERIFIKATOR, REDAKTUR, KEPALA),
    "berkas perkara utuh": (REDAKTUR, KEPALA),
    "pengguna": (ADMINISTRATOR,),
    "setelan": (ADMINISTRATOR, SETTING_UP),
    "audit": (REDAKTUR, KEPALA, ADMINISTRATOR),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who acts: the name that stands in rows and audit, and the roles held now."""

    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act does not happen: an English cause for the log, an Indonesian sentence for the person."""

    cause: str
    sentence: str


def signers(setting: str) -> tuple[str, ...]:
    """The roles that give the second signature, as `[office] second_signature` says it: "redaktur atau kepala"."""
    return tuple(role for role in RIGHTS["persetujuan"] if role in setting.split(" atau "))


def may_second(person: Person, signers: Sequence[str]) -> Refusal | None:
    """None if the person may give a second signature in an office where `signers` (roles) do."""
    refusal = may(person, "persetujuan")
    if refusal or set(person.roles) & set(signers):
        return refusal
    return Refusal(f"{person.name} holds none of {signers}",
                   f"Di kantor ini tanda tangan kedua diberikan {' atau '.join(signers)}.")


def holds(person: Person, right: str) -> bool:
    """Does one of the person's roles hold the right (a key of RIGHTS)?"""
    return bool(set(person.roles) & set(RIGHTS[right]))


def may(person: Person, right: str) -> Refusal | None:
    """None if one of the person's roles holds the right (a key of RIGHTS), else the refusal."""
    if holds(person, right):
        return None
    holders = " atau ".join(role for role in RIGHTS[right] if role in ROLES)
    return Refusal(f"{person.name} lacks the right {right!r}", f"Langkah ini hanya untuk {holders}.")
