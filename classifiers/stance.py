"""Reading -> stance: does the text assert a claim, refute one, or report about one?

News about hoaxes, a clarification, a fact-check are no hoaxes, however many of their words they share. Two linear
heads over stems decide (is it about a claim? does it refute it?); marks that every fact-checker and office uses
add a fixed weight, because the training texts come from one fact-checker.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from classifiers.features import Block, Reading

Floats = NDArray[np.float64]
Stance = Literal["asserts", "refutes", "reports", "unclear"]

HEAD: Final = 160  # characters of a text in which a stamp counts
STAMPED: Final = 6.0
MARKED: Final = 2.0
MOST: Final = 3

_STAMP_FIRST: Final = re.compile(
    r"\W*\[?(?:salah|hoaks?|hoax|penipuan|disinformasi|misinformasi|klarifikasi|menyesatkan|keliru|fakta"
    r"|cek fakta|sebagian benar|konteks salah)\b\W{0,3}[\]:!,|]"
    r"|\W*(?:cek fakta|periksa fakta|hoaks atau fakta|tidak benar|keliru|menyesatkan|awas hoaks|waspada hoaks|hoaks)\b",
    re.IGNORECASE,
)
_STAMP_LATER: Final = re.compile(
    r"\b(?:adalah|ternyata|dipastikan|itu|itu adalah) hoa(?:ks|x)\b|\bini faktanya\b|\bhoa(?:ks|x)\W*$",
    re.IGNORECASE,
)
REFUTING: Final = (
    "hasil telusur", "hasil penelusuran", "hasil periksa fakta", "hasil cek fakta", "hasil verifikasi", "faktanya",
    "berdasarkan penelusuran", "setelah ditelusuri", "adalah tidak benar", "adalah hoaks", "merupakan hoaks",
    "merupakan informasi tidak benar", "merupakan informasi palsu", "adalah keliru", "adalah salah", "dipastikan hoaks",
    "dinyatakan hoaks", "tersebut tidak benar", "tersebut hoaks", "tersebut adalah hoaks", "tersebut keliru",
    "tersebut salah", "tersebut palsu", "itu tidak benar", "itu hoaks", "itu keliru", "ini tidak benar", "ini hoaks",
    "klaim tersebut", "klaim bahwa", "klaim itu", "tim cek fakta", "pemeriksa fakta", "periksa fakta", "cek fakta",
    "cekfakta", "konten palsu", "konten tiruan", "konten yang menyesatkan", "konten yang dimanipulasi",
    "konteks yang salah", "tidak ditemukan", "tidak ada bukti", "turnbackhoax", "mafindo", "pencarian gambar",
    "reverse image", "google lens", "unggahan tersebut", "unggahan itu", "narasi tersebut", "narasi itu",
    "narasi yang beredar", "jangan percaya", "jangan mudah percaya", "tidak terpancing", "bukan akun resmi",
    "bukan informasi resmi", "mengatasnamakan", "menelusuri kebenaran", "tidak terbukti",
)  # fmt: skip
_SHORTEST: Final = 4


def _by_part(phrases: Iterable[str]) -> dict[str, list[str]]:
    """Phrases under a word that they share: only where it stands in a text the phrases are looked for."""
    left = list(phrases)
    found: dict[str, list[str]] = {}
    while left:
        words = Counter(word for phrase in left for word in set(phrase.split()) if len(word) >= _SHORTEST)
        part = max(words, key=lambda word: (words[word], len(word), word))
        found[part] = [phrase for phrase in left if part in phrase]
        left = [phrase for phrase in left if part not in phrase]
    return found


_PHRASES: Final = _by_part(REFUTING)


REPORT: Final = re.compile(
    r"\b(?:(?:tangkap|menangkap|ditangkap|tersangka|pelaku|penyebar\w*|sebarkan|menyebarkan|kasus|tangkal|menangkal"
    r"|lawan|cegah|mencegah|marak\w*|literasi|bahaya|antisipasi|perangi|memerangi|takedown|blokir)"
    r" (?:\w+ ){0,3}?hoa(?:ks|x)"
    r"|hoa(?:ks|x) (?:\w+ ){0,3}?(?:ditangkap|tersangka)|bantah|membantah|dibantah|bantahan|menepis|tepis|klarifikasi"
    r"|mengklarifikasi|luruskan|meluruskan|imbau|mengimbau|diimbau|edukasi|webinar|sosialisasi)\b",
    re.IGNORECASE,
)


_STAMPED: Final = ("hoa", "faktanya")
_REPORTED: Final = (
    "hoa", "bantah", "tepis", "nepis", "klarifikasi", "luruskan", "imbau", "edukasi", "webinar", "sosialisasi",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Voice:
    """Linear heads over the word block: log-odds that a text is about a claim, and that it then refutes it."""

    about: Floats
    about_intercept: float
    refutes: Floats
    refutes_intercept: float
    threshold: float

    def stance(self, reading: Reading, words: Block) -> Stance:
        """Without "unclear": whether a text can be judged at all is the detector's question."""
        about, refuting = marks(reading)
        if self.about_intercept + words.dot(self.about) + about < self.threshold:
            return "asserts"
        learned = self.refutes_intercept + words.dot(self.refutes)
        return "refutes" if learned + refuting >= 0 else "reports"


@dataclass(frozen=True, slots=True)
class Opinion:
    """Linear head over words and style: log-odds that a text asserts nothing that could be checked.

    It stands against political claims alone, and only keeps texts out of the queue: `hoax` does not know it.
    """

    words: Floats
    style: Floats
    intercept: float
    threshold: float

    def only(self, words: Block, style: Floats) -> bool:
        """Whether a text only opines."""
        return self.intercept + words.dot(self.words) + float(style @ self.style) >= self.threshold


def marks(reading: Reading) -> tuple[float, float]:
    """Fixed weight of the marks in a text: that it is about a claim, and that it refutes rather than reports one."""
    title, text = reading.title, reading.text
    stamp = STAMPED * stamped(title.original, text.original)
    said = f"{title.text} | {text.text}"
    refuting = min(MOST, sum([phrase in said for part in _PHRASES if part in said for phrase in _PHRASES[part]]))
    reporting = min(MOST, reports(title.original[:HEAD] or text.original[:HEAD]))
    return stamp + MARKED * (refuting + reporting), stamp + refuting - reporting


def reports(head: str) -> int:
    """How many words of a head tell of news about hoaxes."""
    if head.isascii() and not _may(head.lower(), _REPORTED):
        return 0
    return len(REPORT.findall(head))


def stamped(title: str, text: str) -> bool:
    """Whether a fact-checker's stamp opens the title, or the text."""
    return any(_stamp(part.strip()[:HEAD]) for part in (title, text) if part)


def _stamp(head: str) -> bool:
    if _STAMP_FIRST.match(head):
        return True
    if head.isascii() and not _may(head.lower(), _STAMPED):
        return False
    return _STAMP_LATER.search(head) is not None


def _may(lower: str, parts: tuple[str, ...]) -> bool:
    """Whether one of the parts stands there, without which a pattern cannot match."""
    return any(part in lower for part in parts)
