"""HTML of a listing page -> Raw items: by the source's selectors, else the links that look like headlines."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import islice

from bs4 import BeautifulSoup, Tag
from lxml import etree

from monitor.entries import addresses, dates, letters
from monitor.entries.feeds import Raw
from monitor.sources import Selectors

MOST_LINKS = 2_000
SHORTEST_HEADLINE = 20
SHORTEST_HEADED = 10

Wanted = Callable[[etree._Element, str], bool]

_STAMPS = ("d-time", "datetime", "data-time", "data-timestamp", "data-date", "content", "title")
_FURNITURE = {"nav", "footer", "aside", "menu", "dialog"}
_NO_ARTICLE = re.compile(
    r"/(?:tags?|topi[ck]s?|kategori|category|categories|kanal|author|penulis|reporter|page|halaman|login|masuk|register|daftar"
    r"|search|cari|pencarian|about|tentang[a-z-]*|kontak|contact|redaksi|privacy|kebijakan|disclaimer|pedoman[a-z-]*|sitemap"
    r"|rss|feed|karir|career|iklan|advert\w*|wp-admin|wp-login\.php|cart|indeks|index\.php)/?(?:\d+/?)?$|/(?:tag|author)/"
    r"|/(?:category|kategori)/(?:detail|index)/"
    r"|/(?:category|categories|kategori|topi[ck]s?|kanal|penulis|reporter)/[a-z0-9]+(?:-[a-z0-9]+){0,2}/?$"
    r"|^/(?:id/|index\.php/)?(?:profil|halaman|laman|pages?|statis|layanan|tautan|menu|link)/",
    re.I,
)
_NUMBERED = re.compile(r"[?&](?:p|id|berita|page_id|news_id)=\d+", re.I)
_MENU = re.compile(
    r"(?:^|\s)(?:(?:[a-z]+[-_])?(?:menus?|nav|navbar|navigation|dropdown|footer|topbar|breadcrumbs?)(?=\s|$)"
    r"|(?:navbar|footer|menu|dropdown)[-_][\w-]+)",
    re.I,
)
_MORE = re.compile(r"^(?:baca )?(?:selengkapnya|read more|continue reading|lanjut(?:kan)? membaca)\b\W+(?=\w)", re.I)
_ARTICLE = re.compile(
    r"\d{4,}|/\d{4}/\d{1,2}/|/(?:read|berita|artikel|article|news|detail|pengumuman|post|posts|siaran-pers|publikasi|baca)/"
    r"|(?:[a-z0-9]+-){3,}[a-z0-9]+|[?&](?:p|id|berita|page_id|news_id)=\d+",
    re.I,
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TITLED = re.compile(r"title|judul|headline|heading", re.I)
_GENERIC = re.compile(
    r"^(?:baca (?:selengkapnya|lagi|juga)|selengkapnya|read more|lihat (?:semua|lainnya|detail)|lainnya|detail|next"
    r"|prev\w*|berikutnya|sebelumnya|home|beranda|komentar|share|bagikan)\W*$",
    re.I,
)


def selected(text: str, selectors: Selectors, url: str) -> tuple[Raw, ...]:
    """The items that the source's selectors name; `link`, `title` and `date` are looked for inside an item.

    With a selector for links alone, titles and dates are looked for around each link.
    """
    soup = BeautifulSoup(text, "lxml")
    if not selectors.item:
        chosen = {_string(link, "href") for link in soup.select(selectors.link, limit=MOST_LINKS)}
        return _headlines(text, url, lambda link, _: link.get("href") in chosen, shortest=3)
    base = soup.find("base", href=True)
    start = addresses.target(_string(base, "href"), url) if isinstance(base, Tag) else ""
    blocks = soup.select(selectors.item, limit=MOST_LINKS)
    return tuple(raw for block in blocks if (raw := _block(block, selectors, start or url)))


def _block(block: Tag, selectors: Selectors, base: str) -> Raw | None:
    link = _link(block, selectors)
    if link is None:
        return None
    title = _first(block, selectors.title) or link
    label = title.get_text(" ", strip=True) or _string(title, "title") or _string(link, "title") or _alt(link)
    return Raw(
        title=_escape(label),
        link=addresses.target(_string(link, "href"), base),
        published=_dated(block, selectors.date),
        image=_picture(block),
    )


def _link(block: Tag, selectors: Selectors) -> Tag | None:
    if selectors.item and selectors.link:
        return _first(block, selectors.link)
    return block if block.name == "a" else block.select_one("a[href]")


def _first(block: Tag, selector: str) -> Tag | None:
    return block.select_one(selector) if selector else None


def _dated(block: Tag, selector: str) -> str:
    """The first readable date among what the selector names; a `time` element where there is no selector."""
    for one in block.select(selector or "time, [d-time], [datetime]", limit=20):
        for written in (*(_string(one, name) for name in _STAMPS), one.get_text(" ", strip=True)):
            if written and dates.readable(written):
                return written
    return ""


def _string(tag: Tag, name: str) -> str:
    value = tag.get(name)
    return value if isinstance(value, str) else ""


def _alt(link: Tag) -> str:
    picture = link.find("img")
    return _string(picture, "alt") if isinstance(picture, Tag) else ""


def _picture(block: Tag) -> str:
    picture = block.find("img")
    if not isinstance(picture, Tag):
        return ""
    return next((held for name in ("data-src", "data-original", "src") if (held := _string(picture, name))), "")


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def guessed(text: str, url: str) -> tuple[Raw, ...]:
    """Links of the page that look like headlines: of the same site, worded, with an article's kind of address."""
    home = addresses.site(addresses.host(url))

    def wanted(link: etree._Element, address: str) -> bool:
        if addresses.site(addresses.host(address)) != home or not _looks_like_article(address, url):
            return False
        return not any(one.tag in _FURNITURE or _is_menu(one) for one in link.iterancestors())

    return _headlines(text, url, wanted, SHORTEST_HEADLINE)


