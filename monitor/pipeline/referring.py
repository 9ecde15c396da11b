"""A kepala's confirmation -> Referral with its letter as a draft: sent by a person, never by the program."""

from datetime import date, datetime

from babel.dates import format_date

from monitor import referrals
from monitor.audit import Act
from monitor.entries import Words
from monitor.people import Person, Refusal
from monitor.referrals import Ground, Referral, ReferralStep
from monitor.rumors import Rumor
from monitor.sources import Settings, today
from monitor.store import Store, Tx
from monitor.verdicts import Verdict

NOTE_LENGTH = 10_000
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


def refer(
    store: Store, settings: Settings, rumor: int, body: str, ground: Ground, person: Person, now: datetime
) -> Referral | Refusal:
    """Records the referral and its letter; the row stands in one transaction with its audit."""
    with store.write() as tx:
        found, verdicts = tx.get(Rumor, rumor), tx.verdicts(rumor)
        if found is None or not verdicts:
            return Refusal(f"rumor {rumor} has no finding", f"Isu {rumor} belum mempunyai hasil.")
        letter = Words(f"Surat ke {body}", _letter(tx, settings, found, verdicts[-1], body, ground, now))
        made = referrals.referred(found, verdicts[-1], body, ground, letter.digest, person, now)
        if isinstance(made, Refusal):
            return made
        tx.put_words([letter])
        kept = tx.add(made)
        tx.audit(Act(now, person.name, "rujuk", "isu", str(rumor),
                     {"referral": kept.id, "body": body, "verdict": made.verdict}))  # fmt: skip
        return kept


def step(
    store: Store, settings: Settings, referral: int, act: str, day: str, number: str, note: str, person: Person,
    now: datetime,
) -> ReferralStep | Refusal:  # fmt: skip
    """Records what a person did with a referral, or what the body answered; `day` is an ISO date."""
    words = Words(f"Rujukan {act}", note.strip()[:NOTE_LENGTH])
    with store.write() as tx:
        found = tx.get(Referral, referral)
        if found is None:
            return Refusal(f"no referral {referral}", f"Tidak ada rujukan {referral}.")
        steps = tx.referral_steps([referral]).get(referral, [])
        made = referrals.stepped(found, steps, act, _day(day), number, words.digest if words.text else "", person,
                                 now, today(settings, now))  # fmt: skip
        if isinstance(made, Refusal):
            return made
        tx.put_words([words] if words.text else [])
        kept = tx.add(made)
        tx.audit(Act(now, person.name, act, "rujukan", str(referral),
                     {"day": made.day, "number": made.number, "words": made.words}))  # fmt: skip
        return kept


def _letter(tx: Tx, settings: Settings, rumor: Rumor, verdict: Verdict, body: str, ground: Ground,
            now: datetime) -> str:  # fmt: skip
    held = tx.words_of([rumor.words, verdict.words])
    told, claim = held.get(verdict.words), held.get(rumor.words)
    return LETTER.format(
        body=body, office=settings.office.name, finding=verdict.finding,
        ground=f"Bahaya: {ground.danger} ({ground.article})\n" if ground.danger else "",
        claim=claim.title if claim else "(dihapus)", explanation=told.text if told else "(dihapus)",
        evidence=", ".join(one.url for one in tx.evidence(rumor.id) if one.url) or "terlampir",
        date=format_date(today(settings, now), "d MMMM y", locale="id"),
    )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
