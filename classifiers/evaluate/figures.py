"""Fold, Fitted -> figures: every number of the model card, as a plain dictionary."""

from collections.abc import Sequence
from copy import copy
from typing import Any, Final

import numpy as np

from classifiers.detector import doubt_of, trust
from classifiers.evaluate.changes import DISGUISES, SWAPS, Change
from classifiers.evaluate.folds import Fold
from classifiers.evaluate.measures import auc, calibration, length_matched, recall_at, stream
from classifiers.features import Features, read
from classifiers.hoax import PRIOR, ROOM, Hoax, doubted, probability
from classifiers.rank import rank
from classifiers.stance import Stance
from classifiers.train.fit import Fitted
from classifiers.train.held import Held, Table, able, balanced, logistic_of, sigmoid
from classifiers.train.matrix import Floats, Mask, Prepared
from classifiers.views import MEASURE, OWN

SAMPLE: Final = 400
WHOLE: Final = ("text", "both")
PREVALENCE: Final = 0.15
MADE_UP: Final = {
    "made_up_opinion": "pos", "made_up_announcements": "pengumuman", "made_up_municipal": "daerah",
    "made_up_clarifications": "klarifikasi",
}  # fmt: skip
MEASURED: Final = {"measured_opinion": "pos", "measured_municipal": "daerah"}


class Judged:
    """One fold under one fitted model: probabilities, stance, flags and rank of every view."""

    def __init__(self, prepared: Prepared, columns: Table, fold: Fold, fitted: Fitted, held: Held) -> None:
        self.prepared, self.columns, self.fold, self.fitted, self.held = prepared, columns, fold, fitted, held
        told = held.slope * fitted.raw + held.offset
        drawn = PRIOR + ROOM * np.tanh(prepared.trust * (told - PRIOR) / ROOM)
        self.hoax = logistic_of(np.where(prepared.trust < 1.0, drawn, told))
        self.stance = _stances(prepared, fitted, held.about)
        self.flag = able(prepared, fitted) & (fitted.opines_logits < held.opines) & (self.hoax >= held.hoax)
        self.rank = np.array(
            [rank(*values) for values in zip(self.hoax, prepared.election, self.stance, strict=True)]
        )

    def group(self, kind: str, *, whole: bool = True) -> Mask:
        """Test views of one kind, as titles with their texts; headlines stand for items that have nothing else."""
        columns, test = self.columns, self.fold.test
        if kind == "press":
            names: tuple[str, ...] = ("both",) if whole else ("title",)
            press: Mask = test & columns.ordinary & np.isin(columns.name, names)
            return press
        names = WHOLE if whole else ("title",)
        found: Mask = test & (columns.kind == kind) & np.isin(columns.name, names)
        return found

    @property
    def election(self) -> Mask:
        return self.group("claim") & self.columns.election

    @property
    def political(self) -> Mask:
        return self.group("claim") & ~self.columns.election & (self.prepared.politics >= 0.5)


def _stances(prepared: Prepared, fitted: Fitted, about: float) -> list[Stance]:
    return [
        "unclear" if not clear else "asserts" if one < about else "refutes" if two >= 0 else "reports"
        for clear, one, two in zip(prepared.clear, fitted.about_logits, fitted.refutes_logits, strict=True)
    ]


def share(values: Mask, group: Mask) -> float:
    return round(float(values[group].mean()), 4) if group.any() else float("nan")


def ranking(judged: Judged, seed: int) -> dict[str, Any]:
    """AUC, recall at few false flags, and simulated streams by hoax alone and by rank."""
    press, titles, claims = judged.group("press"), judged.group("press", whole=False), judged.group("claim")
    about = judged.election | judged.political
    return {
        "auc": round(auc(judged.hoax[claims], judged.hoax[press]), 4),
        "recall_1": round(recall_at(judged.hoax[claims], judged.hoax[press], 0.01), 3),
        "recall_5": round(recall_at(judged.hoax[claims], judged.hoax[press], 0.05), 3),
        "recall_1_election": round(recall_at(judged.hoax[judged.election], judged.hoax[press], 0.01), 3),
        "recall_1_headlines": round(recall_at(judged.hoax[claims], judged.hoax[titles], 0.01), 3),
        "stream_hoax": stream(judged.hoax[claims], judged.hoax[press | titles], seed),
        "stream_election": stream(judged.rank[judged.election], judged.rank[press | titles], seed),
        "stream_political": stream(judged.rank[about], judged.rank[press | titles], seed),
        "stream_election_hoax": stream(judged.hoax[judged.election], judged.hoax[press | titles], seed),
        "hoaxes": int(claims.sum()), "election_hoaxes": int(judged.election.sum()), "ordinary": int(press.sum()),
    }  # fmt: skip


