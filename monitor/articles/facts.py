"""A parsed page -> Facts: its title, author, date, picture and declared address, and where the date stood."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from typing import Any

from lxml import etree

from monitor.entries import addresses, dates, letters
from monitor.entries.founds import person

ARTICLE_TYPES = ("article", "newsarticle", "reportagenewsarticle", "blogposting", "webpage", "report", "claimreview",
                 "analysisnewsarticle", "opinionnewsarticle", "governmentarticle")  # fmt: skip

_DATES = (
    "article:published_time", "og:published_time", "datepublished", "publishdate", "publish-date", "publish_date",
    "pubdate", "content_publisheddate", "published_date", "dcterms.created", "dc.date.issued", "dcterms.issued",
    "dc.date", "dcterms.date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "date",
    "article.published", "article:published", "og:article:published_time", "originalpublicationdate",
    "rnews:datepublished",
)  # fmt: skip
_FURNITURE = ("nav", "footer", "aside", "form")
_INLINE = ("h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "font", "span", "div", "p", "td", "a", "small")
_SEPARATOR = re.compile(r"\s+[-|–—»•·:]{1,2}\s+|\s*\|\s*")
_GENERIC = re.compile(
    r"^(?:detail|baca|halaman|isi|lihat)?\s*(?:berita|artikel|post(?:ingan)?|news|article|detail|home|beranda|untitled"
    r"|single post|pengumuman|informasi|konten)\W*$", re.I
)  # fmt: skip
_PLAIN = re.compile(r"[^a-z0-9]+")
_AUTHORS = re.compile(
    r"(?:^|[\s_-])(?:author|byline|penulis|reporter|jurnalis|journalist|wartawan|pewarta|nama-redaksi|nameEditor)(?:$|[\s_-])",
    re.I,
)
_WROTE = re.compile(
    r"(?:di(?:tulis|posting|unggah) oleh|penulis|pewarta|reporter|rep|jurnalis|kontributor|laporan|oleh|by)"
    r"\s*[:\s]\s*(.{3,80})",
    re.I,
)
_SLIPS = re.compile(r",\s*([}\]])|(?://\s*)?<!\[CDATA\[|(?://\s*)?\]\]>|/\*|\*/|<!--|-->")
_BY = re.compile(r"^(?:(?:oleh|by|penulis|pewarta|reporter|rep|jurnalis|kontributor|laporan)\s*[:\s]\s*)+", re.I)
_CUT = re.compile(
    r"\s*(?:[|/,;·•(\n\d]|\s[-–—]\s|\b(?:editor|red|redaktur|penulis|pewarta|pada|copyright|senin|selasa|rabu|kamis|jumat"
    r"|jum'at|sabtu|minggu)\b)", re.I
)
_NAME = re.compile(r"[A-Z][\w.'’-]*(?: (?:bin|binti|van|de|[A-Z][\w.'’-]*)){1,4}")
_NO_PERSON = re.compile(
    r"^(?:https?:|www\.|@?admin\w*$|editor\b|(?:tim )?(?:redaksi|editor)\b|penulis\b|reporter$"
    r"|super ?(?:admin|user)|administrator|webmaster|operator|author|humas$|by$|\d+$|.*\.(?:com|id|net)\b)", re.I
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says about itself; `""` and None where it says nothing that can be used."""

    title: str = ""
    author: str = ""
    declared: str = ""
    image: str = ""
    published: datetime | None = None
    published_from: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page (`root`), the address that answered, its source's name and zone, and the moment of the visit.

    `expected` is the title that the source showed for it, "" for none.
    """

    root: etree._Element
    url: str
    source: str
    zone: str
    now: datetime
    expected: str = ""


def read(page: Page) -> Facts:
    """Everything that a page says about itself."""
    meta = _meta(page.root)
    known = _linked_data(page.root)
    title = _title(page, meta, known)
    published, where = _published(page, meta, known, title)
    return Facts(
        title=title,
        author=_author(page, meta, known),
        declared=_declared(page, meta),
        image=_image(page, meta, known),
        published=published,
        published_from=where,
    )


def _meta(root: etree._Element) -> dict[str, str]:
    """Names and properties of meta elements, lower case, to their first content that says anything."""
    held: dict[str, str] = {}
    for one in root.iter("meta"):
        content = (one.get("content") or "").strip()
        for name in (one.get("property"), one.get("name"), one.get("itemprop")):
            if name and content:
                held.setdefault(name.strip().lower(), content)
    return held


def _linked_data(root: etree._Element) -> dict[str, Any]:
    """The first JSON-LD object that describes an article."""
    found: dict[str, Any] = {}
    for script in root.iter("script"):
        if (script.get("type") or "").lower().strip() != "application/ld+json" or not script.text:
            continue
        for one in _objects(_json(script.text)):
            kind = one.get("@type")
            kinds = kind if isinstance(kind, list) else [kind]
            if any(str(name).lower() in ARTICLE_TYPES for name in kinds) and len(one) > len(found):
                found = one if "datePublished" in one or "headline" in one or not found else found
    return found


def _json(text: str) -> Any:
    """What a script holds, also where it is wrapped in comments or has a comma too many."""
    for written in (text, _SLIPS.sub(r"\1", text)):
        try:
            return json.loads(written, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(held: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    if isinstance(held, list):
        for one in held[:50]:
            yield from _objects(one, depth + 1)
    elif isinstance(held, dict):
        yield held
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            yield from _objects(held.get(name), depth + 1)


def _text(held: Any) -> str:
    """A name or text of JSON-LD, whatever it is wrapped in."""
    if isinstance(held, list):
        return ", ".join(filter(None, (_text(one) for one in held[:5])))
    if isinstance(held, dict):
        return _text(held.get("name") or held.get("url") or held.get("@value"))
    return held if isinstance(held, str) else ""


def _title(page: Page, meta: dict[str, str], known: dict[str, Any]) -> str:
    heads = [letters.line(" ".join(one.itertext()), letters.TITLE) for one in page.root.iter("h1")]
    tag = next((letters.line("".join(one.itertext()), letters.TITLE) for one in page.root.iter("title")), "")
    outlets = _outlets(page, meta, known)
    written = (_text(known.get("headline")), meta.get("og:title", ""), tag)
    said = [_bare(letters.headline(one), outlets) for one in written if one]
    heads += [letters.line(" ".join(one.itertext()), letters.TITLE) for one in page.root.iter("h2", "h3")]
    for head in heads:
        if head and any(_agree(_plain(head), _plain(one)) for one in said):
            return head
    if named := _expected(page, said):
        return named
    usable = [one for one in said if len(one) > 4 and _plain(one) not in outlets and not _GENERIC.match(one)]
    if usable:
        return usable[0]
    return next((head for head in heads if len(head) > 10 and _plain(head) not in outlets), "")


def _expected(page: Page, said: list[str]) -> str:
    """The title that the source showed, if the page has it word for word: as part of its own title or as a line."""
    plain = _plain(page.expected)
    if len(plain) < 15:
        return ""
    pieces = [piece for one in said for piece in _SEPARATOR.split(one)]
    pieces += [letters.line(" ".join(one.itertext()), letters.TITLE) for one in _short(page.root)]
    return next((piece for piece in pieces if _plain(piece) == plain), "")


def _short(root: etree._Element) -> Iterator[etree._Element]:
    """Elements that hold no others but a few, in the order of the page."""
    return (one for one in islice(root.iter(*_INLINE), 20_000) if len(one) < 3 and not _aside(one))


def _agree(head: str, said: str) -> bool:
    """Whether a headline is what the page calls itself, with an outlet's name there or a verdict ("[SALAH]") here."""
    return head == said or (len(head) > 25 and head in said) or (25 < len(said) > len(head) - 30 and said in head)


