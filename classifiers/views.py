"""CorpusRow -> View: the shapes in which one text may meet the model, each with its weight.

A post has 60-160 characters and an article 2,000: whoever trains on both as they are learns length. So every row is
seen as title, lead, cut-out and whole. Headlines are many and of few outlets: an outlet's weight grows with the root of
their number.
"""

import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from classifiers.corpus import CorpusRow

STAMPS: Final = (
    "[SALAH] {}", "[SALAH] {}", "[HOAKS] {}", "[HOAX] {}", "[PENIPUAN] {}", "[KLARIFIKASI] {}", "[DISINFORMASI] {}",
    "Cek Fakta: {}", "CEK FAKTA: Tidak Benar {}", "Cek Fakta: Hoaks {}", "Hoaks! {}", "HOAKS atau FAKTA: {}?",
    "Keliru, {}", "Keliru: {}", "Menyesatkan: {}", "Sebagian Benar: {}", "Tidak Benar {}", "Benarkah {}?",
    "Hoaks, {}", "{} adalah Hoaks", "Cek Fakta: {} Ternyata Hoaks", "Beredar Kabar {}, Ini Faktanya",
)  # fmt: skip
LONG_AGO: Final = 2018
MANY: Final = 3_000  # headlines of one outlet beyond which each counts less
MOST: Final = 1.5
WORDED: Final = 0.16  # of a headline-like view of a claim: most are the fact-checkers' own wording
OWN: Final = "own"  # our made-up harmless texts
MEASURE: Final = "ukur"  # those of them that are never trained on
LABELLED: Final = 0.08  # share of headlines that are also seen under a label, as another outlet prints them
RECASED: Final = "recased"  # views that only teach what is no claim, see train/fit.py
RECASED_SHARE: Final = 0.3
LABELS: Final = (
    "VIDEO: {}", "FOTO: {}", "Video: {}", "Foto: {}", "INFOGRAFIK: {}", "POPULER: {}", "[POPULER] {}",
    "BREAKING NEWS: {}", "Breaking News: {}", "Viral! {}", "VIRAL: {}", "Wow, {}", "{}...", "{}, Simak!",
    "{}, Ini Kata Warganet", "Top 3: {}",
)  # fmt: skip
ABOUT: Final = re.compile(
    r"\b(?:hoaks|hoax|kabar bohong|berita bohong|cek fakta|disinformasi|misinformasi|saber hoaks|bantah|membantah"
    r"|dibantah|tepis|menepis|klarifikasi|meluruskan|ujaran kebencian)\b",
    re.IGNORECASE,
)
_STAMP: Final = re.compile(
    r"^\W*\[[^\]]{2,30}\]\s*:?\s*|^\W*(?:salah|hoax|hoaks|penipuan|disinformasi)\s*[:\]]\s*", re.IGNORECASE
)
_CHECK: Final = re.compile(
    r"cek fakta|periksa fakta|berdasarkan (?:hasil )?penelusuran|hasil penelusuran|turnbackhoax|setelah ditelusuri"
    r"|\bSALAH:|^tidak benar|^keliru|informasi (?:tersebut|ini) (?:adalah )?(?:salah|tidak benar|keliru|hoa)|faktanya",
    re.IGNORECASE,
)
_DESCRIBED: Final = re.compile(
    r"\b(?:sebuah|akun|kanal|channel)\b.{0,80}\b(?:mengunggah|membagikan|menyebarkan|memposting|diunggah)"
    r"|^(?:telah )?beredar (?:kabar|sebuah|video|foto|pesan|unggahan|informasi|postingan|narasi)"
    r"|\b(?:dengan|disertai) (?:narasi|klaim)|diklaim sebagai|\bmengklaim\b",
    re.IGNORECASE,
)
_CUT: Final = re.compile(r"(?:\.\.\.|…)\s*$")


@dataclass(frozen=True, slots=True)
class View:
    """One shape of a row: `name` is text, both, title, lead or part; `voice` what the stance model learns from it.

    `voice` is asserts, refutes, reports, news (an ordinary item) or "" (no lesson).
    """

    row: CorpusRow
    name: str
    title: str
    text: str
    weight: float
    voice: str


def views(rows: Sequence[CorpusRow], seed: int) -> list[View]:
    """All views of all rows, weighted so that a rumour counts once however often it was collected."""
    claims = {row.cluster: unstamped(row.title) for row in rows if row.kind == "claim" and row.title}
    copies = Counter((row.cluster, row.kind) for row in rows)
    outlets = Counter(row.source for row in rows if _press(row))
    found: list[View] = []
    for row in rows:
        if row.kind == "claim" and is_check(row):
            continue
        chance = random.Random(f"{seed}:{row.id}")  # noqa: S311 - a seed per row: order does not matter
        weight = worth(row) / copies[row.cluster, row.kind]
        found += _of(row, weight, claims.get(row.cluster, ""), outlets, chance)
    return found


def _press(row: CorpusRow) -> bool:
    """Whether a row is an ordinary item of an outlet."""
    return row.kind == "news" and not row.checked and row.dataset not in (OWN, MEASURE)


