"""Reading -> Relevance: what a text is about, how much it concerns an election, and politics at all; never its truth.

Issues and the election come from the taxonomy; politics from an open list (data/relevance.toml), because many hoaxes
about candidates, parties and officials never name the election.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import fsum
from typing import Final

from classifiers.features import Reading
from classifiers.hoax import probability
from classifiers.model import packaged
from classifiers.names import listed
from classifiers.stem import stem
from classifiers.topics import taxonomy

POLITICAL: Final = 0.15  # of its probability that a political text concerns an election that it does not name
OPENING: Final = 100  # words in which politics is looked for: a long article names a minister somewhere
NAMED: Final = 2  # distinct names that add weight


@dataclass(frozen=True, slots=True)
class Relevance:
    """`election` and `politics` are probabilities 0-1; `topics` and `targets` codes of the taxonomy."""

    election: float
    politics: float
    topics: tuple[str, ...]
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Politics:
    """Weights in log-odds by term, and of a listed name."""

    start: float
    terms: Mapping[str, float]
    openers: frozenset[str]
    names: frozenset[str]
    name: float

    def chance(self, tokens: list[str]) -> float:
        """Probability that these words concern politics."""
        found = fsum([self.terms[term] for term in self.hits(tokens)])  # in any order the same, as a set has none
        named = min(NAMED, len(self.names.intersection(tokens)))
        return probability(self.start + found + self.name * named)

    def hits(self, tokens: list[str]) -> set[str]:
        """The distinct terms of a text: words, stems and pairs of stems."""
        stems = list(map(stem, tokens))
        terms = self.terms.keys()
        found = terms & {*stems, *tokens}
        pairs = (f"{first} {second}" for first, second in pairwise(stems) if first in self.openers)
        found.update(pair for pair in pairs if pair in terms)
        return found


def relevance(reading: Reading) -> Relevance:
    """Judged on the opening words: what an article is about stands there, what else it names does not count."""
    found = taxonomy().judge(reading.tokens[: reading.titles], reading.tokens[reading.titles :])
    chance = politics().chance(reading.tokens[:OPENING])
    election = max(found.election, POLITICAL * chance)
    return Relevance(election, max(found.election, chance), found.topics, found.targets)


@lru_cache(maxsize=1)
def politics() -> Politics:
    """The packaged list."""
    table = tomllib.loads(packaged("relevance.toml"))["politics"]
    terms = {_stemmed(term): float(group["weight"]) for group in table["group"] for term in group["terms"]}
    openers = frozenset(term.partition(" ")[0] for term in terms if " " in term)
    names = listed("nama.txt") - set(table["ordinary"])
    return Politics(float(table["start"]), terms, openers, names, float(table["name"]))


def _stemmed(term: str) -> str:
    return " ".join(map(stem, term.split()))
