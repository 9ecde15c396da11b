"""Digest -> the payload that is stored of it, and back with the words of its konten as far as they were not erased."""

from monitor import digests
from monitor.digests import Digest
from monitor.entries import Words
from monitor.store import Tx


def payload(digest: Digest) -> Words:
    """What is stored: the digest with the numbers of its konten in place of their words."""
    return Words(digests.heading(digest), digests.to_json(digests.wordless(digest)))


def opened(tx: Tx, held: Words) -> Digest:
    """The digest of a stored payload; a konten whose words were erased since says so."""
    kept = digests.from_json(held.text)
    rows = tx.queue_rows(digests.numbers(kept))
    return digests.worded(kept, {
        row.item.id: (row.words.title, row.entry.url or row.article.url) if row.words else None for row in rows
    })
