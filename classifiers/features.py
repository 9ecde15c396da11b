"""title, text -> Reading -> Vector: TF-IDF over stems and over characters, and style, in numpy alone.

Equal to scikit-learn's TfidfVectorizer (sublinear, smoothed idf, l2) over the terms that `word_terms` and
`char_terms` give; tests/test_features.py pins it. Names of people, parties and places are read by relevance only:
to the hoax model they would be a memory of one election.
"""

import re
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifiers import text as prose
from classifiers.stem import ROOTS, stem
from classifiers.style import STYLE, style
from classifiers.text import Prose

Floats = NDArray[np.float64]
Ids = NDArray[np.int64]

READ: Final = 1_500  # characters of a text that are read at all
WINDOW: Final = 128  # words of title and text that are judged: posts and articles are then of comparable length
GRAM: Final = (3, 5)
LONGEST: Final = 24  # letters of a word that give character n-grams
MEMO: Final = 60_000

NO_PAIRS: Final[dict[str, int]] = {}

_DIGIT: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Reading:
    """A title and a text as read; `tokens` are the first WINDOW words of both, `titles` of them the title's."""

    title: Prose
    text: Prose
    tokens: list[str]
    titles: int

    @property
    def clean(self) -> str:
        """Title and text without markup, datelines and addresses, in their own case."""
        return f"{self.title.clean} . {self.text.clean}" if self.titles else self.text.clean


def read(title: str, text: str) -> Reading:
    """The first READ characters of both; a title that the text repeats at its start is read once."""
    head, body = prose.read(title[:READ]), prose.read(text[:READ])
    titles = 0 if body.words[: len(head.words)] == head.words else len(head.words)
    tokens = (head.words + body.words)[:WINDOW] if titles else body.words[:WINDOW]
    return Reading(head, body, tokens, min(titles, WINDOW))


def is_term(token: str, names: Collection[str]) -> bool:
    """Whether the hoax model may see a word: no number and no name."""
    return token not in names and not _DIGIT.search(token)


def word_terms(tokens: Sequence[str], names: Collection[str], *, stemmed: bool = True) -> list[str]:
    """Stems and pairs of neighbouring stems; a name or number ends a pair."""
    terms: list[str] = []
    before = ""
    for token in tokens:
        if not is_term(token, names):
            before = ""
            continue
        root = stem(token) if stemmed else token
        terms.append(root)
        if before:
            terms.append(f"{before} {root}")
        before = root
    return terms


def word_grams(token: str) -> list[str]:
    """Character n-grams of one word with its edges, GRAM[0] to GRAM[1] long."""
    padded = f" {token[:LONGEST]} "
    size = len(padded)
    return [padded[i : i + n] for n in range(GRAM[0], GRAM[1] + 1) for i in range(size - n + 1)]


def char_terms(tokens: Iterable[str], names: Collection[str]) -> list[str]:
    """Character n-grams of all words that may be seen."""
    return [gram for token in tokens if is_term(token, names) for gram in word_grams(token)]


@dataclass(frozen=True, slots=True)
class Block:
    """The part of a vector that one vocabulary gives, an occurrence at a time (a pair is one in both its tokens).

    `held` is the id of each occurrence, `counts` how often its term occurs, `owner` the index of its token and `each`
    its part of the term's value: a document is summed up without looking for what is distinct in it.
    """

    table: "TfIdf"
    held: Ids
    counts: Ids
    each: Floats
    owner: Ids

    @property
    def ids(self) -> Ids:
        """The distinct terms."""
        return np.unique(self.held)

    @property
    def values(self) -> Floats:
        """The value of each of `ids`."""
        ids, first = np.unique(self.held, return_index=True)
        return self.table.values(self.counts[first], ids)

    def dot(self, coefficients: Floats) -> float:
        """The sum value x coefficient."""
        return float(self.each @ coefficients[self.held])

    def weights(self, coefficients: Floats, tokens: int) -> Floats:
        """Each token's part of that sum."""
        parts = self.each * coefficients[self.held]
        sums: Floats = np.bincount(self.owner, weights=parts, minlength=tokens).astype(np.float64)
        return sums


class TfIdf:
    """term -> value: one vocabulary with its idf, rebuilt without scikit-learn."""

    def __init__(self, vocabulary: Sequence[str], idf: Floats) -> None:
        self.terms = tuple(vocabulary)
        self.index = {term: number for number, term in enumerate(self.terms)}
        self.idf = idf

    def values(self, counts: Ids, ids: Ids) -> Floats:
        """l2-normalised (1 + ln tf) x idf."""
        raw: Floats = (1.0 + np.log(counts)) * self.idf[ids]
        norm = float(np.sqrt(np.dot(raw, raw)))
        scaled: Floats = raw / norm if norm > 0.0 else raw
        return scaled

    def block(self, held: Ids, counts: Ids, owner: Ids, doubled: int = 0) -> Block:
        """A block of occurrences; the last `doubled` of them are halves."""
        raw = (1.0 + np.log(counts)) * self.idf[held]
        each = raw / counts
        if doubled:
            each[-doubled:] *= 0.5
        norm = sqrt(float(np.dot(raw, each)))
        if norm > 0.0:
            each /= norm
        return Block(self, held, counts, each, owner)


