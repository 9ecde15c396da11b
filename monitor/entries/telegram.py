"""HTML of a public channel's preview (t.me/s/...) -> Raw items: each post is its own article."""

import re
from collections.abc import Iterator

from lxml import etree

from monitor.entries import letters
from monitor.entries.feeds import Raw

_PICTURE = re.compile(r"""background-image:\s*url\(\s*['"]?([^'")]+)""")


def is_preview(text: str) -> bool:
    """Whether the page shows posts (a channel may have switched its preview off)."""
    return "tgme_widget_message" in text


def read(text: str) -> tuple[Raw, ...]:
    """The posts of a preview page that hold words, newest last as Telegram shows them."""
    root = letters.fragment(text)
    if root is None:
        return ()
    posts = (one for one in root.iter("div") if one.get("data-post") and "service_message" not in _classes(one))
    return tuple(raw for post in posts if (raw := _post(post)))


def _post(post: etree._Element) -> Raw | None:
    bodies = [one for one in _with(post, "tgme_widget_message_text") if "js-message_reply_text" not in _classes(one)]
    body = next(iter(bodies), None)
    if body is None:
        return None
    markup = etree.tostring(body, encoding="unicode", method="html", with_tail=False)
    words = letters.prose(markup, letters.TEXT)
    if not words:
        return None
    moment = next((one.get("datetime", "") for one in post.iter("time") if one.get("datetime")), "")
    return Raw(
        title=_headline(words),
        link="https://t.me/" + post.get("data-post", ""),
        published=moment,
        summary=markup,
        content=markup,
        source=next(("".join(one.itertext()) for one in _with(post, "tgme_widget_message_forwarded_from_name")), ""),
        image=_photo(post),
    )


def _headline(words: str) -> str:
    """The first line, cut at a word."""
    first = words.split("\n", 1)[0]
    short = first if len(first) <= 120 else first[:120].rsplit(" ", 1)[0] + " …"
    return short.replace("&", "&amp;").replace("<", "&lt;")


def _photo(post: etree._Element) -> str:
    for one in _with(post, "tgme_widget_message_photo_wrap"):
        found = _PICTURE.search(one.get("style", ""))
        if found:
            return found.group(1)
    return ""


def _classes(one: etree._Element) -> list[str]:
    return str(one.get("class", "")).split()


def _with(post: etree._Element, name: str) -> Iterator[etree._Element]:
    return (one for one in post.iter(etree.Element) if name in _classes(one))