def _outlets(page: Page, meta: dict[str, str], known: dict[str, Any]) -> set[str]:
    """Names of the site itself, letters and digits only: what may stand after a title."""
    host = addresses.host(page.url)
    names = (meta.get("og:site_name", ""), meta.get("application-name", ""), _text(known.get("publisher")), page.source,
             host, addresses.site(host), addresses.site(host).split(".")[0])  # fmt: skip
    return {_plain(name) for name in names if _plain(name)}


def _bare(title: str, outlets: set[str]) -> str:
    """The title without the outlet's name before or after it."""
    while True:
        gaps = list(_SEPARATOR.finditer(title))
        if not gaps:
            return title
        last, first = title[gaps[-1].end() :], title[: gaps[0].start()]
        if _is_outlet(last, outlets):
            title = title[: gaps[-1].start()].strip()
        elif not first.strip() or (_plain(first) in outlets and title[gaps[0].start() :].lstrip()[0] not in "-–—"):
            title = title[gaps[0].end() :].strip()
        else:
            return title


def _is_outlet(part: str, outlets: set[str]) -> bool:
    plain = _plain(part)
    if not plain or plain in outlets:
        return True
    if len(part) > 40:
        return False
    return any(len(name) > 3 and (name in plain or (len(plain) > 3 and plain in name)) for name in outlets)


def _plain(text: str) -> str:
    return _PLAIN.sub("", text.lower())


