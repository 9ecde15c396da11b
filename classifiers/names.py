"""news texts -> names: words of people, parties, outlets and places that the hoax model must not see.

A word is a name when running text writes it with a capital and the dictionary of roots does not know it; public
figures, parties and places that are also ordinary words stand in data/nama.txt, and institutions that any election
has stand in data/lembaga.txt and stay visible.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from classifiers.model import packaged
from classifiers.stem import ROOTS

RATIO: Final = 0.85
FEWEST: Final = 3
_INSIDE: Final = re.compile(r"(?<=[a-z,] )([A-Za-z][a-z]+|[A-Z]{2,})\b")


def learn_names(texts: Iterable[str]) -> frozenset[str]:
    """Names in running text (bodies and leads; in headlines every word is capital)."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for text in texts:
        for word in _INSIDE.findall(text[:1_500]):
            (capital if word[0].isupper() else small)[word.lower()] += 1
    return frozenset(
        word
        for word, count in capital.items()
        if count >= FEWEST and count / (count + small[word]) > RATIO and word not in ROOTS
    )


def hidden_names(learned: frozenset[str]) -> frozenset[str]:
    """Learned names and the listed ones, without the institutions."""
    return (learned | listed("nama.txt")) - listed("lembaga.txt")


def listed(name: str) -> frozenset[str]:
    """The words of one packaged list; lines that begin with # are headings."""
    lines = (line for line in packaged(name).splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.lower().split())