@dataclass(frozen=True, slots=True)
class Vector:
    """What the hoax model sees of a Reading: `tokens` words at most, two blocks, style values in STYLE's order.

    `roots` of its ordinary words (no names, no numbers: `ordinary` of them) are in the dictionary.
    """

    tokens: int
    ordinary: int
    roots: int
    words: Block
    chars: Block
    style: Floats


@dataclass(frozen=True, slots=True)
class Known:
    """What a vocabulary knows of one word: its stem's id (-1: none), the pairs it opens (by next stem), its n-grams.

    `indonesian` says whether the dictionary of roots knows it, `closes` whether it ends any pair; `grams` are `size`
    ids as bytes, which join fast.
    """

    root: str
    indonesian: bool
    term: int
    closes: bool
    pairs: dict[str, int]
    grams: bytes
    size: int


class _Memo(dict[str, Known | None]):
    """Word -> Known, at most MEMO words; what comes after them is looked up again each time."""

    def __init__(self, look_up: Callable[[str], Known | None]) -> None:
        self._look_up = look_up

    def __missing__(self, token: str) -> Known | None:
        found = self._look_up(token)
        if len(self) < MEMO:
            self[token] = found
        return found


class Features:
    """Reading -> Vector, with a bounded memo of words."""

    def __init__(self, words: TfIdf, chars: TfIdf, names: frozenset[str]) -> None:
        self.words = words
        self.chars = chars
        self.names = names
        self._pairs = _by_first(words.index)
        self._closing = frozenset(second for pairs in self._pairs.values() for second in pairs)
        self.known: Callable[[str], Known | None] = _Memo(self._look_up).__getitem__
        """One word; None for a name or a number."""

    def vector(self, reading: Reading) -> Vector:
        known = list(map(self.known, reading.tokens))
        ordinary = [word for word in known if word is not None]
        roots = sum([word.indonesian for word in ordinary])
        words, chars = self._word_block(known), self._char_block(known)
        return Vector(len(known), len(ordinary), roots, words, chars, style(reading.clean))

    def _look_up(self, token: str) -> Known | None:
        if not is_term(token, self.names):
            return None
        index = self.chars.index
        grams = array("I", [index[gram] for gram in word_grams(token) if gram in index])
        root, terms = stem(token), self.words.index
        pairs = self._pairs.get(root, NO_PAIRS)
        closes = root in self._closing
        return Known(root, root in ROOTS, terms.get(root, -1), closes, pairs, grams.tobytes(), len(grams))

    def _word_block(self, known: Sequence[Known | None]) -> Block:
        """A pair stands twice in `held`, once for each of its tokens, and counts once."""
        terms: list[int] = []
        owners: list[int] = []
        pairs: list[int] = []
        seconds: list[int] = []
        opened = NO_PAIRS
        for place, word in enumerate(known):
            if word is None:
                opened = NO_PAIRS
                continue
            if word.term >= 0:
                terms.append(word.term)
                owners.append(place)
            if opened and word.closes and word.root in opened:
                pairs.append(opened[word.root])
                seconds.append(place)
            opened = word.pairs
        count = Counter(terms + pairs)
        held = terms + pairs + pairs
        owner = owners + [place - 1 for place in seconds] + seconds
        return self.words.block(_ids(held), _ids([count[term] for term in held]), _ids(owner), 2 * len(pairs))

    def _char_block(self, known: Sequence[Known | None]) -> Block:
        joined = b"".join([word.grams for word in known if word is not None])
        held = np.frombuffer(joined, dtype=np.uintc).astype(np.int64)
        sizes = _ids([0 if word is None else word.size for word in known])
        counts = np.bincount(held, minlength=len(self.chars.terms))[held]
        return self.chars.block(held, counts, np.repeat(np.arange(len(sizes)), sizes))


def _ids(numbers: list[int]) -> Ids:
    return np.array(numbers, dtype=np.int64)


def _by_first(index: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Pairs of the vocabulary by their first stem."""
    found: dict[str, dict[str, int]] = {}
    for term, number in index.items():
        first, blank, second = term.partition(" ")
        if blank:
            found.setdefault(first, {})[second] = number
    return found


__all__ = [
    "GRAM",
    "READ",
    "STYLE",
    "WINDOW",
    "Block",
    "Features",
    "Reading",
    "TfIdf",
    "Vector",
    "char_terms",
    "is_term",
    "read",
    "word_grams",
    "word_terms",
]
