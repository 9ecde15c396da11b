"""Table -> Fold: what is held back together, so that no figure is bought by remembering."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from classifiers.train.held import LATER, Table, apart, held_out
from classifiers.train.matrix import Mask

LAST_OUTLETS: Final = ("Sindonews", "Posmetro (regional tabloid)", "Kapanlagi")
SAME_SITE: Final = 2019
OUTLET_GROUPS: Final = {
    "detik_cnn": ("Detik", "CNN", "CNN Indonesia"),
    "liputan6_sindonews": ("Liputan6", "CNBC", "Sindonews", "Kapanlagi"),
    "kompas": ("Kompas",),
}


@dataclass(frozen=True, slots=True)
class Fold:
    """`test` and `training` views; no cluster is in both."""

    name: str
    test: Mask
    training: Mask


def later(columns: Table) -> Fold:
    """Checked texts of 2023 and later and five whole outlets: the fold that calibration and thresholds come from."""
    test, training = held_out(columns)
    return Fold("later", test, training)


def same_site(columns: Table) -> Fold:
    """Everything fact-checkers collected in 2019, true and false, in one style; the rest trains."""
    test = columns.checked & (columns.year == SAME_SITE)
    return Fold("same_site", test, apart(columns, test))


def last(columns: Table) -> Fold:
    """The second half of 2025 and three more outlets, never looked at while the model was chosen."""
    recent = columns.checked & (columns.year == 2025) & (columns.month >= 7)
    test = recent | np.isin(columns.source, LAST_OUTLETS)
    return Fold("last", test, apart(columns, test))


def outlets(columns: Table) -> list[Fold]:
    """As `later`, but with other outlets held back: every large one takes its turn."""
    checked = columns.checked & (columns.year >= LATER)
    groups = [(name, checked | np.isin(columns.source, sources)) for name, sources in OUTLET_GROUPS.items()]
    return [Fold(name, test, apart(columns, test)) for name, test in groups]


def fifths(columns: Table, seed: int) -> list[Fold]:
    """All clusters in five random parts, each held back in turn: same years, same outlets, other texts."""
    names = np.random.default_rng(seed).permutation(np.unique(columns.cluster))
    tests = [np.isin(columns.cluster, names[part::5]) for part in range(5)]
    return [Fold("clusters", test, apart(columns, test)) for test in tests]
