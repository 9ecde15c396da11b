"""Entries: the odd dialects in which feeds, lists, sitemaps and listing pages are really written."""

import gzip
import time
from datetime import UTC, datetime

import pytest

from monitor.entries import Found, Parsed, letters, parse
from monitor.sources import Source

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
FEED = "https://kabar.kotacontoh.example/rss.xml"
FIRST = "https://kabar.kotacontoh.example/read/1"
DATE = "<pubDate>Fri, 20 Nov 2026 10:00:00 +0700</pubDate>"


def item(title: str = "Judul satu", link: str = FIRST, rest: str = DATE) -> str:
    return f"<item><title>{title}</title><link>{link}</link>{rest}</item>"


def rss(items: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    return f'{head}<rss version="2.0"><channel><title>K</title>{items}</channel></rss>'


def read(sent: str | bytes, kind: str = "rss", url: str = FEED) -> Parsed:
    source = Source(name="Kabar", url=url, kind=kind)  # type: ignore[arg-type]
    return parse(kind, sent.encode() if isinstance(sent, str) else sent, "", source, url, NOW)


def only(sent: str | bytes, kind: str = "rss") -> Found:
    (found,) = read(sent, kind).entries
    return found


TWO = item() + item("Judul dua", "https://kabar.kotacontoh.example/read/2")


@pytest.mark.parametrize(
    "sent",
    [
        "\ufeff\n\n  " + rss(TWO),
        '<?xml version="1.0"?>\n' + rss(TWO),
        '<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?>' + rss(TWO),
        rss(TWO) + "\n<!-- cached --><script>var a=1<2;</script><div>iklan",
        "Deprecated: foo() in /var/www/x.php on line 3\n" + rss(TWO),
        '<rss version="2.0"><channel><title>K</title></channel>' + TWO + "</rss>",
        '<rss version="2.0"><channel>' + TWO.replace("item>", "ITEM>").replace("link>", "LINK>") + "</channel></rss>",
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.example/rss.dtd">' + rss(TWO, ""),
        gzip.compress(rss(TWO).encode()),
        rss(TWO, '<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16"),
        rss(TWO, '<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16-le"),
        rss(item() + TWO),
    ],
)
def test_two_items_are_two_whatever_stands_around_them(sent: str | bytes) -> None:
    parsed = read(sent)
    assert [(found.words.title, found.url[-1]) for found in parsed.entries] == [("Judul satu", "1"), ("Judul dua", "2")]
    assert {found.published for found in parsed.entries} == {datetime(2026, 11, 20, 3, 0, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("title", "clean"),
    [
        ("Judul&nbsp;satu &mdash; dua &copy;", "Judul satu — dua ©"),
        ("Sakit & Sehat", "Sakit & Sehat"),
        ("Nilai < 5 persen", "Nilai < 5 persen"),
        ("KPU &amp;amp; Bawaslu &amp;quot;siap&amp;quot;", 'KPU & Bawaslu "siap"'),
        ("<![CDATA[KPU &amp; Bawaslu &#8216;siap&#8217; <b>kawal</b>]]>", "KPU & Bawaslu ‘siap’ kawal"),
        ("Judul\x0bsatu", "Judul satu"),
        ("Tampilan dari Lâ€™OrÃ©al â€“ â€œsatuâ€¦", "Tampilan dari L’Oréal – “satu…"),
        ("â€œTutupâ€\ufffd kata dia ðŸ˜€", "“Tutup” kata dia 😀"),
        ("L\u00e2\u0080\u0099Or\u00c3\u00a9al", "L’Oréal"),
        ("Ângkasa dan Ãda tetap utuh", "Ângkasa dan Ãda tetap utuh"),
    ],
)
def test_title_is_what_was_meant(title: str, clean: str) -> None:
    assert only(rss(item(title))).words.title == clean


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/read/1?x=1", "https://kabar.kotacontoh.example/read/1?x=1"),
        ("//kabar.kotacontoh.example/read/1", FIRST),
        ("\n  <![CDATA[ https://kabar.kotacontoh.example/read/1 ]]>\n", FIRST),
        ("www.kabarlain.example/read/1", "https://www.kabarlain.example/read/1"),
        ("https://kabar.kotacontoh.example/read/dua kata", "https://kabar.kotacontoh.example/read/dua%20kata"),
    ],
)
def test_link_is_an_address(link: str, address: str) -> None:
    assert only(rss(item(link=link))).url == address


def test_prefixes_need_no_declaration() -> None:
    rest = "<dc:date>2026-11-20T10:00:00+07:00</dc:date><dc:creator>Ani</dc:creator>"
    rest += '<media:thumbnail url="https://x.example/a.jpg"/><content:encoded><![CDATA[<p>Isi</p>]]></content:encoded>'
    found = only(rss(item(rest=rest)))
    assert (found.published, found.words.author) == (datetime(2026, 11, 20, 3, 0, tzinfo=UTC), "Ani")
    assert (found.image, found.words.text) == ("https://x.example/a.jpg", "Isi")


def test_enclosure_without_a_kind_is_a_picture_by_its_name() -> None:
    assert only(rss(item(rest='<enclosure url="https://x.example/c.jpg?w=1" length="0"/>'))).image.endswith("c.jpg?w=1")
    assert only(rss(item(rest='<enclosure url="https://x.example/c.mp3" length="0"/>'))).image == ""


LONG = rss("".join(item(f"Judul {n}", f"{FIRST}{n}", f"<description>Isi {n}</description>{DATE}") for n in range(9)))


@pytest.mark.parametrize(
    "part", ["<title>Judul 7", "read/17", "<description>Isi 7", "read/17</li", "Nov 2026 10:00:00 +07"]
)
def test_feed_that_is_cut_off_gives_its_whole_items_and_says_so(part: str) -> None:
    start = LONG.index("<title>Judul 7")
    parsed = read(LONG[: LONG.index(part, start) + len(part)])
    assert sorted(found.words.title for found in parsed.entries) == [f"Judul {n}" for n in range(7)]
    assert parsed.doubts == ("the feed is cut off: its last item is left out",)


def test_wrapped_lines_of_html_are_one_line() -> None:
    html = "<p>Petenis\nperingkat 233\r\n  menang.</p><p>Dua</p>".replace("<", "&lt;")
    assert only(rss(item(rest=f"<description>{html}</description>"))).words.text == "Petenis peringkat 233 menang.\nDua"
    plain = "&lt;b&gt;Satu&lt;/b&gt;\nbaris\n\nDua"
    assert only(rss(item(rest=f"<description>{plain}</description>"))).words.text == "Satu baris\nDua"


def test_wrapped_lines_of_a_plain_summary_are_joined_in_mid_sentence() -> None:
    plain = "Kota (KABAR) – Petenis&#13;\nperingkat 233 menang pada&#13;\nMinggu.&#13;\nSyarat:\n1. KTP\n2. KK\n- Foto"
    text = only(rss(item(rest=f"<description>{plain}</description>"))).words.text
    assert text.split("\n")[:2] == ["Kota (KABAR) – Petenis peringkat 233 menang pada Minggu.", "Syarat:"]
    assert text.split("\n")[2:] == ["1. KTP", "2. KK", "- Foto"]


def test_picture_of_the_whole_text_serves_where_the_summary_has_none() -> None:
    rest = "<description>Isi</description><content:encoded>&lt;img src='http://x.example/a.jpg'&gt;Isi</content:encoded>"
    assert only(rss(item(rest=rest))).image == "http://x.example/a.jpg"


NEWS = (
    "<urlset><url><loc>https://kabar.kotacontoh.example/read/1</loc><news:news><news:publication_date>"
    "2026-11-20T10:00:00+07:00</news:publication_date><news:title>Judul satu</news:title></news:news>"
    "<image:image><image:loc>https://x.example/a.jpg</image:loc><image:title>Foto</image:title></image:image></url>"
)


@pytest.mark.parametrize("sent", [NEWS + "</urlset>", NEWS, NEWS + "<url><loc>https://kabar.kotac"])
def test_sitemap_with_undeclared_prefixes_or_cut_off_is_read(sent: str) -> None:
    found = next(found for found in read(sent, "sitemap").entries if found.url == FIRST)
    assert (found.words.title, found.image) == ("Judul satu", "https://x.example/a.jpg")
    assert found.published == datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


POST = '[{"id":5,"title":"Judul","link":"https://kabar.kotacontoh.example/read/1","date":"2026-11-20 10:00:00"}]'


@pytest.mark.parametrize(
    "sent", [POST, "<br />\n<b>Warning</b>: x in <b>y</b>\n" + POST, f"muat({POST});", "\ufeff" + POST]
)
def test_json_is_found_behind_a_warning_and_inside_a_call(sent: str) -> None:
    found = only(sent, "wp-json")
    assert (found.words.title, found.url) == ("Judul", FIRST)
    assert found.published == datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def test_page_in_place_of_json_is_no_list() -> None:
    page = "<!doctype html><html><body><script>var a = {\"b\": 1}</script><p>Selamat datang</p></body></html>"
    assert read(page, "wp-json").problem in ("not_feed", "format")


def test_author_and_picture_of_a_post_may_stand_in_its_search_data() -> None:
    data = '"yoast_head_json":{"author":"Sari Dewi","og_image":[{"url":"https://x.example/o.jpg"}]}'
    found = only(POST.replace('"date"', f'"author":3,{data},"date"'), "wp-json")
    assert (found.words.author, found.image) == ("Sari Dewi", "https://x.example/o.jpg")


MENU = (
    '<div class="main-menu"><a href="/read/sejarah-singkat-kota-contoh">Sejarah Singkat Kota Contoh Raya</a></div>'
    '<a href="/halaman/detail/struktur-organisasi-dinas">Struktur Organisasi Dinas Kominfo</a>'
    '<a href="/kategori/detail/sosial-dan-budaya">Sosial, Budaya dan Pariwisata</a>'
    '<a href="/category/berita/">Berita Pemerintah Daerah Kota</a>'
)


def listing(body: str) -> dict[str, Found]:
    url = "https://kotacontoh.example/berita"
    parsed = read(f"<html><body>{MENU}{body}</body></html>", "html", url)
    return {found.words.title: found for found in parsed.entries}


@pytest.mark.parametrize(
    ("row", "moment"),
    [
        (
            '<div><h3><a href="/berita/detail/kpu-tetapkan-daftar">{0}</a></h3><a>14:05:22, 20 Nov 2026</a></div>',
            "07:05:22",
        ),
        (
            '<tr><td><a href="index.php?pilih=news&id=7"><b>{0}</b></a><br><i>Jumat, 20-11-2026 | 14:05</i></td></tr>',
            "07:05:00",
        ),
        (
            '<div><h2><a href="/index.php/berita/7-kpu-tetapkan-daftar">{0}</a></h2>'
            '<time datetime="2026-11-20T07:05:33Z">x</time>'
            '<a href="/index.php/berita/7-kpu-tetapkan-daftar">Selengkapnya: {0}</a></div>',
            "07:05:33",
        ),
        (
            '<article><h2><a href="/2026/11/20/kpu-tetapkan/">{0}</a></h2>'
            '<time datetime="2026-11-20T14:05:00+07:00">x</time><a href="/author/admin/">admin kominfo kota contoh</a>'
            '<a href="/category/berita/">Berita Pemerintah Kota</a></article>',
            "07:05:00",
        ),
        (
            '<div class="tab-content" id="nav-tabContent"><a href="/berita/kpu-tetapkan-daftar-pemilih" title="{0}">'
            "KPU Tetapkan Da...</a><span>20/11/2026 14:05</span></div>",
            "07:05:00",
        ),
    ],
)
def test_listing_gives_its_headline_with_its_moment_and_no_menu(row: str, moment: str) -> None:
    title = "KPU Tetapkan Daftar Pemilih"
    held = listing(f"<table>{row.format(title)}</table>" if row.startswith("<tr") else row.format(title))
    assert list(held) == [title]
    assert f"{held[title].published:%H:%M:%S}" == moment


def test_short_headline_needs_a_date_beside_it() -> None:
    row = '<div><h3><a href="/berita/detail/{0}-hari-jadi-kota">{1}</a></h3><span>{2}</span></div>'
    held = listing(row.format(1, "HUT Kota ke-79", "20 Nov 2026") + row.format(2, "Wisata Kota", "Lihat"))
    assert list(held) == ["HUT Kota ke-79"]


@pytest.mark.parametrize(
    ("kind", "bomb"),
    [
        ("rss", "<rss><channel>" + "<item>" * 200_000),
        ("rss", "<rss><channel>" + "</item><item>" * 200_000),
        ("rss", gzip.compress(b"<rss>" + b" " * 300_000_000)),
        ("wp-json", "[ " * 400_000),
        ("wp-json", "<br>" + "{" * 400_000 + '"'),
        ("rss", rss(item("\u00e2\u20ac" * 300_000))),
        ("html", "<div class='menux'>" * 1_900 + "<a href='/berita/satu-dua-tiga'>Judul cukup panjang</a>" * 1_000),
        ("html", "<p>" + "12 Feb 2024 - " * 100_000),
    ],
)
def test_hostile_bodies_are_read_in_seconds(kind: str, bomb: str | bytes) -> None:
    started = time.process_time()
    read(bomb, kind)
    assert time.process_time() - started < 10


def test_gzip_is_unpacked_once_and_bounded() -> None:
    assert letters.inflated(gzip.compress(gzip.compress(b"x"))).startswith(b"\x1f\x8b")
    assert len(letters.inflated(gzip.compress(b"\0" * 50_000_000))) == letters.INFLATED
    assert letters.inflated(b"\x1f\x8b\x08rusak") == b"\x1f\x8b\x08rusak"
    whole = gzip.compress(rss(TWO).encode())
    assert letters.inflated(whole[:-12]).startswith(b"<?xml")


def test_a_feed_cut_off_before_its_first_whole_item_is_a_failure_and_not_an_empty_success() -> None:
    source = Source(name="S", url="http://kota.example/rss.xml", kind="rss")
    body = b"<?xml version='1.0'?><rss><channel><item><title>potong"
    parsed = parse("rss", body, "application/rss+xml", source, source.url, datetime(2024, 1, 1, tzinfo=UTC))
    assert (parsed.problem, parsed.entries) == ("format", ())
