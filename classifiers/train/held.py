"""Prepared, Fitted -> Held: calibration and thresholds, found on years and outlets that were held out."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from classifiers.features import REACH, Features, read
from classifiers.hoax import Hoax
from classifiers.relevance import relevance
from classifiers.stance import Voice
from classifiers.train.fit import Fitted
from classifiers.train.matrix import Floats, Mask, Prepared

LATER: Final = 2023
OUTLETS: Final = frozenset({"Tempo", "Republika", "Metro TV News", "Okezone", "Tribunnews (regional)"})
PREVALENCE: Final = 0.15
POLITICS: Final = 0.5
ABOUT: Final = 0.0
FALSE_FLAGS: Final = 0.006  # share of ordinary items of any held-out kind that may be flagged


@dataclass(frozen=True, slots=True)
class Held:
    """Calibration, thresholds and the figures they were chosen by."""

    slope: float
    offset: float
    hoax: float
    politics: float
    about: float
    figures: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a fitted model says of some views: raw hoax log-odds, politics, and whether the text is about a claim."""

    places: NDArray[np.int64]
    raw: Floats
    politics: Floats
    election: Floats
    about: Mask
    stance: list[str]


def held_out(prepared: Prepared) -> tuple[Mask, Mask]:
    """(test, training): later years of checked texts and five whole outlets; no cluster is in both."""
    test = np.array([_held(view.row.checked, view.row.year, view.row.source) for view in prepared.views])
    clusters = {view.row.cluster for view, inside in zip(prepared.views, test, strict=True) if inside}
    training = np.array([view.row.cluster not in clusters for view in prepared.views])
    return test, training


def _held(is_checked: bool, year: int, source: str) -> bool:
    return year >= LATER if is_checked else source in OUTLETS


def judge(prepared: Prepared, fitted: Fitted, test: Mask) -> Judged:
    """Scores views exactly as the detector would."""
    features = Features(fitted.words, fitted.chars, fitted.names)
    hoax = Hoax(fitted.word_weights, fitted.char_weights, fitted.style_weights, fitted.intercept, 1.0, 0.0)
    voice = Voice(fitted.about, fitted.about_intercept, fitted.refutes, fitted.refutes_intercept, ABOUT)
    places = np.flatnonzero(test)
    raw, politics, election, about, said = [], [], [], [], []
    for place in places:
        view = prepared.views[place]
        reading = read(view.title, view.text)
        raw.append(hoax.raw(features.vector(reading)))
        found = relevance(reading)
        politics.append(found.politics)
        election.append(found.election)
        stance = voice.stance(reading, features.word_block(reading.tokens[:REACH]))
        said.append(stance)
        about.append(stance in ("refutes", "reports"))
    return Judged(places, np.array(raw), np.array(politics), np.array(election), np.array(about), said)


def settle(prepared: Prepared, fitted: Fitted, test: Mask) -> Held:
    """Sigmoid calibration at PREVALENCE, and the lowest hoax threshold that keeps false flags under FALSE_FLAGS."""
    judged = judge(prepared, fitted, test)
    kinds = np.array([prepared.views[place].row.kind for place in judged.places])
    labels = kinds == "claim"
    weights = np.array([prepared.views[place].weight for place in judged.places])
    ordinary = kinds == "news"
    slope, offset = sigmoid(judged.raw, labels, _balanced(labels, weights, PREVALENCE))
    chance = 1.0 / (1.0 + np.exp(-(slope * judged.raw + offset)))
    able = (judged.politics >= POLITICS) & ~judged.about
    names = np.array([prepared.views[place].name for place in judged.places])
    groups = [ordinary & (names == name) for name in ("both", "title", "lead")]
    threshold = max(_threshold(chance[group], able[group]) for group in groups if group.any())
    figures = {"held_out_views": len(judged.places), "false_flags": FALSE_FLAGS}
    return Held(slope, offset, float(threshold), POLITICS, ABOUT, figures)


def _threshold(chance: Floats, able: Mask) -> float:
    """The score that at most FALSE_FLAGS of a group reach and are able to be flagged."""
    allowed = int(FALSE_FLAGS * len(chance))
    ranked = np.sort(chance[able])[::-1]
    return float(np.nextafter(ranked[allowed], 1.0)) if len(ranked) > allowed else 0.5


def _balanced(labels: Mask, weights: Floats, share: float) -> Floats:
    """Weights under which the positives make up `share`."""
    positive, negative = weights[labels].sum(), weights[~labels].sum()
    return np.where(labels, weights * share / positive, weights * (1.0 - share) / negative) * len(labels)


def sigmoid(raw: Floats, labels: Mask, weights: Floats, steps: int = 60) -> tuple[float, float]:
    """Platt's slope and offset by Newton steps on the weighted log-loss."""
    slope, offset = 1.0, 0.0
    target = labels.astype(np.float64)
    for _ in range(steps):
        chance = 1.0 / (1.0 + np.exp(-np.clip(slope * raw + offset, -35, 35)))
        error = weights * (chance - target)
        curve = weights * chance * (1.0 - chance) + 1e-12
        gradient = np.array([np.dot(error, raw), error.sum()])
        hessian = np.array([[np.dot(curve, raw * raw), np.dot(curve, raw)], [np.dot(curve, raw), curve.sum()]])
        step = np.linalg.solve(hessian + 1e-9 * np.eye(2), gradient)
        slope, offset = slope - float(step[0]), offset - float(step[1])
        if np.abs(step).max() < 1e-10:
            break
    return slope, offset
