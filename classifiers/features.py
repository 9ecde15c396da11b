"""title, text -> Reading -> Vector: TF-IDF over stems and over characters, and style, in numpy alone.

Equal to scikit-learn's TfidfVectorizer (sublinear, smoothed idf, l2) over the terms that `word_terms` and
`char_terms` give; tests/test_features.py pins it. Names of people, parties and places are read by relevance only:
to the hoax model they would be a memory of one election.
"""

import re
import struct
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
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

_DIGIT: Final = re.compile(r"\d")
_GRAM_BYTES: Final = np.dtype(np.uintc).itemsize
_MOST: Final = 4_096  # more occurrences than the WINDOW has room for
_DAMPED: Final = np.append(0.0, 1.0 + np.log(np.arange(1, _MOST)))  # what a term counts that occurs 0, 1, 2 ... times


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

    def blocks(self, held: Ids, counts: Ids, lot: "Lot", owner: Ids, share: Floats | None = None) -> list[Block]:
        """A Block of every text of a lot, its occurrences text after text; `share` is 0.5 for the half of a pair."""
        raw = _DAMPED[counts] * self.idf[held]
        each = raw / counts
        if share is not None:
            each *= share
        texts = lot.texts[owner]
        amounts = np.bincount(texts, minlength=len(lot.sizes))
        norms = np.sqrt(np.bincount(texts, weights=raw * each, minlength=len(lot.sizes)))
        each /= np.where(norms > 0.0, norms, 1.0).repeat(amounts)
        own = owner - lot.starts.repeat(amounts)
        parts = [slice(start, end) for start, end in pairwise([0, *amounts.cumsum().tolist()])]
        return [Block(self, held[part], counts[part], each[part], own[part]) for part in parts]


@dataclass(frozen=True, slots=True)
class Lot:
    """Texts whose tokens stand one behind the other: how many each has, where it begins, the text of every token."""

    sizes: Ids
    starts: Ids
    texts: Ids

    @classmethod
    def of(cls, readings: Sequence["Reading"]) -> "Lot":
        sizes = _ids([len(reading.tokens) for reading in readings])
        return cls(sizes, np.cumsum(sizes) - sizes, np.repeat(np.arange(len(sizes)), sizes))

    def sums(self, numbers: Ids) -> list[int]:
        """Of zeros and ones, a token each, how many ones every text has."""
        found: list[int] = np.bincount(self.texts[numbers > 0], minlength=len(self.sizes)).tolist()
        return found


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


Looked = tuple[bytes, bytes]
"""What the vocabularies know of one word: NUMBERS as int64, and the ids of its n-grams as unsigned int, ready to join.

NUMBERS: `term` is the id of its stem (-1: none); `opens` and `closes` say which pairs it may be the first and second of
(0: none); `ordinary` is 0 for a name or a number, `indonesian` 1 where the dictionary of roots knows the stem; `size`
counts the n-grams.
"""
NUMBERS: Final = ("term", "opens", "closes", "ordinary", "indonesian", "size")
_HIDDEN: Final[Looked] = (struct.pack("6q", -1, 0, 0, 0, 0, 0), b"")


