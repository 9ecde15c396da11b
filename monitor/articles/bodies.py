"""A page -> its text: by the source's selectors, else by trafilatura, both without what is not the article."""

import logging
import re

from bs4 import BeautifulSoup
from lxml import html

from monitor.articles.prune import paragraphs, prune
from monitor.entries import letters
from monitor.sources import Selectors

SHORT = 250
LONG = 80
MOST_ADDED = 1.6
MOST_BLOCKS = 4_000  # the captures hold at most 282 after pruning; 10,000 short ones cost 8 s, 4,000 cost 2

_OPENED = re.compile(r"^[-•*▪]\s+")

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def parsed(text: str) -> html.HtmlElement | None:
    """The page as a tree, None where nothing is in it; `huge_tree` only lifts the depth (256) that a page may have."""
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True, default_doctype=False
    )
    try:
        root = html.document_fromstring(letters.lightened(text).encode("utf-8", "replace"), parser=parser)
    except (html.etree.LxmlError, ValueError):
        return None
    if not isinstance(root, html.HtmlElement):
        return None
    letters.unwrap(root)
    return root


def selected(soup: BeautifulSoup, selectors: Selectors, title: str) -> str:
    """The text that the selectors name; "" where they match nothing."""
    for one in [found for selector in selectors.drop for found in soup.select(selector)]:
        one.decompose()
    blocks = soup.select(selectors.article)
    outer = [one for one in blocks if not any(above in blocks for above in one.parents)]
    return marked("\n".join(str(one) for one in outer), title)


def marked(markup: str, title: str) -> str:
    """The article in a piece of HTML that holds nothing but it."""
    root = parsed(f"<div>{letters.clean(markup)}</div>") if markup.strip() else None
    if root is None:
        return ""
    prune(root)
    return paragraphs(letters.words(root), title)


def found(root: html.HtmlElement, title: str) -> str:
    """The article that trafilatura finds in a page; its more careful way first. Changes the tree."""
    prune(root, title)
    _housed(root)
    _bounded(root)
    careful = paragraphs(_trafilatura(root, True), title)
    if len(careful) < SHORT:
        return max(careful, paragraphs(_trafilatura(root, False), title), key=len)
    return _completed(root, careful, title)


def _bounded(root: html.HtmlElement) -> None:
    """Leave out what comes after thousands of blocks: jusText inside of trafilatura is quadratic over short ones."""
    blocks = [one for one in root.iter("p", "div", "li", "td", "span", "a") if one.text and one.text.strip()]
    for one in blocks[MOST_BLOCKS:]:
        parent = one.getparent()
        if parent is not None:
            parent.remove(one)


def _housed(root: html.HtmlElement) -> None:
    """Put what stands bare in the body into a block: without one trafilatura takes paragraphs only, no lists."""
    body = root.find("body")
    if body is not None and sum(1 for one in body.findall("p") if _letters(one) > LONG) >= 2:
        block = html.Element("article")
        block.extend(list(body))
        body.append(block)


def _completed(root: html.HtmlElement, text: str, title: str) -> str:
    """The text with the sentences that stand between its own on the page: trafilatura leaves out those in bare divs."""
    holder = _holder(root, text)
    for _ in range(3):
        above = None if holder is None else holder.getparent()
        if above is None or above.tag in ("html", "body") or _letters(above) > len(text) * MOST_ADDED:
            break
        holder = above
    whole = "" if holder is None else paragraphs(letters.words(holder), title)
    if not len(text) * 0.8 < len(whole) < len(text) * MOST_ADDED:
        return text
    kept = _known_or_prose(whole.split("\n"), text)
    return "\n".join(kept) if len("".join(kept)) >= len(text) * 0.95 else text


def _known_or_prose(lines: list[str], text: str) -> list[str]:
    """Lines that the text has too, and whole sentences of some length."""
    solid, same = "".join(text.split()), {_OPENED.sub("", line) for line in text.split("\n")}
    known = [one for one in same if len(one) > LONG]
    return [
        line
        for line in lines
        if _OPENED.sub("", line) in same
        or (len(line) > 40 and "".join(line.split()) in solid)
        or (len(line) > LONG and line.rstrip("\"'”’) ")[-1:] in ".!?:")
        or any(one in line for one in known)
    ]


def _letters(one: html.HtmlElement) -> int:
    return sum(len(piece.strip()) for piece in one.itertext())


def _holder(root: html.HtmlElement, text: str) -> html.HtmlElement | None:
    """The smallest element that holds the places where the longer lines of the text stand."""
    wanted = {"".join(one.split())[:40] for one in text.split("\n") if len(one) > LONG}
    places = []
    for one in root.iter(html.etree.Element):
        for place, piece in ((one, one.text), (one.getparent(), one.tail)):
            if piece and place is not None and len(piece) > 40 and "".join(piece[:400].split())[:40] in wanted:
                places.append(place)
    if len(places) < 2 or len(places) * 2 < len(wanted):
        return None
    above = [places[0], *places[0].iterancestors()]
    for place in places[1:]:
        line = {place, *place.iterancestors()}
        above = [one for one in above if one in line]
    return above[0] if above and above[0].tag not in ("html", "body") else None


def _trafilatura(root: html.HtmlElement, precise: bool) -> str:
    import trafilatura

    text = trafilatura.extract(root, favor_precision=precise, include_comments=False, output_format="txt")
    return text or ""
