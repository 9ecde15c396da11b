"""title, text -> Score: one text judged by everything that classifiers/ knows.

    detector = load()
    detector.score("KPU Tunda Pilkada", "Viralkan! ...").hoax      -> 0.93, with the words that made it so
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import Any, Final, Protocol

from classifiers.features import STYLE, Features, Reading, TfIdf, Vector, read
from classifiers.hoax import Hoax, Reason, doubted, probability, reasons
from classifiers.model import ModelError, ModelFiles, load_files
from classifiers.regions import regions
from classifiers.relevance import Relevance, relevance
from classifiers.stance import Opinion, Stance, Voice

SHORT: Final = 3  # words below which a judgement is doubtful
INDONESIAN: Final = 0.35  # share of words with an Indonesian root below which a text is hardly Indonesian
ENOUGH: Final = 8
FOREIGN: Final = 0.7  # how far the model's word counts on a text that is hardly Indonesian: its order is kept
NAMED: Final = 2_000  # characters in which regions are looked for
READABLE: Final = ("", "long")  # doubts that leave the probability as it is and do not keep a text out of the queue
LONG: Final = 200_000
AT_ONCE: Final = 16  # texts whose numbers are worked out together: few enough to stay in the processor's cache
JUNK: Final = 0.10
_JUNK: Final = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")


class Counts(Protocol):
    """How many words of a text are judged, how many of them are no names or numbers, how many of these have a root."""

    @property
    def tokens(self) -> int: ...
    @property
    def ordinary(self) -> int: ...
    @property
    def roots(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Score:
    """What the model says of one text; `hoax` and `election` are probabilities, `flag` puts it into the queue.

    A text that only opines (criticism, mockery, a question, a wish) is never flagged, however much it sounds like a
    hoax: nothing in it could be found true or false.

    `doubt` is "" or why the score is doubtful: empty, short (fewer than SHORT words, or names and numbers alone),
    language, binary, long. With any of them the stance is "unclear"; with any but "long" the text never enters the
    queue by itself, and `hoax` is drawn towards the prior of one in a hundred: all the way where nothing could be
    read, by part where the text is short (the fewer words, the further) or hardly Indonesian, so that the order of
    such texts is kept. `reasons` sum to logit(hoax).
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
    opines: float = 0.0

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
        hoax, voice = _finite(manifest["hoax"]), _finite(manifest["stance"])
        self.hoax = Hoax(tensors["words.hoax"], tensors["chars.hoax"], tensors["style.hoax"], **hoax)
        self.thresholds = Thresholds(**_finite(manifest["thresholds"]))
        self.voice = Voice(
            tensors["words.about"], voice["about"], tensors["words.refutes"], voice["refutes"], self.thresholds.about
        )
        self.opinion = (
            Opinion(tensors["words.opines"], tensors["style.opines"], voice["opines"], self.thresholds.opines)
            if "words.opines" in tensors else None
        )  # fmt: skip

    def score(self, title: str, text: str) -> Score:
        """Judges one text; never raises for what a text may hold."""
        return self._lot([(title, text)])[0]

    def scores(self, texts: Iterable[tuple[str, str]]) -> list[Score]:
        """Judges many (title, text); one Score each, in order."""
        waiting = iter(texts)
        found: list[Score] = []
        while lot := list(islice(waiting, AT_ONCE)):
            found += self._lot(lot)
        return found

    def _lot(self, texts: list[tuple[str, str]]) -> list[Score]:
        readings = [read(title, text) for title, text in texts]
        vectors = self.features.vectors(readings)
        return [
            self._judged(title, text, reading, vector)
            for (title, text), reading, vector in zip(texts, readings, vectors, strict=True)
        ]

    def _judged(self, title: str, text: str, reading: Reading, vector: Vector) -> Score:
        found = relevance(reading)
        doubt = doubt_of(reading, vector, len(text))
        stance: Stance = "unclear" if doubt else self.voice.stance(reading, vector.words)
        told = self.hoax.logit(vector)
        logit = doubted(told, trust(doubt, vector))
        hoax = probability(logit)
        return Score(
            hoax, stance, found.election, self._flag(doubt, hoax, found, stance) and not self._opines(vector),
            found.topics, found.targets, regions(title[:NAMED], text[:NAMED]),
            reasons(self.hoax, reading, vector, logit - told), doubt, self.model,
        )  # fmt: skip

    def _flag(self, doubt: str, hoax: float, found: Relevance, stance: Stance) -> bool:
        return doubt in READABLE and self.thresholds.flag(hoax, found, stance)

    def _opines(self, vector: Vector) -> bool:
        return self.opinion is not None and self.opinion.only(vector.words, vector.style)


def doubt_of(reading: Reading, counts: Counts, length: int) -> str:
    """Why a judgement of a text of `length` characters would be doubtful, or ""."""
    raw = reading.title.original + reading.text.original
    if not raw.strip():
        return "empty"
    if len(_JUNK.findall(raw)) > JUNK * len(raw):
        return "binary"
    if not reading.tokens:
        return "empty" if raw.isascii() else "language"
    if foreign(counts) or _unread(raw):
        return "language"
    if counts.tokens < SHORT or not counts.ordinary:
        return "short"
    return "long" if length > LONG else ""


def _finite(numbers: Mapping[str, Any]) -> dict[str, float]:
    """Settings of a manifest as floats; raises for what is no finite number, which a score would stumble over later."""
    found = {name: float(number) for name, number in numbers.items() if not isinstance(number, str)}
    if len(found) < len(numbers) or not all(map(isfinite, found.values())):
        raise ValueError(f"not finite: {numbers}")
    return found


def trust(doubt: str, counts: Counts) -> float:
    """How far the model's word counts: none of it for what it cannot read, a part where hardly a word is said."""
    if doubt == "short":
        return (min(counts.tokens, counts.ordinary) / SHORT) ** 2
    if doubt == "language" and foreign(counts):
        return FOREIGN
    return float(doubt in READABLE)


def foreign(counts: Counts) -> bool:
    """Whether hardly any of the ordinary words (no names, no numbers) are of an Indonesian root."""
    return counts.ordinary >= ENOUGH and counts.roots < INDONESIAN * counts.ordinary


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
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as cause:
        raise ModelError(f"manifest: {cause!r}", "Berkas model tidak lengkap. Jalankan `jernih train`.") from cause
