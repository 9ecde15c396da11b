"""Konten of a period and whom they speak of -> Line: was the office even-handed between paslon, parties, government and
critics, and between sources?

A count under FEW is hidden: with so few, one konten looks like a leaning.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles

from monitor.shares import FEW, Share
from monitor.sources import Settings

PASLON, PARTAI, PEMERINTAH, SUMBER = "paslon", "partai", "pemerintah", "sumber"
GROUPS = (PASLON, PARTAI, PEMERINTAH, SUMBER)
GOVERNMENT, CRITICS = "pemerintah", "pengkritik pemerintah"
# What a report says of somebody who objects; government is then the target.
OBJECTING = ("mengkritik", "kritik", "dikritik", "pengkritik", "kritikan", "memprotes", "protes", "mengecam", "kecaman",
             "menuntut", "tuntutan", "mendesak", "menyoroti", "disorot", "menolak", "unjuk rasa", "demonstrasi",
             "mengeluhkan", "keluhan")
MOST_SOURCES = 40


@dataclass(frozen=True, slots=True)
class Tally:
    """Some konten of a period, counted: how many, how many the model flagged; of the flagged those that people
    dismissed and those that two people found to be false or misleading. `hours` from coming in to the decision, of all
    that were decided, in no order."""

    konten: int = 0
    flagged: int = 0
    dismissed: int = 0
    stamped: int = 0
    hours: tuple[float, ...] = ()

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.konten + other.konten, self.flagged + other.flagged, self.dismissed + other.dismissed,
                     self.stamped + other.stamped, self.hours + other.hours)


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
    spoken: Iterable[tuple[Subject, Tally]], government: Tally, critics: Tally, sources: Mapping[str, Tally]
) -> tuple[Line, ...]:
    """The board: konten whose words name a subject, those aimed at government in which nobody objects and in which
    somebody does, and those of each source."""
    told = [_line(subject.group, subject.name, tally) for subject, tally in spoken]
    told += [_line(PEMERINTAH, GOVERNMENT, government), _line(PEMERINTAH, CRITICS, critics)]
    return (*told, *_sources(sources))


def _sources(held: Mapping[str, Tally]) -> list[Line]:
    """Sources with enough konten to tell of, the widest first; the others together."""
    wide = sorted((name for name, some in held.items() if some.konten >= FEW),
                  key=lambda name: (-held[name].konten, name))[:MOST_SOURCES]
    rest = [some for name, some in held.items() if name not in wide]
    told = [_line(SUMBER, name, held[name]) for name in wide]
    return [*told, _line(SUMBER, "", sum(rest, Tally()))] if rest else told


def _line(group: str, name: str, some: Tally) -> Line:
    return Line(group, name, _count(some.konten), _count(some.flagged), _share(some.dismissed, some.flagged),
                _share(some.stamped, some.flagged), _delay(some.hours))


def _count(number: int) -> int | None:
    return number if number >= FEW else None


def _share(hits: int, of: int) -> Share | None:
    return Share(hits, of) if of >= FEW and hits >= FEW else None


def _delay(hours: Sequence[float]) -> Delay | None:
    if len(hours) < FEW:
        return None
    fast, middle, slow = quantiles(hours, n=4, method="inclusive")
    return Delay(len(hours), fast, middle, slow)


def _pair(number: int | None, names: Sequence[str]) -> str:
    pair = " – ".join(names)
    return f"{number} · {pair}" if number is not None else pair
