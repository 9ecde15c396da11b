"""A paper as DOCX and as a page: the same words in both, the same bytes twice, nothing that a format cannot hold."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor import digests, papers, shipped
from monitor.digests import Digest, IsuLine, Period, ReferralLine
from monitor.papers import Block, Grid, Heading, Listing, Paper, Para
from tests.test_digests import DIGEST, EVENTS

AT = datetime(2024, 12, 1, tzinfo=UTC)
PAPER = Paper("Laporan <b>", "Diskominfo & Kota", AT, (
    Heading("1. Angka"), Para("Kalimat."), Para("Catatan", quiet=True), Listing(("satu", "dua")),
    Listing(("a",), numbered=True), Grid(("Isu", "Jumlah"), (("x", "1"), ("y", "20")), (1,)),
))  # fmt: skip
LATE = IsuLine(4, "Surat suara sudah tercoblos", AT, "HOAKS", "konten palsu", "", 3, 30.5, "Surat suara utuh", "k/4")
GONE = IsuLine(5, "Kantor buruk", AT, "TIDAK DAPAT DIKLARIFIKASI", "", "opini", 1, 2.0)
HANDED = ReferralLine(4, "Surat suara sudah tercoblos", "Bawaslu", AT, "dikirim", "005/12/2024")


def read(content: bytes) -> str:
    made = docx.Document(BytesIO(content))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in made.paragraphs), *cells])


def page(paper: Paper) -> str:
    return papers.to_html(paper, shipped.text("naskah.html"))


def test_both_forms_hold_every_word() -> None:
    told = read(papers.to_docx(PAPER))
    for words in ("Laporan <b>", "Diskominfo & Kota", "1. Angka", "Kalimat.", "Catatan", "dua", "Jumlah", "20"):
        assert words in told
    assert "Laporan &lt;b&gt;" in page(PAPER)
    assert "<b>" not in page(PAPER)


def test_the_same_paper_gives_the_same_bytes() -> None:
    first = papers.to_docx(PAPER)
    assert papers.to_docx(PAPER) == first
    with ZipFile(BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {papers.EPOCH}
        assert "vbaProject" not in str(archive.namelist())


def test_the_head_of_a_table_is_repeated_on_every_page() -> None:
    table = docx.Document(BytesIO(papers.to_docx(PAPER))).tables[0]
    assert table.rows[0]._tr.trPr is not None
    assert table.rows[0]._tr.trPr.find(papers.REPEATED) is not None


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80))
def test_any_text_can_be_written(text: str) -> None:
    block: Block
    for block in (Heading(text), Para(text), Listing((text,)), Grid((text,), ((text,),))):
        paper = replace(PAPER, title=text, office=text, blocks=(block,))
        assert docx.Document(BytesIO(papers.to_docx(paper)))
        assert page(paper)


def busy() -> Digest:
    events = replace(EVENTS, isu=(LATE, GONE), handed=(HANDED,), referrals=1, models=("abc123",), published=1)
    return replace(DIGEST, events=events, public="https://publik.example")


def test_the_report_tells_method_counts_isu_follow_up_and_problems() -> None:
    told = read(papers.to_docx(digests.report(busy(), {"81.72": "Kota Tual"})))
    for words in ("12 Februari 2024 sampai 18 Februari 2024", "abc123", "Kota Tual", "Surat suara utuh", "005/12/2024",
                  "https://publik.example/k/4", "Kantor buruk (opini)", "Isu 4: 30,5 jam", "Server tidak menjawab."):
        assert words in told, words
    assert "(Belum ditulis kantor.)" in told


def test_lessons_stand_in_the_report_as_paragraphs() -> None:
    paper = digests.report(busy(), {}, "Pertama.\r\n\r\nKedua\nbaris dua.")
    assert Para("Pertama.") in paper.blocks
    assert Para("Kedua\nbaris dua.") in paper.blocks


def test_an_empty_period_says_so() -> None:
    none = replace(DIGEST, events=digests.Events(0, 0, (), 0, {}, (), 0, 0, ()))
    told = read(papers.to_docx(digests.report(none, {})))
    for words in ("Tidak ada isu yang selesai", "Tidak ada rujukan", "Tidak ada."):
        assert words in told


def test_the_report_never_names_konten_that_nobody_checked() -> None:
    told = read(papers.to_docx(digests.report(busy(), {})))
    assert "tercoblos</b>" not in told
    assert "contoh.example/1" not in told


def test_many_lines_are_summed_up() -> None:
    rows = tuple(replace(EVENTS.flagged[0], item=n, source=f"Sumber {n:02d}", channel="situs web") for n in range(20))
    many = replace(DIGEST, events=replace(EVENTS, flagged=rows))
    told = read(papers.to_docx(digests.report(many, {})))
    assert "5 lainnya" in told


def test_one_day_is_one_day() -> None:
    period = digests.period("2024-02-14", "WIT")
    assert isinstance(period, Period)
    assert period.end - period.start == timedelta(days=1)
    title = digests.title(replace(DIGEST, period=period))
    assert title.endswith(", 14 Februari 2024")
