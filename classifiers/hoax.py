"""Vector -> Hoax: how much a text is made like a hoax, as a calibrated probability with its reasons.

The machine points, people find: the number ranks a queue, it is no finding about truth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, tanh
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifiers.features import STYLE, Reading, Vector
from classifiers.text import find

Floats = NDArray[np.float64]

SHOWN: Final = 12  # words that are named one by one; the others are summed up as "lainnya"
BASE: Final = "dasar"
REST: Final = "lainnya"
LITTLE: Final = "keraguan"
PRIOR: Final = -log(99.0)  # log-odds of one hoax among a hundred ordinary items: what is known before anything is read
ROOM: Final = log(0.34 / 0.66) - PRIOR  # how far a doubted text may rise above the prior: to .34
SLIGHT: Final = 1e-9  # what rounding leaves is no reason
NOWHERE: Final = (0, 0)


class Reason(NamedTuple):
    """A part of the original and its weight in log-odds; all weights of a Score add up to logit(hoax).

    `field` is "title" or "text" with [start:end] of it, or "style" (a habit of writing, named in `text`),
    or "model" (what every text starts with, the sum of the words not named, and the pull of a doubt towards the
    prior); these have no span (0, 0).
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


def doubted(logit: float, trust: float) -> float:
    """Log-odds drawn towards the PRIOR: trust 1 leaves them, 0 (nothing could be judged) leaves the prior alone.

    In between they stay in order and never come near a flag.
    """
    if trust >= 1.0:
        return logit
    return PRIOR + ROOM * tanh(trust * (logit - PRIOR) / ROOM)


def reasons(hoax: Hoax, reading: Reading, vector: Vector, pull: float = 0.0) -> tuple[Reason, ...]:
    """Heaviest first; the weights sum to `hoax.logit(vector) + pull` within float rounding."""
    weights = hoax.token_weights(vector)
    heavy = _heavy(reading.tokens, weights)
    places = _places(reading, list(heavy))
    found = [Reason(*where, weight) for where, weight in zip(places, heavy.values(), strict=True)]
    found += _style_reasons(vector.style * hoax.style * hoax.slope)
    found.sort(key=lambda reason: -abs(reason.weight))
    rest = float(weights.sum()) - sum(heavy.values())
    base = hoax.slope * hoax.intercept + hoax.offset
    if abs(rest) > SLIGHT:
        found.append(Reason("model", 0, 0, REST, rest))
    if pull:
        found.append(Reason("model", 0, 0, LITTLE, pull))
    return (*found, Reason("model", 0, 0, BASE, base))


def _heavy(tokens: Sequence[str], weights: Floats) -> dict[int, float]:
    """Where the SHOWN heaviest words first stand -> what they weigh in all; a word without weight is none."""
    size = len(tokens)
    first = dict(zip(reversed(tokens), range(size - 1, -1, -1), strict=True))
    sums = np.bincount(np.array(list(map(first.__getitem__, tokens)), dtype=np.int64), weights, minlength=size)
    order = np.argsort(-np.abs(sums), kind="stable")[:SHOWN]
    return {at: weight for at, weight in zip(order.tolist(), sums[order].tolist(), strict=True) if weight}


def _places(reading: Reading, heavy: Sequence[int]) -> list[tuple[str, int, int, str]]:
    """Where the words of these tokens, each the first of its kind, stand in the original of the title or the text."""
    tokens, titles = reading.tokens, reading.titles
    titled = find(reading.title, {tokens[at]: at for at in heavy if at < titles})
    others = find(reading.text, {tokens[at]: at - titles for at in heavy if at >= titles})
    return [
        _place("title", reading.title.original, titled.get(tokens[at], NOWHERE))
        if at < titles
        else _place("text", reading.text.original, others.get(tokens[at], NOWHERE))
        for at in heavy
    ]


def _place(field: str, original: str, span: tuple[int, int]) -> tuple[str, int, int, str]:
    start, end = span
    return field, start, end, original[start:end]


def _style_reasons(weights: Floats) -> list[Reason]:
    return [Reason("style", 0, 0, name, weight) for name, weight in zip(STYLE, weights.tolist(), strict=True) if weight]
