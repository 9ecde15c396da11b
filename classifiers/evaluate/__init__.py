"""corpus -> figures and model card: how good the shipped recipe is on what it has not seen.

Every figure is of a model fitted without the texts it is judged on; nothing here touches the shipped files.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from classifiers.corpus import check
from classifiers.evaluate.card import card
from classifiers.evaluate.figures import (
    Judged,
    baselines,
    by_outlet,
    calibrated,
    calibrators,
    changed,
    flags,
    matched,
    pooled,
    ranking,
    stances,
)
from classifiers.evaluate.folds import Fold, fifths, last, later, outlets, same_site
from classifiers.evaluate.measures import auc
from classifiers.evaluate.plots import calibration_plot, flags_plot
from classifiers.train import CorpusError, prepared_from
from classifiers.train.fit import WHOLE, Parts, fit, style_table
from classifiers.train.held import Held, Table, settle, table
from classifiers.train.matrix import Prepared

Report = Callable[[str], None]

ABLATIONS: Final = {
    "no_style": Parts(style=False),
    "no_characters": Parts(chars=False),
    "no_stemming": Parts(stemmed=False),
}


def evaluate(corpus: Path, out: Path | None, report: Report, seed: int = 0) -> dict[str, Any]:
    """All figures of item 7 of the plan; with `out`, also model-card.md, model-card.en.md and their plots there."""
    wrong = check(corpus)
    if wrong:
        raise CorpusError(wrong)
    prepared = prepared_from(corpus, seed, report)
    columns = table(prepared)
    first = later(columns)
    whole = _judged(prepared, columns, first, WHOLE, None, seed)
    found = {"later": _all(whole, seed), "style": style_table(whole.fitted)}
    report(_line("later", found["later"]))
    rounds = [_judged(prepared, columns, fold, WHOLE, whole.held, seed) for fold in fifths(columns, seed)]
    found["rotation"] = {"flags": pooled(rounds)}
    report(f"rotation: {found['rotation']['flags']}")
    for judged in (_judged(prepared, columns, last(columns), WHOLE, whole.held, seed), rounds[0]):
        found[judged.fold.name] = _all(judged, seed)
        report(_line(judged.fold.name, found[judged.fold.name]))
    found["calibrators"] = calibrators(whole)
    found["outlets"] = {"later": _outlets(whole, seed)}
    for fold in filter(lambda fold: (fold.test & columns.ordinary & (columns.name == "both")).any(), outlets(columns)):
        found["outlets"][fold.name] = _outlets(_judged(prepared, columns, fold, WHOLE, whole.held, seed), seed)
        report(f"{fold.name}: {found['outlets'][fold.name]}")
    found["same_site"] = _same_site(prepared, columns, same_site(columns), whole.held, seed)
    report(f"same_site: {found['same_site']}")
    found["ablations"] = {}
    for name, parts in ABLATIONS.items():
        judged = _judged(prepared, columns, first, parts, None, seed)
        found["ablations"][name] = {**ranking(judged, seed), "flags": flags(judged)}
        report(_line(name, {"ranking": found["ablations"][name]}))
    found["baselines"] = baselines(whole)
    if out is not None:
        write(found, out)
    return found


def _judged(prepared: Prepared, columns: Table, fold: Fold, parts: Parts, held: Held | None, seed: int) -> Judged:
    """A fold under its own fit; calibration and thresholds are the first fold's, or found on it."""
    fitted = fit(prepared, fold.training, seed, parts)
    return Judged(prepared, columns, fold, fitted, held or settle(prepared, columns, fitted, fold.test))


def _all(judged: Judged, seed: int) -> dict[str, Any]:
    return {
        "ranking": ranking(judged, seed),
        "matched": matched(judged, seed),
        "flags": flags(judged),
        "stance": stances(judged),
        "calibration": calibrated(judged),
        "changes": changed(judged, seed),
    }


def _outlets(judged: Judged, seed: int) -> dict[str, Any]:
    ranks = ranking(judged, seed)
    kept = ("auc", "recall_1", "recall_1_headlines", "stream_hoax", "stream_election")
    return {**{name: ranks[name] for name in kept}, "flagged": by_outlet(judged)}


def _same_site(prepared: Prepared, columns: Table, fold: Fold, held: Held, seed: int) -> dict[str, float]:
    """AUC of false against true texts of one site and one style."""
    judged = _judged(prepared, columns, fold, WHOLE, held, seed)
    found: dict[str, float] = {}
    for name in ("text", "title"):
        here = fold.test & (columns.name == name) & (columns.kind != "debunk")
        hoaxes, true = here & (columns.label == 1), here & (columns.label == 0)
        found[f"auc_{name}"] = round(auc(judged.hoax[hoaxes], judged.hoax[true]), 3)
        found[f"true_{name}"] = int(true.sum())
    return found


def _line(name: str, found: dict[str, Any]) -> str:
    ranks = found["ranking"]
    return f"{name}: AUC {ranks['auc']}, recall@1% {ranks['recall_1']}, {ranks['stream_election']}"


def write(found: dict[str, Any], out: Path) -> None:
    """The card in two languages, its plots, and the figures themselves as JSON."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "model-card.json").write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    (out / "model-card.md").write_text(card(found, "id"), encoding="utf-8")
    (out / "model-card.en.md").write_text(card(found, "en"), encoding="utf-8")
    curve = found["later"]["calibration"]["curve"]
    (out / "model-calibration.svg").write_text(calibration_plot(curve), encoding="utf-8")
    (out / "model-flags.svg").write_text(flags_plot(found["later"]["flags"]), encoding="utf-8")


__all__ = ["card", "evaluate", "write"]
