"""views -> Prepared: their words, style, relevance and marks read once, and matrices over any vocabulary."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from classifiers.detector import doubt_of, trust
from classifiers.features import Ids, Reading, TfIdf, is_term, read, word_grams, word_terms
from classifiers.names import hidden_names, learn_names
from classifiers.relevance import relevance
from classifiers.stance import marks
from classifiers.stem import ROOTS, stem
from classifiers.style import style
from classifiers.views import MEASURE, View

RUNNING: Final = ("news_body", "news_lead283", "factcheck_body")
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Counted:
    """What the detector's doubts look at: words, words that are no names or numbers, those with a root."""

    tokens: int
    ordinary: int
    roots: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """Views as the detector reads them; one row of every array a view. `names` are learned from all running text.

    `trust` is how far the model's word counts (1: all of it; less: too little can be read), `clear` whether no doubt
    at all is stated. `lists` fills itself.
    """

    views: list[View]
    tokens: list[list[str]]
    style: Floats
    election: Floats
    politics: Floats
    marks: Floats
    refuting: Floats
    trust: Floats
    clear: Mask
    names: frozenset[str]
    lists: dict[bool, list[list[str]]] = field(default_factory=dict)

    @property
    def every(self) -> Mask:
        """All views but those that only measure."""
        return np.array([view.row.dataset != MEASURE for view in self.views])


def prepare(found: list[View]) -> Prepared:
    """Reads every view as the detector would."""
    running = {view.row.id: view.row.text for view in found if view.row.text_kind in RUNNING}
    names = hidden_names(learn_names(running.values()))
    tokens: list[list[str]] = []
    styles: list[Floats] = []
    values: list[tuple[float, ...]] = []
    for view in found:
        reading = read(view.title, view.text)
        about = relevance(reading)
        tokens.append(reading.tokens)
        styles.append(style(reading.clean))
        values.append((about.election, about.politics, *marks(reading), *_doubts(reading, names, len(view.text))))
    election, politics, marked, refuting, trusted, clear = np.array(values).T
    return Prepared(
        found, tokens, np.stack(styles), election, politics, marked, refuting, trusted, clear.astype(bool), names
    )


def _doubts(reading: Reading, names: frozenset[str], length: int) -> tuple[float, float]:
    """How far the model's word would count, and whether it would be given without a doubt."""
    ordinary = [token for token in reading.tokens if is_term(token, names)]
    counts = Counted(len(reading.tokens), len(ordinary), sum(stem(token) in ROOTS for token in ordinary))
    doubt = doubt_of(reading, counts, length)
    return trust(doubt, counts), float(not doubt)


def idf(terms: Sequence[str], frequency: Counter[str], documents: int) -> TfIdf:
    """Smoothed as scikit-learn's TfidfVectorizer does."""
    counts = np.array([min(frequency[term], documents) for term in terms], dtype=np.float64)
    return TfIdf(terms, np.log((1.0 + documents) / (1.0 + counts)) + 1.0)


def word_lists(prepared: Prepared, *, stemmed: bool = True) -> list[list[str]]:
    """The terms of every view, found once."""
    if stemmed not in prepared.lists:
        prepared.lists[stemmed] = [word_terms(tokens, prepared.names, stemmed=stemmed) for tokens in prepared.tokens]
    return prepared.lists[stemmed]


def word_frequency(lists: Iterable[list[str]]) -> Counter[str]:
    """In how many documents a term stands."""
    frequency: Counter[str] = Counter()
    for terms in lists:
        frequency.update(set(terms))
    return frequency


def matrix(lists: Sequence[list[str]], block: TfIdf) -> sparse.csr_matrix:
    """One row of values a document; equal to what Features gives at run time."""
    index = block.index
    held = [np.array([index[term] for term in terms if term in index], dtype=np.int64) for terms in lists]
    return _csr(held, block)


def gram_frequency(prepared: Prepared, rows: Iterable[int]) -> Counter[str]:
    """In how many windows an n-gram's words stand, summed over words: a cheap upper bound of its documents."""
    words: Counter[str] = Counter()
    for row in rows:
        words.update(set(prepared.tokens[row]))
    frequency: Counter[str] = Counter()
    for word, count in words.items():
        if is_term(word, prepared.names):
            for gram in set(word_grams(word)):
                frequency[gram] += count
    return frequency


def gram_matrix(prepared: Prepared, block: TfIdf) -> sparse.csr_matrix:
    """As `matrix`, over character n-grams: words of a document x n-grams of a word, each looked up once."""
    places: dict[str, int] = {}
    held = [[places.setdefault(token, len(places)) for token in tokens] for tokens in prepared.tokens]
    grams = [_grams(word, block) if is_term(word, prepared.names) else [] for word in places]
    counts = _counted(held, len(places)) @ _counted(grams, len(block.terms))
    counts.sort_indices()
    raw = (1.0 + np.log(counts.data)) * block.idf[counts.indices]
    rows = np.repeat(np.arange(len(held)), np.diff(counts.indptr))
    norms = np.sqrt(np.bincount(rows, weights=raw * raw, minlength=len(held)))
    return sparse.csr_matrix((raw / norms[rows], counts.indices, counts.indptr), shape=counts.shape)


def _grams(word: str, block: TfIdf) -> list[int]:
    return [block.index[gram] for gram in word_grams(word) if gram in block.index]


def _counted(held: Sequence[list[int]], width: int) -> sparse.csr_matrix:
    """How often each number stands in each list."""
    ends = np.cumsum([0, *map(len, held)])
    columns = np.fromiter(chain.from_iterable(held), dtype=np.int32, count=int(ends[-1]))
    found = sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(held), width))
    found.sum_duplicates()
    return found


def _csr(held: Iterable[Ids], block: TfIdf) -> sparse.csr_matrix:
    ids: list[Ids] = []
    values: list[Floats] = []
    ends = [0]
    for numbers in held:
        here, counts = np.unique(numbers, return_counts=True)
        ids.append(here)
        values.append(block.values(counts, here))
        ends.append(ends[-1] + len(here))
    columns = np.concatenate(ids).astype(np.int32)
    shape = (len(ids), len(block.terms))
    return sparse.csr_matrix((np.concatenate(values), columns, np.array(ends, dtype=np.int64)), shape=shape)