def worth(row: CorpusRow) -> float:
    """How much one row counts before it is shared among copies and views."""
    if row.kind == "claim":
        return _claim_worth(row)
    if row.kind == "debunk":
        return 2.0
    if row.dataset in (OWN, MEASURE):
        return {"pos": 4.0, "pengumuman": 12.0}.get(row.detail, 4.0)
    if row.checked:
        return 4.5
    return 3.0 if ABOUT.search(row.title or row.text[:120]) else 1.0


def _claim_worth(row: CorpusRow) -> float:
    """Less for a fact-checker's own wording (described, or a title alone) and for posts of long ago."""
    worded = 0.3 if _DESCRIBED.search(row.text) else 0.5 if row.text_kind == "title" else 1.0
    return worded * (0.5 if row.year <= LONG_AGO else 1.0)


def unstamped(text: str) -> str:
    """A title without the fact-checkers' stamp."""
    return _STAMP.sub("", text)


def is_check(row: CorpusRow) -> bool:
    """A claim row that holds a fact-check instead of what spread."""
    return bool(_CHECK.search(row.text) or _CHECK.match(row.title))


def voice(row: CorpusRow) -> str:
    if row.kind == "debunk":
        return "refutes"
    if row.dataset in (OWN, MEASURE):
        return "reports" if row.detail == "klarifikasi" else "news"
    if row.kind == "claim":
        return "" if _DESCRIBED.search(row.text) or ABOUT.search(row.title + row.text) else "asserts"
    if ABOUT.search(row.title or row.text[:120]):
        return "reports"
    return "" if row.checked else "news"


def _of(
    row: CorpusRow, weight: float, claim: str, outlets: Mapping[str, int], chance: random.Random
) -> list[View]:  # fmt: skip
    shapes = _shapes(row, claim, chance)
    said, headline = voice(row), _headline(row, outlets)
    found = [
        View(row, name, title, text, weight * part * (headline if name == "title" else 1.0), said)
        for name, title, text, part in shapes
        if title or text
    ]
    return [view for one in found for view in _dressed(one, chance)]


def _dressed(view: View, chance: random.Random) -> list[View]:
    """A headline; some of them with half their weight under a label, some once more in other letters."""
    row = view.row
    if view.name != "title" or row.kind != "news" or (row.dataset in (OWN, MEASURE) and not row.title):
        return [view]
    how, half = chance.random(), view.weight / 2.0
    if how < LABELLED:
        label = chance.choice(LABELS).format(view.text)
        return [replace(view, weight=half), replace(view, name="labelled", text=label, weight=half)]
    if how < LABELLED + RECASED_SHARE:
        return [view, replace(view, name=RECASED, text=recased(view.text, chance))]
    return [view]


def recased(headline: str, chance: random.Random) -> str:
    """A headline in small letters, in capitals or, mostly, in sentence case, as offices write theirs."""
    how = chance.random()
    if how < 0.2:
        return headline.lower()
    if how < 0.4:
        return headline.upper()
    first, *words = headline.split(" ")
    return " ".join([first, *(word if word.isupper() else word.lower() for word in words)])


def _headline(row: CorpusRow, outlets: Mapping[str, int]) -> float:
    """How much a headline counts beside other views: all are learned from, no outlet drowns the others."""
    if row.kind == "claim":
        return WORDED
    return min(MOST, (MANY / outlets[row.source]) ** 0.5) if _press(row) else 1.0


def _shapes(row: CorpusRow, claim: str, chance: random.Random) -> list[tuple[str, str, str, float]]:
    title, text = row.title, _CUT.sub("", row.text)
    if row.kind == "claim":
        title, text = unstamped(title), unstamped(text)
    if row.kind == "debunk":
        return _debunk(text, claim, chance)
    if _alike(title, text):
        return [("title", "", title or text, 1.0)]
    if row.text_kind == "news_body":
        return _article(title, text, chance)
    return [("text", "", text, 0.5), ("both", title, text, 0.3), ("title", "", title, 0.2)]


def _debunk(text: str, claim: str, chance: random.Random) -> list[tuple[str, str, str, float]]:
    headline = chance.choice(STAMPS).format(claim) if claim else ""
    return [
        ("text", "", text, 0.3),
        ("both", headline, text, 0.3),
        ("part", "", cut_out(text, chance.randint(20, 80), chance), 0.2),
        ("title", "", headline, 0.2),
    ]


def _article(title: str, text: str, chance: random.Random) -> list[tuple[str, str, str, float]]:
    lead = " ".join(text.split()[: chance.randint(20, 60)])
    part = cut_out(text, chance.randint(12, 60), chance)
    return [("both", title, text, 0.8), ("lead", "", lead, 0.4), ("title", "", title, 0.2), ("part", "", part, 0.4)]


def cut_out(text: str, length: int, chance: random.Random) -> str:
    """About `length` neighbouring words that begin where a sentence begins."""
    words = text.split()
    start = chance.randint(0, max(0, len(words) - length))
    while start > 0 and not words[start - 1].endswith((".", "!", "?")):
        start -= 1
    return " ".join(words[start : start + length])


def _alike(title: str, text: str) -> bool:
    return not title or not text or title.strip()[:60].lower() == text.strip()[:60].lower()
