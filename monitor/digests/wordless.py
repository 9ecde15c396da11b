"""Digest <-> the same without the words of konten and isu: what is stored holds their numbers, so an erasure reaches
it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from monitor.digests.counting import NAMELESS
from monitor.digests.rows import Digest, Flagged, IsuLine, ReferralLine

GONE = "(teks sudah dihapus)"
# A konten's headline and address; None once its words were erased.
Named = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of an isu: its claim, and the headline and path of its page ("" nothing public)."""

    claim: str
    headline: str = ""
    link: str = ""


LOST = Said(GONE)


def numbers(digest: Digest) -> list[int]:
    """The konten whose headlines stand in the digest."""
    return [row.item for row in digest.events.flagged if row.source != NAMELESS]


def rumors(digest: Digest) -> list[int]:
    """The isu whose claims stand in the digest."""
    events = digest.events
    return sorted({one.rumor for one in events.isu} | {one.rumor for one in events.handed})


def wordless(digest: Digest) -> Digest:
    """The digest without headlines and addresses of konten, without claims and headlines of isu."""
    bare = _each(digest, lambda row: replace(row, title="", url=""))
    return _said(bare, lambda one: replace(one, claim="", headline="", link=""), lambda one: replace(one, claim=""))


def worded(digest: Digest, found: Mapping[int, Named | None], said: Mapping[int, Said]) -> Digest:
    """The digest with the words of konten and isu as they are now; what was erased since says so."""
    def named(row: Flagged) -> Flagged:
        title, url = found.get(row.item) or (GONE, "")
        return replace(row, title=title, url=url)

    def isu(one: IsuLine) -> IsuLine:
        held = said.get(one.rumor, LOST)
        return replace(one, claim=held.claim, headline=held.headline, link=held.link)

    return _said(_each(digest, named), isu, lambda one: replace(one, claim=said.get(one.rumor, LOST).claim))


def gone(digest: Digest) -> int:
    """How many konten of the digest have lost their words."""
    return sum(row.title == GONE for row in digest.events.flagged)


def _each(digest: Digest, change: Callable[[Flagged], Flagged]) -> Digest:
    rows = tuple(row if row.source == NAMELESS else change(row) for row in digest.events.flagged)
    return replace(digest, events=replace(digest.events, flagged=rows))


def _said(digest: Digest, isu: Callable[[IsuLine], IsuLine], handed: Callable[[ReferralLine], ReferralLine]) -> Digest:
    events = digest.events
    changed = replace(events, isu=tuple(map(isu, events.isu)), handed=tuple(map(handed, events.handed)))
    return replace(digest, events=changed)
