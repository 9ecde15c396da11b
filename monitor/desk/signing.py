"""An isu + who looks -> what its gates say: whom it concerns, what was passed with a reason, who could sign it."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.desk.adapter import Call
from monitor.desk.office import Desk
from monitor.gates import KONFLIK, PELANGGARAN, PERS, Concern
from monitor.people import LUAR, accounts, signers
from monitor.pipeline.cases import hints
from monitor.rumors import MENUNGGU, TERBUKA, Rumor
from monitor.store import Tx
from monitor.verdicts import Override, Verdict, beyond

# The form's fields: why a gate that seems to apply does not.
PASSED = {KONFLIK: "lewat-konflik", PELANGGARAN: "lewat-pelanggaran", PERS: "lewat-pers"}


@dataclass(frozen=True, slots=True)
class Signing:
    """`concerns` are the gates that seem to apply, `overrides` those that were passed, `lacking` says that nobody could
    give the second signature ("" where somebody could)."""

    concerns: tuple[Concern, ...]
    overrides: tuple[Override, ...]
    lacking: str


def of_isu(tx: Tx, rumor: Rumor, claim: str, verdict: Verdict | None, desk: Desk, call: Call) -> Signing:
    """What the page of one isu says of its gates."""
    rows = tx.queue_rows([item.id for item in tx.carriers(rumor.id)])
    open_now = rumor.state in (TERBUKA, MENUNGGU)
    return Signing(
        concerns=hints(desk.settings(), claim, rows) if open_now else (),
        overrides=tuple(tx.overrides_of(rumor.id)),
        lacking=lacking(tx, rumor, verdict if rumor.state == MENUNGGU else None, desk, call) if open_now else "",
    )


def eligible(tx: Tx, desk: Desk, outside: bool = False) -> list[tuple[str, str]]:
    """Accounts (name, full name) that may give the second signature now."""
    asked = {LUAR} if outside else set(signers(desk.settings().office.second_signature))
    given, now = tx.delegations(), desk.now()
    return [(one.name, one.shown) for one in tx.accounts()
            if not one.disabled and asked & set(accounts.person(one, given, now).roles)]


def few(tx: Tx, desk: Desk, call: Call) -> str:
    """A sentence where fewer than two people may give the second signature."""
    people, roles = len(eligible(tx, desk)), call.tongue.term(desk.settings().office.second_signature)
    return "" if people > 1 else call.tongue.say(
        "Baru {n} akun yang dapat memberi tanda tangan kedua ({roles}). Yang diajukannya sendiri belum dapat "
        "disetujui: minta administrator menambah akun atau pelimpahan.", n=people, roles=roles)


def lacking(tx: Tx, rumor: Rumor, verdict: Verdict | None, desk: Desk, call: Call) -> str:
    """A sentence where nobody but the one who submits could sign; while nothing is submitted that is the holder, else
    whoever looks and may submit."""
    outside = verdict is not None and verdict.conflict and not beyond(verdict)
    who = verdict.by if verdict else rumor.holder or (call.person.name if call.may("isu") else "")
    if any(name != who for name, _ in eligible(tx, desk, outside)):
        return ""
    if outside:
        return call.tongue.say("Hasil ini menyangkut kantor sendiri, dan belum ada akun verifikator luar yang dapat "
                               "menandatanganinya. Kembalikan sebagai di luar kewenangan, atau minta administrator "
                               "menambah verifikator luar.")
    roles = call.tongue.term(desk.settings().office.second_signature)
    return call.tongue.say("Hasil yang diajukan belum dapat disetujui: belum ada orang lain yang dapat memberi tanda "
                           "tangan kedua ({roles}). Minta administrator menambah akun atau pelimpahan.", roles=roles)


def reasons(form: "dict[str, str]") -> dict[str, str]:
    """Why gates do not apply, as somebody typed it, by gate."""
    return {gate: form[field][:1000] for gate, field in PASSED.items() if form.get(field, "").strip()}


def fields(concerns: Sequence[Concern]) -> list[tuple[str, str, list[Concern]]]:
    """The gates that seem to apply, with the form's field and what speaks for each."""
    return [(gate, field, [one for one in concerns if one.gate == gate]) for gate, field in PASSED.items()
            if any(one.gate == gate for one in concerns)]
