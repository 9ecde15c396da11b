"""corpus.parquet -> CorpusRow: labelled texts to train and judge on, checked before anything is learned from them.

The format is documented in docs/korpus.md; `check` says in plain sentences what breaks it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as parquet

COLUMNS: Final = (
    "id", "dataset", "source", "published", "title", "text", "text_kind", "label", "label_detail", "election",
    "election_wide", "cluster", "duplicate", "kind",
)  # fmt: skip
KINDS: Final = {"claim": 1, "news": 0, "debunk": 0}
FEWEST: Final = 50  # rows of each kind below which nothing is worth learning
REFEREE: Final = ("turnbackhoax", "mafindo")


@dataclass(frozen=True, slots=True)
class CorpusRow:
    """One text of the corpus; `year` and `month` are 0 where the date is unknown."""

    id: str
    dataset: str
    source: str
    year: int
    month: int
    title: str
    text: str
    text_kind: str
    kind: str
    label: int
    detail: str
    election: bool
    political: bool
    cluster: int
    duplicate: bool

    @property
    def checked(self) -> bool:
        """Whether fact-checkers collected it: a claim they checked, or a text that they found true."""
        return any(name in self.source.lower() for name in REFEREE)


def load(path: Path) -> list[CorpusRow]:
    """All rows of a corpus that `check` finds nothing wrong with."""
    table = parquet.read_table(path, columns=list(COLUMNS))
    return [_row(values) for values in table.to_pylist()]


def _row(values: dict[str, Any]) -> CorpusRow:
    year, month = _when(values["published"])
    detail = values["label_detail"] or ""
    return CorpusRow(
        id=values["id"], dataset=values["dataset"], source=values["source"] or "", year=year, month=month,
        title=values["title"] or "", text=values["text"] or "", text_kind=values["text_kind"] or "",
        kind=values["kind"], label=int(values["label"]), detail=detail, election=bool(values["election"]),
        political=bool(values["election_wide"]) or "politik" in detail, cluster=int(values["cluster"]),
        duplicate=bool(values["duplicate"]),
    )  # fmt: skip


def _when(published: str | None) -> tuple[int, int]:
    head = (published or "")[:7]
    if len(head) < 7 or not (head[:4] + head[5:7]).isdigit():
        return 0, 0
    return int(head[:4]), int(head[5:7])


def check(path: Path) -> list[str]:
    """What is wrong with a corpus file, one Indonesian sentence each; an empty list means that it can be used."""
    if not path.is_file():
        return [f"Berkas korpus tidak ditemukan: {path.name}. Periksa kembali lokasi berkasnya."]
    try:
        names = parquet.read_schema(path).names
    except (OSError, ValueError) as cause:
        return [f"{path.name} bukan berkas parquet yang dapat dibaca ({type(cause).__name__})."]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        return [f"Kolom wajib tidak ada: {', '.join(missing)}. Lihat docs/korpus.md."]
    return _check_rows(parquet.read_table(path, columns=list(COLUMNS)).to_pylist())


def _check_rows(rows: list[dict[str, Any]]) -> list[str]:
    found: list[str] = []
    unknown = sorted({str(row["kind"]) for row in rows} - set(KINDS))
    if unknown:
        found.append(f"Nilai kolom kind tidak dikenal: {', '.join(unknown)} (yang sah: claim, news, debunk).")
    wrong = [row["id"] for row in rows if KINDS.get(row["kind"], row["label"]) != row["label"]]
    if wrong:
        found.append(f"{len(wrong)} baris berlabel tidak sesuai kind, misalnya {wrong[0]} (claim 1, lainnya 0).")
    ids = [row["id"] for row in rows]
    if len(set(ids)) < len(ids):
        found.append(f"{len(ids) - len(set(ids))} baris memakai id yang sama dengan baris lain.")
    empty = sum(not (row["text"] or "").strip() for row in rows)
    if empty:
        found.append(f"{empty} baris tidak berisi teks.")
    if any(row["cluster"] is None for row in rows):
        found.append("Ada baris tanpa cluster; pembagian latih dan uji membutuhkannya.")
    return found + _check_amounts(rows)


def _check_amounts(rows: list[dict[str, Any]]) -> list[str]:
    counts = {kind: sum(row["kind"] == kind for row in rows) for kind in KINDS}
    return [
        f"Hanya {count} baris {kind}; sedikitnya {FEWEST} dibutuhkan."
        for kind, count in counts.items()
        if count < FEWEST
    ]
