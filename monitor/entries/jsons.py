"""JSON text -> Raw items: JSON Feed, WordPress wp-json, and plain lists of posts as municipal sites serve them."""

import json
import re
from collections.abc import Iterator
from typing import Any

from monitor.entries.feeds import Raw

_LISTS = ("items", "posts", "articles", "data", "results", "berita", "rows", "records", "result")
_TITLE = ("title", "judul", "headline", "post_title", "nama")
_LINK = ("url", "link", "permalink", "external_url", "href", "tautan")
_GUID = ("id", "guid", "uuid", "slug")
_PUBLISHED = (
    "date_published", "published_at", "published", "publish_date", "tanggal", "tanggal_publish", "tgl", "date",
    "created_at", "post_date", "pubDate",
)  # fmt: skip
_UPDATED = ("date_modified", "updated_at", "modified", "updated")
_CONTENT = ("content_html", "content", "content_text", "isi", "konten", "body", "post_content", "text")
_SUMMARY = ("summary", "excerpt", "ringkasan", "deskripsi", "description", "intro")
_AUTHOR = ("author", "penulis", "creator", "author_name", "oleh")
_IMAGE = ("image", "banner_image", "jetpack_featured_media_url", "gambar", "thumbnail", "foto", "featured_image")
_START = re.compile(r"[\[{]\s{0,99}(?:[\[{]\s{0,99})?\"")


class NotEntries(Exception):
    """JSON that holds no list of entries; the message says what it holds."""


def read(text: str) -> tuple[Raw, ...]:
    """The entries of a JSON document; NotEntries with the cause where it has none."""
    try:
        whole, _ = json.JSONDecoder().raw_decode(text.lstrip())
    except (ValueError, RecursionError) as error:
        raise NotEntries(f"broken JSON: {error}"[:200]) from error
    return tuple(_raw(one) for one in _entries(whole) if isinstance(one, dict))


def found(text: str) -> tuple[str, str] | None:
    """("json", the document from its first bracket on) where warnings or a function call stand before it, else None."""
    start = _START.search(text[:20_000])
    return ("json", text[start.start() :]) if start else None


def _entries(whole: Any, depth: int = 0) -> list[Any]:
    if isinstance(whole, list):
        return whole
    if not isinstance(whole, dict) or depth > 2:
        raise NotEntries("JSON without a list of entries")
    if isinstance(whole.get("code"), str) and "message" in whole:
        raise NotEntries(f"WordPress answers {whole['code']}: {whole['message']}"[:200])
    for name in _LISTS:
        if isinstance(whole.get(name), (list, dict)):
            return _entries(whole[name], depth + 1)
    raise NotEntries(f"JSON object with {', '.join(list(whole)[:8])}"[:200])


def _raw(one: dict[str, Any]) -> Raw:
    return Raw(
        title=_text(one, _TITLE),
        link=_text(one, _LINK),
        guid=_text(one, _GUID),
        published=_moment(one, "date_gmt") or _text(one, _PUBLISHED),
        updated=_moment(one, "modified_gmt") or _text(one, _UPDATED),
        summary=_text(one, _SUMMARY),
        content=_text(one, _CONTENT),
        author=_author(one),
        image=_image(one),
    )


def _moment(one: dict[str, Any], name: str) -> str:
    """WordPress writes its GMT dates without a zone; all zeros stand for a draft."""
    value = one.get(name)
    return value + "Z" if isinstance(value, str) and value and not value.startswith("0000") else ""


def _text(one: dict[str, Any], names: tuple[str, ...]) -> str:
    return next((found for name in names if (found := _string(one.get(name)))), "")


def _string(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("rendered") or value.get("name") or value.get("url") or value.get("src") or ""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    return str(value)[:1_000_000]


def _author(one: dict[str, Any]) -> str:
    for held in _people(one):
        if isinstance(held, dict) and isinstance(held.get("name"), str):
            return str(held["name"])
    named = _text(one, _AUTHOR)
    return _yoast(one, "author") if not named or named.isdigit() else named


def _yoast(one: dict[str, Any], name: str) -> str:
    """What a WordPress plugin for search engines says beside the post itself."""
    held = one.get("yoast_head_json")
    value = held.get(name) if isinstance(held, dict) else None
    return _string(value[0] if isinstance(value, list) and value else value)


def _people(one: dict[str, Any]) -> Iterator[Any]:
    """JSON Feed's authors, then what WordPress embeds."""
    for holder in (one, one.get("_embedded")):
        for name in ("authors", "author"):
            if isinstance(holder, dict) and isinstance(holder.get(name), list):
                yield from holder[name]


def _image(one: dict[str, Any]) -> str:
    embedded = one.get("_embedded")
    media = embedded.get("wp:featuredmedia") if isinstance(embedded, dict) else None
    for held in media if isinstance(media, list) else ():
        if isinstance(held, dict) and isinstance(held.get("source_url"), str):
            return str(held["source_url"])
    return _text(one, _IMAGE) or _yoast(one, "og_image")
