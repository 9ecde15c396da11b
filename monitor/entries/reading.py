"""Bytes of a source -> Parsed: what the document is, which reader it gets, and what its failure is called."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from monitor.entries import feeds, jsons, letters, listings, quick, sitemaps, telegram
from monitor.entries.feeds import Raw
from monitor.entries.founds import Reader, newest_first
from monitor.entries.rows import Parsed
from monitor.fetches import OUTCOMES, named
from monitor.sources import Source

FEEDS = ("rss", "atom", "rdf", "json-feed", "sitemap", "wp-json", "youtube")
JSONS = ("json-feed", "wp-json")

_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_START = re.compile(r"<(?:\?xml|rss|feed|rdf:rdf|urlset|sitemapindex)[\s>]", re.I)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_SKIPPED = re.compile(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.S | re.I)
_SENTENCES = {
    "preview": "Kanal Telegram ini tidak menampilkan pratinjau publik, jadi tidak dapat dipantau. Nonaktifkan sumber "
    "ini atau pakai situs dari lembaga yang sama.",
    "index": "Alamat ini hanya menunjuk peta situs lain. Pakai salah satu peta situs itu, yang terbaru: {0}",
    "links": "Halaman ini terbuka, tetapi tidak ada tautan berita yang dikenali. Periksa pemilih (selectors) sumber "
    "ini di feeds.toml.",
}


def parse(kind: str, body: bytes, content_type: str, source: Source, url: str, now: datetime) -> Parsed:
    """Entries of a source's body, newest first; pure, to be run inside the cage.

    `kind` as in Source.kind (what the bytes really are decides), `url` the address that answered: links are resolved
    against it. At most 10,000 entries come back, the pipeline then takes 500 new ones of them a fetch (`cut`).
    """
    body = letters.inflated(body)
    text, doubt = letters.decode(body, content_type)
    if not text.strip():
        return _problem("empty", "no bytes" if not body else "nothing but white space")
    reader = Reader(source, url, now)
    found = _read(kind, text, reader)
    if found.problem in ("not_feed", "empty", "format"):
        page = named(body, content_type, url)
        found = _problem(page, "the page answers in place of the source") if page else found
    return replace(found, doubts=(*found.doubts, doubt) if doubt else found.doubts)


def _read(kind: str, text: str, reader: Reader) -> Parsed:
    if kind == "telegram":
        return _telegram(text, reader)
    shape, text = shaped(text)
    if kind in JSONS and shape != "json":
        shape, text = jsons.found(text) or (shape, text)
    if shape == "json":
        return _json(text, reader)
    if shape == "sitemap":
        return _sitemap(text, reader)
    if shape == "feed":
        return _feed(text, reader, whole=kind == "youtube")
    if kind in FEEDS:
        return _problem("not_feed", "an HTML page in place of a feed" if shape == "html" else "neither XML nor JSON")
    return _listing(text, reader)


def shaped(text: str) -> tuple[str, str]:
    """What a document is (json, feed, sitemap, html or ""), and its text from the root on, without XML declaration."""
    text = text.lstrip()
    if text.startswith(("{", "[")):
        return "json", text
    start = _START.search(text[:20_000])
    if start and not re.search(r"<(?:html|body)[\s>]", text[: start.start()], re.I):
        text = text[start.start() :]
    text = _DECLARATION.sub("", text, count=1).lstrip()
    root = _ROOT.match(_SKIPPED.sub("", text[:50_000]).lstrip())
    name = root.group(1).lower() if root else ""
    shapes = {"rss": "feed", "feed": "feed", "rdf": "feed", "urlset": "sitemap", "sitemapindex": "sitemap"}
    return shapes.get(name, "html" if root else ""), text


def _feed(text: str, reader: Reader, whole: bool) -> Parsed:
    try:
        feed = quick.quick(text) or _slow(text)
    except feeds.TooHeavy as error:
        return _problem("heavy", str(error))
    parsed = _parsed(feed.items, reader, feed.how, whole)
    if not parsed.entries:
        told = "a feed whose items say nothing" if feed.items else "a feed without items"
        return _problem("format", feed.fault) if feed.fault else _problem("empty", told)
    doubts = (*parsed.doubts, feed.fault) if feed.fault else parsed.doubts
    return replace(parsed, title=letters.headline(feed.title), doubts=doubts)


def _slow(text: str) -> feeds.Feed:
    text, cut = feeds.whole(text)
    feeds.weigh(text)
    feed = feeds.slow(text)
    return replace(feed, fault=cut) if cut else feed


def _json(text: str, reader: Reader) -> Parsed:
    try:
        items = jsons.read(text)
    except jsons.NotEntries as error:
        return _problem("format", str(error))
    return _parsed(items, reader, "json") if items else _problem("empty", "a list without entries")


def _sitemap(text: str, reader: Reader) -> Parsed:
    found = sitemaps.read(text, reader.source.zone, reader.now)
    if found.children:
        cause = f"a sitemap index of {len(found.children)}"
        sentence = _SENTENCES["index"].format(found.children[0])
        return replace(_problem("format", cause, sentence), children=found.children)
    if not found.items and not found.passed:
        return _problem("format" if found.fault else "empty", found.fault or "a sitemap without pages")
    passed = (f"{found.passed} pages changed too long ago",) if found.passed else ()
    parsed = _parsed(found.items, reader, "sitemap", ordered=True)
    return replace(parsed, doubts=(*parsed.doubts, *passed, *filter(None, (found.fault,))))


def _telegram(text: str, reader: Reader) -> Parsed:
    if not telegram.is_preview(text):
        return _problem("format", "no message in the page: its preview is off or it is gone", _SENTENCES["preview"])
    items = telegram.read(text)
    return _parsed(items, reader, "telegram", whole=True) if items else _problem("empty", "no post holds words")


def _listing(text: str, reader: Reader) -> Parsed:
    selectors = reader.source.selectors
    if selectors and (selectors.item or selectors.link):
        parsed = _parsed(listings.selected(text, selectors, reader.url), reader, "selectors")
    else:
        parsed = _parsed(listings.guessed(text, reader.url), reader, "headlines")
    return parsed if parsed.entries else _problem("format", "no link to an article was found", _SENTENCES["links"])


def _parsed(items: Iterable[Raw], reader: Reader, how: str, whole: bool = False, ordered: bool = False) -> Parsed:
    founds = [reader.found(raw, whole) for raw in items]
    entries, left = newest_first(founds, ordered)
    lost = sum(1 for found in founds if found is None)
    nowhere = sum(1 for found in entries if not found.url)
    doubts = [f"{lost} items say nothing"] if lost else []
    doubts += [f"{nowhere} items have no usable address"] if nowhere else []
    return Parsed(entries=entries, left=left, doubts=tuple(doubts), how=how)


def _problem(code: str, cause: str, sentence: str = "") -> Parsed:
    return Parsed(problem=code, cause=cause, sentence=sentence or OUTCOMES[code].sentence)