def _author(page: Page, meta: dict[str, str], known: dict[str, Any]) -> str:
    outlets = _outlets(page, meta, known)
    named = (_text(known.get("author")), meta.get("author", ""), meta.get("article:author", ""))
    for said in chain(named, _bylines(page.root)):
        name = person(said)
        if name and not _NO_PERSON.match(name) and _plain(name) not in outlets and len(name) <= 100:
            return name
    return ""


def _bylines(root: etree._Element) -> Iterator[str]:
    """Names near the top of a page: in what is called after an author, else after a word such as "Penulis:"."""
    places = [one for one in islice(root.iter(*_INLINE, "li", "h6"), 20_000) if not _in_list(one)]
    for one in places:
        called = f"{one.get('rel') or ''} {one.get('itemprop') or ''} {one.get('class') or ''}"
        if _AUTHORS.search(called) and 3 <= len(text := letters.line(" ".join(one.itertext()), 200)) <= 80:
            yield _named(text)
    for one in places:
        if (found := _WROTE.match(letters.line(" ".join(one.itertext()), 200))) and len(one) < 8:
            yield _named(found[1])


def _named(text: str) -> str:
    """The name in a byline, "" where none stands there."""
    name = _CUT.split(_BY.sub("", text), maxsplit=1)[0].strip(" ,;:|·•")
    return name if _NAME.fullmatch(name) else ""


def _in_list(one: etree._Element) -> bool:
    return any(above.tag in ("nav", "footer", "aside") for above in one.iterancestors())


def _declared(page: Page, meta: dict[str, str]) -> str:
    for one in page.root.iter("link"):
        if "canonical" in (one.get("rel") or "").lower().split():
            return addresses.target(one.get("href") or "", page.url)
    return addresses.target(meta.get("og:url", ""), page.url)


def _image(page: Page, meta: dict[str, str], known: dict[str, Any]) -> str:
    held = known.get("image")
    held = held[0] if isinstance(held, list) and held else held
    written = meta.get("og:image") or meta.get("og:image:url") or meta.get("twitter:image")
    if not written:
        written = (held.get("url") if isinstance(held, dict) else held) or ""
    return addresses.target(written, page.url) if isinstance(written, str) else ""


def _published(page: Page, meta: dict[str, str], known: dict[str, Any], title: str) -> tuple[datetime | None, str]:
    """The first place that gives a sure date; one that names the hour is preferred to one that names the day."""
    day: tuple[datetime | None, str] = None, ""
    for where, written in _dates(page, meta, known, title):
        found = dates.read(written, page.zone, page.now)
        if found.at and not found.doubt:
            return found.at, where
        if found.at and found.doubt == "day" and day[0] is None:
            day = found.at, where
    return day


def _dates(page: Page, meta: dict[str, str], known: dict[str, Any], title: str) -> Iterator[tuple[str, str]]:
    for name in ("datePublished", "dateCreated", "uploadDate"):
        yield "json-ld", _text(known.get(name))
    for name in _DATES:
        yield "meta", meta.get(name, "")
    yield from (("time", written) for written in _times(page.root))
    yield "text", _near_title(page.root, title)


def _times(root: etree._Element) -> Iterator[str]:
    """Stamps of `time` elements, those that call themselves published first; none in lists of other articles."""
    found = [one for one in root.iter("time", "abbr") if (one.get("datetime") or one.get("title")) and not _aside(one)]
    found.sort(key=lambda one: "publish" not in f"{one.get('class')} {one.get('itemprop')} {one.get('pubdate')}")
    for one in found[:3]:
        yield one.get("datetime") or one.get("title") or ""


def _near_title(root: etree._Element, title: str) -> str:
    """The first short text between headline and body, or just above it, that is a date: municipal sites often say it
    nowhere else."""
    heads = [(one, letters.line("".join(one.itertext()), letters.TITLE)) for one in root.iter("h1", "h2", "h3", "h4")]
    named = [one for one, text in heads if text == title]
    named = named or [one for one in _short(root) if letters.line(" ".join(one.itertext()), letters.TITLE) == title]
    head = next(iter(named), next((one for one, text in heads if len(text) > 20), None))
    if head is None:
        return ""
    return _dated(islice(head.xpath("following::*"), 60)) or _dated(islice(reversed(head.xpath("preceding::*")), 12))


def _dated(places: Iterable[etree._Element]) -> str:
    """The first absolute date among these places, before some sentences of another kind are passed."""
    passed = 0
    for one in places:
        text = letters.line(" ".join(one.itertext()), 300)
        if 5 < len(text) < 100 and dates.readable(text) and "lalu" not in text.lower():
            return text
        passed += len((one.text or "").strip())
        if passed > 300:
            return ""
    return ""


def _aside(one: etree._Element) -> bool:
    return any(above.tag in _FURNITURE or above.tag == "li" for above in one.iterancestors())
