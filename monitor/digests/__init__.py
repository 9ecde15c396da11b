"""A week of events -> Digest (laporan mingguan): the flagged konten, the counts and how the sources did."""

from monitor.digests.counting import Line, accuracy, codes, counts, earlier, external, spoken, tables, unstamped
from monitor.digests.files import neutral, to_csv, to_pdf, to_xlsx
from monitor.digests.periods import before, finished, label_of, last_finished, period, week
from monitor.digests.report import FORMS, filed, report, title
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
    Lesson,
    Period,
    ReferralLine,
    SourceLine,
    StageLine,
)
from monitor.digests.wordless import GONE, Said, gone, numbers, rumors, worded, wordless
from monitor.digests.writing import from_json, heading, to_html, to_json, to_whatsapp, when

__all__ = [
    "AUDIENCES", "EXTERNAL", "FORMS", "GONE", "INTERNAL", "UNCHECKED", "Before", "Digest", "Edition", "Events",
    "Flagged", "IsuLine", "Lesson", "Line", "Period", "ReferralLine", "Said", "SourceLine", "StageLine", "accuracy",
    "before", "codes", "counts", "earlier", "external", "filed", "finished", "from_json", "gone", "heading", "label_of",
    "last_finished", "neutral", "numbers", "period", "report", "rumors", "spoken", "tables", "title", "to_csv",
    "to_html", "to_json", "to_pdf", "to_whatsapp", "to_xlsx", "unstamped", "week", "when", "worded", "wordless",
]  # fmt: skip
