"""Konten of a period and whom they speak of -> Line: was the office even-handed between paslon, parties, government and
critics, and between sources?

A count under FEW is hidden: with so few, one konten looks like a leaning.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import quantiles

from monitor.shares import FEW, Share
from monitor.sources import Settings
from monitor.verdicts import STAMPS

PASLON, PARTAI, PEMERINTAH, SUMBER = "paslon", "partai", "pemerintah", "sumber"
GROUPS = (PASLON, PARTAI, PEMERINTAH, SUMBER)
GOVERNMENT, CRITICS = "pemerintah", "pengkritik pemerintah"
# What a report says of somebody who objects; government is then the target.
OBJECTING = ("mengkritik", "kritik", "dikritik", "pengkritik", "kritikan", "memprotes", "protes", "mengecam", "kecaman",
             "menuntut", "tuntutan", "mendesak", "menyoroti", "disorot", "menolak", "unjuk rasa", "demonstrasi",
             "mengeluhkan", "keluhan")
MOST_SOURCES = 40


@dataclass(frozen=True, slots=True)
class Looked:
    """One konten of a period: its source, whether the model flagged it, when it came in; `set_aside` when somebody
    dismissed it and `finding` with `signed` what two people found about it (None, "" while nobody did)."""

    item: int
    source: str
    flagged: bool
    at: datetime
    targets: tuple[str, ...] = ()
    set_aside: datetime | None = None
    finding: str = ""
    signed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a konten may speak of: `phrases` are the names by which it is met in the words."""

    group: str
    name: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Delay:
    """Hours from coming in to a decision: the median, and the quarter of the fastest and the slowest."""

    count: int
    fast: float
    middle: float
    slow: float


@dataclass(frozen=True, slots=True)
class Line:
    """One subject: how many konten spoke of it; of those the model flagged the shares that people dismissed and that
    they found to be false or misleading; the delays. None where there are fewer than FEW to tell it from."""

    group: str
    name: str
    konten: int | None
    flagged: int | None
    dismissed: Share | None
    stamped: Share | None
    delay: Delay | None


def subjects(settings: Settings) -> tuple[Subject, ...]:
    """The paslon and parties that feeds.toml names, each once."""
    paslon = [Subject(PASLON, _pair(one.number, one.names), (*one.names, *one.aliases)) for one in settings.candidates]
    names = dict.fromkeys(party for one in settings.candidates for party in one.parties)
    return (*paslon, *(Subject(PARTAI, name, (name,)) for name in names))


def lines(
    looked: Sequence[Looked], spoken: Iterable[tuple[Subject, set[int]]], objecting: set[int]
) -> tuple[Line, ...]:
    """The board: `spoken` are the konten (ids) whose words name a subject, `objecting` those in which somebody
    objects."""
    told = [_line(subject.group, subject.name, [one for one in looked if one.item in items])
            for subject, items in spoken]
    aimed = [one for one in looked if PEMERINTAH in one.targets]
    told.append(_line(PEMERINTAH, GOVERNMENT, [one for one in aimed if one.item not in objecting]))
    told.append(_line(PEMERINTAH, CRITICS, [one for one in aimed if one.item in objecting]))
    return (*told, *_sources(looked))


def _sources(looked: Sequence[Looked]) -> list[Line]:
    """Sources with enough konten to tell of, the widest first; the others together."""
    held: dict[str, list[Looked]] = {}
    for one in looked:
        held.setdefault(one.source, []).append(one)
    wide = sorted((name for name, some in held.items() if len(some) >= FEW), key=lambda name: (-len(held[name]), name))
    rest = [one for name, some in held.items() if name not in wide[:MOST_SOURCES] for one in some]
    told = [_line(SUMBER, name, held[name]) for name in wide[:MOST_SOURCES]]
    return [*told, _line(SUMBER, "", rest)] if rest else told


def _line(group: str, name: str, some: Sequence[Looked]) -> Line:
    flagged = [one for one in some if one.flagged]
    decided = [one.set_aside or one.signed for one in some]
    hours = [(end - one.at).total_seconds() / 3600 for one, end in zip(some, decided, strict=True) if end]
    return Line(group, name, _count(len(some)), _count(len(flagged)),
                _share(sum(one.set_aside is not None for one in flagged), len(flagged)),
                _share(sum(one.finding in STAMPS for one in flagged), len(flagged)), _delay(hours))


def _count(number: int) -> int | None:
    return number if number >= FEW else None


def _share(hits: int, of: int) -> Share | None:
    return Share(hits, of) if of >= FEW and hits >= FEW else None


def _delay(hours: list[float]) -> Delay | None:
    if len(hours) < FEW:
        return None
    fast, middle, slow = quantiles(hours, n=4, method="inclusive")
    return Delay(len(hours), fast, middle, slow)


def _pair(number: int | None, names: Sequence[str]) -> str:
    pair = " – ".join(names)
    return f"{number} · {pair}" if number is not None else pair
