"""Source <-> OPML: lists of feeds as other readers write and read them; import gives rows to paste, never a file."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any
from xml.etree.ElementTree import Element, ParseError, SubElement, indent, register_namespace, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from monitor.sources.checks import lasting
from monitor.sources.reading import each
from monitor.sources.rows import CATEGORIES, RHYTHMS, ConfigError, Problem, Selectors, Source
from monitor.sources.written import chosen

SPACE = "urn:jernih:sumber"
LARGEST = 4_000_000
MOST = 5000
OWN = (
    "kind",
    "region",
    "code",
    "zone",
    "enabled",
    "robots_exception",
    "pers",
    "trust",
    "trusted_by",
    "owner",
    "evidence",
    "note",
)
register_namespace("jernih", SPACE)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an OPML file holds: the sources that could be used, and sentences about those that could not."""

    sources: tuple[Source, ...]
    doubts: tuple[str, ...]


def opml(sources: Iterable[Source]) -> bytes:
    """An OPML 2.0 document: one group per category; what OPML has no word for stands in attributes of our own."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = "Sumber Jernih"
    body = SubElement(root, "body")
    groups: dict[str, Element] = {}
    for source in sources:
        if source.category not in groups:
            groups[source.category] = SubElement(body, "outline", text=source.category)
        SubElement(groups[source.category], "outline", outline(source))
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def outline(source: Source) -> dict[str, str]:
    """The attributes of one source."""
    found = {"type": "rss", "text": source.name, "title": source.name, "xmlUrl": source.url}
    own = {name: getattr(source, name) for name in OWN if getattr(source, name) not in ("", None)}
    found |= {
        f"{{{SPACE}}}{name}": str(value).lower() if isinstance(value, bool) else value for name, value in own.items()
    }
    found[f"{{{SPACE}}}rhythm"] = lasting(source.rhythm)
    for name, value in (chosen(source.selectors) if source.selectors else {}).items():
        found[f"{{{SPACE}}}selectors.{name}"] = "\n".join(value) if isinstance(value, tuple) else str(value)
    return found


def from_opml(body: bytes, allow: tuple[str, ...] = ()) -> Imported:
    """The sources of an OPML document, ours or another reader's; raises ConfigError where it is none."""
    sources: list[Source] = []
    doubts: list[str] = []
    taken: set[str] = set()
    for table in tables(parsed(body)):
        source, wrong = each(table, allow)
        if source is None or taken & {source.name, source.url}:
            doubts.append(f"“{table['name'][:80]}” dilewati: {wrong or 'nama atau alamatnya sudah ada di atas'}.")
        else:
            sources.append(source)
            taken |= {source.name, source.url}
    return Imported(tuple(sources), tuple(doubts))


def parsed(body: bytes) -> Element:
    """The document's root."""
    if len(body) > LARGEST:
        raise broken("berkas OPML terlalu besar", "OPML too large")
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as why:
        raise broken("bukan OPML yang sah; ekspor ulang dari program asalnya", str(why)[:200]) from why
    if root.tag != "opml":
        raise broken("bukan OPML: unsur pertamanya harus <opml>", f"root element {root.tag[:40]!r}")
    return root


def broken(sentence: str, cause: str) -> ConfigError:
    """The error of a document that cannot be used."""
    return ConfigError((Problem(0, sentence, cause),))


def tables(root: Element) -> list[dict[str, Any]]:
    """What every outline with an address says, as tables of feeds.toml."""
    found: list[dict[str, Any]] = []
    waiting = [(child, "lainnya") for body in root.findall("body") for child in body][::-1]
    while waiting and len(found) < MOST:
        element, group = waiting.pop()
        if element.get("xmlUrl"):
            found.append(table(element, group))
        name = (element.get("text") or "").strip()
        waiting += [(child, name if name in CATEGORIES else group) for child in reversed(element)]
    return found


def table(element: Element, group: str) -> dict[str, Any]:
    """One outline as a table of feeds.toml."""
    url = (element.get("xmlUrl") or "").strip()
    own = {key.removeprefix(f"{{{SPACE}}}"): value for key, value in element.items() if key.startswith(f"{{{SPACE}}}")}
    found: dict[str, Any] = {
        "kind": kind(url, element.get("type") or ""),
        "category": group,
        "rhythm": lasting(RHYTHMS[group]),
        "zone": "WIB",
    }
    found |= {name: own[name] for name in (*OWN, "rhythm") if name in own}
    if "enabled" in own:
        found["enabled"] = {"true": True, "false": False}.get(own["enabled"], own["enabled"])
    if css := {name: own[f"selectors.{name}"] for name in names() if f"selectors.{name}" in own}:
        found["selectors"] = {name: value.split("\n") if name == "drop" else value for name, value in css.items()}
    return found | {"name": (element.get("title") or element.get("text") or url).strip(), "url": url}


def names() -> tuple[str, ...]:
    """The keys of the selectors."""
    return tuple(field.name for field in fields(Selectors))


def kind(url: str, declared: str) -> str:
    """The kind of a feed that another reader lists, from its address."""
    marks = {
        "/wp-json/": "wp-json",
        "sitemap": "sitemap",
        "//t.me/": "telegram",
        "youtube.com/": "youtube",
        "feed.json": "json-feed",
    }
    return next((name for mark, name in marks.items() if mark in url.lower()), "atom" if declared == "atom" else "rss")
