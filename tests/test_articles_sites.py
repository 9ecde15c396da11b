"""Articles: pages built as Indonesian portals and municipal systems build theirs give their text and nothing else."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.articles import Extract, Hint, extract
from monitor.sources import Source

DATA = Path(__file__).parent / "data" / "articles" / "sites"
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
URL = "https://kabar.kotacontoh.example/b/1-x"
TITLE = "Daftar Pemilih Tetap Kota Contoh Ditetapkan 412 Ribu Orang"
PARAGRAPHS = (
    "Komisi Pemilihan Umum Kota Contoh menetapkan daftar pemilih tetap sebanyak 412 ribu orang dalam rapat pleno",
    "menyebut jumlah itu turun dibandingkan dengan daftar sementara karena 1.204 nama ganda telah dicoret",
    "Kami mencoret nama ganda setelah memeriksa data kependudukan di semua kelurahan",
    "meminta agar daftar itu ditempel di papan pengumuman setiap kelurahan supaya warga dapat memeriksanya",
    "warga yang belum terdaftar masih dapat melapor ke petugas dengan membawa kartu tanda penduduk",
    "dihadiri oleh perwakilan partai politik, kepolisian, serta dinas kependudukan dan berlangsung selama tiga jam",
)
DAY, MINUTE, SECOND = "2026-11-19 17:00:00", "2026-11-20 07:05:00", "2026-11-20 07:05"
# name of the page: (author, moment in UTC)
SITES = {
    "portal-sisip": ("Budi Santoso", MINUTE), "portal-kredit": ("Budi Santoso", MINUTE),
    "kantor-berita": ("Budi Santoso", MINUTE), "daerah": ("Budi Santoso", MINUTE), "jurnalis": ("Budi Santoso", MINUTE),
    "baca-juga": ("", MINUTE), "redaktur": ("", MINUTE), "rep-red": ("Budi Santoso", MINUTE),
    "tanpa-paragraf": ("Budi Santoso", MINUTE), "penulis": ("Budi Santoso", MINUTE), "cms-asset": ("", SECOND + ":22"),
    "desa": ("", DAY), "joomla": ("", SECOND + ":33"), "drupal": ("", MINUTE), "tempelan-word": ("", SECOND + ":11"),
    "cek-fakta": ("Budi Santoso", MINUTE), "elementor": ("", MINUTE), "tabel": ("", MINUTE),
}  # fmt: skip
# what a page says of its own beside the paragraphs
OWN = {
    "portal-sisip": ("Kota Contoh",), "kantor-berita": ("Kami mencoret nama ganda",),
    "cek-fakta": ("[KATEGORI]: KONTEN PALSU", "[SUMBER]: https://fb.example/1", "[NARASI]:", "[PENJELASAN]:",
                  "REFERENSI:", "https://a.example/1"),
}  # fmt: skip


def source() -> Source:
    return Source(name="Kabar Contoh", url="https://kabar.kotacontoh.example/", kind="html")


def read(page: str | bytes, title: str = TITLE) -> Extract:
    body = page.encode() if isinstance(page, str) else page
    return extract(body, "text/html", URL, source(), Hint(title=title), NOW)


def text(page: str | bytes) -> str:
    found = read(page)
    return found.words.text if found.words else ""


def test_every_page_is_tried() -> None:
    assert sorted(SITES) == sorted(path.stem for path in DATA.glob("*.html"))


@pytest.mark.parametrize("name", SITES)
def test_page_gives_its_six_paragraphs_and_nothing_else(name: str) -> None:
    found = read((DATA / f"{name}.html").read_bytes())
    assert found.words
    lines = found.words.text.split("\n")
    assert [sum(part in line for line in lines) for part in PARAGRAPHS] == [1] * 6
    extra = [line for line in lines if not any(part in line for part in PARAGRAPHS)]
    assert [line for line in extra if line.strip(" -") not in OWN.get(name, ())] == []


@pytest.mark.parametrize(("name", "author", "moment"), [(name, *facts) for name, facts in SITES.items()])
def test_page_gives_its_title_author_and_moment(name: str, author: str, moment: str) -> None:
    found = read((DATA / f"{name}.html").read_bytes())
    assert found.words
    assert found.words.title == ("[SALAH] " if name == "cek-fakta" else "") + TITLE
    assert found.words.author == author
    assert f"{found.published:%Y-%m-%d %H:%M:%S}" == moment


BODY = "".join(f"<p>Awal kalimat itu: {part} pada hari Jumat.</p>" for part in PARAGRAPHS)


def page(body: str, head: str = "") -> str:
    head = f"<head><meta charset=utf-8><title>{TITLE}</title>{head}</head>"
    return f"<html>{head}<body><h1>{TITLE}</h1>{body}</body></html>"


def test_lines_of_the_source_are_no_lines_of_the_text() -> None:
    wrapped = BODY.replace(" kalimat ", "\r\n      kalimat\n")
    assert text(page(f"<div>{wrapped}</div>")) == text(page(f"<div>{BODY}</div>"))
    assert "Awal kalimat itu" in text(page(wrapped))


def test_lines_that_a_page_asks_for_are_kept() -> None:
    lines = "\n\n".join(f"Awal kalimat itu: {part} pada hari Jumat." for part in PARAGRAPHS)
    assert len(text(page(f'<div class="whitespace-pre-line">{lines}</div>')).split("\n")) == 6


def test_hidden_text_of_a_hijacked_page_is_left_out_and_folded_text_kept() -> None:
    spam = '<div style="position:absolute; left:-9999px">situs slot gacor paling mudah menang malam ini</div>'
    spam += '<div style="display: none"><a href="https://slot.example">slot gacor maxwin</a> daftar sekarang</div>'
    folded = f'<div style="display:none">{BODY}</div>'
    found = text(page(f"<p>Pembuka berita yang selalu terlihat oleh pembaca di kota itu.</p>{spam}{folded}"))
    assert "slot" not in found
    assert PARAGRAPHS[5] in found


def test_bare_body_keeps_its_lists_and_headings() -> None:
    middle = "<h2>Cara memeriksa nama</h2><ol><li>Datang ke kelurahan</li><li>Nama dicatat</li></ol>"
    found = text(page(BODY + middle + BODY.replace("Awal", "Akhir"))).split("\n")
    assert {"Cara memeriksa nama", "Datang ke kelurahan", "Nama dicatat"} <= {line.lstrip("- ") for line in found}


@pytest.mark.parametrize(
    "kept",
    [
        "Dilarang memilih calon yang tidak hadir dalam debat, kata pesan berantai itu.",
        "Ikuti kami turun ke jalan menolak hasil penghitungan suara pada hari Senin.",
        "Jangan lewatkan pembagian sembako gratis di balai kota besok pagi.",
        "Mari sambut pasukan pengamanan (TNI/Polri)",
        "[PENTING] SEBARKAN!!!",
        "Isi survei berikut untuk mendapat hadiah uang tunai dari pemerintah.",
        "Foto itu diambil tiga tahun lalu di kota lain, bukan di kota ini.",
    ],
)
def test_words_that_only_look_like_boilerplate_stay(kept: str) -> None:
    assert kept in text(page(f"<div>{BODY}<p>{kept}</p>{BODY.replace('Awal', 'Akhir')}</div>"))


@pytest.mark.parametrize(
    "dropped",
    [
        "Rapat pleno di Aula Melati. Foto: Budi Santoso/Kabar",
        "Artikel ini telah tayang di kabar.example dengan judul X",
        "Dilarang keras mengutip konten ini tanpa izin tertulis.", "Ikuti kami di:", "=====", "(*)", "Perbesar",
        "Situs ini menggunakan cookie untuk kenyamanan Anda.",
    ],
)  # fmt: skip
def test_boilerplate_goes(dropped: str) -> None:
    assert dropped not in text(page(f"<div>{BODY}<p>{dropped}</p>{BODY.replace('Awal', 'Akhir')}</div>"))


def test_source_of_a_reprint_is_cut_off_a_sentence() -> None:
    last = "<p>Rapat selesai sore itu. Artikel ini telah tayang di Kabar.com dengan judul Y</p>"
    whole = page(f"<div>{BODY}{last}</div>")
    assert text(whole).split("\n")[-1] == "Rapat selesai sore itu."


@pytest.mark.parametrize(
    "script",
    [
        '{"@type":"NewsArticle","datePublished":"2026-11-20T14:05:00+07:00","author":[{"name":"Budi A."},],}',
        '//<![CDATA[\n{"@type":"NewsArticle","datePublished":"2026-11-20T14:05:00+07:00","author":"Budi A."}\n//]]>',
    ],
)
def test_linked_data_with_slips_is_read(script: str) -> None:
    found = read(page(BODY, f'<script type="application/ld+json">{script}</script>'))
    assert found.published == datetime(2026, 11, 20, 7, 5, tzinfo=UTC)
    assert found.words
    assert found.words.author == "Budi A."


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("<p>Penulis: Rini Wati | Editor: Budi</p>", "Rini Wati"),
        ("<p>Oleh Rini Wati pada Jumat, 20 November 2026</p>", "Rini Wati"),
        ("<span class='post-author'>Rini Wati - Kabar</span>", "Rini Wati"),
        ("<p>Oleh karena itu warga diminta tenang.</p>", ""),
        ("<p>Penulis: Tim Redaksi</p>", ""),
        ("<p>Oleh: Administrator</p>", ""),
        ("<footer><p>Penulis: Rini Wati</p></footer>", ""),
    ],
)
def test_byline_gives_a_name_or_none(byline: str, author: str) -> None:
    found = read(page(f"{byline}<div>{BODY}</div>"))
    assert found.words
    assert found.words.author == author


def test_title_is_what_the_source_showed_if_the_page_has_it() -> None:
    body = f"<title>Dinas Kominfo Raya</title><body><font><b>{TITLE}</b></font><div>{BODY}</div>"
    found = read(body)
    assert found.words
    assert found.words.title == TITLE
    other = read(body, "Judul yang tidak ada di halaman itu")
    assert other.words
    assert other.words.title != "Judul yang tidak ada di halaman itu"


def test_title_of_a_letter_is_no_title() -> None:
    found = read(f"<title>x</title><body><h1>{TITLE} Kemarin</h1><div>{BODY}</div>", "")
    assert found.words
    assert found.words.title == f"{TITLE} Kemarin"


@pytest.mark.parametrize(
    "bomb",
    [
        "<p>" + "\n" * 2_000_000,
        "<div class='pre-line'>" * 1_500 + "\nx" * 50_000,
        "<table><tr><td>" * 300 + BODY * 20,
        "<p>" + "Artikel ini telah tayang di " * 40_000,
        "<p>" + "\u00e2\u20ac\u0153" * 300_000,
        "<p class='author'>Oleh: " * 10_000,
        "<p>" + "Foto: a/" * 100_000,
        "<script type='application/ld+json'>" + "{,}" * 200_000 + "</script>",
    ],
)
def test_hostile_pages_are_read_in_seconds(bomb: str) -> None:
    started = time.process_time()
    read(page(bomb))
    assert time.process_time() - started < 15
