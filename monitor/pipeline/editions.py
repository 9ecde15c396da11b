"""Digest -> the payload that is stored of it, and back with the words of its konten and isu as far as they were not
erased; and what an older program stored with its words, made such a payload."""

from dataclasses import replace
from datetime import datetime

from monitor import digests
from monitor.audit import Act
from monitor.digests import Digest, Edition
from monitor.entries import Words
from monitor.store import Store, Tx

BY = "jernih"
PARTED = "isinya sama; kata-kata konten dan isu kini disimpan terpisah, supaya penghapusan menjangkaunya"
AT_ONCE = 200


def payload(digest: Digest) -> Words:
    """What is stored: the digest with the numbers of its konten and isu in place of their words."""
    return Words(digests.heading(digest), digests.to_json(digests.wordless(digest)))


def opened(tx: Tx, held: Words) -> Digest:
    """The digest of a stored payload; a konten or isu whose words were erased since says so."""
    kept = digests.from_json(held.text)
    rows = tx.queue_rows(digests.numbers(kept))
    found = {row.item.id: (row.words.title, row.entry.url or row.article.url) if row.words else None for row in rows}
    return digests.worded(kept, found, {one: tx.said_of(one, kept.period.end) for one in digests.rumors(kept)})


def part(store: Store, now: datetime) -> int:
    """Every stored edition that still holds words of konten or isu becomes a further edition without them, and lets go
    of its own payload; so do the ones after it, for the last must stay the last. How many editions were made. They go
    to nobody: they say nothing new."""
    with store.write() as tx:
        made = sum(_parted(tx, edition, digest, now) for edition, digest in _wordy(tx))
    if made:
        store.forget()
    return made


def _wordy(tx: Tx) -> list[tuple[Edition, Digest]]:
    """The editions that hold words, each followed by those of the same digest that came after it, oldest first."""
    rows, before = list[Edition](), 0
    while some := tx.editions(AT_ONCE, before=before):
        rows, before = rows + some, some[-1].id
    found, seen = [], set[tuple[str, str]]()
    for one in reversed(rows):
        held = tx.words_of([one.words]).get(one.words)
        digest = digests.from_json(held.text) if held else None
        if digest and ((one.label, one.audience) in seen or digests.wordless(digest) != digest):
            seen.add((one.label, one.audience))
            found.append((one, digest))
    return found


def _parted(tx: Tx, edition: Edition, digest: Digest, now: datetime) -> int:
    last = tx.edition(edition.label, edition.audience)
    assert last is not None, f"edition {edition.id} without its digest"
    number, reason = last.number + 1, f"{edition.reason}; {PARTED}" if edition.reason else PARTED
    words = payload(replace(digest, number=number, reason=reason))
    tx.put_words([words])
    tx.add(replace(edition, id=0, number=number, at=now, by=BY, words=words.digest, reason=reason))
    tx.part_with(edition.words)
    tx.audit(Act(now, BY, "pisahkan kata", "laporan", f"{edition.label} {edition.audience}", {
        "number": number, "before": edition.number, "words": words.digest, "old": edition.words}))
    return 1
