"""figures -> what the model must reach, should reach and does reach, line by line."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Target:
    """One figure: where it stands in the figures, what it must and should be; `low`: smaller is better."""

    label: tuple[str, str]
    path: tuple[str, ...]
    must: float
    aim: float
    low: bool = False

    def reached(self, value: float) -> str:
        """aim, must, "" (not reached) or "-" (not measured)."""
        if isnan(value):
            return "-"
        sign = -1.0 if self.low else 1.0
        return "aim" if sign * value >= sign * self.aim else "must" if sign * value >= sign * self.must else ""


LATER: Final = ("later", "ranking")
FLAGS: Final = ("later", "flags")
STANCE: Final = ("later", "stance")
CHANGES: Final = ("later", "changes")
TARGETS: Final = (
    Target(("P@100 menurut prioritas, hoaks pemilu", "P@100 by priority, election hoaxes"),
           (*LATER, "stream_election", "P@100"), 0.85, 0.92),
    Target(("R@200 menurut prioritas, hoaks pemilu", "R@200 by priority, election hoaxes"),
           (*LATER, "stream_election", "R@200"), 0.93, 0.98),
    Target(("P@100 menurut indikasi, hoaks pemilu", "P@100 by indication, election hoaxes"),
           (*LATER, "stream_election_hoax", "P@100"), 0.68, 0.80),
    Target(("P@100 menurut indikasi, semua hoaks", "P@100 by indication, all hoaxes"),
           (*LATER, "stream_hoax", "P@100"), 0.68, 0.80),
    Target(("R@1 %, hoaks pemilu", "R@1 %, election hoaxes"), (*LATER, "recall_1_election"), 0.78, 0.88),
    Target(("berita nasional tertandai", "national news flagged"), (*FLAGS, "national_news"), 0.01, 0.003, low=True),
    Target(("berita daerah tertandai", "regional news flagged"), (*FLAGS, "regional_news"), 0.01, 0.003, low=True),
    Target(("artikel cek fakta tertandai", "fact-checks flagged"), (*FLAGS, "fact_checks"), 0.015, 0.003, low=True),
    Target(("hoaks pemilu tertandai, 2023 dan sesudahnya", "election hoaxes flagged, 2023 and later"),
           (*FLAGS, "election_hoaxes"), 0.70, 0.85),
    Target(("hoaks pemilu tertandai, lima perlimaan isu", "election hoaxes flagged, each fifth of rumours in turn"),
           ("rotation", "flags", "election_hoaxes"), 0.70, 0.85),
    Target(("hoaks politik tertandai", "political hoaxes flagged"), (*FLAGS, "political_hoaxes"), 0.50, 0.75),
    Target(("sikap cek fakta benar", "stance of fact-checks right"), (*STANCE, "fact_checks_refute_or_report"),
           0.92, 0.98),
    Target(("sikap hoaks benar", "stance of hoaxes right"), (*STANCE, "hoaxes_assert"), 0.90, 0.98),
    Target(("cuitan politik tertandai (pengganti: unggahan pendapat buatan sendiri)",
            "political tweets flagged (stand-in: opinion posts of our own making)"),
           ("rotation", "flags", "made_up_opinion"), 0.30, 0.12, low=True),
    Target(("sama, teks yang tidak pernah dilatih", "the same, texts never trained on"),
           ("later", "flags", "measured_opinion"), 0.30, 0.12, low=True),
    Target(("situs dan gaya sama 2019, AUC, teks", "same site and style 2019, AUC, texts"),
           ("same_site", "auc_text"), 0.80, 0.86),
    Target(("situs dan gaya sama 2019, AUC, judul", "same site and style 2019, AUC, titles"),
           ("same_site", "auc_title"), 0.80, 0.86),
    Target(("galat kalibrasi", "calibration error"), ("later", "calibration", "error"), 0.04, 0.02, low=True),
    Target(("hilang karena penyamaran (terburuk)", "lost to disguise (worst)"), (*CHANGES, "recall_lost"),
           0.02, 0.0, low=True),
    Target(("perubahan oleh nama (terbesar)", "change by swapped names (largest)"), (*CHANGES, "swapped"),
           0.03, 0.01, low=True),
)  # fmt: skip


def value(found: Mapping[str, Any], target: Target) -> float:
    """The figure; of a group of figures the largest."""
    here: Any = found
    for name in target.path:
        here = here[name]
    return float(max(here.values())) if isinstance(here, Mapping) else float(here)
