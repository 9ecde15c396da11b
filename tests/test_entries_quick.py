"""The fast way through a feed equals feedparser, field by field, or steps aside: our feeds, captures, made-up ones."""

import re
from html import escape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.entries import feeds, letters, quick
from monitor.entries.reading import shaped
from tests.captures import SHARED, captured

DATA = Path(__file__).parent / "data" / "entries"
OURS = [path.name for path in sorted(DATA.glob("*.xml")) if path.name != "sitemap.xml"]
CAPTURES = sorted(path.name for path in (SHARED / "captures" / "rss").glob("*"))
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:georss="http://www.georss.org/georss" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:aneh="https://aneh.example/ns"'
)


def text_of(sent: bytes) -> str:
    return shaped(letters.decode(sent)[0])[1]


def compare(text: str) -> bool:
    """Whether the fast way read it; if so, it must say what feedparser says."""
    fast = quick.quick(text)
    if fast is None:
        return False
    slow = feeds.slow(text)
    assert fast.items == slow.items
    assert not slow.fault
    return True


@pytest.mark.parametrize("name", OURS)
def test_our_feeds_are_read_fast_and_equal(name: str) -> None:
    assert compare(text_of((DATA / name).read_bytes()))


@pytest.mark.shared
@pytest.mark.parametrize("name", CAPTURES or ["detiknews-2014.rss"])
def test_captured_feeds_are_read_fast_and_equal(name: str) -> None:
    assert compare(text_of(captured(f"rss/{name}")))


WORDS = st.text(
    st.one_of(
        st.sampled_from("abc KPU é“”\u00a0\u200b😀<>&\"'\n\t;#"),
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")),
    ),
    max_size=30,
)
MARKUP = st.sampled_from(
    ["<p>Isi <b>tebal</b></p>", "&amp;nbsp; &#8220;kutip&#8221;", "<img src='a.jpg'/>teks", "a &lt; b",
    "&copy; 2024", "x&y"]
)
LINKS = st.sampled_from(
    [
        "https://k.example/a?b=1&c=2", "https://k.example/a?x=1&amp;copy=2", " /relatif ", "//k.example/b", "",
        "javascript:x", "https://k.example/é", "http:///salah.example/", "https://k.example/a b",
    ]
)  # fmt: skip
DATES = st.sampled_from(["Wed, 20 Nov 2024 14:05:33 WIB", "20 November 2024", "2024-11-20T10:00:00Z", "", "1"])
TEXTS = st.one_of(WORDS, MARKUP, DATES)


NAMES = st.sampled_from(
    [
        "title", "title", "description", "description", "content:encoded", "dc:creator", "author", "category",
        "comments",
        "media:title", "media:description", "media:credit", "dc:title", "dc:description", "dc:date",
        "pubDate", "pubDate",
        "dcterms:modified", "itunes:summary", "itunes:author", "summary", "aneh:teks", "thumb", "georss:point", "image",
        "links", "updated", "published", "content", "feedburner:origLink", "dc:subject", "slash:comments",
        "name", "url",
    ]
)  # fmt: skip
ODDITIES = st.sampled_from(
    ["", "", "", "", ' type="html"', ' type="xhtml"', ' xml:lang="id"', ' aneh:x="1"', ' base="x"']
)
PLACES = (
    "<link>{0}</link>", "<link>{0}</link>", "<guid>{0}</guid>", '<guid isPermaLink="false">{0}</guid>', "<link/>{0}",
    '<guid isPermaLink="TRUE">{0}</guid>', '<atom:link rel="self" href="{0}"/>', '<atom:link href="{0}"/>',
    '<enclosure url="{0}" type="image/jpeg" length="1"/>', '<enclosure url="{0}" type="audio/mpeg"/>',
    '<media:content url="{0}" medium="image"/>', '<source url="{0}">Harian</source>',
    '<media:content url="{0}" type="IMAGE/png"><media:credit>x</media:credit></media:content>',
    '<media:thumbnail url="{0}"/>', "<media:thumbnail>{0}</media:thumbnail>", '<link href="{0}" rel="alternate"/>',
    '<media:group><media:content url="{0}"/></media:group>',
)  # fmt: skip


