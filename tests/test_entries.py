"""Entries: every kind of source gives what it says, whatever it is wrapped in; what is no source is named."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.entries import Entry, Found, Parsed, Words, cut, entry, parse
from monitor.entries import addresses as spelling
from monitor.fetches import OUTCOMES
from monitor.sources import Selectors, Source
from tests.captures import captured

DATA = Path(__file__).parent / "data" / "entries"
NOW = datetime(2024, 11, 20, 12, 0, tzinfo=UTC)
SITE = "https://kabar.kotacontoh.example/rss.xml"


def read(name: str, kind: str, url: str = SITE, **more: object) -> Parsed:
    source = Source(name="Kabar", url=url, kind=kind, **more)  # type: ignore[arg-type]
    return parse(kind, (DATA / name).read_bytes(), "", source, url, NOW)


def body(text: str | bytes, kind: str = "rss", content_type: str = "", url: str = SITE) -> Parsed:
    source = Source(name="Kabar", url=url, kind=kind)  # type: ignore[arg-type]
    return parse(kind, text.encode() if isinstance(text, str) else text, content_type, source, url, NOW)


def rss(items: str, channel: str = "<title>K</title>") -> str:
    return f'<rss version="2.0"><channel>{channel}{items}</channel></rss>'


def by_title(parsed: Parsed) -> dict[str, Found]:
    return {found.words.title: found for found in parsed.entries}


def test_rss_gives_titles_words_dates_and_pictures() -> None:
    parsed = read("rss.xml", "rss")
    assert (parsed.problem, parsed.how, parsed.title, parsed.left) == ("", "lxml", "Kabar Kota Contoh — Berita", 0)
    first, second, *_ = parsed.entries
    assert first.words.title == 'KPU Kota Contoh tetapkan 412 TPS, "siap" & lengkap'
    assert first.words.text == "KPU menetapkan 412 TPS & 824 petugas.\nRapat digelar di Aula Melati."
    assert first.words.author == "Sari Wulandari"
    assert first.published == datetime(2024, 11, 20, 7, 5, 33, tzinfo=UTC)
    assert first.url == "https://kabar.kotacontoh.example/read/2024/11/20/kpu-tetapkan-tps"
    assert first.image == "https://kabar.kotacontoh.example/foto/besar.jpg"
    assert first.content == "<p>KPU Kota Contoh menetapkan 412 TPS.</p><p>Rapat digelar di Aula Melati.</p>"
    assert second.words == Words('Wali Kota bantah isu "bantuan ganda"', "Isu itu tidak benar.", "Budi Santoso")
    assert second.url == "https://kabar.kotacontoh.example/read/2024/11/19/wali-kota-bantah"
    assert second.published == datetime(2024, 11, 19, 1, 10, tzinfo=UTC)
    assert second.image == "https://kabar.kotacontoh.example/foto/wali.jpg"


def test_utf8_wins_over_a_declared_latin() -> None:
    parsed = read("rss.xml", "rss")
    assert by_title(parsed)["Agenda pekan depan"].words.text == "Dari pemberita luar: café “kutip”"
    assert any("is UTF-8" in doubt for doubt in parsed.doubts)


def test_future_and_invented_dates_are_unknown_and_come_last() -> None:
    parsed = read("rss.xml", "rss")
    held = by_title(parsed)
    assert (held["Agenda pekan depan"].published, held["Agenda pekan depan"].published_doubt) == (None, "future")
    assert (held["Tanpa alamat"].published, held["Tanpa alamat"].published_doubt) == (None, "unreadable")
    assert [found.published is None for found in parsed.entries] == [False, False, True, True]


def test_address_that_is_no_page_is_refused_and_the_entry_stays() -> None:
    found = by_title(read("rss.xml", "rss"))["Tanpa alamat"]
    assert (found.url, found.identity) == ("", "guid:kotacontoh.example:nomor 77")


def test_atom_gives_html_titles_and_names() -> None:
    first, second = read("atom.xml", "atom", "https://suarawarga.example/feeds/posts/default").entries
    assert first.words == Words("Daftar pemilih ganda dicoret", "Sebanyak 1.204 nama dicoret.", "Rini")
    assert first.published == datetime(2024, 11, 20, 3, 15, 0, 1000, tzinfo=UTC)
    assert first.identity == "url:suarawarga.example/2024/11/daftar-pemilih.html"
    assert second.words.text == "Jalan Melati ditutup dua hari."


def test_rdf_gives_its_item() -> None:
    (only,) = read("rdf.xml", "rdf", "https://arsip.kotacontoh.example/rdf").entries
    assert only.words == Words("Peresmian pasar", "Pasar diresmikan.", "Humas")
    assert only.published == datetime(2024, 11, 18, 2, 0, tzinfo=UTC)


def test_youtube_video_is_its_own_article() -> None:
    parsed = read("youtube.xml", "youtube", "https://www.youtube.com/feeds/videos.xml?channel_id=UCcontoh")
    (only,) = parsed.entries
    assert parsed.how == "lxml"
    assert only.words.text == "Simulasi di TPS 7, Kelurahan Melati.\nHadir: petugas dan saksi."
    assert only.url == "https://www.youtube.com/watch?v=AbC-123_xyz"
    assert (only.whole, only.image) == (True, "https://i.ytimg.com/vi/AbC-123_xyz/hqdefault.jpg")
    assert only.content.startswith("Simulasi di TPS 7")


def test_google_news_is_unwrapped_to_publisher_and_via() -> None:
    known, opaque = read("googlenews.xml", "rss", "https://news.google.com/rss/search?q=kota+contoh").entries
    assert known.words.title == "Debat calon berlangsung tertib"
    assert known.url == "https://hariancontoh.example/politik/2024/11/debat-calon-tertib"
    assert (known.publisher, known.via) == ("hariancontoh.example", "news.google.com")
    assert opaque.url.startswith("https://news.google.com/rss/articles/")
    assert (opaque.publisher, opaque.via) == ("kabarsana.example", "news.google.com")


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("https://www.google.com/url?q=https%3A%2F%2Fharian.example%2Fa-b&sa=U", "https://harian.example/a-b"),
        ("https://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3a%2f%2fharian.example%2fx", "https://harian.example/x"),
        ("https://www.google.com/amp/s/www.harian.example/berita/amp/1", "https://www.harian.example/berita/amp/1"),
        ("https://r.search.yahoo.com/_ylt=A/RV=2/RE=1/RO=10/RU=https%3a%2f%2fharian.example%2fy/RK=2/RS=z", "https://harian.example/y"),
        ("https://www-harian-example.cdn.ampproject.org/c/s/www.harian.example/z", "https://www.harian.example/z"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fharian.example%2Ff&h=AT", "https://harian.example/f"),
        ("https://www.google.com/url?q=javascript:alert(1)", ""),
        ("https://news.google.com/rss/articles/CBMiAUFVX3lxTE9pZGVudGl0YXM?oc=5", ""),
        ("https://harian.example/?url=https://lain.example/", ""),
    ],
)  # fmt: skip
def test_aggregators_address_gives_the_target_that_it_holds(written: str, target: str) -> None:
    assert spelling.unwrapped(written) == target


def test_feedburner_gives_the_original_link() -> None:
    items = (
        "<item><title>A</title><link>http://feedproxy.google.com/~r/kabar/~3/abc/</link>"
        '<feedburner:origLink xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">'
        "https://kabar.example/asli</feedburner:origLink></item>"
    )
    (only,) = body(rss(items), url="https://feeds.feedburner.com/kabar").entries
    assert (only.url, only.publisher) == ("https://kabar.example/asli", "kabar.example")
    assert only.via == "feeds.feedburner.com"


def test_link_to_another_host_names_that_host() -> None:
    (only,) = body(rss("<item><title>A</title><link>https://judi.example/daftar</link></item>")).entries
    assert only.publisher == "judi.example"
    (own,) = body(rss("<item><title>A</title><link>https://foto.kotacontoh.example/1</link></item>")).entries
    assert own.publisher == ""


def test_news_sitemap_comes_newest_first_without_front_page() -> None:
    new, old = read("sitemap.xml", "sitemap").entries
    assert (new.words.title, new.published) == ('Berita "baru"', datetime(2024, 11, 20, 5, 30, 15, tzinfo=UTC))
    assert new.image == "https://kabar.kotacontoh.example/foto/baru.jpg"
    assert old.published == datetime(2024, 11, 18, 0, 0, tzinfo=UTC)


def test_plain_sitemap_brings_recent_pages_without_a_date() -> None:
    def page(path: str, day: str) -> str:
        return f"<url><loc>https://kabar.kotacontoh.example{path}</loc><lastmod>{day}</lastmod></url>"

    pages = page("/read/a", "2024-11-19") + page("/read/b", "2023-01-01")
    parsed = body(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{pages}</urlset>', "sitemap")
    (only,) = parsed.entries
    assert only.url == "https://kabar.kotacontoh.example/read/a"
    assert (only.published, only.published_doubt) == (None, "missing")
    assert parsed.doubts == ("1 pages changed too long ago",)


def test_sitemap_index_names_the_newest_child() -> None:
    children = "".join(
        f"<sitemap><loc>https://kabar.kotacontoh.example/s{n}.xml</loc><lastmod>2024-11-{n}</lastmod></sitemap>"
        for n in (11, 19, 15)
    )
    parsed = body(f"<sitemapindex>{children}</sitemapindex>", "sitemap")
    assert parsed.problem == "format"
    assert parsed.children[0] == "https://kabar.kotacontoh.example/s19.xml"
    assert "s19.xml" in parsed.sentence


def test_wordpress_gives_gmt_dates_content_and_names() -> None:
    first, second = read("wordpress.json", "wp-json", "https://diskominfo.kotacontoh.example/wp-json/wp/v2/posts").entries
    assert first.words == Words(
        "Pengumuman “Lelang” & Jadwal", "Pemerintah Kota Contoh mengumumkan lelang. […]", "Admin Kominfo"
    )
    assert first.published == datetime(2024, 11, 20, 9, 0, tzinfo=UTC)
    assert first.image.endswith("/lelang.jpg")
    assert "Jadwal terlampir" in first.content
    assert second.published == datetime(2024, 11, 19, 1, 0, tzinfo=UTC)


def test_json_feed_gives_items_and_mends_their_letters() -> None:
    first, second = read("jsonfeed.json", "json-feed", "https://catatan.example/feed.json").entries
    assert (first.url, first.image) == ("https://catatan.example/a", "https://catatan.example/a.jpg")
    assert first.words == Words("Harga beras turun", "Harga turun.", "Dewi")
    assert second.identity == "guid:catatan.example:2"
    assert "\x00" not in second.words.text
    second.words.text.encode()


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ('{"code":"rest_no_route","message":"No route"}', "rest_no_route"),
        ('{"items": ', "broken JSON"),
        ("[" * 200_000, "broken JSON"),
        ('{"versi": 1}', "without a list|object with versi"),
    ],
)
def test_json_that_is_no_list_of_entries_says_so(text: str, cause: str) -> None:
    parsed = body(text, "wp-json")
    assert parsed.problem == "format"
    assert any(part in parsed.cause for part in cause.split("|"))


def test_telegram_posts_are_their_own_articles() -> None:
    parsed = read("telegram.html", "telegram", "https://t.me/s/kpucontoh")
    forwarded, post = parsed.entries
    assert post.words == Words("Pengumuman TPS", "Pengumuman TPS\nTPS 7 pindah ke Balai Melati.\nRincian")
    assert (post.url, post.whole) == ("https://t.me/kpucontoh/41", True)
    assert post.published == datetime(2024, 11, 20, 3, 4, 5, tzinfo=UTC)
    assert post.image == "https://cdn4.example/file/tps.jpg"
    assert (forwarded.publisher, forwarded.via) == ("Bawaslu Kota Contoh", "t.me/kpucontoh")


def test_telegram_without_preview_says_so() -> None:
    parsed = body("<html><body><div class='tgme_page'>Kanal</div></body></html>", "telegram")
    assert (parsed.problem, "pratinjau" in parsed.sentence) == ("format", True)


LISTING = Selectors(item="div.item", link="h3 a", date="span.tgl")


@pytest.mark.parametrize(
    ("selectors", "how"), [(LISTING, "selectors"), (None, "headlines"), (Selectors(link="h3 > a"), "selectors")]
)
def test_listing_gives_items_with_dates(selectors: Selectors | None, how: str) -> None:
    parsed = read("listing.html", "html", "https://www.kotacontoh.example/", selectors=selectors)
    assert parsed.how == how
    held = {found.url: found for found in parsed.entries}
    first = held["https://www.kotacontoh.example/berita/detail/301-penertiban-baliho"]
    assert first.words.title == "Penertiban baliho di lima kecamatan berjalan lancar"
    assert first.published == datetime(2024, 11, 20, 9, 0, 13, tzinfo=UTC)
    second = held["https://www.kotacontoh.example/berita/detail/300-bantuan-pangan-tahap-dua"]
    assert second.published == datetime(2024, 11, 20, 1, 12, tzinfo=UTC)
    third = held["https://www.kotacontoh.example/berita/detail/299-jadwal-samsat-keliling"]
    assert third.published == datetime(2024, 11, 19, 4, 20, tzinfo=UTC)
    assert not [url for url in held if "kontak" in url or "syarat" in url or "sejarah" in url or "mailto" in url]
    strange = [found.publisher for found in parsed.entries if "slot" in found.url]
    assert strange == (["slot-gacor.example"] if selectors else [])


@pytest.mark.parametrize("selectors", [Selectors(item="li", link="a"), Selectors(link="a"), None])
def test_listing_with_a_base_resolves_its_links_there(selectors: Selectors | None) -> None:
    text = "<html><head><base href='/berita/'></head><body><ul><li><a href='12345-judul-yang-cukup-panjang'>"
    text += "Judul berita yang cukup panjang</a></li></ul></body></html>"
    source = Source(name="K", url="https://kota.example/", kind="html", selectors=selectors)
    (only,) = parse("html", text.encode(), "", source, source.url, NOW).entries
    assert only.url == "https://kota.example/berita/12345-judul-yang-cukup-panjang"


@pytest.mark.parametrize(
    ("sent", "kind", "problem"),
    [
        (b"", "rss", "empty"),
        (b" \n\t ", "html", "empty"),
        (b"<!doctype html><html><body><p>Selamat datang di situs kami</p></body></html>", "rss", "not_feed"),
        (b"tidak ada apa-apa", "atom", "not_feed"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "rss", "not_feed"),
        (b"<rss version='2.0'><channel><title>K</title></channel></rss>", "rss", "empty"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'></feed>", "atom", "empty"),
        (b"[]", "wp-json", "empty"),
        (b"<urlset></urlset>", "sitemap", "empty"),
        (b"<html><body><a href='/x'>y</a></body></html>", "html", "format"),
        (b"<html><head><title>Just a moment...</title></head><body></body></html>", "rss", "challenge"),
    ],
)  # fmt: skip
def test_what_is_no_source_is_named(sent: bytes, kind: str, problem: str) -> None:
    parsed = body(sent, kind)
    assert (parsed.problem, parsed.entries) == (problem, ())
    assert parsed.cause
    assert parsed.sentence
    assert problem in OUTCOMES


def test_broken_xml_still_gives_its_good_items() -> None:
    items = "<item><title>A & B</title><link>https://kabar.kotacontoh.example/a</link></item>"
    parsed = body(rss(items))
    assert [found.words.title for found in parsed.entries] == ["A & B"]
    assert (parsed.how, bool(parsed.doubts)) == ("feedparser", True)


def test_feed_cut_off_in_the_middle_gives_what_came() -> None:
    whole = (DATA / "rss.xml").read_bytes()
    parsed = body(whole[: len(whole) // 2])
    assert parsed.entries[0].words.title.startswith("KPU Kota Contoh tetapkan")


WARNING = "<br />\n<b>Warning</b>: include(x) in <b>/var/x.php</b><br />\n"


@pytest.mark.parametrize("junk", ["", "\ufeff", "\n\n  ", WARNING, "\x00\x00"])
def test_junk_before_the_declaration_does_not_matter(junk: str) -> None:
    text = junk + '<?xml version="1.0" encoding="utf-8"?>' + rss("<item><title>Satu</title><link>/a-b</link></item>")
    assert [found.words.title for found in body(text).entries] == ["Satu"]


def test_utf16_and_windows_1252_are_read() -> None:
    text = '<?xml version="1.0" encoding="{}"?>' + rss("<item><title>Café “Méga”</title><link>/a</link></item>")
    for declared, real in (("utf-16", "utf-16"), ("iso-8859-1", "cp1252")):
        assert body(text.format(declared).encode(real)).entries[0].words.title == "Café “Méga”", declared


def test_letters_that_no_database_takes_are_gone() -> None:
    title = "Ju\x00dul &amp;#0; \x07&amp;#xD800;"
    parsed = body(rss(f"<item><title>{title}</title><link>/a</link><description>a\x0bb</description></item>"))
    words = parsed.entries[0].words
    for text in (words.title, words.text):
        text.encode("utf-8")
        assert not set(text) & {"\x00", "\x07", "\x0b"}


def test_fields_are_bounded() -> None:
    long = "kata " * 300_000
    item = f"<item><title>{long}</title><link>/a</link><description>{long}</description><author>{long}</author></item>"
    words = body(rss(item)).entries[0].words
    assert len(words.title) <= 500
    assert len(words.text) <= 5_000
    assert len(words.author) <= 200


LAUGHS = (
    '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "&a{n - 1 or ""};&a{n - 1 or ""};">' for n in range(1, 40))
    + "]><rss><channel><item><title>&a39;</title></item></channel></rss>"
)


@pytest.mark.parametrize(
    "bomb",
    [
        "<rss " + " ".join(f'a{n}="{n}"' for n in range(40_000)) + " ><channel><item><title>A</title></item></channel>",
        "<rss><channel>" + "<a>" * 200_000,
        "<rss><channel>" + "<item>" * 60_000,
        LAUGHS,
        "<html><body>" + "<div>" * 50_000,
        "[" * 1_000_000,
        "<urlset>" + "<url>" * 100_000,
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["rss", "html", "sitemap"])
def test_bombs_are_read_or_refused_in_seconds(bomb: str, kind: str) -> None:
    started = time.process_time()
    parsed = body(bomb, kind)
    assert time.process_time() - started < 10
    assert all(len(found.words.title) <= 500 for found in parsed.entries)


def test_entity_of_a_file_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "rahasia"
    secret.write_text("RAHASIA")
    items = "<item><title>A &x;</title><link>/a</link></item>"
    assert "RAHASIA" not in repr(body(f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>' + rss(items)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://kabar.example/a", "https://www.kabar.example/a/"),
        ("https://kabar.example/a?utm_source=x&id=7", "https://kabar.example/a?id=7&fbclid=IwAR0"),
        ("https://kabar.example/a/amp", "https://kabar.example/a"),
        ("https://amp.kabar.example/a", "https://m.kabar.example/a"),
        ("https://kabar.example/a?amp=1", "https://kabar.example/a#komentar"),
        ("https://kabar.example/a?b=2&a=1", "https://kabar.example/a?a=1&b=2"),
        ("https://KABAR.example:443/a%7Eb", "https://kabar.example/a~b"),
        ("https://kabar.example/x/../a", "https://kabar.example/a"),
        ("https://kabar.example/a.html?m=1", "https://kabar.example/a.html"),
        ("https://kabar.example/a?page=all", "https://kabar.example/a"),
    ],
)
def test_two_addresses_of_one_article_have_one_key(one: str, other: str) -> None:
    assert spelling.key(spelling.target(one, "")) == spelling.key(spelling.target(other, ""))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://kabar.example/?p=1", "https://kabar.example/?p=2"),
        ("https://kabar.example/a", "https://kabar.example/A"),
        ("https://kabar.example/a", "https://kabar2.example/a"),
        ("https://kabar.example/campaign", "https://kabar.example/camp"),
        ("https://www.youtube.com/watch?v=a", "https://www.youtube.com/watch?v=b"),
    ],
)
def test_two_articles_have_two_keys(one: str, other: str) -> None:
    assert spelling.key(spelling.target(one, "")) != spelling.key(spelling.target(other, ""))


@pytest.mark.parametrize(
    ("written", "target"),
    [
        (" https://kabar.example/a ", "https://kabar.example/a"),
        ("https://kabar.example/a\n b", "https://kabar.example/a%20b"),
        ("//kabar.example/x", "https://kabar.example/x"),
        ("../b?c=1", "https://dasar.example/b?c=1"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)", ""),
        ("java\tscript:alert(1)", ""),
        ("mailto:a@b.example", ""),
        ("data:text/html,x", ""),
        ("ftp://kabar.example/a", ""),
        ("https://user:pass@kabar.example/a", ""),
        ("https://", ""),
        ("http://[::1", ""),
        ("#atas", ""),
        ("", ""),
        ("https://kabar.example/" + "a" * 3000, ""),
        ("https://kabar.example:99999/a", ""),
    ],
)
def test_target_takes_pages_only(written: str, target: str) -> None:
    assert spelling.target(written, "https://dasar.example/a/c") == target


def test_long_identity_fits_an_index_and_stays_apart() -> None:
    keys = {spelling.key(f"https://kabar.example/{'a' * 900}{n}") for n in range(3)}
    assert len(keys) == 3
    assert all(len(key) <= 300 for key in keys)


def test_entry_without_address_and_guid_is_known_by_title_and_day() -> None:
    item = "<item><title>Pengumuman Libur</title><pubDate>{}</pubDate></item>"
    days = ("Wed, 20 Nov 2024 08:00:00 +0700", "Wed, 20 Nov 2024 09:00:00 +0700", "Tue, 19 Nov 2024 08:00:00 +0700")
    parsed = body(rss("".join(item.format(day) for day in days)))
    assert [found.identity for found in parsed.entries] == [
        "title:kotacontoh.example:pengumuman libur:2024-11-20", "title:kotacontoh.example:pengumuman libur:2024-11-19",
    ]  # fmt: skip


def test_item_that_says_nothing_is_passed_over_and_counted() -> None:
    parsed = body(rss("<item></item><item><title>A</title><link>/a</link></item>"))
    assert (len(parsed.entries), parsed.doubts) == (1, ("1 items say nothing",))


def test_cut_takes_five_hundred_new_ones_and_counts_the_rest() -> None:
    founds = [Found(f"url:{n}", "", Words(str(n), "")) for n in range(1200)]
    new, left = cut(founds, {"url:0", "url:1"})
    assert ([found.identity for found in new[:2]], len(new), left) == (["url:2", "url:3"], 500, 698)
    assert cut(founds[:2], {"url:0", "url:1"}) == ((), 0)
    assert len(cut([founds[0], founds[0]], ())[0]) == 1


def test_huge_feed_is_bounded_and_says_what_is_left() -> None:
    items = "".join(f"<item><link>/a/{n}</link></item>" for n in range(10_050))
    parsed = body(rss(items))
    assert (len(parsed.entries), parsed.left) == (10_000, 50)


def test_entry_is_the_row_of_what_was_found() -> None:
    found = read("rss.xml", "rss").entries[0]
    assert entry(found, "Kabar", 9, NOW) == Entry(
        source="Kabar", fetch=9, identity=found.identity, url=found.url, words=found.words.digest, seen=NOW,
        published=found.published, image=found.image,
    )  # fmt: skip


def test_kind_of_the_bytes_decides() -> None:
    expected = read("rss.xml", "rss").entries
    assert read("rss.xml", "sitemap").entries == expected
    assert read("rss.xml", "html").entries == expected
    assert replace(read("wordpress.json", "rss"), doubts=()).how == "json"


CAPTURED = {
    "rss/detiknews-2014.rss": ("rss", "http://rss.detik.com/index.php/detikcom", None, 25, 25),
    "rss/skeleton-antara-2020.xml": ("rss", "https://www.antaranews.com/rss/terkini.xml", None, 2, 2),
    "rss/skeleton-bbc-2020.xml": ("rss", "http://feeds.bbci.co.uk/indonesia/rss.xml", None, 2, 2),
    "rss/skeleton-detik-2020.xml": ("rss", "http://rss.detik.com/", None, 1, 1),
    "rss/skeleton-okezone-2020.xml": ("rss", "https://sindikasi.okezone.com/", None, 1, 1),
    "rss/skeleton-republika-2020.xml": ("rss", "https://republika.co.id/rss/nasional", None, 1, 1),
    "rss/skeleton-dp3ap2-jogjaprov-2019-indonesian-pubdate.xml": ("rss", "http://dp3ap2.jogjaprov.go.id/x", None, 2, 2),
    "html/kedirikab-berita-home-phpmu.html": (
        "html", "https://berita.kedirikab.go.id/",
        Selectors(item="div.article-content", link="h4 > a:first-child", date="span.meta a"), 40, 40),
    "html/tempo-cekfakta-index-2022-03.html": (
        "html", "https://cekfakta.tempo.co/2022/03",
        Selectors(item="article.text-card", link="h2.title a", date="h4.date"), 30, 30),
    "html/detik-indeks-4dfffb9.html": (
        "html", "https://news.detik.com/indeks",
        Selectors(item="div.media__text", link="h3.media__title a.media__link", date="span[d-time]"), 20, 20),
    "html/malangkab-home-yii2.html": (
        "html", "https://malangkab.go.id/", Selectors(link='a[href*="/Berita/index/"]'), 40, 30),
    "html/kompas-home-2017.html": ("html", "http://www.kompas.com/", None, 25, 10),
    "html/www.bola.net-430c6f7.html": ("html", "https://www.bola.net/", None, 25, 0),
}  # fmt: skip


@pytest.mark.shared
@pytest.mark.parametrize("name", CAPTURED)
def test_captures_give_their_items(name: str) -> None:
    kind, url, selectors, least, dated = CAPTURED[name]
    sent = captured(name)
    source = Source(name="Tangkapan", url=url, kind=kind, selectors=selectors)  # type: ignore[arg-type]
    parsed = parse(kind, sent, "", source, url, datetime(2026, 11, 1, tzinfo=UTC))
    assert parsed.problem == ""
    assert len(parsed.entries) >= least
    assert sum(1 for found in parsed.entries if found.published) >= dated
    assert all(found.words.title and found.url for found in parsed.entries)


@pytest.mark.shared
def test_captured_dates_are_right_to_the_second() -> None:
    def dates(name: str) -> list[datetime | None]:
        kind, url, selectors, *_ = CAPTURED[name]
        source = Source(name="Tangkapan", url=url, kind=kind, selectors=selectors)  # type: ignore[arg-type]
        return [found.published for found in parse(kind, captured(name), "", source, url, NOW).entries]

    assert dates("html/kedirikab-berita-home-phpmu.html")[0] == datetime(2024, 8, 16, 9, 0, 13, tzinfo=UTC)
    assert dates("rss/detiknews-2014.rss")[0] == datetime(2014, 4, 29, 1, 10, 40, tzinfo=UTC)
    name = "rss/skeleton-dp3ap2-jogjaprov-2019-indonesian-pubdate.xml"
    assert dates(name) == [datetime(2019, 8, 4, 17, 0, tzinfo=UTC)] * 2


@pytest.mark.shared
def test_hostile_capture_is_no_listing() -> None:
    sent = captured("html/HOSTILE-judol-canonical-kemkes.html")
    assert body(sent, "html", url="https://psc.contoh.example/").problem == "format"
