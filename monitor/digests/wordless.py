"""Digest <-> the same without the words of konten: what is stored holds their numbers, so an erasure reaches it."""

from collections.abc import Callable
from dataclasses import replace

from monitor.digests.counting import NAMELESS
from monitor.digests.rows import Digest, Flagged

GONE = "(teks sudah dihapus)"
# A konten's headline and address; None once its words were erased.
Named = tuple[str, str]


def numbers(digest: Digest) -> list[int]:
    """The konten whose headlines stand in the digest."""
    return [row.item for row in digest.events.flagged if row.source != NAMELESS]


def wordless(digest: Digest) -> Digest:
    """The digest without headlines and addresses of konten."""
    return _each(digest, lambda row: replace(row, title="", url=""))


def worded(digest: Digest, found: dict[int, Named | None]) -> Digest:
    """The digest with the headlines and addresses as they are now; what was erased since says so."""
    def named(row: Flagged) -> Flagged:
        title, url = found.get(row.item) or (GONE, "")
        return replace(row, title=title, url=url)

    return _each(digest, named)


def gone(digest: Digest) -> int:
    """How many konten of the digest have lost their words."""
    return sum(row.title == GONE for row in digest.events.flagged)


def _each(digest: Digest, change: Callable[[Flagged], Flagged]) -> Digest:
    rows = tuple(row if row.source == NAMELESS else change(row) for row in digest.events.flagged)
    return replace(digest, events=replace(digest.events, flagged=rows))
