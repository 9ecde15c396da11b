"""title, text -> Reading -> Vector: TF-IDF over stems and over characters, and style, in numpy alone.

Equal to scikit-learn's TfidfVectorizer (sublinear, smoothed idf, l2) over the terms that `word_terms` and
`char_terms` give; tests/test_features.py pins it. Names of people, parties and places are read by relevance only:
to the hoax model they would be a memory of one election.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifiers import text as prose
from classifiers.stem import stem
from classifiers.style import STYLE, style
from classifiers.text import Prose

Floats = NDArray[np.float64]
Ids = NDArray[np.int64]

READ: Final = 3_000  # characters of a text that are read at all
WINDOW: Final = 160  # words that the hoax model sees: posts and articles are then of comparable length
REACH: Final = 400  # words that stance and relevance see: a fact-check refutes late
GRAM: Final = (3, 5)
LONGEST: Final = 24  # letters of a word that give character n-grams
MEMO: Final = 60_000

_DIGIT: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Reading:
    """A title and a text as read; `tokens` are the words of both in order, at most REACH, `titles` of them the title's."""

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
    tokens = (head.words + body.words)[:REACH] if titles else body.words[:REACH]
    return Reading(head, body, tokens, min(titles, REACH))


def is_term(token: str, names: Collection[str]) -> bool:
    """Whether the hoax model may see a word: no number and no name."""
    return token not in names and not _DIGIT.search(token)


def word_terms(tokens: Sequence[str], names: Collection[str]) -> list[str]:
    """Stems and pairs of neighbouring stems; a name or number ends a pair."""
    terms: list[str] = []
    before = ""
    for token in tokens:
        if not is_term(token, names):
            before = ""
            continue
        root = stem(token)
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
        return np.bincount(self.owner, weights=each[self.held] * self.share, minlength=tokens)


class TfIdf:
    """term -> value: one vocabulary with its idf, rebuilt without scikit-learn."""

    def __init__(self, vocabulary: Sequence[str], idf: Floats) -> None:
        self.terms = tuple(vocabulary)
        self.index = {term: number for number, term in enumerate(self.terms)}
        self.idf = idf

    def values(self, counts: Ids, ids: Ids) -> Floats:
        """l2-normalised (1 + ln tf) x idf."""
        raw: Floats = (1.0 + np.log(counts)) * self.idf[ids]
        norm = np.sqrt(np.dot(raw, raw))
        return raw / norm if norm > 0 else raw

    def block(self, held: Ids, owner: Ids, share: Floats) -> Block:
        everywhere = np.bincount(held, minlength=len(self.terms))
        ids = np.flatnonzero(everywhere)
        counts = everywhere[ids]
        return Block(ids, counts, self.values(counts, ids), held, owner, share)


@dataclass(frozen=True, slots=True)
class Vector:
    """What the hoax model sees of a Reading: `tokens` words at most, two blocks, style values in STYLE's order."""

    tokens: int
    words: Block
    chars: Block
    style: Floats


class Features:
    """Reading -> Vector, with a bounded memo of the n-grams of known words."""

    def __init__(self, words: TfIdf, chars: TfIdf, names: frozenset[str]) -> None:
        self.words = words
        self.chars = chars
        self.names = names
        self._grams: dict[str, Ids] = {}

    def vector(self, reading: Reading) -> Vector:
        tokens = reading.tokens[:WINDOW]
        return Vector(len(tokens), self.word_block(tokens), self._char_block(tokens), style(reading.clean))

    def word_block(self, tokens: Sequence[str]) -> Block:
        index, names = self.words.index, self.names
        held: list[int] = []
        owner: list[int] = []
        share: list[float] = []
        before = ""
        for place, token in enumerate(tokens):
            if not is_term(token, names):
                before = ""
                continue
            root = stem(token)
            number = index.get(root)
            if number is not None:
                held.append(number)
                owner.append(place)
                share.append(1.0)
            pair = index.get(f"{before} {root}") if before else None
            if pair is not None:
                held += (pair, pair)
                owner += (place - 1, place)
                share += (0.5, 0.5)
            before = root
        return self._pairs_once(held, owner, share)

    def _pairs_once(self, held: list[int], owner: list[int], share: list[float]) -> Block:
        """A pair stands twice in `held` (once a token) and counts once."""
        parts = np.array(share)
        numbers = np.array(held, dtype=np.int64)
        everywhere = np.bincount(numbers, weights=parts, minlength=len(self.words.terms)).astype(np.int64)
        ids = np.flatnonzero(everywhere)
        counts = everywhere[ids]
        return Block(ids, counts, self.words.values(counts, ids), numbers, np.array(owner, dtype=np.int64), parts)

    def _char_block(self, tokens: Sequence[str]) -> Block:
        grams = [self._gram_ids(token) for token in tokens]
        held = np.concatenate(grams) if grams else np.zeros(0, dtype=np.int64)
        owner = np.repeat(np.arange(len(grams)), [len(ids) for ids in grams]) if grams else held
        return self.chars.block(held, owner, np.ones(len(held)))

    def _gram_ids(self, token: str) -> Ids:
        known = self._grams.get(token)
        if known is None:
            index = self.chars.index
            found = [index[gram] for gram in word_grams(token) if gram in index] if is_term(token, self.names) else []
            known = np.array(found, dtype=np.int64)
            if len(self._grams) < MEMO:
                self._grams[token] = known
        return known


__all__ = [
    "GRAM",
    "REACH",
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
