"""Prepared -> Fitted: vocabularies and linear heads of one training set."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import scipy.sparse as sparse

from classifiers.features import REACH, WINDOW, TfIdf
from classifiers.train.matrix import (
    Floats,
    Mask,
    Prepared,
    gram_frequency,
    gram_matrix,
    idf,
    matrix,
    word_frequency,
    word_lists,
)

WORD_FEWEST: Final = 4
PAIR_FEWEST: Final = 8
GRAM_FEWEST: Final = 40
WORDS_KEPT: Final = 40_000
CHARS_KEPT: Final = 25_000
CHAR_SCALE: Final = 0.5  # how loud the character block is beside the words
STRENGTH: Final = 1.0  # C of the hoax head
STANCE_STRENGTH: Final = 4.0


@dataclass(frozen=True, slots=True)
class Fitted:
    """One trained set of heads over one pair of vocabularies."""

    names: frozenset[str]
    words: TfIdf
    chars: TfIdf
    word_weights: Floats
    char_weights: Floats
    style_weights: Floats
    intercept: float
    about: Floats
    about_intercept: float
    refutes: Floats
    refutes_intercept: float


def fit(prepared: Prepared, training: Mask, seed: int) -> Fitted:
    """Fits all heads on the views of `training`; the vocabulary is what a first fit found worth keeping."""
    lists = word_lists(prepared, WINDOW)
    words, chars = vocabularies(prepared, lists, training)
    labels = np.array([view.row.label for view in prepared.views])
    weights = np.array([view.weight for view in prepared.views])
    first = _hoax(prepared, lists, words, chars, labels, weights, training, seed)
    words = _kept(words, first[0], WORDS_KEPT)
    chars = _kept(chars, first[1], CHARS_KEPT)
    word_weights, char_weights, style_weights, intercept = _hoax(
        prepared, lists, words, chars, labels, weights, training, seed
    )
    about, refutes = _stance(prepared, words, weights, training, seed)
    return Fitted(
        prepared.names, words, chars, word_weights, char_weights, style_weights, intercept, *about, *refutes
    )


def vocabularies(prepared: Prepared, lists: Sequence[list[str]], training: Mask) -> tuple[TfIdf, TfIdf]:
    rows = np.flatnonzero(training)
    frequency = word_frequency(lists[row] for row in rows)
    terms = sorted(term for term, count in frequency.items() if count >= (PAIR_FEWEST if " " in term else WORD_FEWEST))
    grams = gram_frequency(prepared, rows)
    kept = sorted(gram for gram, count in grams.items() if count >= GRAM_FEWEST)
    return idf(terms, frequency, len(rows)), idf(kept, _bounded(grams, len(rows)), len(rows))


def _bounded(frequency: Counter[str], most: int) -> Counter[str]:
    return Counter({term: min(count, most) for term, count in frequency.items()})


def _hoax(
    prepared: Prepared, lists: Sequence[list[str]], words: TfIdf, chars: TfIdf, labels: Any, weights: Floats,
    training: Mask, seed: int,
) -> tuple[Floats, Floats, Floats, float]:  # fmt: skip
    columns = [matrix(lists, words), gram_matrix(prepared, chars) * CHAR_SCALE, sparse.csr_matrix(prepared.style)]
    everything = sparse.hstack(columns).tocsr()
    weight, intercept = logistic(everything[training], labels[training], weights[training], STRENGTH, seed)
    split = (len(words.terms), len(words.terms) + len(chars.terms))
    word_weights, char_weights, style_weights = np.split(weight, split)
    return word_weights, char_weights * CHAR_SCALE, style_weights, intercept


def _kept(block: TfIdf, weights: Floats, most: int) -> TfIdf:
    """The terms that move a score most, in their old order."""
    order = np.sort(np.argsort(-np.abs(weights), kind="stable")[:most])
    return TfIdf([block.terms[place] for place in order], block.idf[order])


def _stance(
    prepared: Prepared, words: TfIdf, weights: Floats, training: Mask, seed: int
) -> tuple[tuple[Floats, float], tuple[Floats, float]]:
    """Heads "is about a claim" (refutes or reports, against asserts and ordinary news) and "refutes" among these."""
    values = matrix(word_lists(prepared, REACH), words)
    voices = np.array([view.voice for view in prepared.views])
    heard = training & (voices != "")
    about = np.isin(voices, ("refutes", "reports"))
    first = logistic(values[heard], about[heard], weights[heard], STANCE_STRENGTH, seed)
    second = logistic(
        values[heard & about], voices[heard & about] == "refutes", weights[heard & about], STANCE_STRENGTH, seed
    )
    return first, second


def logistic(values: sparse.csr_matrix, labels: Any, weights: Floats, strength: float, seed: int) -> tuple[Floats, float]:
    """Coefficients and intercept of a weighted logistic regression, in float64."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=strength, solver="liblinear", max_iter=300, random_state=seed)
    model.fit(values, labels, sample_weight=weights)
    return np.asarray(model.coef_[0], dtype=np.float64), float(model.intercept_[0])
