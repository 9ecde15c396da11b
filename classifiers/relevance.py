"""Reading -> Relevance: how much a text concerns an election, and politics at all; no judgement of its truth.

The terms and their weights are an open list (data/relevance.toml), so that an office can read why something counts
as relevant, and a new election is an edit and not a training run.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from classifiers.features import Reading
from classifiers.hoax import probability
from classifiers.model import packaged
from classifiers.names import listed
from classifiers.stem import stem

NOT_POLITICAL: Final = frozenset(  # places of nama.txt, and names that are also ordinary words
    ["israel", "palestina", "gaza", "hamas", "iran", "rusia", "ukraina", "amerika", "china", "cina", "tiongkok", "arab", "saudi", "malaysia", "singapura", "rohingya", "indonesia", "jakarta", "dki", "jogja", "yogyakarta", "solo", "batu", "raja", "barat", "timur", "utara", "selatan", "tengah", "bung", "agus", "tri", "surya"]
)
CEILING: Final = 8.0
NAMED: Final = 2  # distinct names that add weight


@dataclass(frozen=True, slots=True)
class Relevance:
    """Probabilities 0-1: `election` that a text concerns an election, `politics` that it concerns politics at all."""

    election: float
    politics: float


@dataclass(frozen=True, slots=True)
class Scale:
    """Weights in log-odds by term; `names` counts each distinct listed name, at most NAMED of them."""

    start: float
    terms: Mapping[str, float]
    openers: frozenset[str]
    names: frozenset[str]
    name_weight: float

    def logit(self, tokens: list[str], stems: list[str]) -> float:
        found = sum(self.terms[term] for term in self.hits(tokens, stems))
        if self.name_weight:
            found += self.name_weight * min(NAMED, len(self.names.intersection(tokens)))
        return min(self.start + found, CEILING)

    def hits(self, tokens: list[str], stems: list[str]) -> set[str]:
        """The distinct terms of a text: words, stems and pairs of stems."""
        terms = self.terms.keys()
        found = terms & set(stems) | terms & set(tokens)
        pairs = (f"{a} {b}" for a, b in pairwise(stems) if a in self.openers)
        found.update(pair for pair in pairs if pair in terms)
        return found


def relevance(reading: Reading) -> Relevance:
    """Judged on title and text together, as far as a Reading reaches."""
    election, politics = scales()
    tokens = reading.tokens
    stems = [stem(token) for token in tokens]
    chance = probability(election.logit(tokens, stems))
    return Relevance(chance, max(chance, probability(politics.logit(tokens, stems))))


@lru_cache(maxsize=1)
def scales() -> tuple[Scale, Scale]:
    """The packaged scales: election, politics."""
    table = tomllib.loads(packaged("relevance.toml"))
    return _scale(table["election"]), _scale(table["politics"])


def _scale(table: Mapping[str, Any]) -> Scale:
    terms = {_stemmed(term): float(weight) for weight, words in _weighted(table["terms"]) for term in words}
    ((weight, file),) = _weighted(table["names"])
    openers = frozenset(term.partition(" ")[0] for term in terms if " " in term)
    return Scale(float(table["start"]), terms, openers, listed(file) - NOT_POLITICAL, weight)


def _weighted(table: Mapping[str, Any]) -> list[tuple[float, Any]]:
    """TOML reads a dotted bare key 6.5 as nested tables; this reads both forms."""
    found: list[tuple[float, Any]] = []
    for whole, value in table.items():
        if isinstance(value, dict):
            found += [(float(f"{whole}.{part}"), inner) for part, inner in value.items()]
        else:
            found.append((float(whole), value))
    return found


def _stemmed(term: str) -> str:
    return " ".join(stem(word) for word in term.split())
