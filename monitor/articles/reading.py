"""Bytes of a page, or a source's own full text -> Extract: method, doubts, and the reason where no text came of it."""

import re
from dataclasses import replace
from datetime import datetime

from bs4 import BeautifulSoup, Tag

from monitor.articles import bodies, doubts, facts
from monitor.articles.facts import Facts, Page
from monitor.articles.rows import Extract, Hint
from monitor.entries import Found, Words, dates, letters
from monitor.entries.founds import person
from monitor.fetches import named
from monitor.sources import Selectors, Source

ENOUGH = 500
NOTHING = Facts()

_SENTENCES = {
    "empty": "Halaman ini kosong.",
    "kind": "Alamat ini bukan halaman teks ({0}), jadi tidak ada artikel yang dapat dibaca.",
    "page": "Yang datang bukan artikelnya, melainkan halaman lain: {0}. Coba buka sendiri alamatnya.",
    "missing": "Situs menjawab bahwa halaman ini tidak ditemukan, walau tanpa kode galat.",
    "text": "Tidak ada teks artikel yang dapat dibaca di halaman ini; mungkin isinya hanya gambar, video, atau dimuat "
    "oleh skrip. Buka halaman aslinya.",
}
_PAGES = {"portal": "halaman masuk jaringan", "challenge": "pemeriksaan robot", "blocked": "halaman pemblokiran",
          "parked": "domain yang tidak dipakai"}  # fmt: skip
_MISSING = re.compile(r"^\W*(?:404|not found|page not found|halaman (?:ini )?tidak (?:di)?temukan|oops)", re.I)
_CUT_OFF = re.compile(
    r"\[\s*(?:…|\.{3})\s*\]|(?:…|\.{3}|read more|selengkapnya|lanjut(?:kan)? (?:mem)?baca\w*)\W*$", re.I
)
_NEXT_PAGE = re.compile(r"""<link[^>]{1,200}rel=["']?next["'\s>]""", re.I)


def extract(body: bytes, content_type: str, url: str, source: Source, entry_hint: Hint, now: datetime) -> Extract:
    """Words, author, date and lead image of a page that answered at `url`; pure, to be run inside the cage.

    By the source's selectors where it has them, else by trafilatura. Never raises for what the page holds: a page
    that gives no text is an Extract without words, with its cause and sentence.
    """
    kind = content_type.split(";")[0].strip().lower()
    if kind and not any(name in kind for name in ("html", "xml", "text/plain", "octet-stream")):
        return _nothing(url, f"content type {kind[:80]}", _SENTENCES["kind"].format(kind[:80]))
    body = letters.inflated(body)
    text, charset = letters.decode(body, content_type)
    root = bodies.parsed(text) if text.strip() else None
    if root is None:
        return _nothing(url, "no markup" if body else "no bytes", _SENTENCES["empty"])
    page = Page(root, url, source.name, source.zone, now, entry_hint.title)
    known, prose, codes = facts.read(page), "", []
    if source.selectors:
        known, prose = _selected(text, source.selectors, known, page)
        codes = ["selectors"] if source.selectors.article and not prose else []
    method = "selectors" if prose else "trafilatura"
    prose = prose or bodies.found(root, known.title)
    if not prose or (len(prose) < bodies.SHORT and _MISSING.match(known.title)):
        return _silent(body, content_type, url, known)
    codes += doubts.found(known, prose, url, entry_hint.title)
    codes += ["charset"] if charset else []
    codes += ["pages"] if _NEXT_PAGE.search(text[:50_000]) else []
    codes += ["cut"] if len(prose) >= letters.TEXT else []
    return _whole(url, known, prose, method, codes, entry_hint)


def from_feed(found: Found, source: Source, now: datetime) -> Extract | None:
    """The article out of the source's own full text, or None where that is too short and the page must be visited.

    A post or video behind which no page stands (`found.whole`) is an article however short.
    """
    title = found.words.title
    prose = bodies.marked(found.content, "" if found.whole else title)
    if found.whole:
        prose = prose or found.words.text
    elif len(prose) < ENOUGH or _CUT_OFF.search(letters.prose(found.content, letters.CONTENT)[-300:]):
        return None
    words = Words(title, prose, found.words.author)
    codes = doubts.found(Facts(title=title), prose, found.url, "")
    if found.whole and "short" in codes:
        codes.remove("short")
    return Extract(
        words=words,
        url=found.url,
        published=found.published,
        published_from="entry" if found.published else "",
        image=found.image,
        method="feed",
        doubt=", ".join(codes),
    )


def _selected(text: str, selectors: Selectors, known: Facts, page: Page) -> tuple[Facts, str]:
    """The facts and the text, as far as the source's selectors name them."""
    soup = BeautifulSoup(text, "lxml")
    title = letters.line(_first(soup, selectors.article_title), letters.TITLE)
    author = person(_first(soup, selectors.article_author))
    known = replace(known, title=title or known.title, author=author or known.author)
    if selectors.article_date:
        known = _dated(soup, selectors.article_date, known, page)
    return known, bodies.selected(soup, selectors, known.title) if selectors.article else ""


def _first(soup: BeautifulSoup, selector: str) -> str:
    one = soup.select_one(selector) if selector else None
    return one.get_text(" ", strip=True) if one else ""


def _dated(soup: BeautifulSoup, selector: str, known: Facts, page: Page) -> Facts:
    for one in soup.select(selector, limit=10):
        for written in (*_stamps(one), one.get_text(" ", strip=True)):
            when = dates.read(written, page.zone, page.now)
            if when.at:
                return replace(known, published=when.at, published_from="selectors")
    return known


def _stamps(one: Tag) -> list[str]:
    names = ("datetime", "d-time", "data-time", "data-timestamp", "content", "title")
    return [value for name in names if isinstance(value := one.get(name), str)]


def _whole(url: str, known: Facts, prose: str, method: str, codes: list[str], entry_hint: Hint) -> Extract:
    from_entry = known.published is None and entry_hint.published is not None
    return Extract(
        words=Words(known.title or entry_hint.title, prose, known.author or entry_hint.author),
        url=url,
        declared=known.declared,
        published=known.published or entry_hint.published,
        published_from="entry" if from_entry else known.published_from,
        image=known.image,
        method=method,
        doubt=", ".join(dict.fromkeys(codes)),
    )


def _silent(body: bytes, content_type: str, url: str, known: Facts) -> Extract:
    """A page without an article, and why."""
    code = named(body, content_type, url)
    if code:
        return _nothing(url, f"a {code} page", _SENTENCES["page"].format(_PAGES.get(code, code)), known)
    if _MISSING.match(known.title):
        return _nothing(url, "answers 200, says that there is no such page", _SENTENCES["missing"], known)
    return _nothing(url, "no text was found in the page", _SENTENCES["text"], known)


def _nothing(url: str, cause: str, sentence: str, known: Facts = NOTHING) -> Extract:
    return Extract(
        words=None,
        url=url,
        declared=known.declared,
        published=known.published,
        published_from=known.published_from,
        image=known.image,
        cause=cause,
        sentence=sentence,
    )
