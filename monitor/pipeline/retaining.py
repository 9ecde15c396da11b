"""What is kept no longer -> erased, a few at a time: words, archived bytes, a tombstone each; rows and chain stay."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor import retention
from monitor.audit import TERM, Erasure
from monitor.retention import Going, Kept, Terms
from monitor.sources import Archive
from monitor.store import Store, Tx

AT_ONCE = 100
# Bytes that were written this shortly ago may be of a row that is being saved at this moment.
FRESH = timedelta(hours=1)
Ask = Callable[[Tx, int], list[Kept]]


@dataclass(frozen=True, slots=True)
class Erased:
    """What one run erased, or (a dry run) would: konten and evidence, digests of words and of bytes, and how many of
    these stay because something else rests on them."""

    konten: int = 0
    evidence: int = 0
    words: int = 0
    pages: int = 0
    held: int = 0

    def __add__(self, going: Going) -> "Erased":
        some = bool(going.words or going.pages)
        return Erased(self.konten + (some and going.noun == retention.KONTEN),
                      self.evidence + (some and going.noun == retention.BUKTI),
                      self.words + len(going.words), self.pages + len(going.pages), self.held + going.held)


def retain(store: Store, wish: Archive, now: datetime, dry: bool = False, who: str = retention.WHO) -> Erased:
    """Erases what is due, each once; what something living rests on stays and is asked about again the next time."""
    terms = retention.terms(wish.dismissed_days, wish.evidence_years, now)
    told, seen = Erased(), set[str]()
    for ask in (lambda tx, after: tx.dismissed(terms.dismissed, after, AT_ONCE),
                lambda tx, after: tx.evidence_over(terms.evidence, after, AT_ONCE)):
        for some in _batches(store, terms, ask, now, dry, who):
            for going in some:
                told += _unseen(going, seen)
    if told.words and not dry:
        store.forget()
    return told


def _unseen(going: Going, seen: set[str]) -> Going:
    """What goes of it that did not go with another; `seen` grows by it."""
    words = tuple(one for one in going.words if one not in seen)
    pages = tuple(one for one in going.pages if one not in seen)
    seen.update(words, pages)
    return replace(going, words=words, pages=pages)


def _batches(store: Store, terms: Terms, ask: Ask, now: datetime, dry: bool, who: str) -> Iterator[list[Going]]:
    last = 0
    while True:
        with store.read() if dry else store.write() as tx:
            over = ask(tx, last)
            if not over:
                return
            some = _decided(store, tx, terms, over, now)
            gone = [] if dry else _erase(store, tx, some, now, who)
        store.gone(gone)
        last = over[-1].number
        yield some


def _decided(store: Store, tx: Tx, terms: Terms, over: Sequence[Kept], now: datetime) -> list[Going]:
    """What of these may go: nothing that something living rests on, nothing that was kept a moment ago."""
    rests = tx.rests(digest for one in over for digest in (*one.words, *one.pages))
    fresh = {page for one in over for page in one.pages
             if store.arsip.aged(page) > (now - FRESH).timestamp()}
    for page in fresh:
        rests.setdefault(page, set()).add(("arsip", 0))
    names = {name for held in rests.values() for name in held}
    return retention.going(over, rests, tx.ended(names, terms.dismissed, terms.evidence))


def _erase(store: Store, tx: Tx, some: Sequence[Going], now: datetime, who: str) -> list[Erasure]:
    """The bytes first: should the process die before its rows are kept, the next run comes here again."""
    store.arsip.drop({page for one in some for page in one.pages})
    made, seen = [], set[str]()
    for one in some:
        for digest in (*one.words, *one.pages):
            if digest not in seen:
                seen.add(digest)
                made.append(tx.erase(digest, who, f"{retention.WHY[one.noun]} ({one.number})", TERM, now))
    return made
