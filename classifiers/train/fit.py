"""Prepared -> Fitted: vocabularies and linear heads of one training set, and what they say of all views."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import scipy.sparse as sparse

from classifiers.features import STYLE, TfIdf
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
from classifiers.views import OWN, RECASED

WORD_FEWEST: Final = 8
PAIR_FEWEST: Final = 15
GRAM_FEWEST: Final = 450
CHAR_SCALE: Final = 0.3  # how loud the character block is beside the words
STRENGTH: Final = 2.0  # C of the hoax head
STANCE_STRENGTH: Final = 4.0
OPINION_STRENGTH: Final = 1.0
ELECTION: Final = 3.0  # how much more an election hoax counts where opinions are told from claims
BESIDE: Final = 0.3  # of our own texts that are no opinions, and of all recased headlines together
POLITICS: Final = 0.5


@dataclass(frozen=True, slots=True)
class Parts:
    """Which parts of the model are switched on: for ablations."""

    words: bool = True
    chars: bool = True
    style: bool = True
    stemmed: bool = True


WHOLE: Final = Parts()


@dataclass(frozen=True, slots=True)
class Fitted:
    """One trained set of heads over one pair of vocabularies, and the raw log-odds they give to every view."""

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
    opines: Floats
    opines_style: Floats
    opines_intercept: float
    raw: Floats
    about_logits: Floats
    refutes_logits: Floats
    opines_logits: Floats


def fit(prepared: Prepared, training: Mask, seed: int, parts: Parts = WHOLE) -> Fitted:
    """Fits all heads on the views of `training`."""
    lists = word_lists(prepared, stemmed=parts.stemmed)
    words, chars = vocabularies(prepared, lists, training)
    values = matrix(lists, words)
    columns = [
        values * float(parts.words),
        gram_matrix(prepared, chars) * (CHAR_SCALE * parts.chars),
        sparse.csr_matrix(prepared.style * float(parts.style)),
    ]
    everything = sparse.hstack(columns).tocsr()
    labels = np.array([view.row.label for view in prepared.views])
    weights = np.array([view.weight for view in prepared.views])
    taught = training & ~beside(prepared)
    coefficients, intercept = logistic(everything[taught], labels[taught], weights[taught], STRENGTH, seed)
    word_weights, char_weights, style_weights = np.split(coefficients, _ends(words, chars))
    about, refutes = _stance(prepared, values, weights, training, seed)
    plain = sparse.hstack([values, sparse.csr_matrix(prepared.style)]).tocsr()
    opines, opines_intercept = _opinion(prepared, plain, weights, training, seed)
    return Fitted(
        prepared.names, words, chars, word_weights, char_weights * CHAR_SCALE, style_weights, intercept,
        *about, *refutes, opines[: len(words.terms)], opines[len(words.terms) :], opines_intercept,
        everything @ coefficients + intercept, values @ about[0] + about[1] + prepared.marks,
        values @ refutes[0] + refutes[1] + prepared.refuting, plain @ opines + opines_intercept,
    )  # fmt: skip


def vocabularies(prepared: Prepared, lists: Sequence[list[str]], training: Mask) -> tuple[TfIdf, TfIdf]:
    """Words and n-grams that the training views use often enough."""
    rows = np.flatnonzero(training).tolist()
    frequency = word_frequency(lists[row] for row in rows)
    terms = sorted(term for term, count in frequency.items() if count >= (PAIR_FEWEST if " " in term else WORD_FEWEST))
    grams = gram_frequency(prepared, rows)
    kept = sorted(gram for gram, count in grams.items() if count >= GRAM_FEWEST)
    return idf(terms, frequency, len(rows)), idf(kept, grams, len(rows))


def _ends(words: TfIdf, chars: TfIdf) -> list[int]:
    return [len(words.terms), len(words.terms) + len(chars.terms)]


def _stance(
    prepared: Prepared, values: sparse.csr_matrix, weights: Floats, training: Mask, seed: int
) -> tuple[tuple[Floats, float], tuple[Floats, float]]:
    """Heads "is about a claim" (refutes or reports, against asserts and ordinary news) and "refutes" among these."""
    voices = np.array([view.voice for view in prepared.views])
    heard = training & (voices != "")
    about = np.isin(voices, ("refutes", "reports"))
    first = logistic(values[heard], about[heard], weights[heard], STANCE_STRENGTH, seed)
    both = heard & about
    second = logistic(values[both], voices[both] == "refutes", weights[both], STANCE_STRENGTH, seed)
    return first, second


def beside(prepared: Prepared) -> Mask:
    """Views that only teach what is no claim: put-together opinions and headlines in other letters."""
    return np.array([view.name == RECASED or view.row.detail == "ragam" for view in prepared.views])


def _opinion(
    prepared: Prepared, values: sparse.csr_matrix, weights: Floats, training: Mask, seed: int
) -> tuple[Floats, float]:
    """Head "asserts nothing that could be checked" of our own texts and recased headlines, against political claims.

    Only claims about politics stand on the other side, and half the weight is theirs: else the head would learn the
    subject.
    """
    rows = [view.row for view in prepared.views]
    political = prepared.politics >= POLITICS
    said = np.array([row.dataset == OWN and row.detail in ("pos", "ragam") for row in rows])
    other = np.array([row.dataset == OWN for row in rows]) & ~said
    headlines = np.array([view.name == RECASED for view in prepared.views]) & political & ~other
    claims = np.array([row.kind == "claim" for row in rows]) & political
    election = np.array([row.election for row in rows])
    masses = np.where(claims, weights * np.where(election, ELECTION, 1.0), 0.0)
    masses[said], masses[other] = 1.0, BESIDE
    masses[headlines] = BESIDE * (said & training).sum() / max(1, int((headlines & training).sum()))
    heard = training & (masses > 0.0)
    labels, masses = ~claims[heard], masses[heard]
    half = np.where(labels, 1.0 / masses[labels].sum(), 1.0 / masses[~labels].sum()) * len(labels) / 2.0
    return logistic(values[heard], labels, masses * half, OPINION_STRENGTH, seed)


def logistic(
    values: sparse.csr_matrix, labels: Any, weights: Floats, strength: float, seed: int
) -> tuple[Floats, float]:
    """Coefficients and intercept of a weighted logistic regression, in float64."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=strength, solver="liblinear", max_iter=300, random_state=seed)
    model.fit(values, labels, sample_weight=weights)
    return np.asarray(model.coef_[0], dtype=np.float64), float(model.intercept_[0])


def style_table(fitted: Fitted) -> dict[str, float]:
    """Weight of each habit of writing, for the model card."""
    return {name: round(float(weight), 2) for name, weight in zip(STYLE, fitted.style_weights, strict=True)}
