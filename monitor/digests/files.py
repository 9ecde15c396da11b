"""Digest -> files for an office: CSV, XLSX and PDF, without formulas and without reaching anywhere."""

import csv
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO, StringIO
from logging import ERROR, getLogger
from typing import Any

from monitor.digests.counting import counts, tables
from monitor.digests.rows import UNCHECKED, Digest
from monitor.digests.writing import FIGURES, QUESTIONS, heading, when
from monitor.people import Refusal

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
HEAD = ("Konten", "Judul", "Alamat", "Sumber", "Tanggal", "Ditandai", "Keadaan", "Hasil", "Indikasi", "Topik",
        "Wilayah")  # fmt: skip
Cell = str | int | float | None


def to_csv(digest: Digest, names: Mapping[str, str]) -> bytes:
    """Every flagged konten, one a line; cells that a spreadsheet would run are neutralised. UTF-8 with its mark."""
    held = StringIO()
    write = csv.writer(held, lineterminator="\r\n")
    write.writerow(HEAD)
    for row in _rows(digest, names):
        write.writerow([neutral(cell) for cell in row])
    return b"\xef\xbb\xbf" + held.getvalue().encode("utf-8", "replace")


def to_xlsx(digest: Digest, names: Mapping[str, str]) -> bytes:
    """Four sheets: Ringkasan, Isu, Konten, Sumber. Texts are written as texts, so that nothing is a formula."""
    import xlsxwriter

    held = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(held, options)
    book.set_properties({"title": heading(digest), "author": digest.office, "created": _fixed(digest)})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for name, widths, rows in _sheets(digest, names):
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                _put(sheet, number, column, cell, bold if number == 0 else None)
    book.close()
    return held.getvalue()


def to_pdf(page: str) -> bytes | Refusal:
    """The HTML page as tagged PDF/UA; the same page gives the same bytes. Nothing is fetched."""
    try:
        import weasyprint
    except (ImportError, OSError) as fault:
        return Refusal(
            f"WeasyPrint: {fault}",
            "PDF memerlukan pustaka tambahan: .venv/bin/pip install weasyprint, lalu "
            "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        )
    # It tells of every rule for screens that paper has no use for.
    getLogger("weasyprint").setLevel(ERROR)
    made = weasyprint.HTML(string=page, url_fetcher=weasyprint.urls.URLFetcher(allowed_protocols=()), base_url=None)
    content: bytes = made.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=b"jernih", custom_metadata=False)
    return content


def neutral(cell: Cell) -> Cell:
    """The cell as text that no spreadsheet takes for a formula."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA):
        return "'" + cell
    return cell


def _rows(digest: Digest, names: Mapping[str, str]) -> Iterator[tuple[Cell, ...]]:
    def named(codes: tuple[str, ...]) -> str:
        return ", ".join(names.get(code, code) for code in codes)

    zone = digest.period.zone
    for row in digest.events.flagged:
        yield (row.item, row.title, row.url, row.source, when(row.published, zone), when(row.at, zone), row.state,
               row.finding or UNCHECKED, round(row.hoax, 2), named(row.topics), named(row.regions))  # fmt: skip


def _sheets(digest: Digest, names: Mapping[str, str]) -> Iterator[tuple[str, tuple[int, ...], list[tuple[Cell, ...]]]]:
    yield "Ringkasan", (44, 14, 14), _summary(digest, names)
    isu: list[tuple[Cell, ...]] = [("Isu", "Klaim", "Hasil", "Jenis", "Alasan", "Konten", "Jam", "Halaman")]
    isu += [(one.rumor, one.claim, one.finding, one.form, one.why, one.konten, round(one.hours, 1), one.link)
            for one in digest.events.isu]  # fmt: skip
    yield "Isu", (8, 60, 18, 22, 18, 8, 8, 40), isu
    yield "Konten", (8, 60, 40, 24, 22, 22, 16, 28, 10, 28, 24), [HEAD, *_rows(digest, names)]
    lines: list[tuple[Cell, ...]] = [("Sumber", "Pengambilan", "Gagal", "Terakhir berhasil", "Keterangan")]
    lines += [(line.name, line.fetches, line.failures, when(line.succeeded, digest.period.zone),
               line.sentence or line.paused or "baik") for line in digest.events.sources]  # fmt: skip
    yield "Sumber", (36, 14, 10, 24, 60), lines


def _summary(digest: Digest, names: Mapping[str, str]) -> list[tuple[Cell, ...]]:
    told, before = counts(digest.events), digest.before.counts if digest.before else {}
    rows: list[tuple[Cell, ...]] = [(heading(digest), digest.period.label, "sebelumnya"), (digest.office, "", "")]
    rows += [(sentence, "", "") for sentence in digest.sentences]
    rows += [(name, told[key], before.get(key)) for key, name in FIGURES]
    rows += [("waktu menjawab, nilai tengah (jam)", told["median_hours"], before.get("median_hours")),
             ("waktu menjawab, terlama (jam)", told["worst_hours"], before.get("worst_hours"))]  # fmt: skip
    for question, lines in tables(digest).items():
        rows.append((QUESTIONS[question], "", ""))
        rows += [(f"  {names.get(line.code, line.code)}", line.now, line.before) for line in lines]
    return rows


def _put(sheet: Any, row: int, column: int, cell: Cell, style: Any) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, cell[:32000], style)
    elif cell is not None:
        sheet.write_number(row, column, cell, style)


def _fixed(digest: Digest) -> datetime:
    """The time in the file's properties: the period's end, not the clock."""
    return digest.period.end.replace(tzinfo=None)
