"""How long words and bytes are kept: settings + now -> what is due, and what something living still rests on.

The texts of a dismissed konten go after some days, the evidence of a finished case after some years; rows, hashes and
the chain stay. What an isu that is not finished, a clarification that is not withdrawn, or an objection without an
answer rests on never goes by itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor import clarifications
from monitor.items import DIKESAMPINGKAN
from monitor.rumors import FOUND

KONTEN, BUKTI = "konten", "bukti"
# Whatever else an isu may be (open, waiting, merged into another), somebody may still need its evidence.
FINISHED = FOUND
DISMISSED = DIKESAMPINGKAN
LIVING = tuple(state for state in clarifications.STATES if state != clarifications.DITARIK)
WHO = "jernih"
WHY = {KONTEN: "konten dikesampingkan, masa simpan lewat", BUKTI: "perkara selesai, masa simpan bukti lewat"}

Name = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Kept:
    """A konten or an evidence whose time is over, and what is still kept of it: digests of words and of bytes."""

    noun: str
    number: int
    words: tuple[str, ...]
    pages: tuple[str, ...]

    @property
    def name(self) -> Name:
        return self.noun, self.number


@dataclass(frozen=True, slots=True)
class Terms:
    """Until when something must have ended for its time to be over: dismissals, and cases with their evidence."""

    dismissed: datetime
    evidence: datetime


@dataclass(frozen=True, slots=True)
class Going:
    """What goes of one konten or evidence, and how much of it stays because something else rests on it."""

    noun: str
    number: int
    words: tuple[str, ...]
    pages: tuple[str, ...]
    held: int = 0


def terms(days: int, years: int, now: datetime) -> Terms:
    """The two moments, from the settings' days and years."""
    try:
        then = now.replace(year=now.year - years)
    except ValueError:
        then = now.replace(year=now.year - years, day=28)
    return Terms(now - timedelta(days=days), then)


def going(over: Iterable[Kept], rests: Mapping[str, Iterable[Name]], ended: Iterable[Name]) -> list[Going]:
    """What may go. `rests` says by digest who else rests on it, `ended` whose time is over too."""
    some = list(over)
    free = {one.name for one in some} | set(ended)
    return [_going(one, {digest for digest in (*one.words, *one.pages) if set(rests.get(digest, ())) <= free})
            for one in some]


def _going(one: Kept, gone: set[str]) -> Going:
    words = tuple(digest for digest in one.words if digest in gone)
    pages = tuple(digest for digest in one.pages if digest in gone)
    return Going(one.noun, one.number, words, pages, len(one.words) + len(one.pages) - len(words) - len(pages))
