"""ModelFiles + labels of the desk -> ModelFiles: a correction of the shipped coefficients, or a Refusal.

The correction has a Gaussian prior centred on the shipped coefficients (few labels move little) and touches words,
style and intercept; letters, calibration and vocabulary stay. It is found exactly, in the space of the labels, with
numpy alone. A gate of shipped canary rows and of made-up texts of our own lets a new model through only if nothing
falls.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from classifiers.canary import Canary, falls
from classifiers.detector import Detector
from classifiers.features import Vector, read
from classifiers.model import ModelFiles, Tensors

FEWEST: Final = 200
FEWEST_OF_A_KIND: Final = 40
MOST: Final = 3_000  # the newest labels that are used: the fit solves a system of this size
ACCOUNT_SHARE: Final = 0.3  # of all labels that one account may weigh
PRIOR: Final = 0.25  # variance of the prior: how far a coefficient is expected to move
STEPS: Final = 30

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Label:
    """One finding of people about one text: `hoax` is True for HOAKS, PENIPUAN, MENYESATKAN on asserting konten."""

    account: str
    title: str
    text: str
    hoax: bool


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no new model: `cause` for the log, `sentence` for the person."""

    cause: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Retrained:
    """A new model's manifest and tensors, ready for save_files."""

    manifest: dict[str, Any]
    tensors: Tensors


def retrain(base: ModelFiles, labels: Sequence[Label], canary: Canary) -> Retrained | Refusal:
    """Fits a correction of `base` to the newest labels; refuses when they are too few or the canary falls."""
    used = labels[-MOST:]
    refusal = too_few(used)
    if refusal is not None:
        return refusal
    detector = Detector(base)
    vectors = [detector.features.vector(read(label.title, label.text)) for label in used]
    made = corrected(base, detector, vectors, used)
    fallen = falls(canary, detector, Detector(_files(made)))
    if fallen:
        sentence = "Model baru tidak dipakai karena lebih buruk pada contoh penguji. Model lama tetap berlaku."
        return Refusal(f"canary: {', '.join(fallen)}", sentence)
    return made


def too_few(labels: Sequence[Label]) -> Refusal | None:
    hoaxes = sum(label.hoax for label in labels)
    rarest = min(hoaxes, len(labels) - hoaxes)
    if len(labels) >= FEWEST and rarest >= FEWEST_OF_A_KIND:
        return None
    sentence = (
        f"Belum cukup hasil verifikasi untuk melatih ulang: ada {len(labels)} ({hoaxes} hoaks), dibutuhkan {FEWEST} "
        f"dengan "
        f"sedikitnya {FEWEST_OF_A_KIND} dari tiap jenis. Lanjutkan verifikasi, lalu coba lagi."
    )
    return Refusal(f"{len(labels)} labels, {hoaxes} hoaxes", sentence)


def account_weights(labels: Sequence[Label]) -> Floats:
    """One a label, less for accounts that gave more than ACCOUNT_SHARE of all."""
    counts = Counter(label.account for label in labels)
    most = ACCOUNT_SHARE * len(labels)
    return np.array([min(1.0, most / counts[label.account]) for label in labels])


def corrected(base: ModelFiles, detector: Detector, vectors: Sequence[Vector], labels: Sequence[Label]) -> Retrained:
    """The model whose words, style and intercept moved towards the labels."""
    slope = detector.hoax.slope
    rows = [_row(vector, len(detector.hoax.words)) for vector in vectors]
    start = np.array([detector.hoax.logit(vector) for vector in vectors])
    hoaxes = np.array([label.hoax for label in labels], dtype=np.float64)
    alpha = posterior(_kernel(rows) * slope * slope * PRIOR, start, hoaxes, account_weights(labels))
    move = _move(rows, alpha * slope * PRIOR, len(detector.hoax.words), len(detector.hoax.style))
    words, styles, intercept = move
    tensors = dict(base.tensors)
    tensors["words.hoax"] = tensors["words.hoax"] + words
    tensors["style.hoax"] = tensors["style.hoax"] + styles
    hoax = {**base.manifest["hoax"], "intercept": detector.hoax.intercept + intercept}
    manifest = {**base.manifest, "hoax": hoax, "base": base.id, "labels": len(labels)}
    return Retrained(manifest, tensors)


def _row(vector: Vector, words: int) -> tuple[NDArray[np.int64], Floats, Floats]:
    """ids and values of the words, and style with a one for the intercept."""
    return vector.words.ids, vector.words.values, np.append(vector.style, 1.0)


def _kernel(rows: Sequence[tuple[NDArray[np.int64], Floats, Floats]]) -> Floats:
    """Inner products of all rows."""
    styles = np.stack([row[2] for row in rows])
    kernel: Floats = styles @ styles.T
    places = [dict(zip(ids.tolist(), values.tolist(), strict=True)) for ids, values, _ in rows]
    holders: dict[int, list[tuple[int, float]]] = {}
    for number, place in enumerate(places):
        for term, value in place.items():
            holders.setdefault(term, []).append((number, value))
    for found in holders.values():
        numbers = np.array([number for number, _ in found])
        values = np.array([value for _, value in found])
        kernel[np.ix_(numbers, numbers)] += np.outer(values, values)
    return kernel


def posterior(kernel: Floats, start: Floats, labels: Floats, weights: Floats) -> Floats:
    """Newton's method for the mode of a Gaussian prior with logistic likelihood, in the space of the labels.

    Source: Rasmussen and Williams, Gaussian Processes for Machine Learning, algorithm 3.1, with a mean `start`.
    """
    latent = np.zeros(len(labels))
    alpha = np.zeros(len(labels))
    for _ in range(STEPS):
        chance = 1.0 / (1.0 + np.exp(-np.clip(start + latent, -500, 500)))
        curve = weights * chance * (1.0 - chance)
        root = np.sqrt(curve)
        target = curve * latent + weights * (labels - chance)
        system = np.eye(len(labels)) + root[:, None] * kernel * root[None, :]
        alpha = target - root * np.linalg.solve(system, root * (kernel @ target))
        moved = kernel @ alpha
        done = np.abs(moved - latent).max() < 1e-9
        latent = moved
        if done:
            break
    return alpha


def _move(
    rows: Sequence[tuple[NDArray[np.int64], Floats, Floats]], alpha: Floats, words: int, styles: int
) -> tuple[Floats, Floats, float]:
    """What the coefficients move by: rows weighted by alpha."""
    word_move = np.zeros(words)
    style_move = np.zeros(styles + 1)
    for (ids, values, style), part in zip(rows, alpha, strict=True):
        word_move[ids] += part * values
        style_move += part * style
    return word_move, style_move[:-1], float(style_move[-1])


def _files(made: Retrained) -> ModelFiles:
    return ModelFiles({**made.manifest, "id": "calon"}, made.tensors)
