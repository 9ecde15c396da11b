"""A page -> its text: by the source's selectors, else by trafilatura, both without what is not the article."""

import logging

from bs4 import BeautifulSoup
from lxml import html

from monitor.articles.prune import paragraphs, prune
from monitor.entries import letters
from monitor.sources import Selectors

SHORT = 250

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def parsed(text: str) -> html.HtmlElement | None:
    """The page as a tree, None where nothing is in it; `huge_tree` only lifts the depth (256) that a page may have."""
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True, default_doctype=False
    )
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (html.etree.LxmlError, ValueError):
        return None
    return root if isinstance(root, html.HtmlElement) else None


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
    careful = paragraphs(_trafilatura(root, True), title)
    if len(careful) >= SHORT:
        return careful
    return max(careful, paragraphs(_trafilatura(root, False), title), key=len)


def _trafilatura(root: html.HtmlElement, precise: bool) -> str:
    import trafilatura

    text = trafilatura.extract(root, favor_precision=precise, include_comments=False, output_format="txt")
    return text or ""
