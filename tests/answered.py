"""Rows of a clarification in a store, from its draft to its page, its objection and the digest that tells of it."""

from monitor.clarifications import Clarification, ClarificationAct, LinkCheck
from monitor.deliveries import Delivery, DeliveryAct, key_of
from monitor.digests import Edition, Lesson
from monitor.entries import Words
from monitor.posts import Answer, Objection, first_edition
from monitor.redactions import Redaction
from monitor.referrals import DIKIRIM, Referral, ReferralStep
from monitor.rumors import Rumor
from monitor.store import Tx
from monitor.verdicts import Verdict
from tests.published import NOW, TEXT


def parents(tx: Tx, rumor: Rumor, verdict: Verdict) -> dict[str, int]:
    """An id in every table here that others refer to."""
    row = tx.add(Clarification(rumor.id, verdict.id, NOW, "ani"))
    objection = tx.add(Objection(row.id, "koreksi", NOW, NOW, "x"))
    post = tx.add(first_edition(row.id, TEXT, "x", "HOAKS", "konten palsu", (), (), NOW))
    report = tx.add(Edition("2024-W01", "internal", 1, NOW, NOW, NOW, "jernih", "x"))
    sent = tx.add(Delivery("x", "Telegram", "telegram", "terbitkan", NOW, NOW, row.id, post.id, 1))
    referral = tx.add(Referral(rumor.id, verdict.id, "KPU", NOW, "karta", "x"))
    return {"evidence": tx.evidence(rumor.id)[0].id, "clarifications": row.id, "objections": objection.id,
            "posts": post.id, "editions": report.id,
            "deliveries": sent.id, "referrals": referral.id}


def whole(tx: Tx, rumor: Rumor, verdict: Verdict) -> None:
    """At least one row in every table here."""
    words = TEXT.words()
    tx.put_words([words, Words("laporan", "{}"), Words("permintaan", "isi", "Wati, 0800")])
    row = tx.add(Clarification(rumor.id, verdict.id, NOW, "ani", "DITERBITKAN", words.digest, words.digest))
    tx.add(ClarificationAct(row.id, NOW, "rini", "terbitkan", "DISETUJUI", "DITERBITKAN", words.digest))
    tx.add(LinkCheck(row.id, TEXT.citations[0].url, NOW, True))
    tx.add(Redaction(row.id, tx.evidence(rumor.id)[0].id, "c" * 64, "1,2,3,4", 640, 480, NOW, "ani"))
    post = tx.add(first_edition(row.id, TEXT, words.digest, "HOAKS", "konten palsu", ("81.72",), ("logistik",), NOW))
    asked = Words("permintaan", "isi", "Wati, 0800").digest
    objection = tx.add(Objection(row.id, "koreksi", NOW, NOW, asked))
    tx.add(Answer(objection.id, NOW, "rini", "DITOLAK", "tidak ada bukti"))
    handed = tx.add(Referral(rumor.id, verdict.id, "Bawaslu", NOW, "karta", Words("laporan", "{}").digest))
    tx.add(ReferralStep(handed.id, DIKIRIM, NOW, "rini", "2024-11-20", "005/XI/2024"))
    tx.add(Lesson("2024-W47", NOW, "rini", Words("laporan", "{}").digest))
    report = tx.add(Edition("2024-W47", "internal", 1, NOW, NOW, NOW, "jernih", Words("laporan", "{}").digest))
    key = key_of("Telegram", "terbitkan", row.id, 1)
    sent = tx.add(Delivery(key, "Telegram", "telegram", "terbitkan", NOW, NOW, row.id, post.id, 1, state="terkirim"))
    tx.add(DeliveryAct(sent.id, NOW, "jernih", "diterima", "mengirim", "terkirim", NOW, 1, "baru", "7", False, ""))
    tx.add(Delivery(key_of("internal", "laporan", report.id, 1), "internal", "mail", "laporan", NOW, NOW,
                    report=report.id))
