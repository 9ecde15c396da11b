"""A week of events -> Digest (laporan mingguan): the flagged konten, the counts and how the sources did."""

from monitor.digests.counting import Line, accuracy, codes, counts, earlier, external, tables, unstamped
from monitor.digests.files import neutral, to_csv, to_pdf, to_xlsx
from monitor.digests.periods import before, finished, label_of, last_finished, period, week
from monitor.digests.rows import (
    AUDIENCES,
    EXTERNAL,
    INTERNAL,
    UNCHECKED,
    Before,
    Digest,
    Edition,
    Events,
    Flagged,
    IsuLine,
    Period,
    SourceLine,
    StageLine,
)
from monitor.digests.writing import from_json, heading, to_html, to_json, to_whatsapp, when

__all__ = [
    "AUDIENCES", "EXTERNAL", "INTERNAL", "UNCHECKED", "Before", "Digest", "Edition", "Events", "Flagged", "IsuLine",
    "Line", "Period", "SourceLine", "StageLine", "accuracy", "before", "codes", "counts", "earlier", "external",
    "finished", "from_json", "heading", "label_of", "last_finished", "neutral", "period", "tables", "to_csv", "to_html",
    "to_json", "to_pdf", "to_whatsapp", "to_xlsx", "unstamped", "week", "when",
]  # fmt: skip
