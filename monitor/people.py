"""Who may do what (any room may use this one)."""

from dataclasses import dataclass

VERIFIKATOR, REDAKTUR, KEPALA = "verifikator", "redaktur", "kepala"
ADMINISTRATOR, PEMBACA, LUAR = "administrator", "pembaca", "verifikator luar"
ROLES = (VERIFIKATOR, REDAKTUR, KEPALA, ADMINISTRATOR, PEMBACA, LUAR)

RIGHTS = {
    "konten": (VERIFIKATOR, REDAKTUR, LUAR),
    "isu": (VERIFIKATOR, REDAKTUR, LUAR),
    "persetujuan": (REDAKTUR, KEPALA),
    "buka lagi isu": (REDAKTUR,),
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


def may(person: Person, right: str) -> Refusal | None:
    """None if one of the person's roles holds the right (a key of RIGHTS), else the refusal."""
    if set(person.roles) & set(RIGHTS[right]):
        return None
    holders = " atau ".join(RIGHTS[right])
    return Refusal(f"{person.name} lacks the right {right!r}", f"Langkah ini hanya untuk {holders}.")
