"""title, text -> Score: one text judged by everything that classifiers/ knows.

    detector = load()
    detector.score("KPU Tunda Pilkada", "Viralkan! ...").hoax      -> 0.93, with the words that made it so
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from classifiers.features import READ, Block, Features, Reading, TfIdf, Vector, read
from classifiers.hoax import Hoax, Reason, probability, reasons
from classifiers.model import ModelError, ModelFiles, load_files
from classifiers.regions import regions
from classifiers.relevance import Relevance, relevance
from classifiers.stance import Stance, Voice
from classifiers.stem import ROOTS
from classifiers.topics import targets, topics

SHORT: Final = 3  # words below which a judgement is doubtful
INDONESIAN: Final = 0.35  # share of words with an Indonesian root below which a text is hardly Indonesian
ENOUGH: Final = 8
LONG: Final = 200_000
JUNK: Final = 0.10


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
        self.features = Features(
            TfIdf(vocabulary["words"], tensors["words.idf"]),
            TfIdf(vocabulary["chars"], tensors["chars.idf"]),
            frozenset(manifest["names"]),
        )
        self.hoax = Hoax(tensors["words.hoax"], tensors["chars.hoax"], tensors["style.hoax"], **manifest["hoax"])
        self.thresholds = Thresholds(**manifest["thresholds"])
        self.voice = Voice(
            tensors["words.about"], manifest["stance"]["about"], tensors["words.refutes"], manifest["stance"]["refutes"],
            self.thresholds.about,
        )  # fmt: skip

    def score(self, title: str, text: str) -> Score:
        """Judges one text; never raises for what a text may hold."""
        reading = read(title, text)
        vector = self.features.vector(reading)
        found = relevance(reading)
        doubt = self.doubt(reading, vector, len(text))
        stance: Stance = "unclear" if doubt else self.voice.stance(reading, self.reach(reading, vector))
        hoax = probability(self.hoax.logit(vector))
        return Score(
            hoax, stance, found.election, doubt in ("", "short", "long") and self.thresholds.flag(hoax, found, stance),
            topics(title, text[:READ]), targets(title, text[:READ]), regions(title, text[:READ]),
            reasons(self.hoax, reading, vector), doubt, self.model,
        )  # fmt: skip

    def scores(self, texts: Iterable[tuple[str, str]]) -> list[Score]:
        """Judges many (title, text); one Score each, in order."""
        return [self.score(title, text) for title, text in texts]

    def reach(self, reading: Reading, vector: Vector) -> Block:
        """The word block that stance sees: longer than the hoax model's window."""
        tokens = reading.tokens
        return vector.words if len(tokens) <= vector.tokens else self.features.word_block(tokens)

    def doubt(self, reading: Reading, vector: Vector, length: int) -> str:
        """Why a judgement would be doubtful, or ""."""
        raw = reading.title.original + reading.text.original
        if not raw.strip():
            return "empty"
        if _junk(raw) > JUNK * len(raw):
            return "binary"
        if not reading.tokens:
            return "empty" if raw.isascii() else "language"
        if self.foreign(reading.tokens[: vector.tokens]) or _unread(raw, reading.tokens):
            return "language"
        if vector.tokens < SHORT:
            return "short"
        return "long" if length > LONG else ""

    def foreign(self, tokens: Sequence[str]) -> bool:
        """Whether hardly any of the ordinary words (no names, no numbers) are of an Indonesian root."""
        known = [word.root in ROOTS for word in map(self.features.known, tokens) if word is not None]
        return len(known) >= ENOUGH and sum(known) < INDONESIAN * len(known)


def _unread(raw: str, tokens: Sequence[str]) -> bool:
    """Whether most letters of a text belong to another script."""
    letters = sum(map(str.isalpha, raw[:2_000]))
    other = sum(character > "\u024f" and character.isalpha() for character in raw[:2_000])
    return other > letters / 2 and sum(token.isascii() for token in tokens) < len(tokens) / 2


def _junk(raw: str) -> int:
    return raw.count("\ufffd") + sum(raw.count(chr(code)) for code in range(32) if code not in (9, 10, 11, 12, 13))


def load(directory: Path | None = None) -> Detector:
    """The shipped Detector, or that of a directory; raises ModelError."""
    files = load_files(directory)
    try:
        return Detector(files)
    except (KeyError, TypeError, ValueError) as cause:
        raise ModelError(f"manifest: {cause!r}", "Berkas model tidak lengkap. Jalankan `jernih train`.") from cause
