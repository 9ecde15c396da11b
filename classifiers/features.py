"""title, text -> Reading -> Vector: TF-IDF over stems and over characters, and style, in numpy alone.

Equal to scikit-learn's TfidfVectorizer (sublinear, smoothed idf, l2) over the terms that `word_terms` and
`char_terms` give; tests/test_features.py pins it. Names of people, parties and places are read by relevance only:
to the hoax model they would be a memory of one election.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
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

ONE: Final[Floats] = np.ones(1)
NO_IDS: Final[Ids] = np.zeros(0, dtype=np.int64)
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
    """The part of a vector that one vocabulary gives: distinct `ids`, their `values`, and which token holds which id.

    `held` repeats an id per occurrence, `owner` is the index of the token of that occurrence and `share` the part
    of the occurrence that this token has (a pair belongs to two tokens).
    """

    ids: Ids
    counts: Ids
    values: Floats
    held: Ids
    owner: Ids
    share: Floats

    def weights(self, coefficients: Floats, tokens: int) -> Floats:
        """Each token's part of the sum value x coefficient."""
        each = np.zeros(len(coefficients))
        each[self.ids] = self.values * coefficients[self.ids] / self.counts
        parts = each[self.held] * self.share
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

    def block(self, held: Ids, owner: Ids, share: Floats) -> Block:
        """A block of occurrences; `share` is one number for all, or one each."""
        everywhere = np.bincount(held, minlength=len(self.terms))
        ids = np.flatnonzero(everywhere > 0)
        counts = everywhere[ids]
        return Block(ids, counts, self.values(counts, ids), held, owner, share)


@dataclass(frozen=True, slots=True)
class Vector:
    """What the hoax model sees of a Reading: `tokens` words at most, two blocks, style values in STYLE's order."""

    tokens: int
    words: Block
    chars: Block
    style: Floats


@dataclass(frozen=True, slots=True)
class Known:
    """What a vocabulary knows of one word: its stem's id (-1: none), the pairs it opens (by next stem), its n-grams.

    `indonesian` says whether the dictionary of roots knows it.
    """

    root: str
    indonesian: bool
    term: int
    pairs: dict[str, int]
    grams: Ids


class Features:
    """Reading -> Vector, with a bounded memo of words."""

    def __init__(self, words: TfIdf, chars: TfIdf, names: frozenset[str]) -> None:
        self.words = words
        self.chars = chars
        self.names = names
        self._pairs = _by_first(words.index)
        self._known: dict[str, Known | None] = {}

    def vector(self, reading: Reading) -> Vector:
        known = self._all_known(reading.tokens)
        return Vector(len(known), self._word_block(known), self._char_block(known), style(reading.clean))

    def _all_known(self, tokens: Sequence[str]) -> list[Known | None]:
        memo = self._known
        return [memo[token] if token in memo else self.known(token) for token in tokens]

    def known(self, token: str) -> Known | None:
        """None for a name or a number."""
        try:
            return self._known[token]
        except KeyError:
            found = self._look_up(token) if is_term(token, self.names) else None
            if len(self._known) < MEMO:
                self._known[token] = found
            return found

    def _look_up(self, token: str) -> Known:
        found = map(self.chars.index.get, word_grams(token))
        grams = np.array([number for number in found if number is not None], dtype=np.int64)
        root = stem(token)
        return Known(root, root in ROOTS, self.words.index.get(root, -1), self._pairs.get(root, NO_PAIRS), grams)

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
            if opened:
                pair = opened.get(word.root)
                if pair is not None:
                    pairs.append(pair)
                    seconds.append(place)
            opened = word.pairs
        numbers = np.array(terms + pairs, dtype=np.int64)
        ids, counts = np.unique(numbers, return_counts=True)
        held = np.array(terms + pairs + pairs, dtype=np.int64)
        owner = np.array(owners + [place - 1 for place in seconds] + seconds, dtype=np.int64)
        share = np.ones(len(held))
        share[len(terms) :] = 0.5
        return Block(ids, counts, self.words.values(counts, ids), held, owner, share)

    def _char_block(self, known: Sequence[Known | None]) -> Block:
        grams = [NO_IDS if word is None else word.grams for word in known]
        held = np.concatenate(grams) if grams else NO_IDS
        owner = np.repeat(np.arange(len(grams)), [len(ids) for ids in grams])
        return self.chars.block(held, owner, ONE)


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
