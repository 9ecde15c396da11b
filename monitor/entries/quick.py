"""Feed text -> Raw items, the fast way: equal to feedparser field by field, or None for it to judge.

Ordinary feeds are read with lxml. Whatever could make a difference (a DTD, XHTML content, xml:base, an element twice,
an element that feedparser knows and this does not) gives None. tests/test_entries.py compares the two over all feeds at
hand and over made-up ones.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from feedparser.mixin import _FeedParserMixin
from lxml import etree

from monitor.entries.feeds import Feed, Raw, first_picture

_NAMESPACES: dict[str, str] = {uri.lower(): name for uri, name in _FeedParserMixin.namespaces.items()}
_HANDLED = frozenset(
    name.split("_", 2)[2].lower() for name in dir(_FeedParserMixin) if name.startswith(("_start_", "_end_"))
)
_KEYS = frozenset(("links", "link", "authors", "tags", "enclosures", "guidislink", "content", "source_detail"))
_ODD = ("<!DOCTYPE", "<!ENTITY", "xml:base=", " base=", "\nbase=", "\tbase=")
_WINDOWS = re.compile(r"[\x80-\x9f]")
_WINDOWS_NUMBER = re.compile(r"&#(?:1[2-5]\d|[xX][89][0-9a-fA-F]);")
_ITEMS = ("{*}item", "{*}Item", "{*}ITEM", "{*}entry", "{*}Entry", "{*}ENTRY")
_REFERENCE = re.compile("&([A-Za-z0-9_]+);")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_TEXTS = ("text", "html", "text/html", "text/plain")
_PAGES = ("html", "xhtml", "text/html", "application/xhtml+xml")


class _Unusual(Exception):
    """Something that only feedparser shall judge."""


def quick(text: str) -> Feed | None:
    """The feed as lxml reads it, equal to feeds.slow() field by field, or None. `text` has no XML declaration."""
    if any(odd in text for odd in _ODD) or _windows(text):
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
        return _document(root)
    except (etree.LxmlError, _Unusual, UnicodeEncodeError):
        return None


def _windows(text: str) -> bool:
    """Letters of windows-1252 where there are none in Unicode: feedparser reads them as what was meant."""
    return bool(not text.isascii() and _WINDOWS.search(text)) or bool("&#" in text and _WINDOWS_NUMBER.search(text))


def _document(root: etree._Element) -> Feed:
    if len(set(root.nsmap.values())) < len(root.nsmap):
        raise _Unusual
    name = _name(root)
    if name == "rss":
        channel = [one for one in root if _name(one) == "channel"]
        if len(channel) != 1 or len(root) != 1:
            raise _Unusual
        frame, label = channel[0], "item"
    elif name == "rdf:rdf":
        frame, label = root, "item"
    elif name == "feed":
        frame, label = root, "entry"
    else:
        raise _Unusual
    items = [one for one in frame if _name(one) == label]
    if sum(1 for _ in root.iter(*_ITEMS)) != len(items):
        raise _Unusual
    return Feed(_title(frame), tuple(_Item(one, name == "feed").raw() for one in items), "lxml")


def _title(frame: etree._Element) -> str:
    inner = next((one for one in frame if _name(one) == "channel"), frame)
    return next((_text(one) for one in inner if _name(one) == "title"), "")


def _name(element: etree._Element) -> str:
    """The name that feedparser gives an element: its own prefix for a known namespace, else what the feed wrote."""
    if not isinstance(element.tag, str):
        raise _Unusual
    return _named(element.tag, element.prefix)


@lru_cache(maxsize=1024)
def _named(whole: str, given: str | None) -> str:
    if "backend.userland.com" in whole:
        raise _Unusual
    if not whole.startswith("{"):
        return whole.lower()
    uri, local = whole[1:].split("}", 1)
    known = _NAMESPACES.get(uri.lower())
    prefix = given if known is None else known
    return f"{prefix}:{local}".lower() if prefix else local.lower()


def _text(element: etree._Element) -> str:
    if len(element):
        raise _Unusual
    return _repaired((element.text or "").strip())


def _repaired(value: str) -> str:
    """feedparser reads UTF-8 that was taken for Latin-1 and encoded once more."""
    if value.isascii():
        return value
    try:
        return value.encode("iso-8859-1").decode("utf-8")
    except UnicodeError:
        return value


class _Item:
    """One item of a feed while it is read."""

    def __init__(self, element: etree._Element, atom: bool) -> None:
        self._element, self._atom = element, atom
        self._held: dict[str, str] = {}
        self._media: list[tuple[str, str, str]] = []
        self._thumbs: list[str] = []
        self._enclosures: list[tuple[str, str, str]] = []
        self._permanent = False

    def raw(self) -> Raw:
        for name, value in self._element.attrib.items():
            self._attribute(name, value)
        for child in self._element:
            self._child(child, _name(child))
        held = self._held
        link = held["link"] if "link" in held else held.get("guid", "") if self._permanent else ""
        return Raw(
            title=held.get("title", ""),
            link=link,
            guid=held.get("guid", held.get("about", "")),
            published=held.get("published", ""),
            updated=held.get("updated") or held.get("created", ""),
            summary=held["summary"] if "summary" in held else held.get("content", ""),
            content=held.get("content", ""),
            author=held.get("author", ""),
            source=held.get("source", ""),
            source_url=held.get("source_url", ""),
            original=held.get("original", ""),
            image=first_picture(self._media, self._thumbs, self._enclosures),
        )

    def _attribute(self, name: str, value: str) -> None:
        if name == _ABOUT:
            self._held["about"] = value
        elif name != _LANGUAGE:
            raise _Unusual

    def _child(self, child: etree._Element, name: str) -> None:
        reader = _READERS.get(name)
        if reader:
            reader(self, child)
        elif name in _HARMLESS:
            _text(child)
        else:
            self._unknown(child, name)

    def _unknown(self, child: etree._Element, name: str) -> None:
        flat = name.replace(":", "_")
        if len(child) or flat in _HANDLED or flat in _KEYS:
            raise _Unusual

    def _put(self, key: str, value: str) -> None:
        if key in self._held:
            raise _Unusual
        self._held[key] = value

    def _kind(self, child: etree._Element) -> None:
        """Text and escaped HTML are read alike; anything else is feedparser's."""
        for name, value in child.attrib.items():
            if name == "type" and value.lower() in _TEXTS:
                continue
            if name != _LANGUAGE:
                raise _Unusual

    def title(self, child: etree._Element) -> None:
        self._kind(child)
        self._put("title", _text(child))
        if not self._held["title"]:
            raise _Unusual

    def media_title(self, child: etree._Element) -> None:
        if "title" not in self._held:
            raise _Unusual
        self._kind(child)
        _text(child)

    def summary(self, child: etree._Element) -> None:
        self._kind(child)
        self._put("summary", _text(child))

    def content(self, child: etree._Element) -> None:
        self._kind(child)
        self._put("content", _text(child))

    def guid(self, child: etree._Element) -> None:
        attributes = {name.lower(): value for name, value in child.attrib.items()}
        self._permanent = attributes.get("ispermalink", "true") == "true"
        self._put("guid", _whole(_text(child)))

    def link(self, child: etree._Element) -> None:
        attributes = {name.lower(): value for name, value in child.attrib.items()}
        address = attributes.get("url") or attributes.get("uri") or attributes.get("href")
        if not attributes and not self._atom:
            self._put("link", _REFERENCE.sub(r"&\1", _whole(_text(child)).replace("&amp;", "&")))
        elif not address or _text(child):
            raise _Unusual
        else:
            self._linked(attributes, _whole(address))

    def _linked(self, attributes: dict[str, str], address: str) -> None:
        relation = attributes.get("rel", "alternate").lower()
        kind = attributes.get("type", "application/atom+xml" if relation == "self" else "text/html").lower()
        if relation == "enclosure":
            self._enclosures.append((address, "", kind))
        if relation != "alternate" or kind not in _PAGES:
            return
        if not self._atom:
            raise _Unusual
        self._held["link"] = address

    def date(self, key: str, child: etree._Element) -> None:
        self._put(key, _text(child))

    def author(self, child: etree._Element) -> None:
        if self._atom and _name(child) == "author":
            parts = {_name(one): _text(one) for one in child if _name(one) in ("name", "uri", "email")}
            if len(parts) != sum(1 for one in child if _name(one) != "gd:image") or (child.text or "").strip():
                raise _Unusual
            name, mail = parts.get("name"), parts.get("email")
            self._put("author", f"{name} ({mail})" if name and mail else name or mail or "")
        else:
            self._put("author", _text(child))

    def source(self, child: etree._Element) -> None:
        if self._atom:
            raise _Unusual
        self._put("source", _text(child))
        self._held["source_url"] = child.get("url", "")

    def original(self, child: etree._Element) -> None:
        if child.attrib:
            raise _Unusual
        self._put("original", _text(child))

    def enclosure(self, child: etree._Element) -> None:
        attributes = {name.lower(): value for name, value in child.attrib.items()}
        address = attributes.get("url") or attributes.get("uri") or attributes.get("href") or ""
        self._enclosures.append((address, "", attributes.get("type", "").lower()))
        _text(child)

    def media_content(self, child: etree._Element) -> None:
        attributes = {name.lower(): value for name, value in child.attrib.items()}
        self._media.append(
            (attributes.get("url", ""), attributes.get("medium", ""), attributes.get("type", "").lower())
        )
        for inner in child:
            self._child(inner, _name(inner))

    def thumbnail(self, child: etree._Element) -> None:
        if _text(child) or "url" not in child.attrib:
            raise _Unusual
        self._thumbs.append(child.get("url", ""))

    def group(self, child: etree._Element) -> None:
        for inner in child:
            self._child(inner, _name(inner))