def _is_menu(one: etree._Element) -> bool:
    return one.tag != "body" and _is_menu_name(f"{one.get('class') or ''} {one.get('id') or ''}")


@lru_cache(maxsize=4096)
def _is_menu_name(name: str) -> bool:
    return bool(_MENU.search(name))


def _headlines(text: str, url: str, wanted: Wanted, shortest: int) -> tuple[Raw, ...]:
    root = letters.fragment(text)
    if root is None:
        return ()
    base = _base(root, url)
    found = ((link, addresses.target(link.get("href", ""), base)) for link in islice(root.iter("a"), MOST_LINKS))
    chosen = {link: address for link, address in found if address and wanted(link, address)}
    held: dict[str, tuple[str, etree._Element]] = {}
    for link, address in chosen.items():
        _keep(held, address, link)
    raws = (_raw(address, title, link, chosen, shortest) for address, (title, link) in held.items())
    return tuple(raw for raw in raws if raw)


def _raw(
    address: str, title: str, link: etree._Element, chosen: Mapping[etree._Element, str], shortest: int
) -> Raw | None:
    """The entry of a link; a headline may be short where it is a heading with a date beside it."""
    if len(title) < min(shortest, SHORTEST_HEADED) or (" " not in title and shortest >= SHORTEST_HEADLINE):
        return None
    if len(title) < shortest and not _is_headed(link):
        return None
    published = _near(link, title, chosen)
    if len(title) < shortest and not published:
        return None
    return Raw(title=_escape(title), link=address, published=published)


def _base(root: etree._Element, url: str) -> str:
    for one in root.iter("base"):
        return addresses.target(one.get("href", ""), url) or url
    return url


def _looks_like_article(address: str, url: str) -> bool:
    path = address.split("/", 3)[3] if address.count("/") > 2 else ""
    if not path or addresses.key(address) == addresses.key(url):
        return False
    plain = "/" + path.split("?")[0]
    if _NUMBERED.search(path):
        plain = plain.removesuffix("index.php")
    return bool(_ARTICLE.search("/" + path)) and not _NO_ARTICLE.search(plain)


def _keep(held: dict[str, tuple[str, etree._Element]], address: str, link: etree._Element) -> None:
    """Of several links to one page (picture, headline, "baca selengkapnya") the one with the best wording stays."""
    title = _wording(link)
    before = held.get(address)
    if before is None or len(title) > len(before[0]):
        held[address] = (title, link)


def _wording(link: etree._Element) -> str:
    title = letters.line(_headed(link), letters.TITLE)
    if not title:
        title = letters.line(next((one.get("alt", "") for one in link.iter("img")), ""), letters.TITLE)
    whole = letters.line(link.get("title", ""), letters.TITLE)
    if title.endswith(("...", "…")) and len(whole) > len(title) and whole.startswith(title.rstrip(".… ")):
        title = whole
    return "" if _GENERIC.match(title) else _MORE.sub("", title)


def _headed(link: etree._Element) -> str:
    """The heading inside a link, else what is named a title, else its first piece that is long enough and no date."""
    for one in link.iter(etree.Element):
        named = one is not link and _TITLED.search(one.get("class", ""))
        if (one.tag in _HEADINGS or named) and len(text := " ".join(one.itertext()).strip()) >= SHORTEST_HEADLINE:
            return text
    pieces = [letters.line(piece, letters.TITLE) for piece in link.itertext()]
    if len(pieces) < 2 or not any(dates.readable(piece) for piece in pieces):
        return " ".join(pieces) or link.get("title", "")
    return next((piece for piece in pieces if len(piece) >= SHORTEST_HEADLINE and not dates.readable(piece)), "")


def _is_headed(link: etree._Element) -> bool:
    inside = any(one.tag in _HEADINGS for one in islice(link.iterancestors(), 2))
    return inside or next(link.iter(*_HEADINGS), None) is not None


def _near(link: etree._Element, title: str, chosen: Mapping[etree._Element, str]) -> str:
    """A date inside the smallest block around the link that holds no other chosen link; not one in the headline."""
    block = list(_around(link, chosen).iter(etree.Element))
    said = [written for one in block for written in _stamps(one)]
    said += [written.replace(title, " ") for one in block for written in _written(one) if written not in title]
    return next((written for written in said if dates.readable(written)), "")


def _around(link: etree._Element, chosen: Mapping[etree._Element, str]) -> etree._Element:
    block = link
    for _ in range(5):
        parent = block.getparent()
        if parent is None or parent.tag in ("body", "html", "main"):
            break
        if any(chosen.get(other, chosen[link]) != chosen[link] for other in parent.iter("a")):
            break
        block = parent
    return block


def _stamps(one: etree._Element) -> Iterable[str]:
    return filter(None, (one.get(name) for name in _STAMPS if name not in ("content", "title")))


def _written(one: etree._Element) -> Iterable[str]:
    text = letters.line("".join(one.itertext()), 200)
    if 5 < len(text) < 80:
        yield text