class Grams:
    """The n-grams of a vocabulary as numbers to the base of its letters, so that those of many words are found at once.

    Every letter is a digit from 1 on, so n-grams of different length differ; any letter that the vocabulary does not
    have is one further digit, which no n-gram of it holds.
    """

    def __init__(self, terms: Sequence[str]) -> None:
        held = [(term, number) for number, term in enumerate(terms) if GRAM[0] <= len(term) <= GRAM[1]]
        letters = sorted({ord(letter) for term, _ in held for letter in term})
        self._base = len(letters) + 2
        self._digits = np.full(letters[-1] + 2 if letters else 1, self._base - 1, dtype=np.int64)
        self._digits[letters] = np.arange(1, len(letters) + 1)
        codes = np.array([self._code(term) for term, _ in held], dtype=np.int64)
        order = codes.argsort()
        self._codes = _narrow(codes[order], self._base ** GRAM[1])
        self._ids = np.array([number for _, number in held], dtype=np.uintc)[order]

    def _code(self, term: str) -> int:
        code = 0
        for letter in term:
            code = code * self._base + int(self._digits[ord(letter)])
        return code

    def of(self, words: Sequence[str]) -> list[bytes]:
        """The ids of every word's n-grams. What spans two words holds two blanks, as no n-gram of a word does."""
        written = "".join([f" {word[:LONGEST]} " for word in words])
        letters = np.frombuffer(written.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        digits = self._digits[np.minimum(letters, len(self._digits) - 1)]
        codes, lengths = digits, []
        for size in range(2, GRAM[1] + 1):
            codes = codes[:-1] * self._base + digits[size - 1 :]
            lengths.append(codes)
        wanted = np.concatenate(lengths[GRAM[0] - 2 :]).astype(self._codes.dtype)
        at = self._codes.searchsorted(wanted)
        found = np.flatnonzero(self._codes[at] == wanted)
        starts = np.concatenate([np.arange(len(codes)) for codes in lengths[GRAM[0] - 2 :]])[found]
        owner = np.cumsum([min(len(word), LONGEST) + 2 for word in words]).searchsorted(starts, "right")
        ids = self._ids[at[found[owner.argsort(kind="stable")]]].tobytes()
        ends = (np.cumsum(np.bincount(owner, minlength=len(words))) * _GRAM_BYTES).tolist()
        return [ids[start:end] for start, end in pairwise([0, *ends])]


class Pairs:
    """The pairs of a vocabulary as numbers: those of all neighbours in a text are found at once."""

    def __init__(self, index: Mapping[str, int]) -> None:
        pairs = [(*term.partition(" ")[::2], number) for term, number in index.items() if " " in term]
        self.opens = {first: at for at, first in enumerate(dict.fromkeys(pair[0] for pair in pairs), 1)}
        self.closes = {second: at for at, second in enumerate(dict.fromkeys(pair[1] for pair in pairs), 1)}
        self._width = len(self.closes) + 1
        keys = _ids([self.opens[first] * self._width + self.closes[second] for first, second, _ in pairs])
        order = keys.argsort()
        self._keys = _narrow(keys[order], (len(self.opens) + 1) * self._width)
        self._ids = _ids([number for _, _, number in pairs])[order]

    def found(self, opens: Ids, closes: Ids) -> tuple[Ids, Ids]:
        """(index of the second word, id) of every pair that neighbouring words make."""
        wanted = (opens[:-1] * self._width + closes[1:]).astype(self._keys.dtype)
        at = self._keys.searchsorted(wanted)
        held = np.flatnonzero(self._keys[at] == wanted)
        return held + 1, self._ids[at[held]]

    def opened(self, root: str) -> list[int]:
        """Ids of the pairs that begin with a stem."""
        first = self.opens.get(root, 0) * self._width
        start, end = self._keys.searchsorted([first, first + self._width]) if first else (0, 0)
        return [int(number) for number in self._ids[start:end]]


class Features:
    """Reading -> Vector, with a bounded memo of words."""

    def __init__(self, words: TfIdf, chars: TfIdf, names: frozenset[str]) -> None:
        self.words = words
        self.chars = chars
        self.names = names
        self.pairs = Pairs(words.index)
        self._grams = Grams(chars.terms)
        self._memo: dict[str, Looked] = {}

    def vector(self, reading: Reading) -> Vector:
        return self.vectors([reading])[0]

    def vectors(self, readings: Sequence[Reading]) -> list[Vector]:
        """The Vectors of several readings, at less cost than one by one."""
        lot = Lot.of(readings)
        looked = self._look([token for reading in readings for token in reading.tokens])
        joined = b"".join([numbers for numbers, _ in looked])
        numbers = np.frombuffer(joined, dtype=np.int64).reshape(len(looked), len(NUMBERS)).T
        grams = np.frombuffer(b"".join([grams for _, grams in looked]), dtype=np.uintc).astype(np.int64)
        words = self._word_blocks(lot, *numbers[:3])
        chars = self._char_blocks(lot, grams, numbers[5])
        parts = zip(lot.sizes.tolist(), lot.sums(numbers[3]), lot.sums(numbers[4]), words, chars, strict=True)
        return [Vector(*part, style(reading.clean)) for reading, part in zip(readings, parts, strict=True)]

    def _look(self, tokens: Sequence[str]) -> list[Looked]:
        """Of every token what is known of it. A full memo is left to whoever still reads it, and a new one begun."""
        memo = self._memo
        new = [token for token in tokens if token not in memo]
        if new:
            if len(memo) + len(new) > MEMO:
                memo = self._memo = {}
                new = list(tokens)
            memo.update(self._looked(list(dict.fromkeys(new))))
        return list(map(memo.__getitem__, tokens))

    def _looked(self, tokens: Sequence[str]) -> dict[str, Looked]:
        """The memo's entries of new words."""
        seen = [token for token in tokens if is_term(token, self.names)]
        found = dict.fromkeys(tokens, _HIDDEN)
        for token, grams in zip(seen, self._grams.of(seen) if seen else (), strict=True):
            root = stem(token)
            term, opens = self.words.index.get(root, -1), self.pairs.opens.get(root, 0)
            closes, size = self.pairs.closes.get(root, 0), len(grams) // _GRAM_BYTES
            found[token] = struct.pack("6q", term, opens, closes, 1, root in ROOTS, size), grams
        return found

    def _word_blocks(self, lot: Lot, term: Ids, opens: Ids, closes: Ids) -> list[Block]:
        """A pair stands twice in `held`, once for each of its tokens, and counts once."""
        places = np.flatnonzero(term >= 0)
        seconds, pairs = self.pairs.found(opens, closes)
        inside = lot.texts[seconds] == lot.texts[seconds - 1]
        seconds, pairs = seconds[inside], pairs[inside]
        owner = np.concatenate((places, seconds, seconds - 1))
        held = np.concatenate((term[places], pairs, pairs))
        once = len(places) + len(pairs)
        counts = _counts(lot.texts[owner[:once]] * len(self.words.terms) + held[:once])
        counts = np.concatenate((counts, counts[len(places) :]))
        share = np.repeat((1.0, 0.5), (len(places), 2 * len(pairs)))
        order = owner.argsort(kind="stable")
        return self.words.blocks(held[order], counts[order], lot, owner[order], share[order])

    def _char_blocks(self, lot: Lot, held: Ids, sizes: Ids) -> list[Block]:
        owner = np.repeat(np.arange(len(sizes)), sizes)
        ends = np.cumsum(np.bincount(lot.texts, weights=sizes, minlength=len(lot.sizes)).astype(np.int64)).tolist()
        texts = [held[start:end] for start, end in pairwise([0, *ends])]
        counts = np.concatenate([np.bincount(ids, minlength=len(self.chars.terms))[ids] for ids in texts])
        return self.chars.blocks(held, counts, lot, owner)


def _narrow(ordered: Ids, limit: int) -> Ids | NDArray[np.int32]:
    """The numbers, all below `limit`, as small as they fit; behind them a greater one, so every search ends inside."""
    kind = np.int32 if limit < 2**31 else np.int64
    return np.append(ordered.astype(kind), np.array([np.iinfo(kind).max], dtype=kind))


def _counts(ids: Ids) -> Ids:
    """How often each of them is there."""
    _, places, counts = np.unique(ids, return_inverse=True, return_counts=True)
    return counts[places]


def _ids(numbers: list[int]) -> Ids:
    return np.array(numbers, dtype=np.int64)


__all__ = [
    "GRAM",
    "READ",
    "STYLE",
    "WINDOW",
    "Block",
    "Features",
    "Lot",
    "Reading",
    "TfIdf",
    "Vector",
    "char_terms",
    "is_term",
    "read",
    "word_grams",
    "word_terms",
]