@st.composite
def written(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> str:
    """Text as feeds write it: escaped once, escaped twice, or in CDATA."""
    text = draw(texts)
    how = draw(st.sampled_from(["once", "twice", "cdata", "spaced"]))
    if how == "cdata" and "]]>" not in text:
        return f"<![CDATA[{text}]]>"
    if how == "spaced":
        return f"\n  {escape(text)}\n"
    return escape(escape(text)) if how == "twice" else escape(text)


@st.composite
def element(draw: st.DrawFn) -> str:
    """One child of an RSS item, usual or odd."""
    name = draw(NAMES)
    body = draw(written(TEXTS))
    odd = draw(ODDITIES)
    return f"<{name}{odd}>{body}</{name}>"


@st.composite
def addressed(draw: st.DrawFn) -> str:
    """A link, guid, enclosure or picture."""
    return draw(st.sampled_from(PLACES)).format(escape(draw(LINKS), quote=True))


ITEMS = st.lists(st.lists(st.one_of(element(), addressed()), max_size=7).map("".join), min_size=1, max_size=3)
READ = {"fast": 0, "all": 0}


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(ITEMS, st.booleans())
def test_made_up_rss_is_equal(items: list[str], rdf: bool) -> None:
    opening = '<item rdf:about="https://k.example/i">' if rdf else "<item>"
    held = "".join(f"{opening}{item}</item>" for item in items)
    if rdf:
        text = (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
            f"{SPACES}>"
            f"<channel><title>K</title></channel>{held}</rdf:RDF>"
        )
    else:
        text = f'<rss version="2.0" {SPACES}><channel><title>K</title>{held}</channel></rss>'
    READ["all"] += 1
    READ["fast"] += compare(text)


ATOM = st.sampled_from(
    [
        '<title type="html">{0}</title>', "<title>{0}</title>", '<title type="text">{0}</title>', "<id>{1}</id>",
        '<link href="{1}"/>', '<link rel="alternate" type="text/html" href="{1}"/>', '<link rel="self" href="{1}"/>',
        '<link rel="enclosure" type="image/png" href="{1}"/>',
        '<link rel="alternate" type="application/json" href="{1}"/>',
        "<published>2024-11-20T10:00:00Z</published>", "<updated>2024-11-20T11:00:00+07:00</updated>",
        '<summary type="html">{0}</summary>', "<summary>{0}</summary>", '<content type="html">{0}</content>',
        "<content>{0}</content>", '<content src="{1}"/>',
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>x</p></div></content>',
        "<author><name>{0}</name></author>",
        "<author><name>Ani</name><email>a@k.example</email><uri>{1}</uri></author>",
        "<author>Ani</author>", '<category term="x"/>', "<source><title>{0}</title></source>",
        "<contributor><name>B</name></contributor>",
        "<media:group><media:title>{0}</media:title><media:description>{0}</media:description></media:group>",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.lists(st.lists(st.tuples(ATOM, written(TEXTS), LINKS), max_size=7), min_size=1, max_size=3))
def test_made_up_atom_is_equal(entries: list[list[tuple[str, str, str]]]) -> None:
    held = "".join(
        "<entry>" + "".join(form.format(body, escape(link, quote=True)) for form, body, link in entry) + "</entry>"
        for entry in entries
    )
    spaces = 'xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"'
    text = f"<feed {spaces}><title>K</title>{held}</feed>"
    READ["all"] += 1
    READ["fast"] += compare(text)


def test_many_of_the_made_up_feeds_went_the_fast_way() -> None:
    """A fast way that always stepped aside would equal anything."""
    if not READ["all"]:
        pytest.skip("the made-up feeds ran in another process")
    assert READ["fast"] > READ["all"] / 20


@pytest.mark.parametrize(
    "odd",
    [
        '<!DOCTYPE rss [<!ENTITY x "y">]><rss version="2.0"><channel><item><title>&x;</title></item></channel></rss>',
        '<rss version="2.0"><channel><item><title>a</title><title>b</title></item></channel></rss>',
        '<rss version="2.0"><channel><item><title><b>a</b></title></item></channel></rss>',
        '<rss version="2.0"><channel><item><title>a &nbsp; b</title></item></channel></rss>',
        '<rss version="2.0"><channel><item><title>a &#146; b</title></item></channel></rss>',
        '<rss version="2.0" xml:base="https://lain.example/"><channel><item><link>a</link></item></channel></rss>',
        '<rss version="2.0"><channel><item><asing:title>a</asing:title></item></channel></rss>',
        '<rss version="2.0"><item><title>a</title></item><channel></channel></rss>',
        '<rss version="2.0"><channel><item><title>a</title></item></channel>',
        "<html><body><item/></body></html>",
        "",
    ],
)
def test_fast_way_steps_aside(odd: str) -> None:
    assert quick.quick(odd) is None


def test_mended_latin_is_mended_alike() -> None:
    twice = "Café".encode().decode("iso-8859-1")
    assert compare(f'<rss version="2.0"><channel><item><title>{twice}</title></item></channel></rss>')


def test_fast_way_reads_what_feedparser_would_take_minutes_for() -> None:
    item = "<item><title>A</title><link>https://k.example/a</link></item>"
    many = " ".join(f'a{n}="1"' for n in range(40_000))
    feed = quick.quick(f'<rss version="2.0" {many}><channel>{item}</channel></rss>')
    assert feed is None or feed.items[0].title == "A"
    with pytest.raises(feeds.TooHeavy):
        feeds.weigh(f"<rss {many}>")
    with pytest.raises(feeds.TooHeavy):
        feeds.weigh("<a>" * 60_000)
    feeds.weigh(f"<rss><item><![CDATA[{'x' * 100_000}]]></item></rss>")


def test_feed_is_never_taken_for_a_file_name(tmp_path: Path) -> None:
    secret = tmp_path / "umpan.xml"
    secret.write_text('<rss version="2.0"><channel><item><title>RAHASIA</title></item></channel></rss>')
    assert not re.search("RAHASIA", repr(feeds.slow(str(secret))))
