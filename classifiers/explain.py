"""title, text -> Neighbours: the words that stood next to this text's words in training, hoax-like and legitimate.

Pairs of stems with their weights, never a sentence that anyone wrote: they show in which company the model has met
these words, beside the Reasons that say what it made of them here.
"""

from dataclasses import dataclass
from typing import Final

from classifiers.detector import Detector
from classifiers.features import is_term, read
from classifiers.stem import stem

SHOWN: Final = 5
FEWEST: Final = 0.05  # log-odds below which a pair says nothing


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A pair of stems known from training, one of them in the text, and its weight in log-odds (hoax positive)."""

    pair: str
    weight: float


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The heaviest pairs of both sides, heaviest first."""

    hoax: tuple[Neighbour, ...]
    legitimate: tuple[Neighbour, ...]


def neighbours(detector: Detector, title: str, text: str) -> Neighbours:
    """At most SHOWN pairs of each side that hold a word of this text."""
    features = detector.features
    roots = {stem(token) for token in read(title, text).tokens if is_term(token, features.names)}
    numbers = [number for root in roots for number in features.pairs.opened(root)]
    weighted = [Neighbour(features.words.terms[number], float(detector.hoax.words[number])) for number in numbers]
    heavy = sorted(weighted, key=lambda one: (-one.weight, one.pair))
    hoax = tuple(one for one in heavy[:SHOWN] if one.weight > FEWEST)
    legitimate = tuple(one for one in heavy[::-1][:SHOWN] if one.weight < -FEWEST)
    return Neighbours(hoax, legitimate)
