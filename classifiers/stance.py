"""Reading -> stance: does the text assert a claim, refute one, or report about one?

News about hoaxes, a clarification, a fact-check are no hoaxes, however many of their words they share. Two linear
heads over stems decide (is it about a claim? does it refute it?); marks that every fact-checker and office uses
add a fixed weight, because the training texts come from one fact-checker.
"""

import re
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

STAMP: Final = re.compile(
    r"^\W*\[?(?:salah|hoaks?|hoax|penipuan|disinformasi|misinformasi|klarifikasi|menyesatkan|keliru|fakta|cek fakta"
    r"|sebagian benar|konteks salah)\b\W{0,3}[\]:!,|]"
    r"|^\W*(?:cek fakta|periksa fakta|hoaks atau fakta|tidak benar|keliru|menyesatkan|awas hoaks|waspada hoaks|hoaks)\b"
    r"|\b(?:adalah|ternyata|dipastikan|itu|itu adalah) hoa(?:ks|x)\b|\bini faktanya\b|\bhoa(?:ks|x)\W*$",
    re.IGNORECASE,
)
REFUTE: Final = re.compile(
    r"\b(?:hasil (?:penelusuran|periksa fakta|cek fakta|verifikasi)|berdasarkan (?:hasil )?penelusuran|faktanya"
    r"|(?:adalah|merupakan|dipastikan|dinyatakan|tersebut|itu|ini) (?:informasi )?(?:tidak benar|hoaks|hoax|keliru|palsu"
    r"|bohong)|klaim (?:tersebut|bahwa|itu)|tim (?:cek|pemeriksa) fakta|konten (?:palsu|tiruan|yang menyesatkan"
    r"|yang dimanipulasi)|konteks yang salah|tidak (?:ditemukan|ada) (?:bukti|informasi)|cek ?fakta|turnbackhoax"
    r"|disebut keliru|pencarian gambar|reverse image|google lens|unggahan (?:tersebut|itu)|narasi (?:tersebut|itu|yang beredar)"
    r"|jangan (?:mudah )?(?:percaya|terpancing)|bukan (?:merupakan )?(?:akun|tautan|informasi) resmi)\b",
    re.IGNORECASE,
)
REPORT: Final = re.compile(
    r"\b(?:(?:tangkap|menangkap|ditangkap|tersangka|pelaku|penyebar\w*|sebarkan|menyebarkan|kasus|tangkal|menangkal|lawan"
    r"|cegah|mencegah|marak\w*|literasi|bahaya|antisipasi|perangi|memerangi|takedown|blokir) (?:\w+ ){0,3}?hoa(?:ks|x)"
    r"|hoa(?:ks|x) (?:\w+ ){0,3}?(?:ditangkap|tersangka)|mem?bantah|dibantah|bantahan|menepis|klarifikasi|mengklarifikasi"
    r"|meluruskan|imbau|mengimbau|diimbau|edukasi|webinar|sosialisasi) ?\b",
    re.IGNORECASE,
)


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
        title, text = reading.title.original, reading.text.original
        if self.about_logit(title, text, words) < self.threshold:
            return "asserts"
        return "refutes" if self.refutes_logit(title, text, words) >= 0 else "reports"

    def about_logit(self, title: str, text: str, words: Block) -> float:
        learned = self.about_intercept + float(words.values @ self.about[words.ids])
        return learned + marks(title, text)

    def refutes_logit(self, title: str, text: str, words: Block) -> float:
        learned = self.refutes_intercept + float(words.values @ self.refutes[words.ids])
        return learned + STAMPED * stamped(title, text) + min(MOST, _count(REFUTE, text)) - _reports(title, text)


def marks(title: str, text: str) -> float:
    """Fixed weight of the marks that stand in a text."""
    refuting = min(MOST, _count(REFUTE, f"{title}\n{text}"))
    return STAMPED * stamped(title, text) + MARKED * refuting + MARKED * _reports(title, text)


def stamped(title: str, text: str) -> bool:
    """Whether a fact-checker's stamp opens the title, or the text."""
    return any(STAMP.search(part.strip()[:HEAD]) for part in (title, text) if part)


def _reports(title: str, text: str) -> int:
    return min(MOST, _count(REPORT, title or text[:HEAD]))


def _count(pattern: re.Pattern[str], text: str) -> int:
    return len({match.lower() for match in pattern.findall(text)})
