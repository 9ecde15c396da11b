"""Articles of fact-checkers and official bodies -> the ones nearest to a text: has this been checked already?

Words are stemmed and weighed by how rare they are among all that is known (tf-idf, cosine); a text that shares only
common words with a check is not near it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest
from math import log, sqrt
from re import compile

from classifiers.stem import stem_text

WORD = compile(r"[a-z][a-z0-9]{2,40}")
LETTERS = 1200
NEAR = 0.2
# A word that more than this share of all checks hold tells nothing ("beredar", "faktanya").
COMMON, COMMON_FROM = 0.3, 5
# Only the most telling words of a text are looked up; the others would add little and cost most.
TELLING = 40
MOST = 50_000


@dataclass(frozen=True, slots=True)
class FactCheck:
    """One published check or official statement: its article (0: an answer of our own), headline, outlet, address,
    date, whether an official body says it, its stamp ("" if none), what kind it is, and the digest of its words."""

    article: int
    title: str
    outlet: str
    url: str
    at: datetime
    official: bool = False
    stamp: str = ""
    kind: str = ""
    words: str = ""


class FactChecks:
    """What is known, searchable by nearness; `last` is the newest article that was offered."""

    def __init__(self) -> None:
        self.last = 0
        self._known: list[tuple[FactCheck, dict[str, int]]] = []
        self._holders: dict[str, list[int]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._known)

    def add(self, check: FactCheck, text: str) -> None:
        """Learns one more; beyond MOST it is let be."""
        self.last = max(self.last, check.article)
        if len(self._known) < MOST:
            counts = terms(f"{check.title}\n{text}")
            for word in counts:
                self._holders[word].append(len(self._known))
            self._known.append((check, counts))

    def nearest(self, text: str, limit: int = 5) -> list[tuple[FactCheck, float]]:
        """The nearest ones with their nearness (NEAR to 1), the nearest first, each headline once."""
        asked = terms(text)
        if not asked or not self._known:
            return []
        rare = {word: self._rarity(word) for word in asked}
        weights = {word: count * rare[word] for word, count in asked.items()}
        length = sqrt(sum(weight**2 for weight in weights.values()))
        if not length:
            return []
        sums: dict[int, float] = defaultdict(float)
        for word in sorted(filter(rare.get, weights), key=lambda word: -weights[word])[:TELLING]:
            share = weights[word] * rare[word]
            for place in self._holders.get(word, ()):
                sums[place] += share * self._known[place][1][word]
        best = nlargest(60, sums, key=lambda place: sums[place])
        near = [(self._known[place][0], sums[place] / (length * self._length(place))) for place in best]
        return list(_once(sorted((pair for pair in near if pair[1] >= NEAR), key=lambda pair: -pair[1])))[:limit]

    def _rarity(self, word: str) -> float:
        held, all_ = len(self._holders.get(word, ())), len(self._known)
        return 0.0 if held > max(COMMON_FROM, COMMON * all_) else log(1 + all_ / (1 + held))

    def _length(self, place: int) -> float:
        return sqrt(sum((n * self._rarity(word)) ** 2 for word, n in self._known[place][1].items())) or 1.0


def terms(text: str) -> dict[str, int]:
    """The stems of a text's beginning, counted."""
    return dict(Counter(WORD.findall(stem_text(text[:LETTERS].lower()))))


def _once(pairs: Iterable[tuple[FactCheck, float]]) -> Iterable[tuple[FactCheck, float]]:
    seen = set()
    for check, near in pairs:
        if check.title not in seen:
            seen.add(check.title)
            yield check, near
