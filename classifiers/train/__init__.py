"""corpus -> ModelFiles: the shipped model, made again from labelled rows with one seed.

Two fits on the same views: one without later years and without some outlets, on which calibration and thresholds are
found; then one on everything, which ships. The same corpus, seed and machine give the same bytes.
"""

import hashlib
import random
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from classifiers.canary import pack
from classifiers.corpus import check, load
from classifiers.detector import Detector
from classifiers.features import STYLE
from classifiers.model import ModelFiles, Tensors, save_canary, save_files
from classifiers.train.fit import Fitted, fit
from classifiers.train.held import Held, Table, held_out, settle, table
from classifiers.train.matrix import Prepared, prepare
from classifiers.train.own import own_rows
from classifiers.views import MEASURE, OWN, views

CANARY_ROWS: Final = 450
Report = Callable[[str], None]


class CorpusError(Exception):
    """A corpus that nothing can be learned from; `sentences` say why, in Indonesian."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("; ".join(sentences))
        self.sentences = sentences


def silent(line: str) -> None:
    """A Report that says nothing."""


def train(corpus: Path, out: Path, seed: int = 0, report: Report = silent) -> ModelFiles:
    """Trains on `corpus` and writes model.safetensors and manifest.json into `out`; raises CorpusError."""
    wrong = check(corpus)
    if wrong:
        raise CorpusError(wrong)
    prepared = prepared_from(corpus, seed, report)
    settled = settled_on(prepared, table(prepared), seed, report)
    final = fit(prepared, prepared.every, seed)
    report("model akhir selesai")
    digest = hashlib.sha256(corpus.read_bytes()).hexdigest()
    files = save_files(out, manifest(final, settled, digest, seed), tensors(final))
    save_canary(out, pack(Detector(files), canary_texts(prepared, seed)))
    return files


def canary_texts(prepared: Prepared, seed: int) -> list[tuple[str, str, bool]]:
    """CANARY_ROWS texts in the views that stand for whole items, a third of them hoaxes."""
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    ours = (OWN, MEASURE)
    whole = [view for view in prepared.views if view.name in ("text", "both") and view.row.dataset not in ours]
    hoaxes = [view for view in whole if view.row.label == 1]
    others = [view for view in whole if view.row.label == 0]
    third = min(CANARY_ROWS // 3, len(hoaxes), len(others))
    chosen = chance.sample(hoaxes, third) + chance.sample(others, min(2 * third, len(others)))
    return [(view.title, view.text, view.row.label == 1) for view in chosen]


def prepared_from(corpus: Path, seed: int, report: Report = silent) -> Prepared:
    """The views of a corpus and of our own texts, read once."""
    rows = load(corpus) + own_rows(seed)
    report(f"{len(rows)} baris dibaca")
    prepared = prepare(views(rows, seed))
    report(f"{len(prepared.views)} bentuk disiapkan")
    return prepared


def settled_on(prepared: Prepared, columns: Table, seed: int, report: Report = silent) -> Held:
    """Calibration and thresholds, found on years and outlets that their model has not seen."""
    test, training = held_out(columns)
    held = settle(prepared, columns, fit(prepared, training, seed), test)
    report(f"kalibrasi: slope {held.slope:.3f}, offset {held.offset:.3f}; ambang {held.hoax:.3f}")
    return held


def manifest(final: Fitted, held: Held, digest: str, seed: int) -> Mapping[str, Any]:
    """Everything of a model that is not an array."""
    return {
        "corpus_sha256": digest,
        "seed": seed,
        "vocabulary": {"words": list(final.words.terms), "chars": list(final.chars.terms), "style": list(STYLE)},
        "names": sorted(final.names),
        "hoax": {"intercept": final.intercept, "slope": held.slope, "offset": held.offset},
        "stance": {
            "about": final.about_intercept, "refutes": final.refutes_intercept, "opines": final.opines_intercept,
        },
        "thresholds": {"hoax": held.hoax, "politics": held.politics, "about": held.about, "opines": held.opines},
        "figures": held.figures,
    }


def tensors(final: Fitted) -> Tensors:
    return {
        "words.idf": final.words.idf, "words.hoax": final.word_weights, "words.about": final.about,
        "words.refutes": final.refutes, "chars.idf": final.chars.idf, "chars.hoax": final.char_weights,
        "style.hoax": final.style_weights, "words.opines": final.opines, "style.opines": final.opines_style,
    }  # fmt: skip
