"""Rows of a clarification in a store, from its draft to its page, its objection and the digest that tells of it."""

from monitor.clarifications import Clarification, ClarificationAct, LinkCheck
from monitor.digests import Edition
from monitor.entries import Words
from monitor.posts import Answer, Objection, first_edition
from monitor.referrals import Referral
from monitor.rumors import Rumor
from monitor.store import Tx
from monitor.verdicts import Verdict
from tests.published import NOW, TEXT


def parents(tx: Tx, rumor: Rumor, verdict: Verdict) -> dict[str, int]:
    """An id in every table here that others refer to."""
    row = tx.add(Clarification(rumor.id, verdict.id, NOW, "ani"))
    objection = tx.add(Objection(row.id, "koreksi", NOW, NOW, "x"))
    return {"clarifications": row.id, "objections": objection.id}


def whole(tx: Tx, rumor: Rumor, verdict: Verdict) -> None:
    """At least one row in every table here."""
    words = TEXT.words()
    tx.put_words([words, Words("laporan", "{}"), Words("permintaan", "isi", "Wati, 0800")])
    row = tx.add(Clarification(rumor.id, verdict.id, NOW, "ani", "DITERBITKAN", words.digest, words.digest))
    tx.add(ClarificationAct(row.id, NOW, "rini", "terbitkan", "DISETUJUI", "DITERBITKAN", words.digest))
    tx.add(LinkCheck(row.id, TEXT.citations[0].url, NOW, True))
    tx.add(first_edition(row.id, TEXT, words.digest, "HOAKS", "konten palsu", ("81.72",), ("logistik",), NOW))
    asked = Words("permintaan", "isi", "Wati, 0800").digest
    objection = tx.add(Objection(row.id, "koreksi", NOW, NOW, asked))
    tx.add(Answer(objection.id, NOW, "rini", "DITOLAK", "tidak ada bukti"))
    tx.add(Referral(rumor.id, verdict.id, "Bawaslu", NOW, "karta", Words("laporan", "{}").digest))
    tx.add(Edition("2024-W47", "internal", 1, NOW, NOW, NOW, "jernih", Words("laporan", "{}").digest))