def matched(judged: Judged, seed: int) -> dict[str, Any]:
    """The same against press texts cut to the lengths of the hoaxes, with what length alone would still tell."""
    columns = judged.columns
    sizes = np.array([len(tokens) for tokens in judged.prepared.tokens], dtype=np.float64)
    claims = np.flatnonzero(judged.group("claim"))
    press = np.flatnonzero(judged.fold.test & columns.ordinary)
    others = press[length_matched(sizes[claims], sizes[press], seed)]
    return {
        "auc": round(auc(judged.hoax[claims], judged.hoax[others]), 4),
        "auc_length": round(auc(-sizes[claims], -sizes[others]), 3),
        "recall_1": round(recall_at(judged.hoax[claims], judged.hoax[others], 0.01), 3),
        "recall_5": round(recall_at(judged.hoax[claims], judged.hoax[others], 0.05), 3),
        "stream_hoax": stream(judged.hoax[claims], judged.hoax[others], seed),
    }


def by_outlet(judged: Judged) -> dict[str, dict[str, float]]:
    """Share of each held-out outlet's articles and headlines that is flagged, and how many there are."""
    columns, press = judged.columns, judged.group("press") | judged.group("press", whole=False)
    return {
        str(name): {
            "flagged": share(judged.flag, press & (columns.source == name)),
            "texts": int((press & (columns.source == name)).sum()),
        }
        for name in np.unique(columns.source[press])
    }


def flags(judged: Judged) -> dict[str, float]:
    """Share flagged per kind, at the threshold of the manifest."""
    columns, test = judged.columns, judged.fold.test
    regional = np.char.find(columns.source, "regional") >= 0
    press = judged.group("press")
    true = test & columns.checked & (columns.kind == "news")
    made_up = {
        name: test & (columns.dataset == OWN) & np.char.endswith(columns.source, f"({kind})")
        for name, kind in MADE_UP.items()
    }
    return {
        "national_news": share(judged.flag, press & ~regional),
        "regional_news": share(judged.flag, press & regional),
        "headlines": share(judged.flag, judged.group("press", whole=False)),
        "fact_checks": share(judged.flag, judged.group("debunk")),
        "true_checked_posts": share(judged.flag, true),
        **{name: share(judged.flag, group) for name, group in made_up.items()},
        **{name: share(judged.flag, _measured(columns, kind)) for name, kind in MEASURED.items()},
        "election_hoaxes": share(judged.flag, judged.election),
        "political_hoaxes": share(judged.flag, judged.political),
    }


def _measured(columns: Table, kind: str) -> Mask:
    """Texts that no model was trained on, in every fold."""
    found: Mask = (columns.dataset == MEASURE) & np.char.endswith(columns.source, f"({kind})")
    return found


def pooled(parts: Sequence[Judged]) -> dict[str, float]:
    """Share flagged per kind over folds that share no text, each text judged by the model that has not seen it."""
    whole = copy(parts[0])
    whole.flag = np.any([part.flag & part.fold.test for part in parts], axis=0)
    test = np.any([part.fold.test for part in parts], axis=0)
    whole.fold = Fold("rotation", test, ~test)
    return {**flags(whole), "election_texts": int((whole.election).sum())}


def stances(judged: Judged) -> dict[str, float]:
    said = np.array(judged.stance)
    return {
        "fact_checks_refute_or_report": share(np.isin(said, ("refutes", "reports")), judged.group("debunk")),
        "fact_checks_refute": share(said == "refutes", judged.group("debunk")),
        "hoaxes_assert": share(said == "asserts", judged.group("claim")),
        "press_about_claims": share(np.isin(said, ("refutes", "reports")), judged.group("press")),
    }


def calibrated(judged: Judged) -> dict[str, Any]:
    """Expected calibration error at a prevalence of 15 %, and its curve."""
    group = judged.group("claim") | judged.group("press") | judged.group("debunk")
    error, curve = calibration(judged.hoax[group], *_prevalent(judged.columns, group))
    return {"error": round(error, 4), "curve": [[round(value, 3) for value in point] for point in curve]}


