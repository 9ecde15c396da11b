"""Prepared, Fitted -> Held: calibration and thresholds, found on years and outlets that were held out."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from classifiers.train.fit import POLITICS, Fitted
from classifiers.train.matrix import Floats, Mask, Prepared
from classifiers.views import MEASURE, OWN, RECASED

LATER: Final = 2023
OUTLETS: Final = frozenset({"Tempo", "Republika", "Metro TV News", "Okezone", "Tribunnews (regional)"})
PREVALENCE: Final = 0.15
ABOUT: Final = 0.0
FALSE_FLAGS: Final = 0.0045  # share of ordinary articles, and of headlines, that may reach the threshold
MISSED: Final = 0.02  # share of held-out claims about politics that may be taken for an opinion
LENGTHS: Final = ("both", "lead", "title")


@dataclass(frozen=True, slots=True)
class Held:
    """Calibration, thresholds and the figures they were chosen by."""

    slope: float
    offset: float
    hoax: float
    politics: float
    about: float
    opines: float
    figures: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of all views, for choosing groups of them."""

    kind: NDArray[np.str_]
    name: NDArray[np.str_]
    source: NDArray[np.str_]
    dataset: NDArray[np.str_]
    year: NDArray[np.int64]
    month: NDArray[np.int64]
    checked: Mask
    cluster: NDArray[np.int64]
    label: NDArray[np.int64]
    weight: Floats
    election: Mask
    political: Mask

    @property
    def ordinary(self) -> Mask:
        """Ordinary items of the press, as they were printed."""
        others = np.isin(self.dataset, (OWN, MEASURE)) | np.isin(self.name, ("labelled", RECASED))
        press: Mask = (self.kind == "news") & ~self.checked & ~others
        return press


def table(prepared: Prepared) -> Table:
    rows = [view.row for view in prepared.views]
    return Table(
        kind=np.array([row.kind for row in rows]), name=np.array([view.name for view in prepared.views]),
        source=np.array([row.source for row in rows]), dataset=np.array([row.dataset for row in rows]),
        year=np.array([row.year for row in rows]), month=np.array([row.month for row in rows]),
        checked=np.array([row.checked for row in rows]), cluster=np.array([row.cluster for row in rows]),
        label=np.array([row.label for row in rows]), weight=np.array([view.weight for view in prepared.views]),
        election=np.array([row.election for row in rows]), political=np.array([row.political for row in rows]),
    )  # fmt: skip


def held_out(columns: Table) -> tuple[Mask, Mask]:
    """(test, training): later years of checked texts and five whole outlets; no cluster is in both."""
    test = np.where(columns.checked, columns.year >= LATER, np.isin(columns.source, sorted(OUTLETS)))
    return test, apart(columns, test)


def apart(columns: Table, test: Mask) -> Mask:
    """All views whose cluster has no view in `test`, without those that only measure."""
    found: Mask = ~np.isin(columns.cluster, np.unique(columns.cluster[test])) & (columns.dataset != MEASURE)
    return found


def able(prepared: Prepared, fitted: Fitted) -> Mask:
    """Whether a view may be flagged at all: it can be read, concerns politics and is not about a claim of others.

    Whether it only opines is asked beside it.
    """
    may: Mask = (prepared.trust == 1.0) & (prepared.politics >= POLITICS) & (fitted.about_logits < ABOUT)
    return may


def settle(prepared: Prepared, columns: Table, fitted: Fitted, test: Mask) -> Held:
    """Sigmoid calibration at PREVALENCE, and the lowest hoax threshold that keeps false flags under FALSE_FLAGS."""
    judged = test & np.isin(columns.name, ("text", *LENGTHS))
    labels = columns.label[judged] == 1
    slope, offset = sigmoid(fitted.raw[judged], labels, balanced(labels, columns.weight[judged], PREVALENCE))
    chance = logistic_of(slope * fitted.raw + offset)
    may = able(prepared, fitted)
    groups = [test & columns.ordinary & (columns.name == length) for length in ("both", "title")]
    claims = judged & (columns.kind == "claim") & (prepared.politics >= POLITICS)
    opines = float(np.quantile(fitted.opines_logits[claims], 1.0 - MISSED)) if claims.any() else 0.0
    threshold = max(_threshold(chance[group], may[group]) for group in groups)
    figures = {"held_out_views": int(test.sum()), "false_flags": FALSE_FLAGS}
    return Held(slope, offset, threshold, POLITICS, ABOUT, opines, figures)


def logistic_of(values: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(values, -500, 500))), dtype=np.float64)


def _threshold(chance: Floats, may: Mask) -> float:
    """The score that at most FALSE_FLAGS of a group reach while they may be flagged."""
    allowed = int(FALSE_FLAGS * len(chance))
    ranked = np.sort(chance[may])[::-1]
    return float(np.nextafter(ranked[allowed], 1.0)) if len(ranked) > allowed else 0.5


def balanced(labels: Mask, weights: Floats, share: float) -> Floats:
    """Weights under which the positives make up `share`."""
    positive, negative = weights[labels].sum(), weights[~labels].sum()
    return np.asarray(
        np.where(labels, weights * share / positive, weights * (1.0 - share) / negative) * len(labels), dtype=np.float64
    )


def sigmoid(raw: Floats, labels: Mask, weights: Floats, steps: int = 60) -> tuple[float, float]:
    """Platt's slope and offset by Newton steps on the weighted log-loss."""
    slope, offset = 1.0, 0.0
    target = labels.astype(np.float64)
    for _ in range(steps):
        chance = logistic_of(slope * raw + offset)
        error = weights * (chance - target)
        curve = weights * chance * (1.0 - chance) + 1e-12
        gradient = np.array([np.dot(error, raw), error.sum()])
        hessian = np.array([[np.dot(curve, raw * raw), np.dot(curve, raw)], [np.dot(curve, raw), curve.sum()]])
        step = np.linalg.solve(hessian + 1e-9 * np.eye(2), gradient)
        slope, offset = slope - float(step[0]), offset - float(step[1])
        if np.abs(step).max() < 1e-10:
            break
    return slope, offset
