"""Sitemap text -> Raw items, or the addresses of the sitemaps that an index points to.

A news sitemap names title and publication date. A plain one only says when a page changed: it brings the pages of the
last fourteen days, and their date stays unknown, because an edit is no publication.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from lxml import etree

from monitor.entries import dates
from monitor.entries.feeds import Raw

RECENT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Pages newest first; `children` of an index, newest first; `passed` counts pages that changed long ago."""

    items: tuple[Raw, ...] = ()
    children: tuple[str, ...] = ()
    passed: int = 0
    fault: str = ""


def read(text: str, zone: str, now: datetime) -> Sitemap:
    """The sitemap in `text`; what stands before a fault in it is still read."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        return Sitemap(fault=str(error)[:200])
    fault = str(parser.error_log.last_error.message)[:200] if parser.error_log.last_error else ""
    if root is None:
        return Sitemap(fault=fault or "no root")
    blocks = [_fields(one) for one in root if isinstance(one.tag, str)]
    if _local(root) == "sitemapindex":
        return Sitemap(children=tuple(held["loc"] for held in _newest(blocks, zone, now) if "loc" in held), fault=fault)
    return _pages(blocks, fault, zone, now)


def _pages(blocks: list[dict[str, str]], fault: str, zone: str, now: datetime) -> Sitemap:
    pages = [held for held in _newest(blocks, zone, now) if _is_page(held.get("loc", ""))]
    if any("publication_date" in held or "title" in held for held in pages):
        return Sitemap(tuple(map(_raw, pages)), fault=fault)
    recent = [held for held in pages if _recent(held.get("lastmod", ""), zone, now)]
    return Sitemap(tuple(map(_raw, recent)), passed=len(pages) - len(recent), fault=fault)


def _newest(blocks: list[dict[str, str]], zone: str, now: datetime) -> list[dict[str, str]]:
    def age(held: dict[str, str]) -> float:
        at = dates.first((held.get("publication_date", ""), held.get("lastmod", "")), zone, now).at
        return -at.timestamp() if at else 0.0

    return sorted(blocks, key=age)


def _recent(written: str, zone: str, now: datetime) -> bool:
    at = dates.read(written, zone, now).at
    return at is None or at >= now - RECENT


def _is_page(address: str) -> bool:
    return address.count("/") > 3 or bool(address.rpartition("/")[2] and address.count("/") == 3)


def _raw(held: dict[str, str]) -> Raw:
    return Raw(
        title=held.get("title", ""),
        link=held.get("loc", ""),
        published=held.get("publication_date", ""),
        source="",
        image=held.get("image", ""),
    )


def _fields(block: etree._Element) -> dict[str, str]:
    """loc, lastmod, publication_date, title and the first picture's address of one block, however deep they stand."""
    held: dict[str, str] = {}
    for one in block.iter(etree.Element):
        name, inside = _local(one), _local(one.getparent())
        if name == "loc" and inside == "image":
            name = "image"
        if name == "title" and inside not in ("news", "url"):
            continue
        text = (one.text or "").strip()
        if text:
            held.setdefault(name, text)
    return held


def _local(element: etree._Element) -> str:
    """The name without its namespace or its prefix, which a sitemap may use undeclared."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()
