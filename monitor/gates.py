"""Settings + what a rumor says and who carries it -> Concern: a gate that seems to apply, and what speaks for it.

The program only points: whoever submits the finding ticks the gate, or writes down why it does not apply, and that
reason is a row. Whether something is criticism no machine says.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from classifiers.features import read
from classifiers.relevance import relevance
from classifiers.text import normalise
from classifiers.topics import taxonomy
from monitor.sources import Settings

KRITIK, PELANGGARAN, PERS, KONFLIK = "kritik", "dugaan pelanggaran", "pers", "konflik"
GATES = (KRITIK, PELANGGARAN, PERS, KONFLIK)
BREACHES = ("politik_uang", "serangan_fajar", "netralitas", "intimidasi", "fasilitas_negara")
IN_CLAIM, IN_KONTEN = "klaim", "konten"
RECORDED, INCUMBENT = "tercatat sebagai benturan kepentingan", "petahana yang mencalonkan diri"
ITSELF, ALL_PRESS, BEYOND = "kantor ini", "semua kontennya produk pers", "wewenang Bawaslu, DKPP, atau Gakkumdu"
# Why a gate seems to apply, where the office's own settings give no other reason.
WHYS = (RECORDED, INCUMBENT, ITSELF, ALL_PRESS, BEYOND)
LETTERS = 50_000
MOST = 20


@dataclass(frozen=True, slots=True)
class Concern:
    """`gate` is one of GATES; `said` the name or matter that was met, `where` IN_CLAIM or IN_KONTEN, `why` the reason
    in Indonesian."""

    gate: str
    said: str
    why: str
    where: str


def hints(settings: Settings, claim: str, texts: Iterable[str], press: Sequence[bool] = ()) -> tuple[Concern, ...]:
    """The gates that seem to apply, each name and matter once, at most MOST."""
    found = [*_conflicts(settings, claim, texts), *_breaches(claim)]
    if press and all(press):
        found.append(Concern(PERS, "", ALL_PRESS, IN_KONTEN))
    return tuple(found)[:MOST]


def concerned(settings: Settings) -> list[tuple[str, tuple[str, ...], str]]:
    """Whom the office may not judge alone: name, what else they are called, and why."""
    told = [(one.name, (one.name, *one.aliases), one.reason or RECORDED)
            for one in settings.conflicts]
    told += [(one.names[0], (*one.names, *one.aliases), INCUMBENT)
             for one in settings.candidates if one.incumbent]
    office = settings.office.name
    return [*told, (office, (office,), ITSELF)] if office else told


def names_in(text: str, names: Iterable[str]) -> bool:
    """Does one of the names stand in the text, as whole words, whatever the letters' dress?"""
    held = f" {_words(text)} "
    return any(f" {words} " in held for name in names if (words := _words(name)))


def _conflicts(settings: Settings, claim: str, texts: Iterable[str]) -> Iterator[Concern]:
    whole = [f" {_words(text[:LETTERS])} " for text in texts]
    said = f" {_words(claim)} "
    for name, names, why in concerned(settings):
        asked = [f" {words} " for one in names if (words := _words(one))]
        if any(one in said for one in asked):
            yield Concern(KONFLIK, name, why, IN_CLAIM)
        elif name != settings.office.name and any(one in text for text in whole for one in asked):
            # Every report quotes the office: its name in a konten says nothing of whom the claim concerns.
            yield Concern(KONFLIK, name, why, IN_KONTEN)


def _breaches(claim: str) -> Iterator[Concern]:
    known = taxonomy().topics
    for code in relevance(read("", claim)).topics:
        if code in BREACHES:
            yield Concern(PELANGGARAN, known[code].name, BEYOND, IN_CLAIM)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", normalise(text)))
