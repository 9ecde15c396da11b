"""labels, scores -> figures that hold at one hoax in a hundred: never accuracy."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

DRAWS: Final = 50
HOAXES: Final = 100
ORDINARY: Final = 9_900
BINS: Final = 10
LENGTHS: Final = (5, 9, 13, 21, 41, 81)  # words at which the next class of length begins
MATCHED: Final = 20_000


def auc(hoaxes: Floats, others: Floats) -> float:
    """The chance that a hoax stands above another text; ties count half."""
    joined = np.concatenate([hoaxes, others])
    _, places, counts = np.unique(joined, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks = (ends - (counts - 1) / 2.0)[places]
    above = ranks[: len(hoaxes)].sum() - len(hoaxes) * (len(hoaxes) + 1) / 2.0
    return float(above / (len(hoaxes) * len(others)))


def recall_at(hoaxes: Floats, others: Floats, false_flags: float) -> float:
    """Share of hoaxes above the score that `false_flags` of the others reach."""
    return float((hoaxes > np.quantile(others, 1.0 - false_flags)).mean())


def stream(hoaxes: Floats, others: Floats, seed: int) -> dict[str, float]:
    """P@50, P@100, R@200 and R@500 of DRAWS simulated days: 100 hoaxes among 9,900 ordinary items."""
    chance = np.random.default_rng(seed)
    found = np.array([_day(chance, hoaxes, others) for _ in range(DRAWS)])
    names = ("P@50", "P@100", "R@200", "R@500")
    return dict(zip(names, found.mean(axis=0).round(3).tolist(), strict=True))


def _day(chance: np.random.Generator, hoaxes: Floats, others: Floats) -> tuple[float, float, float, float]:
    scores = np.concatenate([chance.choice(hoaxes, HOAXES), chance.choice(others, ORDINARY)])
    is_hoax = np.arange(len(scores)) < HOAXES
    order = chance.permutation(len(scores))
    ranked = is_hoax[order][np.argsort(-scores[order], kind="stable")]
    return ranked[:50].mean(), ranked[:100].mean(), ranked[:200].sum() / HOAXES, ranked[:500].sum() / HOAXES


def calibration(chance: Floats, labels: Mask, weights: Floats) -> tuple[float, list[tuple[float, float, float]]]:
    """Expected calibration error over ten equal bins, and (mean score, share of hoaxes, weight) of each."""
    bins = np.minimum((chance * BINS).astype(np.int64), BINS - 1)
    curve: list[tuple[float, float, float]] = []
    for number in range(BINS):
        inside = bins == number
        weight = float(weights[inside].sum())
        if weight > 0:
            mean = float(np.average(chance[inside], weights=weights[inside]))
            share = float(np.average(labels[inside], weights=weights[inside]))
            curve.append((mean, share, weight / float(weights.sum())))
    return float(sum(abs(mean - share) * weight for mean, share, weight in curve)), curve


def length_matched(wanted: Floats, offered: Floats, seed: int) -> NDArray[np.int64]:
    """MATCHED places of `offered`, drawn with replacement so that lengths are spread as in `wanted`, class by class.

    A class that `offered` lacks is left out.
    """
    want = np.bincount(np.digitize(wanted, LENGTHS), minlength=len(LENGTHS) + 1)
    classes = np.digitize(offered, LENGTHS)
    have = np.bincount(classes, minlength=len(LENGTHS) + 1)
    weights = (want / np.maximum(have, 1))[classes]
    return np.random.default_rng(seed).choice(len(offered), MATCHED, p=weights / weights.sum())