def calibrators(judged: Judged) -> dict[str, float]:
    """Calibration error of a sigmoid and of an isotonic curve, each found on half of the rumours, told on the other."""
    from sklearn.isotonic import IsotonicRegression

    columns, raw = judged.columns, judged.fitted.raw
    group = judged.group("claim") | judged.group("press") | judged.group("debunk")
    found: dict[str, list[float]] = {"sigmoid": [], "isotonic": []}
    for half in (0, 1):
        learn, tell = (group & (columns.cluster % 2 == part) for part in (half, 1 - half))
        labels, weights = _prevalent(columns, learn)
        slope, offset = sigmoid(raw[learn], labels, weights)
        steps = IsotonicRegression(out_of_bounds="clip").fit(raw[learn], labels, sample_weight=weights)
        told, scale = _prevalent(columns, tell)
        found["sigmoid"].append(calibration(logistic_of(slope * raw[tell] + offset), told, scale)[0])
        found["isotonic"].append(calibration(np.asarray(steps.predict(raw[tell])), told, scale)[0])
    return {name: round(float(np.mean(errors)), 4) for name, errors in found.items()}


def _prevalent(columns: Table, group: Mask) -> tuple[Mask, Floats]:
    labels = columns.label[group] == 1
    return labels, balanced(labels, columns.weight[group], PREVALENCE)


def changed(judged: Judged, seed: int) -> dict[str, dict[str, float]]:
    """Mean change of score under swapped names, and recall at the flag's threshold lost to disguises."""
    chance = np.random.default_rng(seed)
    claims = np.flatnonzero(judged.election | judged.political)
    everything = np.concatenate([claims, np.flatnonzero(judged.group("press") & (judged.prepared.politics >= 0.5))])
    some = chance.choice(everything, min(SAMPLE, len(everything)), replace=False)
    hoaxes = chance.choice(claims, min(SAMPLE, len(claims)), replace=False)
    return {
        "swapped": {name: _moved(judged, some, change) for name, change in SWAPS.items()},
        "recall_lost": {name: _lost(judged, hoaxes, change) for name, change in DISGUISES.items()},
    }


def _moved(judged: Judged, places: Any, change: Change) -> float:
    """Mean absolute change over the texts that the change touches."""
    views = [judged.prepared.views[place] for place in places]
    touched = [view for view in views if change(view.title + view.text) != view.title + view.text]
    before = _scores(judged, [(view.title, view.text) for view in touched])
    after = _scores(judged, [(change(view.title), change(view.text)) for view in touched])
    return round(float(np.abs(before - after).mean()), 4) if touched else 0.0


def _lost(judged: Judged, places: Any, change: Change) -> float:
    views = [judged.prepared.views[place] for place in places]
    before = _scores(judged, [(view.title, view.text) for view in views])
    after = _scores(judged, [(change(view.title), change(view.text)) for view in views])
    return round(float((before >= judged.held.hoax).mean() - (after >= judged.held.hoax).mean()), 4)


def _scores(judged: Judged, texts: list[tuple[str, str]]) -> Floats:
    fitted, held = judged.fitted, judged.held
    features = Features(fitted.words, fitted.chars, fitted.names)
    hoax = Hoax(
        fitted.word_weights, fitted.char_weights, fitted.style_weights, fitted.intercept, held.slope, held.offset
    )
    return np.array([_chance(hoax, features, title, text) for title, text in texts])


def _chance(hoax: Hoax, features: Features, title: str, text: str) -> float:
    reading = read(title, text)
    vector = features.vector(reading)
    return probability(doubted(hoax.logit(vector), trust(doubt_of(reading, vector, len(text)), vector)))


def baselines(judged: Judged) -> dict[str, dict[str, float]]:
    """Three dumb rivals: shortness, a count of loud words, and knowing who collected the text."""
    columns = judged.columns
    lengths = -np.array([len(view.text) for view in judged.prepared.views], dtype=np.float64)
    loud = np.array([_loud(tokens) for tokens in judged.prepared.tokens], dtype=np.float64)
    outlet = columns.checked.astype(np.float64)
    scores = {"length": lengths, "keywords": loud, "outlet": outlet}
    press, claims, debunks = judged.group("press"), judged.group("claim"), judged.group("debunk")
    return {
        name: {
            "auc": round(auc(score[claims], score[press]), 3),
            "recall_1": round(recall_at(score[claims], score[press], 0.01), 3),
            "auc_against_fact_checks": round(auc(score[claims], score[debunks]), 3),
        }
        for name, score in scores.items()
    }


LOUD: Final = frozenset(
    (
        "viralkan", "sebarkan", "bagikan", "geger", "heboh", "gempar", "terbongkar", "breaking", "akhirnya", "resmi",
        "waspada",
    )
)  # fmt: skip


def _loud(tokens: list[str]) -> int:
    return sum(token in LOUD for token in tokens)
