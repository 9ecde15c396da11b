"""Articles: a page gives its own words, its date and who wrote it, and nothing of what stands around them."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.articles import DOUBTS, Article, Extract, Hint, article, extract, from_feed, hint
from monitor.articles.doubts import promotes
from monitor.entries import Entry, Found, Words
from monitor.sources import Selectors, Source
from tests.captures import captured

DATA = Path(__file__).parent / "data" / "articles"
NOW = datetime(2024, 11, 21, 12, 0, tzinfo=UTC)
URL = "https://kabar.kotacontoh.example/politik/kpu-tetapkan-412-tps"
SENTENCE = "Pemerintah Kota Contoh menyalurkan bantuan pangan kepada warga di Kelurahan Melati pada hari Rabu pagi. "


def source(**more: object) -> Source:
    url = "https://kabar.kotacontoh.example/"
    return Source(name="Kabar Contoh", url=url, kind="html", **more)  # type: ignore[arg-type]


def read(name: str, url: str = URL, seen: Hint | None = None, **more: object) -> Extract:
    return extract((DATA / name).read_bytes(), "text/html; charset=utf-8", url, source(**more), seen or Hint(), NOW)


def page(inside: str, head: str = "<title>Judul yang cukup panjang di sini</title>", **more: object) -> Extract:
    sent = f"<!doctype html><html><head>{head}</head><body>{inside}</body></html>".encode()
    return extract(sent, "text/html", URL, source(**more), Hint(), NOW)


def words(found: Extract) -> Words:
    assert found.words, (found.cause, found.sentence)
    return found.words


def test_news_page_gives_exactly_its_article() -> None:
    found = read("news.html")
    assert words(found).text.split("\n") == [
        "KOTA CONTOH - Komisi Pemilihan Umum (KPU) Kota Contoh menetapkan 412 tempat pemungutan suara untuk pemilihan "
        "kepala daerah serentak tahun ini dalam rapat pleno terbuka.",
        "Ketua KPU Kota Contoh, Rahmat Hidayat, menyebut jumlah itu sudah disesuaikan dengan daftar pemilih tetap yang "
        "berisi 198.204 nama dari sembilan kecamatan.",
        '"Kami memastikan setiap pemilih berjalan kaki tidak lebih dari lima ratus meter," kata Rahmat kepada wartawan '
        "di Aula Melati, Rabu siang.",
        "Petugas Sudah Dilantik",
        "Sebanyak 2.884 petugas sudah dilantik dan dilatih dua kali. Mereka akan menerima surat undangan pemilih mulai "
        "pekan depan.",
        "Warga yang belum terdaftar dapat melapor ke kantor kelurahan dengan membawa kartu tanda penduduk.",
    ]
    assert (found.method, found.doubt) == ("trafilatura", "")


def test_news_page_gives_its_facts() -> None:
    found = read("news.html")
    assert words(found).title == "KPU Kota Contoh Tetapkan 412 TPS untuk Pilkada"
    assert words(found).author == "Sari Wulandari"
    assert (found.published, found.published_from) == (datetime(2024, 11, 20, 7, 5, 33, tzinfo=UTC), "json-ld")
    assert (found.declared, found.url) == (URL, URL)
    assert found.image == "https://kabar.kotacontoh.example/foto/utama.jpg"


MUNICIPAL = "https://www.kotacontoh.example/berita.php?id=12"


BY_HAND = Selectors(article="div.isi", article_title="h2.judul", article_date="div.info", item="li", link="a")


@pytest.mark.parametrize("selectors", [None, BY_HAND])
def test_municipal_page_without_any_metadata(selectors: Selectors | None) -> None:
    found = read("municipal.html", MUNICIPAL, selectors=selectors, zone="WIB")
    assert words(found).title == "Wali Kota Serahkan Bantuan Pangan Tahap Dua"
    lines = words(found).text.split("\n")
    assert lines[0].startswith("KOTA CONTOH – Wali Kota Contoh menyerahkan bantuan pangan tahap dua")
    assert lines[1].startswith("“Bantuan ini gratis.")
    assert lines[2].startswith("Kepala Dinas Sosial menambahkan")
    assert len(lines) <= 4
    assert found.published == datetime(2024, 11, 19, 1, 10, tzinfo=UTC)
    assert found.published_from == ("selectors" if selectors else "text")
    assert found.method == ("selectors" if selectors else "trafilatura")


def test_selectors_drop_what_they_name() -> None:
    inside = f"<div class=b><p>{SENTENCE * 3}</p><p class=x>Tidak ikut serta.</p><p>{SENTENCE}</p></div><p>Luar.</p>"
    found = page(inside, selectors=Selectors(article=".b", drop=(".x",)))
    assert words(found).text == "\n".join(((SENTENCE * 3).strip(), SENTENCE.strip()))


def test_selectors_that_match_nothing_are_doubted_and_replaced() -> None:
    inside = f"<article><h1>Judul yang cukup panjang di sini</h1><p>{SENTENCE * 4}</p></article>"
    found = page(inside, selectors=Selectors(article=".tiada"))
    assert found.method == "trafilatura"
    assert "selectors" in found.doubt
    assert SENTENCE.strip() in words(found).text


def test_page_that_claims_another_host_is_doubted_and_claim_kept_apart() -> None:
    found = read("hostile.html", "https://sehat.kotacontoh.example/unduhan/x")
    assert found.declared == "https://dinas.kotacontoh.go.id/unduhan/"
    assert found.url == "https://sehat.kotacontoh.example/unduhan/x"
    assert {"canonical", "gambling"} <= set(found.doubt.split(", "))
    assert set(found.doubt.split(", ")) <= set(DOUBTS)


def test_report_about_gambling_is_no_promotion() -> None:
    report = (
        "Polisi menangkap tiga orang yang diduga mengelola situs judi online. Menurut polisi, situs slot itu sudah "
        "berjalan dua bulan dan memakai nama slot gacor. Pelaku dijerat undang-undang. Warga diminta melapor bila "
        "menemukan iklan judi online. Diskominfo menyebut sudah menutup dua ratus akun yang mempromosikan judi online "
        "kepada pelajar di kota itu. "
    )
    assert not promotes("Polisi Tangkap Pengelola Judi Online", report)


@pytest.mark.parametrize(
    ("body", "kind", "cause", "sentence"),
    [
        (b"", "text/html", "no bytes", "kosong"),
        (b"%PDF-1.7", "application/pdf", "content type application/pdf", "bukan halaman teks"),
        (b"<html><body><script>muat()</script></body></html>", "text/html", "no text", "Tidak ada teks"),
        (b"<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1><p>Halaman hilang.</p></body>",
         "text/html", "no such page", "tidak ditemukan"),
        (b"<html><head><title>Just a moment...</title></head><body></body></html>",
         "text/html", "challenge", "pemeriksaan robot"),
    ],
)  # fmt: skip
def test_page_without_text_says_why(body: bytes, kind: str, cause: str, sentence: str) -> None:
    found = extract(body, kind, URL, source(), Hint(), NOW)
    assert (found.words, found.method) == (None, "none")
    assert cause in found.cause
    assert sentence in found.sentence


def test_entry_helps_where_the_page_is_silent() -> None:
    seen = Hint("Judul dari umpan", "", "Rini", datetime(2024, 11, 1, tzinfo=UTC))
    sent = f"<html><body><div><p>{SENTENCE * 4}</p><p>{SENTENCE * 3}</p></div></body></html>".encode()
    found = extract(sent, "text/html", URL, source(), seen, NOW)
    assert (words(found).title, words(found).author) == ("Judul dari umpan", "Rini")
    assert (found.published, found.published_from) == (seen.published, "entry")


def test_page_of_another_title_is_doubted() -> None:
    assert "title" in read("news.html", seen=Hint("Gempa guncang pesisir selatan pulau")).doubt
    assert "title" not in read("news.html", seen=Hint("KPU tetapkan 412 TPS, ini rinciannya")).doubt


def test_front_page_in_place_of_an_article_is_doubted() -> None:
    head = '<title>Kabar Contoh terkini</title><link rel="canonical" href="https://kabar.kotacontoh.example/">'
    assert "home" in page(f"<p>{SENTENCE * 5}</p>", head).doubt


@pytest.mark.parametrize(
    ("head", "expected", "where"),
    [
        ('<meta property="article:published_time" content="2024-11-20T14:05:33+07:00">', "2024-11-20 07:05:33", "meta"),
        ('<meta itemprop="datePublished" content="2024-11-20 14:05:33">', "2024-11-20 06:05:33", "meta"),
        ('<meta name="pubdate" content="20 November 2024 14:05 WIB">', "2024-11-20 07:05:00", "meta"),
        ('<script type="application/ld+json">{"@type":["NewsArticle"],"datePublished":"2024-11-20T14:05:33"}</script>',
         "2024-11-20 06:05:33", "json-ld"),
        ('<script type="application/ld+json">{broken</script><meta name="date" content="2024-11-20">',
         "2024-11-19 16:00:00", "meta"),
        ('<meta property="article:published_time" content="2030-01-01T00:00:00Z">'
         '<meta name="date" content="2024-11-20T01:00:00Z">', "2024-11-20 01:00:00", "meta"),
    ],
)  # fmt: skip
def test_date_of_the_page_is_read_with_the_sources_zone(head: str, expected: str, where: str) -> None:
    found = page(f"<p>{SENTENCE * 5}</p>", f"<title>Judul</title>{head}", zone="WITA")
    assert (f"{found.published:%Y-%m-%d %H:%M:%S}", found.published_from) == (expected, where)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Banjir Surut di Tiga Desa - Kabar Contoh", "Banjir Surut di Tiga Desa"),
        ("Banjir Surut di Tiga Desa | Politik | Kabar Contoh", "Banjir Surut di Tiga Desa | Politik"),
        ("Kabar Contoh: Banjir Surut di Tiga Desa", "Kabar Contoh: Banjir Surut di Tiga Desa"),
        ("Kabar Contoh » Banjir Surut di Tiga Desa", "Banjir Surut di Tiga Desa"),
        ("Banjir Surut - Warga Kembali ke Rumah", "Banjir Surut - Warga Kembali ke Rumah"),
        ("Kota Contoh – Kota Sebelah Berdamai", "Kota Contoh – Kota Sebelah Berdamai"),
        ("Banjir &amp; Longsor &quot;Surut&quot; — kotacontoh.example", 'Banjir & Longsor "Surut"'),
    ],
)
def test_outlets_name_leaves_the_title(title: str, expected: str) -> None:
    assert words(page(f"<p>{SENTENCE * 5}</p>", f"<title>{title}</title>")).title == expected


SHAPES = sorted(path.name for path in (DATA / "shapes").glob("*.html"))
DEBATE = (
    "menetapkan jadwal debat ketiga pasangan calon", "akan berlangsung dua jam dan disiarkan langsung",
    "semua tim sukses menjaga ketertiban", "menyiapkan empat ratus personel", "alat peraga tidak boleh dibawa masuk",
)  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_common_shapes_of_pages_give_five_paragraphs_and_nothing_else(name: str) -> None:
    found = read(f"shapes/{name}", "https://www.kabarcontoh.example/politik/debat")
    lines = words(found).text.split("\n")
    assert [sum(part in line for line in lines) for part in DEBATE] == [1] * 5
    assert [line for line in lines if not any(part in line for part in DEBATE)] == []
    assert words(found).title == "Debat Ketiga Digelar Pekan Depan"
    only_the_day = datetime(2024, 11, 19, 17, 0, tzinfo=UTC)
    assert found.published == (only_the_day if name == "pemda.html" else datetime(2024, 11, 20, 7, 5, tzinfo=UTC))
    assert found.doubt == ""


BOILERPLATE = (
    "Baca juga: Harga Beras Naik di Pasar", "BACA JUGA : Warga Antre Minyak", "Simak juga video pilihan berikut ini:",
    "ADVERTISEMENT", "SCROLL TO CONTINUE WITH CONTENT", "[Gambas:Video 20detik]", "Halaman Selanjutnya", "Editor: Budi",
    "Ikuti Google News kami dan dapatkan berita terbaru", "Copyright © 2024 Kabar", "Bagikan ke WhatsApp",
    "Selengkapnya",
    "Lihat postingan ini di Instagram", "Dibaca: 1.204 kali", "The post Banjir appeared first on Kabar Contoh.",
    "Dapatkan update berita pilihan setiap hari lewat saluran WhatsApp Kabar", "Tags: banjir, desa",
)  # fmt: skip
KEPT = (
    "Baca doa sebelum berangkat, kata ustaz kepada jemaah yang berkumpul di halaman masjid pagi itu.",
    "Sumber daya air di kota itu dikelola oleh tiga badan yang berbeda sejak sepuluh tahun lalu.",
    "Foto itu beredar luas di media sosial, padahal diambil tiga tahun lalu di kota lain.",
    "Berita ini tidak benar, kata juru bicara dinas kepada wartawan pada hari yang sama.",
    "Ikuti aturan lalu lintas, pesan kapolres kepada peserta pawai kemerdekaan.",
)  # fmt: skip


def test_boilerplate_goes_and_sentences_that_look_like_it_stay() -> None:
    lines = [SENTENCE.strip()]
    for number, kept in enumerate(KEPT):
        lines += [*BOILERPLATE[number * 4 : number * 4 + 4], kept]
    inside = "".join(f"<p>{line}</p>" for line in lines)
    for selectors in (None, Selectors(article="article")):
        found = page(f"<article><h1>Judul yang cukup panjang di sini</h1>{inside}</article>", selectors=selectors)
        assert words(found).text.split("\n") == [SENTENCE.strip(), *KEPT], selectors


def test_broken_letters_and_lengths_are_mended() -> None:
    head = "<title>Ju\x00dul \x07panjang &#xD800; sekali</title>"
    sent = f"<html><head>{head}</head><body><p>{SENTENCE * 2000}</p></body></html>"
    found = extract(sent.encode(), "text/html; charset=iso-8859-1", URL, source(), Hint(), NOW)
    for text in (words(found).title, words(found).text):
        text.encode()
        assert not set(text) & {"\x00", "\x07"}
    assert len(words(found).text) <= 100_000
    assert "cut" in found.doubt


@pytest.mark.parametrize(
    "bomb",
    [
        "<html><body>" + "<div>" * 50_000 + "x",
        "<html><body>" + "<div class='related'>" * 3_000 + "<p>kata</p>" * 3_000,
        "<html><body>" + "<a href='/x'><h2>Judul tautan</h2></a>" * 20_000,
        "<html " + " ".join(f'a{n}="{n}"' for n in range(40_000)) + "><p>x",
        "<html><head>" + '<script type="application/ld+json">' + "[" * 100_000 + "</script></head><body>x",
        "<html><body><p>" + "a" * 3_000_000,
        "<html><head>" + "<meta name='date' content='12 Februari '>" * 30_000,
    ],
)
def test_bombs_are_read_in_seconds(bomb: str) -> None:
    started = time.process_time()
    extract(bomb.encode(), "text/html", URL, source(), Hint(), NOW)
    assert time.process_time() - started < 15


def found_entry(content: str, **more: object) -> Found:
    base = Found(
        "url:kabar.kotacontoh.example/a", URL, Words("Judul umpan", "Ringkas", "Ani"),
        datetime(2024, 11, 20, tzinfo=UTC), image="https://kabar.kotacontoh.example/a.jpg", content=content,
    )  # fmt: skip
    return replace(base, **more)  # type: ignore[arg-type]


def test_feed_that_carries_the_whole_text_needs_no_visit() -> None:
    content = (
        f"<p>{SENTENCE * 3}</p><p>Baca juga: <a href='/x'>Lain</a></p><p>{SENTENCE * 4}</p>"
        "<p>The post Judul umpan appeared first on Kabar.</p>"
    )
    found = from_feed(found_entry(content), source(), NOW)
    assert found
    assert words(found) == Words("Judul umpan", "\n".join(((SENTENCE * 3).strip(), (SENTENCE * 4).strip())), "Ani")
    assert (found.method, found.published_from, found.url) == ("feed", "entry", URL)
    assert found.image.endswith("/a.jpg")


@pytest.mark.parametrize(
    "content", ["", "<p>Pendek.</p>", f"<p>{SENTENCE * 6} [&hellip;]</p>", f"<p>{SENTENCE * 6}</p><p>Read more...</p>"]
)
def test_feed_with_a_teaser_needs_a_visit(content: str) -> None:
    assert from_feed(found_entry(content), source(), NOW) is None


def test_post_without_a_page_is_an_article_however_short() -> None:
    found = from_feed(found_entry("<b>TPS 7 pindah</b><br>ke Balai Melati", whole=True), source(), NOW)
    assert found
    assert (words(found).text, found.doubt) == ("TPS 7 pindah\nke Balai Melati", "")


def test_article_is_the_row_of_an_extract() -> None:
    found = read("news.html")
    row = article(found, 5, 9, 2, NOW, "ab" * 32)
    assert row == Article(
        entry=5, fetch=9, version=2, at=NOW, url=URL, words=words(found).digest, method="trafilatura", declared=URL,
        published=found.published, published_from="json-ld", image=found.image, page="ab" * 32,
    )  # fmt: skip
    nothing = extract(b"", "text/html", URL, source(), Hint(), NOW)
    assert article(nothing, 5, 9, 1, NOW, "").words == ""
    assert article(nothing, 5, 9, 1, NOW, "").sentence


def test_hint_is_what_the_entry_said() -> None:
    seen = Entry("Kabar", 1, "url:x", URL, "d", NOW, published=NOW)
    assert hint(seen, Words("T", "S", "A")) == Hint("T", "S", "A", NOW)


CLEAN = {
    "html/mediaindonesia-article-2025-10-22.html": (
        "https://mediaindonesia.com/ekonomi/822959/x", "KPK tak Temukan Surat Pencabutan IUP Nikel", "2025-10-21 23:59",
        1_500, 2_600, ("Komisi Pemberantasan Korupsi (KPK) mengaku", "Sebelumnya, Menteri ESDM"),
        ("Seharusnya DKPP", "PEMERINTAH mencabut 4 dari 5", "Copyright", "Santri, Pesantren")),
    "html/malangkab-article-redesign.html": (
        "https://malangkab.go.id/x", "Wakil Bupati Malang Dampingi Kunker Menaker", "", 3_500, 4_000,
        ("KALIPARE - Wakil Bupati Malang", "Lebih lanjut, pihaknya berharap"), ("Ikuti Kami", "PENGUMUMAN")),
    "html/m.merdeka.com-387b2b4.html": (
        "https://m.merdeka.com/x", "Tak Lama Lagi Akan Nikah", "2021-06-17 15:55", 4_800, 5_400,
        ("Merdeka.com - Kisah pilu", "Sudah Pacaran 2 Tahun", "Ketahuan Selingkuh Lagi"),
        ("Daftarkan", "REKOMENDASI", "komentar")),
    "html/www.liputan6.com-1d55aa8.html": (
        "https://www.liputan6.com/x", "Awasi Jalannya Protokol Kesehatan", "2020-06-26 06:58", 2_900, 3_500,
        ("Gandeng Rumah Sakit", "HRGA Manager"), ("Insentif Pajak yang Diberikan", "Advertisement", "Pupuk Indonesia")),
    "html/www.liputan6.com-388f0d3.html": (
        "https://hot.liputan6.com/x", "Istri Evan Marvino Temukan Paket Misterius", "2022-08-16 02:20", 3_000, 4_200,
        ("Lewat laman Instagram pribadinya",), ("BACA JUGA", "Baca Juga", "Perbesar", "Ferdy Sambo", "POPULER")),
    "html/today.merdeka.com-43122f5.html": (
        "https://today.merdeka.com/x", "Kronologi Terbongkarnya Pemalsuan", "2022-04-04 02:46", 2_800, 3_400,
        ("Jumat 1 April 2022", "Rencananya acara akan digelar"), ("Copyright", "Hotman Paris", "Advertisement")),
    "html/www.liputan6.com-61db1ac.html": (
        "https://www.liputan6.com/x", "Cetak Gol di Laga Indonesia vs Malaysia", "2021-12-20 02:59", 2_000, 3_000,
        ("Skuat Garuda kemudian mempertegas",), ("Baca Juga", "Saksikan")),
}  # fmt: skip


@pytest.mark.shared
@pytest.mark.parametrize("name", CLEAN)
def test_captured_article_gives_clean_text(name: str) -> None:
    url, title, when, least, most, inside, outside = CLEAN[name]
    found = extract(captured(name), "text/html", url, source(), Hint(), datetime(2026, 11, 1, tzinfo=UTC))
    assert words(found).title.startswith(title)
    assert (f"{found.published:%Y-%m-%d %H:%M}" if found.published else "") == when
    assert least <= len(words(found).text) <= most
    assert [part for part in inside if part not in words(found).text] == []
    assert [part for part in outside if part in words(found).text] == []


@pytest.mark.shared
def test_captured_hostile_page_is_doubted() -> None:
    sent = captured("html/HOSTILE-judol-canonical-kemkes.html")
    url, now = "https://psc.contoh.example/unduhan", datetime(2026, 11, 1, tzinfo=UTC)
    found = extract(sent, "text/html", url, source(), Hint(), now)
    assert found.declared.startswith("https://psc.kemkes.go.id/")
    assert {"canonical", "gambling"} <= set(found.doubt.split(", "))
