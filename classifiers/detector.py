"""title, text -> Score: one text judged by everything that classifiers/ knows.

    detector = load()
    detector.score("KPU Tunda Pilkada", "Viralkan! ...").hoax      -> 0.93, with the words that made it so
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from classifiers.features import STYLE, Features, Reading, TfIdf, Vector, read
from classifiers.hoax import Hoax, Reason, probability, reasons
from classifiers.model import ModelError, ModelFiles, load_files
from classifiers.regions import regions
from classifiers.relevance import Relevance, relevance
from classifiers.stance import Stance, Voice

SHORT: Final = 3  # words below which a judgement is doubtful
INDONESIAN: Final = 0.35  # share of words with an Indonesian root below which a text is hardly Indonesian
ENOUGH: Final = 8
NAMED: Final = 2_000  # characters in which regions are looked for
READABLE: Final = ("", "short", "long")  # doubts that do not keep a text out of the queue
LONG: Final = 200_000
JUNK: Final = 0.10
_JUNK: Final = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")


@dataclass(frozen=True, slots=True)
class Score:
    """What the model says of one text; `hoax` and `election` are probabilities, `flag` puts it into the queue.

    `doubt` is "" or why the score is doubtful: empty, short, language, binary, long. `reasons` sum to logit(hoax).
    """

    hoax: float
    stance: Stance
    election: float
    flag: bool
    topics: tuple[str, ...]
    targets: tuple[str, ...]
    regions: tuple[str, ...]
    reasons: tuple[Reason, ...]
    doubt: str
    model: str


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a text enters the queue; learned on held-out outlets and years, kept in the manifest."""

    hoax: float
    politics: float
    about: float

    def flag(self, hoax: float, found: Relevance, stance: Stance) -> bool:
        return hoax >= self.hoax and found.politics >= self.politics and stance in ("asserts", "unclear")


class Detector:
    """The loaded model. Thread-safe: its only state is a memo that any thread may fill."""

    def __init__(self, files: ModelFiles) -> None:
        manifest, tensors = files.manifest, files.tensors
        self.model = files.id
        self.manifest: Mapping[str, Any] = manifest
        vocabulary = manifest["vocabulary"]
        if tuple(vocabulary["style"]) != STYLE:
            raise ValueError("style of another version")
        self.features = Features(
            TfIdf(vocabulary["words"], tensors["words.idf"]),
            TfIdf(vocabulary["chars"], tensors["chars.idf"]),
            frozenset(manifest["names"]),
        )
        self.hoax = Hoax(tensors["words.hoax"], tensors["chars.hoax"], tensors["style.hoax"], **manifest["hoax"])
        self.thresholds = Thresholds(**manifest["thresholds"])
        self.voice = Voice(
            tensors["words.about"],
            manifest["stance"]["about"],
            tensors["words.refutes"],
            manifest["stance"]["refutes"],
            self.thresholds.about,
        )

    def score(self, title: str, text: str) -> Score:
        """Judges one text; never raises for what a text may hold."""
        reading = read(title, text)
        vector = self.features.vector(reading)
        found = relevance(reading)
        doubt = self.doubt(reading, vector, len(text))
        stance: Stance = "unclear" if doubt else self.voice.stance(reading, vector.words)
        hoax = probability(self.hoax.logit(vector))
        return Score(
            hoax, stance, found.election, self._flag(doubt, hoax, found, stance),
            found.topics, found.targets, regions(title[:NAMED], text[:NAMED]),
            reasons(self.hoax, reading, vector), doubt, self.model,
        )  # fmt: skip

    def _flag(self, doubt: str, hoax: float, found: Relevance, stance: Stance) -> bool:
        return doubt in READABLE and self.thresholds.flag(hoax, found, stance)

    def scores(self, texts: Iterable[tuple[str, str]]) -> list[Score]:
        """Judges many (title, text); one Score each, in order."""
        return [self.score(title, text) for title, text in texts]

    def doubt(self, reading: Reading, vector: Vector, length: int) -> str:
        """Why a judgement would be doubtful, or ""."""
        raw = reading.title.original + reading.text.original
        if not raw.strip():
            return "empty"
        if len(_JUNK.findall(raw)) > JUNK * len(raw):
            return "binary"
        if not reading.tokens:
            return "empty" if raw.isascii() else "language"
        if foreign(vector) or _unread(raw):
            return "language"
        if vector.tokens < SHORT:
            return "short"
        return "long" if length > LONG else ""


def foreign(vector: Vector) -> bool:
    """Whether hardly any of the ordinary words (no names, no numbers) are of an Indonesian root."""
    return vector.ordinary >= ENOUGH and vector.roots < INDONESIAN * vector.ordinary


def _unread(raw: str) -> bool:
    """Whether most letters of a text belong to another script: only such texts have many bytes a character."""
    head = raw[:2_000]
    if len(head.encode("utf-8", "replace")) < 1.5 * len(head):
        return False
    letters = [character for character in head if character.isalpha()]
    plain = unicodedata.normalize("NFKC", "".join(letters))
    return sum(character > "\u024f" for character in plain) > len(plain) / 2


def load(directory: Path | None = None) -> Detector:
    """The shipped Detector, or that of a directory; raises ModelError."""
    files = load_files(directory)
    try:
        return Detector(files)
    except (KeyError, TypeError, ValueError) as cause:
        raise ModelError(f"manifest: {cause!r}", "Berkas model tidak lengkap. Jalankan `jernih train`.") from cause