def _whole(address: str) -> str:
    if "://" in address and ":///" in address:
        raise _Unusual
    return address


def _dated(key: str) -> Callable[[_Item, etree._Element], None]:
    return lambda item, child: item.date(key, child)


_READERS: dict[str, Callable[[_Item, etree._Element], None]] = {
    "title": _Item.title, "dc:title": _Item.title, "media:title": _Item.media_title,
    "description": _Item.summary, "summary": _Item.summary, "dc:description": _Item.summary,
    "media:description": _Item.summary, "content": _Item.content, "content:encoded": _Item.content,
    "guid": _Item.guid, "id": _Item.guid, "link": _Item.link,
    "pubdate": _dated("published"), "published": _dated("published"), "issued": _dated("published"),
    "dc:date": _dated("updated"), "updated": _dated("updated"), "modified": _dated("updated"),
    "author": _Item.author, "dc:creator": _Item.author, "source": _Item.source,
    "feedburner:origlink": _Item.original, "enclosure": _Item.enclosure, "media:content": _Item.media_content,
    "media:thumbnail": _Item.thumbnail, "media:group": _Item.group, "media:community": _Item.group,
}  # fmt: skip
_HARMLESS = frozenset((
    "category", "comments", "slash:comments", "wfw:commentrss", "wfw:comment", "dc:subject", "media:credit",
    "media:rating", "media:category", "media:keywords", "dc:language",
))  # fmt: skip
