"""A statement of the second lane -> Rumor with the statement as its evidence: what others said starts an isu."""

from collections.abc import Sequence
from datetime import datetime

from monitor import rumors
from monitor.audit import Act
from monitor.entries import Words
from monitor.people import Person, Refusal
from monitor.pipeline.cases import Link, lay_down
from monitor.rumors import Rumor
from monitor.sources import Settings
from monitor.store import Store, Tx
from monitor.store.statements import Stated
from monitor.verdicts import Evidence

NONE = Refusal("no such statement", "Pernyataan itu tidak ada. Muat ulang daftarnya.")


def open_isu(store: Store, settings: Settings, number: int, claim: str, person: Person,
             now: datetime) -> Rumor | Refusal:
    """A new isu with this claim, held by the person, with the statement as its first evidence: all or nothing."""
    written = rumors.claim(claim)
    if isinstance(written, Refusal):
        return written
    words = Words(written, "")
    opened = rumors.opened(words.digest, person, now)
    if isinstance(opened, Refusal):
        return opened
    with store.write() as tx:
        stated = tx.statement(number)
        if stated is None:
            return NONE
        tx.put_words([words])
        rumor = tx.add(opened)
        tx.audit(Act(now, person.name, "buka isu", "isu", str(rumor.id), {"words": words.digest,
                                                                         "pernyataan": number}))
        lay(tx, settings, rumor.id, stated, person, now)
    return rumor


def add_to(store: Store, settings: Settings, number: int, rumor: int, person: Person, now: datetime) -> Rumor | Refusal:
    """The statement becomes evidence of an isu that is open."""
    with store.write() as tx:
        stated, found = tx.statement(number), tx.get(Rumor, rumor)
        if stated is None or found is None:
            return NONE if stated is None else Refusal(f"no rumor {rumor}", f"Isu {rumor} tidak ada.")
        refusal = rumors.works_on(found, person, "diberi bukti")
        if refusal:
            return refusal
        lay(tx, settings, rumor, stated, person, now)
    return found


def lay(tx: Tx, settings: Settings, rumor: int, stated: Stated, person: Person, now: datetime) -> Evidence:
    """Lays a statement down as evidence, with the page as it was kept when it was read."""
    article, words = stated.article, stated.words
    url = article.url or stated.entry.url
    link = Link(url, words.title if words else url, article.published or stated.entry.published, article.page, "")
    kept = lay_down(tx, settings, rumor, person, [link], now)[0]
    detail: dict[str, str | int | float | bool | None] = {
        "bukti": kept.id, "jenis": kept.kind, "words": kept.words, "page": kept.page, "resmi": kept.official,
        "pernyataan": stated.statement.id,
    }
    tx.audit(Act(now, person.name, "tambah bukti", "isu", str(rumor), detail))
    return kept


def used(tx: Tx, some: Sequence[Stated]) -> dict[int, int]:
    """The isu that rest on statements already: the newest isu by statement."""
    urls = tx.rumors_on([one.article.url or one.entry.url for one in some])
    return {one.statement.id: urls[url] for one in some for url in [one.article.url or one.entry.url] if url in urls}
