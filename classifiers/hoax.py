"""Vector -> Hoax: how much a text is made like a hoax, as a calibrated probability with its reasons.

The machine points, people find: the number ranks a queue, it is no finding about truth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifiers.features import STYLE, Reading, Vector
from classifiers.text import locate

Floats = NDArray[np.float64]

SHOWN: Final = 12  # words that are named one by one; the others are summed up as "lainnya"
BASE: Final = "dasar"
REST: Final = "lainnya"
SLIGHT: Final = 1e-9  # what rounding leaves is no reason


@dataclass(frozen=True, slots=True)
class Reason:
    """A part of the original and its weight in log-odds; all weights of a Score add up to logit(hoax).

    `field` is "title" or "text" with [start:end] of it, or "style" (a habit of writing, named in `text`),
    or "model" (what every text starts with, and the sum of the words not named); these have no span (0, 0).
    """

    field: str
    start: int
    end: int
    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Hoax:
    """Linear model with sigmoid calibration: logit = slope x (intercept + w.words + w.chars + w.style) + offset."""

    words: Floats
    chars: Floats
    style: Floats
    intercept: float
    slope: float
    offset: float

    def raw(self, vector: Vector) -> float:
        """The linear model's own log-odds, before calibration: equal to scikit-learn's decision function."""
        style = float(vector.style @ self.style)
        return self.intercept + vector.words.dot(self.words) + vector.chars.dot(self.chars) + style

    def logit(self, vector: Vector) -> float:
        return self.slope * self.raw(vector) + self.offset

    def token_weights(self, vector: Vector) -> Floats:
        """Each token's part of `logit`: of its own stem, its pairs and its letters."""
        words = vector.words.weights(self.words, vector.tokens)
        chars = vector.chars.weights(self.chars, vector.tokens)
        return (words + chars) * self.slope


def probability(logit: float) -> float:
    """The sigmoid, without overflow."""
    if logit >= 0:
        return 1.0 / (1.0 + exp(-logit))
    return exp(logit) / (1.0 + exp(logit))


def reasons(hoax: Hoax, reading: Reading, vector: Vector) -> tuple[Reason, ...]:
    """Heaviest first; the weights sum to `hoax.logit(vector)` within float rounding."""
    weights = hoax.token_weights(vector)
    by_word: dict[str, float] = {}
    for token, weight in zip(reading.tokens, weights.tolist(), strict=False):
        by_word[token] = by_word.get(token, 0.0) + weight
    heavy = sorted([word for word in by_word if by_word[word]], key=lambda word: -abs(by_word[word]))[:SHOWN]
    found = [Reason(*where, by_word[word]) for word, where in zip(heavy, _places(reading, heavy), strict=True)]
    found += _style_reasons(vector.style * hoax.style * hoax.slope)
    found.sort(key=lambda reason: -abs(reason.weight))
    rest = float(weights.sum()) - sum(by_word[word] for word in heavy)
    base = hoax.slope * hoax.intercept + hoax.offset
    if abs(rest) > SLIGHT:
        found.append(Reason("model", 0, 0, REST, rest))
    return (*found, Reason("model", 0, 0, BASE, base))


def _places(reading: Reading, heavy: Sequence[str]) -> list[tuple[str, int, int, str]]:
    """Where each word first stands in the original of the title, or else of the text."""
    titled = set(reading.tokens[: reading.titles])
    fields = {
        True: ("title", reading.title.original, locate(reading.title, [word for word in heavy if word in titled])),
        False: ("text", reading.text.original, locate(reading.text, [word for word in heavy if word not in titled])),
    }
    places: list[tuple[str, int, int, str]] = []
    for word in heavy:
        name, original, found = fields[word in titled]
        start, end = found.get(word, (0, 0))
        places.append((name, start, end, original[start:end]))
    return places


def _style_reasons(weights: Floats) -> list[Reason]:
    return [Reason("style", 0, 0, name, weight) for name, weight in zip(STYLE, weights.tolist(), strict=True) if weight]
