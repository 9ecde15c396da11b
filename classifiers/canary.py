"""two Detectors -> what falls: texts of our own and shipped feature rows that a new model must not judge worse.

The rows hold weights of stems, never sentences: word ids and values, style, and what the letters add to the score.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifiers.detector import Detector
from classifiers.features import read
from classifiers.model import Tensors

SLACK: Final = 0.005
LEAST: Final = 1e-9
SHAPE: Final = ("ids", "values", "ends", "style", "letters", "labels")

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Canary:
    """`texts` are (title, text, hoax) of our own; `rows` the tensors that `pack` made, or empty."""

    texts: tuple[tuple[str, str, bool], ...]
    rows: Mapping[str, NDArray[np.float64]]


def pack(detector: Detector, texts: list[tuple[str, str, bool]]) -> Tensors:
    """Feature rows of texts under a model's vocabulary."""
    vectors = [detector.features.vector(read(title, text)) for title, text, _ in texts]
    ends = np.cumsum([len(vector.words.ids) for vector in vectors])
    return {
        "ids": np.concatenate([vector.words.ids for vector in vectors]).astype(np.float64),
        "values": np.concatenate([vector.words.values for vector in vectors]),
        "ends": ends.astype(np.float64),
        "style": np.stack([vector.style for vector in vectors]),
        "letters": np.array([vector.chars.values @ detector.hoax.chars[vector.chars.ids] for vector in vectors]),
        "labels": np.array([float(hoax) for _, _, hoax in texts]),
    }


def falls(canary: Canary, old: Detector, new: Detector) -> list[str]:
    """Names of the figures in which `new` is worse than `old` by more than SLACK; empty means it may go live."""
    before, after = figures(canary, old), figures(canary, new)
    return [f"{name} {before[name]:.3f} -> {after[name]:.3f}" for name in before if after[name] < before[name] - SLACK]


def figures(canary: Canary, detector: Detector) -> dict[str, float]:
    """Order (AUC), hoaxes above the flag's threshold and harmless texts below it, on texts and on rows."""
    found: dict[str, float] = {}
    if canary.texts:
        chances = np.array([detector.score(title, text).hoax for title, text, _ in canary.texts])
        found |= _figures("texts", chances, np.array([hoax for _, _, hoax in canary.texts]), detector)
    if canary.rows:
        found |= _figures("rows", row_chances(canary.rows, detector), canary.rows["labels"] > 0, detector)
    return found


def row_chances(rows: Mapping[str, Floats], detector: Detector) -> Floats:
    """Calibrated probabilities of packed rows."""
    hoax = detector.hoax
    parts = hoax.words[rows["ids"].astype(np.int64)] * rows["values"]
    ends = rows["ends"].astype(np.int64)
    sums = np.diff(np.concatenate([[0.0], np.concatenate([[0.0], np.cumsum(parts)])[ends]]))
    raw = hoax.intercept + sums + rows["letters"] + rows["style"] @ hoax.style
    chances: Floats = 1.0 / (1.0 + np.exp(-np.clip(hoax.slope * raw + hoax.offset, -500, 500)))
    return chances


def _figures(name: str, chances: Floats, hoaxes: NDArray[np.bool_], detector: Detector) -> dict[str, float]:
    threshold = detector.thresholds.hoax
    return {
        f"{name}_order": order(chances[hoaxes], chances[~hoaxes]),
        f"{name}_hoaxes_found": float((chances[hoaxes] >= threshold).mean()),
        f"{name}_harmless_kept_out": float((chances[~hoaxes] < threshold).mean()),
    }


def order(hoaxes: Floats, others: Floats) -> float:
    """The chance that a hoax stands above a harmless text; ties count half."""
    above = (hoaxes[:, None] > others[None, :]).mean()
    equal = (np.abs(hoaxes[:, None] - others[None, :]) < LEAST).mean()
    return float(above + equal / 2.0)
