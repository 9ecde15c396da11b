"""Feed text -> Raw items: what RSS, RDF and Atom say, read by feedparser.

feedparser is the truth; `quick` does the same for ordinary feeds, many times faster, and is proven equal to it.
"""

import io
import re
from dataclasses import dataclass

import feedparser

HEAVIEST_TAGS = 50_000
LONGEST_TAG = 20_000

_LONG_TAG = re.compile(rf"<[^<>]{{{LONGEST_TAG}}}")
_END = re.compile(r"</(?:item|entry)\s{0,9}>", re.I)
_OPENED = re.compile(r"<(?:item|entry)[\s>]", re.I)
_CLOSED = re.compile(r"</(?:channel|rss|feed|rdf:rdf)\s{0,9}>", re.I)
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif)(?:\?|$)", re.I)
_SECTIONS = re.compile(r"<!\[CDATA\[.*?\]\]>", re.S)


@dataclass(frozen=True, slots=True)
class Raw:
    """One item as the feed writes it: text fields may hold HTML, addresses may be relative, dates are unread."""

    title: str = ""
    link: str = ""
    guid: str = ""
    published: str = ""
    updated: str = ""
    summary: str = ""
    content: str = ""
    author: str = ""
    source: str = ""
    source_url: str = ""
    original: str = ""
    image: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's items in its own order; `fault` is what was wrong with it although it was read."""

    title: str
    items: tuple[Raw, ...]
    how: str
    fault: str = ""


class TooHeavy(Exception):
    """The document would keep feedparser busy for minutes."""


def weigh(text: str) -> None:
    """TooHeavy for documents that make feedparser quadratic: tens of thousands of tags, or attributes in one tag."""
    if text.count("<") > HEAVIEST_TAGS:
        raise TooHeavy(f"more than {HEAVIEST_TAGS} tags")
    if _LONG_TAG.search(text) and _LONG_TAG.search(_SECTIONS.sub("", text)):
        raise TooHeavy(f"a tag of more than {LONGEST_TAG} characters")


def whole(text: str) -> tuple[str, str]:
    """The feed without an item that is cut off in its middle, and what is to say about that ("" where nothing is)."""
    ends = [found.end() for found in _END.finditer(text)]
    if not ends or _CLOSED.search(text, ends[-1]) or not _OPENED.search(text, ends[-1]):
        return text, ""
    return text[: ends[-1]], "the feed is cut off: its last item is left out"


def slow(text: str) -> Feed:
    """The feed as feedparser reads it. The bytes are handed over as a stream: given bare, they would be opened."""
    found = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    fault = f"{type(found.bozo_exception).__name__}: {found.bozo_exception}"[:200] if found.get("bozo") else ""
    return Feed(_string(found.feed, "title"), tuple(map(_raw, found.entries)), "feedparser", fault)


def _raw(entry: feedparser.FeedParserDict) -> Raw:
    contents = dict.get(entry, "content") or []
    source = dict.get(entry, "source") or {}
    return Raw(
        title=_string(entry, "title"),
        link=_string(entry, "link"),
        guid=_string(entry, "id"),
        published=_string(entry, "published"),
        updated=_string(entry, "updated") or _string(entry, "created"),
        summary=_string(entry, "summary"),
        content=max((_string(one, "value") for one in contents if isinstance(one, dict)), key=len, default=""),
        author=_string(entry, "author"),
        source=_string(source, "title"),
        source_url=_string(source, "href"),
        original=_string(entry, "feedburner_origlink"),
        image=_picture(entry),
    )


def _string(held: dict[str, object], name: str) -> str:
    value = dict.get(held, name)
    return value if isinstance(value, str) else ""


def _picture(entry: feedparser.FeedParserDict) -> str:
    media = [one for one in dict.get(entry, "media_content") or [] if isinstance(one, dict)]
    thumbs = [one for one in dict.get(entry, "media_thumbnail") or [] if isinstance(one, dict)]
    links = [one for one in dict.get(entry, "links") or [] if dict.get(one, "rel") == "enclosure"]
    return first_picture(
        [(_string(one, "url"), _string(one, "medium"), _string(one, "type")) for one in media],
        [_string(one, "url") for one in thumbs],
        [(_string(one, "href"), "", _string(one, "type")) for one in links],
    )


def first_picture(media: list[tuple[str, str, str]], thumbs: list[str], enclosures: list[tuple[str, str, str]]) -> str:
    """The lead picture among media:content, media:thumbnail and enclosures, each (address, medium, type)."""
    for address, medium, kind in media:
        if address and (medium == "image" or kind.startswith("image/")):
            return address
    for address in thumbs:
        if address:
            return address
    for address, _, kind in enclosures:
        if address and (kind.startswith("image") or (not kind and _PICTURE.search(address))):
            return address
    return next((address for address, medium, kind in media if address and not medium and not kind), "")
