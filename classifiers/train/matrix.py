"""views -> Prepared: their words read once, and matrices over any vocabulary."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from classifiers.features import WINDOW, TfIdf, is_term, read, word_grams, word_terms
from classifiers.names import hidden_names, learn_names
from classifiers.style import style
from classifiers.views import View

RUNNING = ("news_body", "news_lead283", "factcheck_body")
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Views with their tokens and style; `names` are learned from all running text."""

    views: list[View]
    tokens: list[list[str]]
    style: Floats
    names: frozenset[str]

    @property
    def every(self) -> Mask:
        return np.ones(len(self.views), dtype=bool)


def prepare(found: list[View]) -> Prepared:
    """Reads every view as the detector would."""
    running = {view.row.id: view.row.text for view in found if view.row.text_kind in RUNNING}
    names = hidden_names(learn_names(running.values()))
    tokens, styles = [], []
    for view in found:
        reading = read(view.title, view.text)
        tokens.append(reading.tokens)
        styles.append(style(reading.clean))
    return Prepared(found, tokens, np.stack(styles), names)


def idf(terms: Sequence[str], frequency: Counter[str], documents: int) -> TfIdf:
    """Smoothed as scikit-learn's TfidfVectorizer does."""
    counts = np.array([frequency[term] for term in terms], dtype=np.float64)
    return TfIdf(terms, np.log((1.0 + documents) / (1.0 + counts)) + 1.0)


def word_lists(prepared: Prepared, window: int) -> list[list[str]]:
    return [word_terms(tokens[:window], prepared.names) for tokens in prepared.tokens]


def word_frequency(lists: Iterable[list[str]]) -> Counter[str]:
    frequency: Counter[str] = Counter()
    for terms in lists:
        frequency.update(set(terms))
    return frequency


def matrix(lists: Sequence[list[str]], block: TfIdf) -> sparse.csr_matrix:
    """One row of values a document; equal to what Features gives at run time."""
    ids: list[NDArray[np.int64]] = []
    values: list[Floats] = []
    ends = [0]
    for terms in lists:
        counted = Counter(number for number in map(block.index.get, terms) if number is not None)
        here = np.array(sorted(counted), dtype=np.int64)
        counts = np.array([counted[number] for number in here.tolist()], dtype=np.int64)
        ids.append(here)
        values.append(block.values(counts, here))
        ends.append(ends[-1] + len(here))
    return _csr(ids, values, ends, len(block.terms))


def gram_frequency(prepared: Prepared, rows: Iterable[int]) -> Counter[str]:
    """In how many windows an n-gram's words stand, summed over words: a cheap upper bound of its documents."""
    words: Counter[str] = Counter()
    for row in rows:
        words.update(set(prepared.tokens[row][:WINDOW]))
    frequency: Counter[str] = Counter()
    for word, count in words.items():
        if is_term(word, prepared.names):
            for gram in set(word_grams(word)):
                frequency[gram] += count
    return frequency


def gram_matrix(prepared: Prepared, block: TfIdf) -> sparse.csr_matrix:
    """As `matrix`, over character n-grams, with each word's n-grams looked up once."""
    memo: dict[str, NDArray[np.int64]] = {}
    ids: list[NDArray[np.int64]] = []
    values: list[Floats] = []
    ends = [0]
    for tokens in prepared.tokens:
        held = [_grams(token, block, prepared.names, memo) for token in tokens[:WINDOW]]
        joined = np.concatenate(held) if held else np.zeros(0, dtype=np.int64)
        here, counts = np.unique(joined, return_counts=True)
        ids.append(here)
        values.append(block.values(counts, here))
        ends.append(ends[-1] + len(here))
    return _csr(ids, values, ends, len(block.terms))


def _grams(token: str, block: TfIdf, names: frozenset[str], memo: dict[str, NDArray[np.int64]]) -> NDArray[np.int64]:
    if token not in memo:
        found = [block.index[gram] for gram in word_grams(token) if gram in block.index] if is_term(token, names) else []
        memo[token] = np.array(found, dtype=np.int64)
    return memo[token]


def _csr(ids: list[NDArray[np.int64]], values: list[Floats], ends: list[int], width: int) -> sparse.csr_matrix:
    shape = (len(ids), width)
    columns = np.concatenate(ids).astype(np.int32)
    return sparse.csr_matrix((np.concatenate(values), columns, np.array(ends, dtype=np.int64)), shape=shape)
