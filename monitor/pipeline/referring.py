"""A kepala's confirmation -> Referral with its letter as a draft: sent by a person, never by the program."""

from datetime import datetime

from babel.dates import format_date

from monitor import referrals
from monitor.audit import Act
from monitor.entries import Words
from monitor.people import Person, Refusal
from monitor.pipeline.house import House
from monitor.referrals import Ground, Referral
from monitor.rumors import Rumor
from monitor.sources import today

LETTER = """Nomor: (diisi kantor)
Hal: Penerusan informasi

Kepada Yth. {body}

{office} telah memeriksa klaim berikut dan meneruskannya kepada lembaga yang berwenang.

Klaim: {claim}
Hasil verifikasi: {finding}
Penjelasan: {explanation}
Bukti: {evidence}
{ground}
{date}

(tanda tangan)
"""


def refer(house: House, rumor: int, body: str, ground: Ground, person: Person, now: datetime) -> Referral | Refusal:
    """Records the referral and its letter; the row stands in one transaction with its audit."""
    with house.store.write() as tx:
        found, verdicts = tx.get(Rumor, rumor), tx.verdicts(rumor)
        if found is None or not verdicts:
            return Refusal(f"rumor {rumor} has no finding", f"Isu {rumor} belum mempunyai hasil.")
        verdict, evidence = verdicts[-1], tx.evidence(rumor)
        held = tx.words_of([found.words, verdict.words])
        told = held.get(verdict.words)
        danger = f"Bahaya: {ground.danger} ({ground.article})\n" if ground.danger else ""
        letter = Words(f"Surat ke {body}", LETTER.format(
            body=body, office=house.settings.office.name, finding=verdict.finding, ground=danger,
            claim=held[found.words].title if found.words in held else "(dihapus)",
            explanation=told.text if told else "(dihapus)",
            evidence=", ".join(one.url for one in evidence) or "terlampir",
            date=format_date(today(house.settings, now), "d MMMM y", locale="id"),
        ))  # fmt: skip
        made = referrals.referred(found, verdict, body, ground, letter.digest, person, now)
        if isinstance(made, Refusal):
            return made
        tx.put_words([letter])
        kept = tx.add(made)
        detail: dict[str, str | int | float | bool | None] = {"referral": kept.id, "body": body, "verdict": verdict.id}
        tx.audit(Act(now, person.name, "rujuk", "isu", str(rumor), detail))
        return kept
